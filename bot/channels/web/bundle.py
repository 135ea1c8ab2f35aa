"""What the page loads: one script and one style of several files, so that no lost part blanks the page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Any

HERE = Path(__file__).parent / "assets"
# In this order: each file uses what stands before it. Classic scripts: modules are not for every phone.
SCRIPTS = (
    "scripts/ground.js",
    "scripts/store.js",
    "scripts/frame.js",
    "scripts/tabs.js",
    "scripts/wire.js",
    "scripts/push.js",
    "scripts/photo.js",
    "scripts/copying.js",
    "scripts/blocks.js",
    "scripts/view.js",
    "scripts/morph.js",
    "scripts/scroll.js",
    "scripts/log.js",
    "scripts/outbox.js",
    "scripts/chat.js",
    "scripts/kiosk.js",
    "scripts/begin.js",
)
STYLES = (
    "styles/chat.css",
    "styles/message.css",
    "styles/blocks.css",
    "styles/buttons.css",
    "styles/composer.css",
    "styles/kiosk.css",
    "styles/print.css",
)
PICTURES = ("icon.png", "maskable.png", "card.png")  # the second for phones that cut it to their own shape
ALONE = ("alone/widget.js", "alone/worker.js")  # each served by itself
SCRIPT_TYPE = "text/javascript; charset=utf-8"
ASKED_AS = {"favicon.ico": "icon.png", "apple-touch-icon.png": "icon.png"}  # at the root, unasked


@dataclass(frozen=True)
class Asset:
    """A file as it is served."""

    body: bytes
    media_type: str
    version: str  # changes with the body


def template(name: str) -> Template:
    """A page with places to fill in."""
    return Template((HERE / name).read_text(encoding="utf-8"))


def link(name: str) -> str:
    """The address of a file, which changes when the file does."""
    return f"/static/{name}?v={assets()[name].version}"


@cache
def assets() -> dict[str, Asset]:
    """All that is served, by name; read once, when the first page is asked for."""
    script = '(function () {\n"use strict";\n' + _joined(SCRIPTS) + "})();\n"
    return {
        "chat.js": _asset(script.encode(), SCRIPT_TYPE),
        "chat.css": _asset(_joined(STYLES).encode(), "text/css; charset=utf-8"),
        "icon.svg": _asset((HERE / "icon.svg").read_bytes(), "image/svg+xml"),
        **{name: _asset((HERE / name).read_bytes(), "image/png") for name in PICTURES},
        "robots.txt": _asset(b"User-agent: *\nDisallow: /chat/\n", "text/plain; charset=utf-8"),
    }


def alone(name: str, told: Mapping[str, Any]) -> Asset:
    """A script that runs without the page, with `settings` that it is told."""
    said = f"const settings = {json.dumps(told)};\n"  # ASCII, in which every script can be read
    script = '(function () {\n"use strict";\n' + said + _joined((f"alone/{name}",)) + "})();\n"
    return _asset(script.encode(), SCRIPT_TYPE)


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def _asset(body: bytes, media_type: str) -> Asset:
    return Asset(body, media_type, sha256(body).hexdigest()[:12])
