"""POST /chat/push and /chat/push/stop: a browser wants to be told of news, or not any more."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Engine

from bot.channels.web.push import keys, subscriptions
from bot.channels.web.push.subscriptions import SERVICES, Subscription
from bot.channels.web.refusal import Refusal
from bot.channels.web.sessions.cookies import Sessions, Visitor
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.office import page_texts

BODY_LIMIT = 4096  # bytes

Told = TypeVar("Told", bound=BaseModel)


class Push(Protocol):
    """What the page's server uses of Web Push."""

    @property
    def key(self) -> str:
        """The office's, as browsers take it."""

    def accepts(self, told: Subscription) -> bool:
        """Whether it leads to a push service that we know."""

    def keep(self, address: str, told: Subscription) -> None:
        """From now on that browser is told; blocks."""

    def drop(self, endpoint: str) -> None:
        """It is not told any more; blocks."""


class PushTable:
    """Web Push on the database."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._now = engine, vault, now
        self.key = keys.public_key(vault)

    def accepts(self, told: Subscription) -> bool:
        """See Push."""
        return told.is_at(SERVICES)

    def keep(self, address: str, told: Subscription) -> None:
        """See Push."""
        with database.writing(self._engine) as connection:
            subscriptions.keep(connection, self._vault, address, told, self._now())

    def drop(self, endpoint: str) -> None:
        """See Push."""
        with database.writing(self._engine) as connection:
            subscriptions.drop(connection, self._vault, endpoint)


class Ended(BaseModel):
    """What a browser tells that is not to be told any more."""

    model_config = ConfigDict(frozen=True)

    endpoint: str


def routes(sessions: Sessions, push: Push, check_pace: Callable[[web.Request], None]) -> list[web.RouteDef]:
    """What to register."""

    async def keep(request: web.Request) -> web.Response:
        visitor = await _visitor(request)
        told = await _read(request, Subscription)
        if not push.accepts(told):
            raise Refusal(400, page_texts.unreadable)
        if visitor.is_new or visitor.shared:  # who is it, and who reads it
            raise Refusal(403, page_texts.refused)
        await asyncio.to_thread(push.keep, visitor.address, told)
        return web.json_response({})

    async def stop(request: web.Request) -> web.Response:
        await _visitor(request)
        told = await _read(request, Ended)
        await asyncio.to_thread(push.drop, told.endpoint)
        return web.json_response({})

    def _visitor(request: web.Request) -> Awaitable[Visitor]:
        sessions.check_origin(request)
        check_pace(request)
        return sessions.who(request)

    return [web.post("/chat/push", keep), web.post("/chat/push/stop", stop)]


async def _read(request: web.Request, kind: type[Told]) -> Told:
    if request.content_type != "application/json" or (request.content_length or 0) > BODY_LIMIT:
        raise Refusal(400, page_texts.unreadable)
    try:
        return kind.model_validate_json(await request.content.read(BODY_LIMIT))
    except ValueError as error:
        raise Refusal(400, page_texts.unreadable) from error
