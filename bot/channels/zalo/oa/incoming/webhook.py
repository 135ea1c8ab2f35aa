"""The webhook: what is signed is stored and answered with 200; it is worked off afterwards.

Zalo waits two seconds, repeats five times in two hours, and then ends the app's subscription for good.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web
from sqlalchemy import Engine

from bot.channels.zalo.kept.arrival import Arrival
from bot.channels.zalo.kept.store import Arrived
from bot.channels.zalo.kept.work import LATE
from bot.channels.zalo.oa import notes
from bot.channels.zalo.oa.incoming import events, signature
from bot.channels.zalo.oa.incoming.events import Event
from bot.channels.zalo.oa.incoming.signature import Keys, Signed
from bot.channels.zalo.templates import reports
from bot.storage import database
from bot.watching.zalo_metrics import OaMetrics

logger = logging.getLogger(__name__)

PATH = "/zalo/oa"
BODY_LIMIT = 1024 * 1024  # bytes; an event has a few thousand
AGAIN = timedelta(minutes=1)  # until the same mistake is noted anew


class Webhook:
    """Takes deliveries; nothing unsigned is ever processed."""

    def __init__(
        self, keys: Keys, engine: Engine, arrival: Arrival, counts: OaMetrics, now: Callable[[], datetime]
    ) -> None:
        self._keys, self._engine, self._arrival, self._counts, self._now = keys, engine, arrival, counts, now
        self._noted = ("?", now())  # the mistake noted last, and when

    def routes(self) -> tuple[web.RouteDef, ...]:
        """The webhook at its path."""
        return (web.post(PATH, self.take),)

    async def take(self, request: web.Request) -> web.Response:
        """The answer to a delivery: 401 for a wrong signature, else 200."""
        raw = await request.clone(client_max_size=BODY_LIMIT).read()
        delivery = signature.read(raw, request.headers)
        verdict = signature.judge(delivery, self._keys)
        if verdict == "wrong":
            return await self._refused(delivery)
        if verdict == "unsigned":  # the console looks so whether somebody is there, and takes only a 200
            return self._counted(verdict)
        if verdict == "signed_by_oa_id":
            self._counts.webhooks.labels(verdict).inc()
        return self._counted(await self._kept(delivery))

    async def _kept(self, delivery: Signed) -> str:
        """What became of a signed delivery."""
        if delivery.body is None:
            return "unreadable"
        event = events.read(delivery.body)
        if reason := self._reason_against(event):
            return reason
        if event.kind == "report":  # told at once: it answers nobody, and twice changes nothing more
            await asyncio.to_thread(reports.take, self._engine, self._counts, delivery.body, self._now())
            return event.kind
        arrived = Arrived(event.key(delivery.raw), event.person, event.at_ms, delivery.raw)
        return "taken" if await self._arrival.put(arrived) else "repeated"

    def _reason_against(self, event: Event) -> str:
        """Why it is not stored; "": it is."""
        if event.kind in ("unknown", "ignored"):
            return event.kind
        if self._keys.oa_id not in event.oa:  # an app may serve several
            return "other_oa"
        age_s = abs(self._now().timestamp() - event.at_ms / 1000)
        return "late" if age_s > LATE.total_seconds() else ""

    async def _refused(self, delivery: Signed) -> web.Response:
        open_window = await asyncio.to_thread(self._note, signature.mistake(delivery, self._keys))
        logger.warning("Zalo webhook with a wrong signature", extra={"in_window": open_window})
        self._counts.webhooks.labels("wrong").inc()
        return web.Response(status=200 if open_window else 401)

    def _note(self, mistake: str) -> bool:
        """Notes why the signature is wrong, once a minute; whether the set-up window is open.

        Anybody can send a wrong one: what is wrong for no known reason does not hide one that is.
        """
        now = self._now()
        with database.reading(self._engine) as connection:
            is_open = notes.read(connection, "window", now) is not None
            told = notes.read(connection, "refused", now)
        is_news = bool(mistake) or told is None or not told.value
        is_due = self._noted[0] != mistake or now - self._noted[1] >= AGAIN
        if is_news and is_due:
            self._noted = (mistake, now)
            with database.writing(self._engine) as connection:
                notes.write(connection, "refused", mistake, now)
        return is_open

    def _counted(self, result: str) -> web.Response:
        self._counts.webhooks.labels(result).inc()
        return web.Response()
