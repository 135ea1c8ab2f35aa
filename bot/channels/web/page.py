"""The chat page: one HTML file whose words come from handlers, and what it loads."""

import json
from html import escape
from string import Template

from aiohttp import web

from bot.channels.web import blocks, bundle, first_screen
from bot.channels.web.message import FILE_LIMIT
from handlers.office import page_texts
from handlers.office.greeting import greeting
from handlers.office.way_in import way_in
from handlers.turn.context import Context
from handlers.turn.i18n import Languages


def html(ctx: Context, *, hears: bool = False) -> str:
    """The page in the language of that visit; `hears`: recordings may be chosen beside pictures."""
    office, language = ctx.world.office, ctx.tr.language
    texts = page_texts.page(office, ctx.tr)
    [greeted] = greeting(ctx).replies
    settings = {
        "greeting": blocks.as_json(greeted, ()),
        "language": language,
        "language_choice": page_texts.LANGUAGE_CHOICE,
        "file_limit": FILE_LIMIT,
        "texts": texts,
    }
    places = {**texts, "language": language}
    places["accept"] = "image/*,audio/*" if hears else "image/*"
    places["settings"] = json.dumps(settings, ensure_ascii=False)
    facts = list(way_in(office, ctx.tr))
    page = Template((bundle.HERE / "chat.html").read_text(encoding="utf-8"))
    return page.substitute(
        {name: escape(text) for name, text in places.items()},
        languages=_links(language, ctx.world.languages),
        style=bundle.link("chat.css"),
        script=bundle.link("chat.js"),
        greeting=first_screen.message(greeted),
        facts=first_screen.facts(facts),
        facts_in_brief=first_screen.in_brief(facts),
    )


def _links(shown: str, languages: Languages) -> str:
    """A link for each other language, in its own words."""
    others = ((escape(code), escape(name)) for code, name in languages.names.items() if code != shown)
    return "\n        ".join(
        f'<a class="language" href="?lang={code}" lang="{code}" hreflang="{code}">{name}</a>'
        for code, name in others
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
