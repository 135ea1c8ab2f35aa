"""Pages of one sentence: an address that leads nowhere, a browser without a network, with the way on."""

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


def sentence(tr: Translate, said: str, way: str) -> str:
    """A page of one sentence, and the way on as HTML; "": none."""
    return bundle.template("sentence.html").substitute(
        name=escape(tr(page_texts.PAGE["name"])),
        sentence=escape(said),
        way=way,
        language=tr.language,
        style=bundle.link("chat.css"),
    )


def page(tr: Translate, error: web.HTTPException) -> web.Response:
    """The answer to a person's browser."""
    back = f'<p><a class="chip" href="/">{escape(page_texts.back(tr))}</a></p>'
    text = sentence(tr, page_texts.lost(tr), back)
    allowed = {name: value for name, value in error.headers.items() if name == "Allow"}
    return web.Response(text=text, content_type="text/html", status=error.status, headers=allowed)
