"""What the page loads: one script and one style of several files, so that no lost part blanks the page."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent / "assets"
# In this order: each file uses what stands before it. Classic scripts: modules are not for every phone.
SCRIPTS = (
    "scripts/ground.js",
    "scripts/store.js",
    "scripts/tabs.js",
    "scripts/wire.js",
    "scripts/photo.js",
    "scripts/copying.js",
    "scripts/blocks.js",
    "scripts/view.js",
    "scripts/morph.js",
    "scripts/scroll.js",
    "scripts/log.js",
    "scripts/outbox.js",
    "scripts/chat.js",
    "scripts/begin.js",
)
STYLES = (
    "styles/chat.css",
    "styles/message.css",
    "styles/blocks.css",
    "styles/buttons.css",
    "styles/composer.css",
    "styles/print.css",
)


@dataclass(frozen=True)
class Asset:
    """A file as it is served."""

    body: bytes
    media_type: str
    version: str  # changes with the body


def link(name: str) -> str:
    """The address of a file, which changes when the file does."""
    return f"/static/{name}?v={assets()[name].version}"


@cache
def assets() -> dict[str, Asset]:
    """All that is served, by name; read once, when the first page is asked for."""
    script = '(function () {\n"use strict";\n' + _joined(SCRIPTS) + "})();\n"
    return {
        "chat.js": _asset(script, "text/javascript; charset=utf-8"),
        "chat.css": _asset(_joined(STYLES), "text/css; charset=utf-8"),
        "icon.svg": _asset(_joined(("icon.svg",)), "image/svg+xml"),
    }


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def _asset(text: str, media_type: str) -> Asset:
    body = text.encode()
    return Asset(body, media_type, sha256(body).hexdigest()[:12])
