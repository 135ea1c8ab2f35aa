"""The chat page: one HTML file whose words come from handlers, and what it loads."""

import json
from html import escape
from pathlib import Path
from string import Template

from aiohttp import web

from bot.web import bundle, first_screen
from bot.web.message import FILE_LIMIT
from bot.web.told import replies_as_json
from handlers import edge, help
from handlers.i18n import translator
from handlers.messages import State
from handlers.ports import World
from handlers.way_in import way_in

HERE = Path(__file__).parent


def html(language: str, world: World, *, hears: bool = False) -> str:
    """The page in a language that the program speaks; `hears`: recordings may be chosen beside pictures."""
    translate = translator(language)
    texts = edge.page(world.office, translate)
    other, other_name = edge.OTHER_LANGUAGE[language]
    [greeting] = help.greeting(State(), world, translate).replies
    settings = {
        "greeting": replies_as_json("open", [greeting])["replies"][0],
        "language": language,
        "language_choice": edge.LANGUAGE_CHOICE,
        "file_limit": FILE_LIMIT,
        "texts": texts,
    }
    places = {**texts, "language": language, "other": other, "other_name": other_name}
    places["accept"] = "image/*,audio/*" if hears else "image/*"
    places["settings"] = json.dumps(settings, ensure_ascii=False)
    places = {name: escape(text) for name, text in places.items()}
    facts = list(way_in(world.office, translate))
    page = Template((HERE / "chat.html").read_text(encoding="utf-8"))
    return page.substitute(
        places,
        style=bundle.link("chat.css"),
        script=bundle.link("chat.js"),
        greeting=first_screen.message(greeting),
        facts=first_screen.facts(facts),
        facts_in_brief=first_screen.in_brief(facts),
    )


def routes() -> list[web.RouteDef]:
    """The files that the page loads, by name: nothing else of this folder is served."""
    return [web.get("/static/{name}", _static)]


async def _static(request: web.Request) -> web.Response:
    name, version = request.match_info["name"], request.query.get("v", "")
    asset = bundle.assets().get(name)
    if asset is None:
        raise web.HTTPNotFound
    forever = version == asset.version  # its address changes with it
    kept = "public, max-age=31536000, immutable" if forever else "no-cache"
    headers = {"Cache-Control": kept, "ETag": f'"{asset.version}"', "Content-Type": asset.media_type}
    headers["Vary"] = "Accept-Encoding"  # a cache on the way keeps it packed and unpacked apart
    if any(tag.value == asset.version for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    response = web.Response(body=asset.body, headers=headers)
    response.enable_compression()
    return response
