"""The chat page: one HTML file whose words come from handlers, and what it loads.

The greeting and the way to the office stand in it before any script.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from aiohttp import web

from bot.channels.web import blocks, bundle
from bot.channels.web.message import FILE_LIMIT
from handlers.language.i18n import Languages
from handlers.office import page_texts
from handlers.office.greeting import greeting
from handlers.office.way_in import Fact, way_in
from handlers.people.tones import tone
from handlers.turn.context import Context
from handlers.turn.messages import Reply
from handlers.turn.shared import AskLanguage

ACCEPTED = "image/*,.heic,application/pdf"  # by the button for photos


@dataclass(frozen=True)
class Able:
    """What the page of this office can do beside talking."""

    hears: bool = False  # recordings may be chosen beside pictures
    push_key: str = ""  # the office's for Web Push, if it pushes


def html(ctx: Context, able: Able = Able(), *, entrance: str = "", home: str = "") -> str:  # noqa: B008  # frozen
    """The page in the language of that visit.

    `entrance`: how it is shown, "frame" on another site; "" by itself. `home`: the whole address, as who
    shows a link's picture wants it.
    """
    office, language = ctx.world.office, ctx.tr.language
    texts = page_texts.page(office, ctx.tr)
    [greeted] = greeting(ctx).replies
    settings = {
        "greeting": blocks.as_json(greeted, ()),
        "language": language,
        "entrance": entrance,
        "push_key": "" if entrance else able.push_key,  # a frame may not notify
        "language_choice": page_texts.LANGUAGE_CHOICE,
        "file_limit": FILE_LIMIT,
        "texts": texts,
    }
    places = {**texts, "language": language, "entrance": entrance}
    places["accept"] = ACCEPTED + (",audio/*" if able.hears else "")
    places["home"] = home
    places["settings"] = json.dumps(settings, ensure_ascii=False)
    facts = list(way_in(office, ctx.tr))
    return bundle.template("chat.html").substitute(
        {name: escape(text) for name, text in places.items()},
        languages=_links(language, ctx.world.languages),
        style=bundle.link("chat.css"),
        script=bundle.link("chat.js"),
        greeting=_first_message(greeted),
        facts=_facts(facts),
        facts_in_brief=_in_brief(facts),
    )


def manifest(ctx: Context) -> Mapping[str, Any]:
    """What a phone shows of it on the home screen."""
    texts = page_texts.page(ctx.world.office, ctx.tr)
    return {
        "name": f"{texts['name']} · {texts['office_line']}",
        "short_name": texts["name"],
        "lang": ctx.tr.language,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b4f4a",
        "icons": [
            {"src": "/static/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "/static/icon.png", "sizes": "512x512", "type": "image/png"},
            {"src": "/static/maskable.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }


def _links(shown: str, languages: Languages) -> str:
    """A link for each other language, in its own words."""
    others = ((escape(code), escape(name)) for code, name in languages.names.items() if code != shown)
    return "\n        ".join(
        f'<a class="language" href="?lang={code}" lang="{code}" hreflang="{code}">{name}</a>'
        for code, name in others
    )


def _first_message(reply: Reply) -> str:
    """The greeting as the script will draw it; its buttons are only words until then."""
    told = [line for line in reply.text.split("\n") if line.removeprefix("• ") not in reply.examples]
    lines = "".join(f'<div class="line">{escape(line)}</div>' for line in told)
    examples = "".join(f'<span class="chip example">{escape(said)}</span>' for said in reply.examples)
    offered = [c for c in reply.choices if c.action != AskLanguage()]  # the head has it
    mains = "".join(f'<span class="chip">{escape(c.label)}</span>' for c in offered if not tone(c))
    ways = "".join(f'<span class="chip">{escape(c.label)}</span>' for c in offered if tone(c))
    return (
        f'<div class="message bot" id="greeting"><div class="text">{lines}</div>'
        f'<div class="choices examples">{examples}</div>'
        f'<div class="choices answers">{mains}</div><div class="choices ways">{ways}</div></div>'
    )


def _facts(known: Sequence[Fact]) -> str:
    """The office's facts as a list of terms; a number that can be called is a link."""
    return "".join(f"<div><dt>{escape(fact.label)}</dt><dd>{_told(fact)}</dd></div>" for fact in known)


def _in_brief(known: Sequence[Fact]) -> str:
    """The same on lines of their own, for a browser without scripts."""
    return "".join(f"<br>{escape(fact.label)}: {_told(fact)}" for fact in known)


def _told(fact: Fact) -> str:
    text = "<br>".join(escape(fact.text).split("\n"))
    if not fact.phone:
        return text
    called = "".join(letter for letter in fact.phone if letter.isdecimal())
    return f'<a href="tel:{called}">{text}</a>'


def routes() -> list[web.RouteDef]:
    """The files that the page loads, by name: nothing else of this folder is served."""
    return [
        web.get("/static/{name}", _static),
        web.get("/{name:favicon.ico|apple-touch-icon.png|robots.txt}", _static),  # asked for by these names
    ]


async def _static(request: web.Request) -> web.Response:
    name, version = request.match_info["name"], request.query.get("v", "")
    asset = bundle.assets().get(bundle.ASKED_AS.get(name, name))
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
