"""The page on a touch screen in the hall: each talk begins anew, and can be taken along on a phone."""

from collections.abc import Callable
from html import escape

import segno
from aiohttp import web

from bot.channels.web import lost
from bot.channels.web.entrances.pages import Pages
from bot.channels.web.refusal import Refusal
from bot.channels.web.sessions.cookies import Sessions
from bot.channels.web.sessions.taking import LASTS_S, Taking
from handlers.office import page_texts

PRIVATE = {"Cache-Control": "no-store"}


class Kiosk:
    """The routes of the screen, and of the phone that takes a talk from it."""

    def __init__(
        self, pages: Pages, sessions: Sessions, taking: Taking, check_pace: Callable[[web.Request], None]
    ) -> None:
        self.pages, self.sessions, self.taking, self.check_pace = pages, sessions, taking, check_pace

    def routes(self) -> list[web.RouteDef]:
        """What to register."""
        return [
            web.get("/kiosk", self.show),
            web.post("/chat/along", self.offer),
            web.get("/chat/along", self.is_taken),
            web.get("/take/{code}", self.ask),
            web.post("/take/{code}", self.take),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """The page for the next person; in another language the same goes on.

        Whoever follows a link from elsewhere keeps his own session: this would end it.
        """
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise web.HTTPFound("/")
        visitor = await self.sessions.who(request)
        response = self.pages.page(request, "kiosk")
        if visitor.kiosk and "lang" in request.query:
            return response
        if visitor.kiosk:
            await self.sessions.end(visitor)
        self.sessions.begin_in_kiosk(request, response)
        return response

    async def offer(self, request: web.Request) -> web.Response:
        """The code as a picture of squares: an address of the picture would tell it."""
        self.sessions.check_origin(request)
        self.check_pace(request)
        visitor = await self.sessions.who(request)
        if not visitor.kiosk:
            raise Refusal(403, page_texts.refused)
        url = f"{self.pages.home_of(request)}/take/{await self.taking.code(visitor)}"
        rows = [list(row) for row in segno.make(url, error="m", micro=False).matrix_iter(border=4)]
        dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
        told = {"url": url, "size": len(rows), "dark": dark, "seconds": LASTS_S}
        return web.json_response(told, headers=PRIVATE)

    async def is_taken(self, request: web.Request) -> web.Response:
        """Whether the talk of this screen has gone."""
        visitor = await self.sessions.who(request)
        return web.json_response({"taken": visitor.renewed}, headers=PRIVATE)

    async def ask(self, request: web.Request) -> web.Response:
        """A page that asks: whoever only looks at a link must not use it up."""
        tr = self.pages.visit(request).tr
        if self.taking.of(request.match_info["code"]) is None:
            return self._over(request)
        replaces = not (await self.sessions.who(request)).is_new
        return self._told(request, page_texts.take(tr, replaces=replaces), page_texts.take_yes(tr))

    async def take(self, request: web.Request) -> web.Response:
        """The talk is this phone's from now on."""
        self.sessions.check_origin(request)
        self.check_pace(request)
        visitor = await self.taking.take(request.match_info["code"])
        if visitor is None:
            return self._over(request)
        response = web.Response(status=303, headers={"Location": "/", **PRIVATE})
        self.sessions.give(request, response, visitor)
        return response

    def _over(self, request: web.Request) -> web.Response:
        return self._told(request, page_texts.take_over(self.pages.visit(request).tr), "")

    def _told(self, request: web.Request, sentence: str, button: str) -> web.Response:
        """A page with a sentence, and a button that takes; without one it is too late."""
        tr = self.pages.visit(request).tr
        way = f'<form method="post"><button class="chip">{escape(button)}</button></form>' if button else ""
        text = lost.sentence(tr, sentence, way)
        status = 200 if button else 410
        return web.Response(text=text, content_type="text/html", status=status, headers=PRIVATE)
