"""The loop that works stored events off: one of a person at a time, some persons at once."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine

from bot.channels.zalo.kept import store
from bot.channels.zalo.kept.store import LEASE_S, Claimed
from bot.outbox.outcomes import Later
from bot.storage import database
from bot.storage.sealing import Vault

logger = logging.getLogger(__name__)

AT_ONCE = 16  # persons; turns are made one after the other, what takes long is sending
IDLE_S = 0.5  # between two looks, where another process takes the webhooks
RENEW_S = LEASE_S / 3
AWAY_S = 5.0  # while the database is away
BROKEN_S = 60.0  # after an error of ours
END_S = 5.0  # for what is in hand when the process is told to stop
# longer than Zalo's own repeats, which go on for an hour and 51 minutes
LATE = timedelta(hours=2, minutes=15)

Counted = Callable[[str], None]  # told what became of each event


class Answering(Protocol):
    """Who works events off."""

    @property
    def engine(self) -> Engine:
        """Where events are kept."""

    @property
    def vault(self) -> Vault:
        """What opens them."""

    async def take(self, claimed: Claimed) -> str | Later:
        """What was done; Later if it is to be taken up again."""


class Work:
    """Works events off until it is cancelled; `came` wakes it."""

    def __init__(
        self,
        channel: str,
        answering: Answering,
        came: asyncio.Event,
        now: Callable[[], datetime],
        counted: Counted = lambda _result: None,
    ) -> None:
        self._channel, self._answering, self._came = channel, answering, came
        self._counted, self._now = counted, now
        self._engine, self._vault = answering.engine, answering.vault
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._renewed_at = now()

    async def run(self) -> None:
        """What is in hand at the end is finished, or given back."""
        try:
            while True:
                self._came.clear()
                if not await self._round():
                    await self._rest()
        finally:
            await self._end()

    async def until_idle(self) -> None:
        """Works off what there is, for tests and at a time that stands still."""
        while await self._round() or self._in_hand:
            await asyncio.gather(*self._in_hand.values())

    async def _round(self) -> bool:
        """Takes what may be taken; whether there was something."""
        try:
            claimed = await asyncio.to_thread(self._claim, AT_ONCE - len(self._in_hand))
        except Exception:  # the edge: a database that is away must not end the loop
            logger.exception("events not taken")
            await asyncio.sleep(AWAY_S)
            return True
        for each in claimed:
            self._in_hand[each.id] = asyncio.create_task(self._handled(each))
        return bool(claimed)

    def _claim(self, free: int) -> list[Claimed]:
        now = self._now()
        with database.reading(self._engine) as connection:
            is_open = free > 0 and store.is_open(connection, self._channel, now)
        renews = bool(self._in_hand) and now - self._renewed_at >= timedelta(seconds=RENEW_S)
        if not is_open and not renews:
            return []
        with database.writing(self._engine) as connection:
            if renews:
                self._renewed_at = now
                store.hold(connection, list(self._in_hand), now + timedelta(seconds=LEASE_S))
            return store.claim(connection, self._vault, self._channel, free, now) if is_open else []

    async def _handled(self, claimed: Claimed) -> None:
        try:
            result = await self._worked_off(claimed)
            await asyncio.to_thread(self._settle, claimed, result)
        except Exception:  # the edge: one event must not stop the others; its claim ends by itself
            logger.exception("event failed", extra={"event": claimed.id})
            self._counted("failed")
            with suppress(Exception):
                await asyncio.to_thread(self._settle, claimed, Later(BROKEN_S))
        finally:
            self._in_hand.pop(claimed.id, None)
            self._came.set()

    async def _worked_off(self, claimed: Claimed) -> str | Later:
        if self._now().timestamp() - claimed.at > LATE.total_seconds():
            logger.error("event given up", extra={"event": claimed.id})
            return "given_up"
        return await self._answering.take(claimed)

    def _settle(self, claimed: Claimed, result: str | Later) -> None:
        now = self._now()
        with database.writing(self._engine) as connection:
            if isinstance(result, Later):
                store.hold(connection, [claimed.id], now + timedelta(seconds=result.seconds))
                return
            store.finish(connection, claimed.id, now)
        self._counted(result)

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE_S):
                await self._came.wait()

    async def _end(self) -> None:
        tasks = list(self._in_hand.values())
        if tasks:
            _done, late = await asyncio.wait(tasks, timeout=END_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
