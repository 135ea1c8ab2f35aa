"""The chat page: one HTML file whose words come from handlers, and what it loads."""

import json
from html import escape
from pathlib import Path
from string import Template

from aiohttp import web

from bot.channels.web.message import FILE_LIMIT
from handlers.office import page_texts
from handlers.turn.i18n import translator

HERE = Path(__file__).parent / "assets"
STATIC = {
    "chat.css": "text/css; charset=utf-8",
    "chat.js": "text/javascript; charset=utf-8",
    "store.js": "text/javascript; charset=utf-8",
    "view.js": "text/javascript; charset=utf-8",
    "wire.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


def html(language: str, office: str, *, hears: bool = False) -> str:
    """The page in a language that the program speaks; `hears`: recordings may be chosen beside pictures."""
    texts = page_texts.page(office, translator(language))
    other, other_name = page_texts.OTHER_LANGUAGE[language]
    settings = {
        "language": language,
        "language_choice": page_texts.LANGUAGE_CHOICE,
        "file_limit": FILE_LIMIT,
        "texts": texts,
    }
    places = {**texts, "language": language, "other": other, "other_name": other_name}
    places["accept"] = "image/*,audio/*" if hears else "image/*"
    places["settings"] = json.dumps(settings, ensure_ascii=False)
    page = Template((HERE / "chat.html").read_text(encoding="utf-8"))
    return page.substitute({name: escape(text) for name, text in places.items()})


def routes() -> list[web.RouteDef]:
    """The files that the page loads, by name: nothing else of this folder is served."""
    return [web.get("/static/{name}", _static)]


async def _static(request: web.Request) -> web.StreamResponse:
    name = request.match_info["name"]
    if name not in STATIC:
        raise web.HTTPNotFound
    kept = {"Content-Type": STATIC[name], "Cache-Control": "no-cache"}  # asked for again, mostly answered 304
    return web.FileResponse(HERE / name, headers=kept)
