"""The page as each entrance shows it, with a session before its first message."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.channels.web import bundle, page
from bot.channels.web.refusal import LANGUAGE_COOKIE, POLICY, language, policy
from bot.channels.web.sessions.cookies import Sessions
from bot.settings.settings import Settings
from handlers.office import page_texts
from handlers.ports.world import World
from handlers.turn.context import Context, context
from handlers.turn.messages import Incoming, State

PRIVATE = {"Cache-Control": "no-store"}
# Taken by the pages of other sites, and asked for again each time: its texts are of the visitor's language.
TAKEN_ALONG = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Language, Accept-Encoding",
}


class Pages:
    """The routes of what is shown before anything is said."""

    def __init__(
        self,
        settings: Settings,
        world: World,
        sessions: Sessions,
        now: Callable[[], datetime],
        *,
        hears: bool,
    ) -> None:
        self.world, self.sessions, self.now, self.hears = world, sessions, now, hears
        self.home, self.sites = settings.public_url, settings.widget_origins

    def routes(self) -> list[web.RouteDef]:
        """What to register."""
        return [
            web.get("/", self.show),
            web.get("/chat", self.show),
            web.get("/frame", self.frame),
            web.get("/widget.js", self.widget),
            web.get("/manifest.webmanifest", self.installed),
            *page.routes(),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """The page by itself."""
        response = self._page(request)
        self.sessions.greet(request, response)
        return response

    async def frame(self, request: web.Request) -> web.Response:
        """The page in a frame, on the sites that may show it."""
        response = self._page(request, "frame")
        response.headers[POLICY] = policy(self.sites)
        self.sessions.greet(request, response, framed=True)
        return response

    async def widget(self, request: web.Request) -> web.Response:
        """The script that opens the frame."""
        told = {"sites": self.sites, "texts": page_texts.widget(self._visit(request).tr)}
        asset = bundle.alone("widget.js", told)
        headers = {**TAKEN_ALONG, "Content-Type": asset.media_type}
        response = web.Response(body=asset.body, headers=headers)
        response.enable_compression()
        return response

    async def installed(self, request: web.Request) -> web.Response:
        """What a phone keeps on its home screen."""
        told = page.manifest(self._visit(request))
        return web.json_response(told, content_type="application/manifest+json")

    def _page(self, request: web.Request, entrance: str = "") -> web.Response:
        ctx = self._visit(request)
        text = page.html(ctx, entrance=entrance, hears=self.hears, home=self.home)
        response = web.Response(text=text, content_type="text/html", headers=PRIVATE)
        response.enable_compression()
        if "lang" in request.query:
            kept_s = self.sessions.life_s
            response.set_cookie(LANGUAGE_COOKIE, ctx.tr.language, max_age=kept_s, samesite="Lax")
        return response

    def _visit(self, request: web.Request) -> Context:
        return context(Incoming(self.now(), language=language(request)), State(), self.world)
