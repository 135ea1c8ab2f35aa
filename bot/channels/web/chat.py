"""The web chat: one message in and its replies out, and notices pushed to the page."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Protocol

from aiohttp import web

from bot.channels.registry import Answer
from bot.channels.web import blocks, files, message
from bot.channels.web.inbox import NOTICE
from bot.channels.web.refusal import LANGUAGE_COOKIE, Refusal, language
from bot.channels.web.sessions.cookies import COOKIE, Sessions, Visitor
from bot.channels.web.sessions.pace import Pace
from bot.channels.web.sessions.table import IDLE
from bot.channels.web.streams import Crowded, Events, Signals
from bot.media.voice import Listen
from handlers.office import page_texts
from handlers.turn.messages import Incoming, Reply

Welcome = Callable[[str, Incoming], Awaitable[tuple[Reply, ...]]]  # address, an empty message

PRIVATE = {"Cache-Control": "no-store"}
FAILED = {"crash": 500, "busy": 503}  # by which the page offers to send the message again


class Inbox(Protocol):
    """Where what was sent to a person is found again; blocks."""

    def after(self, address: str, number: int) -> list[tuple[int, tuple[Reply, ...]]]:
        """The notices after that number, oldest first."""

    def find(self, address: str, source: str) -> Sequence[Reply] | None:
        """The replies with those files."""


@dataclass(frozen=True)
class Limits:
    """How much one person, and one network, may ask of the web chat."""

    messages_a_minute: int = 30
    # of a network, behind which a whole ward may sit (carriers give one IPv4 address to thousands of phones)
    network_messages_a_minute: int = 600
    network_files_a_minute: int = 60
    newcomers_an_hour: int = 600  # each leaves a row in the database until the next day
    heartbeat_s: float = 20  # proxies close a silent stream after 30 to 60 s
    stream_s: float = 3600  # the browser opens it again


class Chat:
    """The routes of the web chat."""

    def __init__(
        self,
        answer: Answer,
        welcome: Welcome,
        events: Events,
        inbox: Inbox,
        sessions: Sessions,
        now: Callable[[], datetime],
        limits: Limits,
        listen: Listen | None,
    ) -> None:
        self.answer, self.welcome = answer, welcome
        self.now, self.limits, self.listen = now, limits, listen
        self.events, self.inbox = events, inbox
        self.sessions, self.pace = sessions, Pace(limits.messages_a_minute)
        self.room = message.Room()
        self.of_network = Pace(limits.network_messages_a_minute)
        self.files_of_network = Pace(limits.network_files_a_minute)
        self.newcomers = Pace(limits.newcomers_an_hour, over_s=3600)

    def routes(self) -> list[web.RouteDef]:
        """What to register."""
        return [
            web.get("/chat/open", self.open),
            web.post("/chat/messages", self.receive),
            web.post("/chat/leave", self.leave),
            web.get("/chat/events", self.stream),
            *files.routes(self.sessions, self.inbox.find),
        ]

    async def open(self, request: web.Request) -> web.Response:
        """What is open for this person, or a greeting; nothing is changed, however often a page opens."""
        visitor = await self.sessions.who(request)
        incoming = Incoming(self.now(), language=language(request))
        replies = await self.welcome(visitor.address, incoming)
        response = _answer("open", replies, visitor, known=not visitor.is_new)
        await self.sessions.keep(request, response, visitor)
        return response

    async def receive(self, request: web.Request) -> web.Response:
        """One message; the same id from the same person gets the same replies again."""
        self.sessions.check_origin(request)
        self.check_pace(request)
        sent = await message.read(request, self.room, self.listen)
        visitor = await self.sessions.who(request, sent.id)  # as it is now: a body takes minutes to come
        if visitor.is_new:
            self._check_newcomer(request, visitor)
        incoming = Incoming(
            self.now(),
            text=sent.words,
            choice=sent.choice,
            start=sent.start,
            attachment=sent.attachment,
            language=language(request),
            scanned=sent.scanned,
            heard=sent.heard,
            heard_sure=sent.heard_sure,
            network=self.sessions.network(request),
            shows=sent.shows,
            session="shared" if visitor.shared else "own",
        )
        replies = await self.answer(visitor.address, sent.id, incoming)
        failed = replies[0].failed if replies else ""
        if failed:
            told = {"error": replies[0].text, "failed": failed}
            return web.json_response(told, status=FAILED[failed], headers=PRIVATE)
        cookies = web.Response()
        visitor = await self.sessions.keep(request, cookies, visitor, sent.id)
        response = _answer(sent.id, replies, visitor)
        response.cookies.update(cookies.cookies)
        return response

    def check_pace(self, request: web.Request) -> None:
        """Raises Refusal. The network first: who sends no cookie is somebody else each time."""
        network = self.sessions.network(request)
        if not network:
            return
        self.of_network.check(network)
        if request.content_type == "multipart/form-data":
            self.files_of_network.check(network)
        if not (claimed := self.sessions.claimed(request)).is_new:
            self.pace.check(claimed.address)

    def _check_newcomer(self, request: web.Request, visitor: Visitor) -> None:
        network = self.sessions.network(request)
        self.newcomers.check(network)
        if network:
            self.pace.check(visitor.address)

    async def leave(self, request: web.Request) -> web.Response:
        """Ends the session of this computer, which others may use: also for who has kept its cookie."""
        self.sessions.check_origin(request)
        self.of_network.check(self.sessions.network(request))
        visitor = await self.sessions.who(request)
        if not visitor.is_new:
            await self.sessions.end(visitor)
        response = web.json_response({}, headers=PRIVATE)
        response.del_cookie(COOKIE)
        response.del_cookie(LANGUAGE_COOKIE)
        return response

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events, each `{"replies": [...]}` with its number as id; begins after the last seen."""
        visitor = await self.sessions.who(request)
        seen = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        after = int(seen) if seen.isdecimal() and len(seen) < 19 else 0
        response = web.StreamResponse(headers={**PRIVATE, "Content-Type": "text/event-stream"})
        response.headers["X-Accel-Buffering"] = "no"  # nginx would hold events back
        await self.sessions.keep(request, response, visitor)
        try:
            with (
                self.events.subscribe(visitor.address, self.sessions.network(request)) as signals,
                suppress(ConnectionError),
            ):  # the page was closed
                await response.prepare(request)
                await self._push(request, response, signals, visitor, after)
        except Crowded as error:
            raise Refusal(503, page_texts.broken) from error
        return response

    async def _push(
        self,
        request: web.Request,
        response: web.StreamResponse,
        signals: Signals,
        visitor: Visitor,
        after: int,
    ) -> None:
        await response.write(b"retry: 5000\n\n")
        ends_at, goes_on = monotonic() + self.limits.stream_s, True
        while goes_on and monotonic() < ends_at:
            if not visitor.is_new and (await self.sessions.who(request)).address != visitor.address:
                return  # left, or renewed: the browser comes again with what it has by now
            for number, replies in await asyncio.to_thread(self.inbox.after, visitor.address, after):
                content = json.dumps(blocks.replies_json(f"{NOTICE}{number}", replies))
                await response.write(f"id: {number}\ndata: {content}\n\n".encode())
                after = number
            try:
                goes_on = await asyncio.wait_for(signals.get(), self.limits.heartbeat_s)
            except TimeoutError:
                await response.write(b": alive\n\n")


def _answer(source: str, replies: Sequence[Reply], visitor: Visitor, **more: bool) -> web.Response:
    """The replies, and after how many seconds without use the page of a shared computer ends."""
    idle = {"idle_s": int(IDLE.total_seconds())} if visitor.shared else {}
    told = {**blocks.replies_json(source, replies), **idle, **more}
    response = web.json_response(told, headers=PRIVATE)
    response.enable_compression()
    return response
