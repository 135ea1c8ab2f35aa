"""Requests that are turned away with a status and a sentence, and what every response carries."""

import logging
import re
from collections.abc import Callable, Sequence

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from prometheus_client import Counter

from bot.channels.web import lost
from handlers.language.i18n import Translate, language_of, translator
from handlers.office import page_texts

logger = logging.getLogger(__name__)


LANGUAGE_COOKIE = "motcua_language"
LOST = (404, 405)  # no such page, or none that a browser opens
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")  # of a language: "en-GB"

POLICY, FRAMES = "Content-Security-Policy", "X-Frame-Options"


def policy(framed_by: Sequence[str] = ()) -> str:
    """Nothing from elsewhere; `framed_by`: the sites that may show it in a frame."""
    sites = " ".join(framed_by) or "'none'"
    own = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
    return f"{own}; frame-ancestors {sites}"


HEADERS = {
    POLICY: policy(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    FRAMES: "DENY",
}


class Refusal(Exception):
    """A request that we turn away: the status and the sentence for the person."""

    def __init__(self, status: int, say: Callable[[Translate], str]) -> None:
        super().__init__(status)
        self.status, self.say = status, say


def language(request: web.Request) -> str:
    """The language chosen on the page, else what the browser is set to, as a tag; empty if nobody tells.

    Whoever lists Vietnamese at all gets it: many phones here run an English system.
    """
    tags = [
        tag[0]
        for part in request.headers.get("Accept-Language", "").split(",")
        if (tag := TAG.match(part.strip()))
    ]
    vietnamese = [tag for tag in tags if tag.lower().startswith("vi")]
    asked = TAG.fullmatch(request.query.get("lang") or request.cookies.get(LANGUAGE_COOKIE, ""))
    return asked[0] if asked else next(iter(vietnamese + tags), "")


def apologies(errors: Counter) -> Middleware:
    """Answers refusals, and failures of ours, as `{"error": sentence}`."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status not in LOST or "text/html" not in request.headers.get("Accept", ""):
                raise
            return lost.page(_spoken(request), error)
        except Refusal as refusal:
            return _error(request, refusal.status, refusal.say)
        except Exception:  # the edge: logged and counted, the person gets a sentence
            logger.exception("request failed")
            errors.labels("web").inc()
            return _error(request, 500, page_texts.broken)

    return middleware


async def protect(request: web.Request, response: web.StreamResponse) -> None:
    """Adds the security headers that a response has not chosen, and takes out what names our software."""
    response.headers.popall("Server", None)
    own_policy = POLICY in response.headers  # it alone says who may show it in a frame
    for name, value in HEADERS.items():
        if not (own_policy and name == FRAMES):
            response.headers.setdefault(name, value)


def _error(request: web.Request, status: int, say: Callable[[Translate], str]) -> web.Response:
    return web.json_response({"error": say(_spoken(request))}, status=status)


def _spoken(request: web.Request) -> Translate:
    return translator(language_of("", language(request)))
