"""The page for an address that leads nowhere, with the way back."""

from html import escape

from aiohttp import web

from bot.channels.web import bundle
from handlers.language.i18n import Translate
from handlers.office import page_texts


def offline(tr: Translate) -> str:
    """The page that a browser without a network shows."""
    return bundle.template("offline.html").substitute(
        name=escape(tr(page_texts.PAGE["name"])),
        sentence=escape(page_texts.no_network(tr)),
        again=escape(page_texts.again(tr)),
        language=tr.language,
    )


def page(tr: Translate, error: web.HTTPException) -> web.Response:
    """The answer to a person's browser."""
    text = bundle.template("lost.html").substitute(
        name=escape(tr(page_texts.PAGE["name"])),
        sentence=escape(page_texts.lost(tr)),
        back=escape(page_texts.back(tr)),
        language=tr.language,
        style=bundle.link("chat.css"),
    )
    allowed = {name: value for name, value in error.headers.items() if name == "Allow"}
    return web.Response(text=text, content_type="text/html", status=error.status, headers=allowed)
