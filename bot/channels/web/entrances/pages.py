"""The page as each entrance shows it, with a session before its first message."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from aiohttp import web

from bot.channels.web import bundle, lost, page
from bot.channels.web.refusal import LANGUAGE_COOKIE, POLICY, language, policy
from bot.channels.web.sessions.cookies import Sessions
from bot.settings.settings import Settings
from handlers.office import page_texts
from handlers.ports.world import World
from handlers.turn.context import Context, context
from handlers.turn.messages import Incoming, State

PRIVATE = {"Cache-Control": "no-store"}
# Asked for again each time: its texts are of the visitor's language.
OF_VISITOR = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Accept-Encoding"}


class Pages:
    """The routes of what is shown before anything is said."""

    def __init__(
        self,
        settings: Settings,
        world: World,
        sessions: Sessions,
        now: Callable[[], datetime],
        able: page.Able,
    ) -> None:
        self.world, self.sessions, self.now, self.able = world, sessions, now, able
        self.home, self.sites = settings.public_url, settings.widget_origins

    def routes(self) -> list[web.RouteDef]:
        """What to register."""
        return [
            web.get("/", self.show),
            web.get("/chat", self.show),
            web.get("/frame", self.frame),
            web.get("/widget.js", self.widget),
            web.get("/worker.js", self.worker),
            web.get("/manifest.webmanifest", self.installed),
            *page.routes(),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """The page by itself."""
        response = self.page(request)
        self.sessions.greet(request, response)
        return response

    async def frame(self, request: web.Request) -> web.Response:
        """The page in a frame, on the sites that may show it."""
        response = self.page(request, "frame")
        response.headers[POLICY] = policy(self.sites)
        self.sessions.greet(request, response, framed=True)
        return response

    async def widget(self, request: web.Request) -> web.Response:
        """The script that opens the frame."""
        told = {"sites": self.sites, "texts": page_texts.widget(self.visit(request).tr)}
        return _script(bundle.alone("widget.js", told), {"Cross-Origin-Resource-Policy": "cross-origin"})

    async def worker(self, request: web.Request) -> web.Response:
        """The script that works while the page is closed."""
        tr = self.visit(request).tr
        told = {
            "name": tr(page_texts.PAGE["name"]),
            "news": page_texts.news(tr),
            "icon": bundle.link("icon.png"),
            "offline": lost.offline(tr),
        }
        return _script(bundle.alone("worker.js", told))

    async def installed(self, request: web.Request) -> web.Response:
        """What a phone keeps on its home screen."""
        told = page.manifest(self.visit(request))
        return web.json_response(told, content_type="application/manifest+json")

    def page(self, request: web.Request, entrance: str = "") -> web.Response:
        """The page in the visitor's language; the screen of a hall forgets which that was."""
        ctx = self.visit(request)
        text = page.html(ctx, self.able, entrance=entrance, home=self.home_of(request))
        response = web.Response(text=text, content_type="text/html", headers=PRIVATE)
        response.enable_compression()
        if "lang" in request.query and entrance != "kiosk":
            kept_s = self.sessions.life_s
            response.set_cookie(LANGUAGE_COOKIE, ctx.tr.language, max_age=kept_s, samesite="Lax")
        return response

    def home_of(self, request: web.Request) -> str:
        """Where people reach the page."""
        return self.home or str(request.url.origin())

    def visit(self, request: web.Request) -> Context:
        """Who comes, in which language, and when; nothing else is known yet."""
        return context(Incoming(self.now(), language=language(request)), State(), self.world)


def _script(asset: bundle.Asset, more: Mapping[str, str] = MappingProxyType({})) -> web.Response:
    headers = {**OF_VISITOR, **more, "Content-Type": asset.media_type}
    response = web.Response(body=asset.body, headers=headers)
    response.enable_compression()
    return response
