"""POST /sync/dossiers: one-stop software pushes dossiers and their progress; see docs/sync-openapi.json."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from aiohttp import web
from sqlalchemy import Engine

from bot.clock import vietnam_now
from bot.dossiers.tables import words
from bot.one_stop import keys, sync
from bot.one_stop.sync import Refused
from bot.one_stop.taking import take
from bot.one_stop.values import States
from bot.settings.settings import Settings
from bot.storage import database
from bot.storage.sealing import Vault
from bot.watching import trace
from bot.watching.metrics import Metrics
from handlers.desk.faults import message_text
from handlers.language.i18n import SOURCE, Translate, translator

logger = logging.getLogger(__name__)

BODY_LIMIT = 5 * 1024 * 1024  # bytes, unpacked
BODY_S = 60  # for the whole body: a slow sender must not hold a connection for ever
KEY_LENGTH = 256  # characters; what is longer is no key
NOT_STORED = {"Cache-Control": "no-store"}


class House(Protocol):
    """What the sync uses of the house."""

    @property
    def settings(self) -> Settings: ...
    @property
    def engine(self) -> Engine: ...
    @property
    def vault(self) -> Vault: ...
    @property
    def metrics(self) -> Metrics: ...


class Refusal(Exception):
    """A message that is turned away as a whole: the status, and what is wrong for the sender's programmer."""

    def __init__(self, status: int, error: str, **more: int) -> None:
        super().__init__(error)
        self.status, self.body = status, {"error": error, **more}


def routes(house: House, now: Callable[[], datetime] = vietnam_now) -> list[web.RouteDef]:
    """What to register."""
    return [web.post("/sync/dossiers", Sync(house, now).receive)]


class Sync:
    """The route: one message at a time, the others wait, as on SQLite they would have to anyway."""

    def __init__(self, house: House, now: Callable[[], datetime]) -> None:
        self._engine, self._settings, self._now = house.engine, house.settings, now
        self._vault, self._rows, self._turn = house.vault, house.metrics.synced, asyncio.Lock()

    async def receive(self, request: web.Request) -> web.Response:
        """Answers what was taken; the same message again changes nothing."""
        try:
            owner = await asyncio.to_thread(self._owner, _bearer(request))
            body = await _body(request)
            tr = translator(request.headers.get("Accept-Language", SOURCE)[:2])
            async with self._turn:
                answer = await asyncio.to_thread(self._take, body, owner, tr)
        except Refusal as refusal:
            headers = {**NOT_STORED, **({"WWW-Authenticate": "Bearer"} if refusal.status == 401 else {})}
            return web.json_response(refusal.body, status=refusal.status, headers=headers)
        return web.json_response(answer, headers=NOT_STORED)

    def _owner(self, key: str) -> str:
        with database.reading(self._engine) as connection:
            owner = keys.owner(connection, key, self._settings.sync_keys)
        if not owner:
            raise Refusal(401, "no such key")
        return owner

    def _take(self, body: bytes, owner: str, tr: Translate) -> dict[str, Any]:
        now = self._now()
        with database.reading(self._engine) as connection:
            states = States(words.known(connection, "state"))
        message = _read(body, now, states)
        with database.writing(self._engine) as connection:
            keys.note_use(connection, owner, now)
            if message.news:
                trace.note(connection, _seen(message, owner, now))
        taken = take(self._engine, self._vault, message.news, now)
        counts = {"taken": taken.taken, "unchanged": taken.unchanged}
        rows = counts | {"held": len(taken.held), "refused": len(message.refused)}
        for outcome, number in rows.items():
            self._rows.labels(outcome).inc(number)
        logger.info("synced", extra={"key": owner, **rows})
        held = [_told(Refused(each.row, each.code, "", each.fault), tr) for each in taken.held]
        return counts | {"held": held, "refused": [_told(each, tr) for each in message.refused]}


def _seen(message: sync.Message, owner: str, now: datetime) -> trace.Seen:
    """For the trace: a message about one dossier by its code, another by how many it is about."""
    codes = {each.update.code for each in message.news}
    about = next(iter(codes)) if len(codes) == 1 else str(len(codes))
    return trace.Seen(int(now.timestamp()), f"key:{owner}", "changed", "sync", about)


def _told(row: Refused, tr: Translate) -> dict[str, object]:
    """A row that was not taken as it was sent: the code of its fault, and a sentence."""
    sentence = message_text(row.fault, row.facts, tr)
    reason = f"{row.key}: {sentence}" if row.key else sentence
    return {"row": row.row, "code": row.code, "key": row.key, "fault": row.fault, "reason": reason}


def _bearer(request: web.Request) -> str:
    """The key of a request; one that cannot be any if there is none, so that this takes no less time."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" and len(key) <= KEY_LENGTH else ""


async def _body(request: web.Request) -> bytes:
    if request.content_type != "application/json":
        raise Refusal(415, "Content-Type must be application/json")
    if (request.content_length or 0) > BODY_LIMIT:
        raise Refusal(413, "too large; send it in parts", limit=BODY_LIMIT)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > BODY_LIMIT:
                    raise Refusal(413, "too large; send it in parts", limit=BODY_LIMIT)
    except TimeoutError as error:
        raise Refusal(408, f"not here within {BODY_S} seconds") from error
    except (web.RequestPayloadError, ConnectionError) as error:
        raise Refusal(400, "the body ends early or is packed wrongly") from error
    return bytes(body)


def _read(body: bytes, now: datetime, states: States) -> sync.Message:
    try:
        return sync.read(body, now, states)
    except sync.TooManyRows as error:
        raise Refusal(413, "too many rows; send them in parts", limit=sync.ROWS) from error
    except sync.BadMessage as error:
        place = {"line": error.line, "column": error.column, "position": error.position}
        raise Refusal(400, error.what, **place) from error
