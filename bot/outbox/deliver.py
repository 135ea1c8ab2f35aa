"""The loop that hands notices over: one for each channel, any number of them in any number of processes.

A round settles what was sent and claims the next in one transaction. While the database is away, on a full
disk or an error of ours, outcomes are kept and the round is tried again: nothing is claimed meanwhile.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from bot.clock import vietnam_now
from bot.outbox import pace
from bot.outbox.channel import AckBy, Channel, Compose, Gone, never, nobody, worker_name
from bot.outbox.claim import Claimer, Claims, Notice, claim, durable, is_due
from bot.outbox.outcomes import Later, Moot, Sent
from bot.outbox.send import Done, Sends, Work
from bot.outbox.settle import Settled, settle
from bot.outbox.timing import TICKS, TIMING, Ticks, Timing
from bot.storage import database
from bot.watching.metrics import OutboxMetrics
from handlers.turn.messages import Reply
from knowledge.notices.quiet_hours import QuietHours

logger = logging.getLogger(__name__)

AHEAD = 4  # paced notices that one worker has claimed before their slot: so many at most go out as reminders


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How a delivery does what it is told to do; all but `compose` have a use without being told."""

    compose: Compose
    ack_by: AckBy = never
    gone: Gone = nobody
    quiet: QuietHours = QuietHours()  # the office's
    now: Callable[[], datetime] = vietnam_now
    timing: Timing = TIMING
    ticks: Ticks = TICKS


class Round(NamedTuple):
    """What one round brought."""

    work: tuple[Work, ...] = ()
    goes_on: bool = False  # more may be due


class Delivery:
    """The loop of one channel. `run` until cancelled; sends in hand are then settled."""

    def __init__(
        self, engine: Engine, name: str, channel: Channel, counts: OutboxMetrics, ways: Ways
    ) -> None:
        self._engine, self._name, self._channel, self._counts = engine, name, channel, counts
        self._ways, self._timing, self._ticks = ways, ways.timing, ways.ticks
        paces_chats = bool(channel.rate and channel.rate.chat_s)
        self._by = Claimer(name, worker_name(), ways.quiet, paces_chats, ways.timing.lease_s)
        self._changed = asyncio.Event()
        self._sends = Sends(channel, self._changed.set, ways.timing, ways.ticks)
        self._stopping = False

    async def run(self) -> None:
        """Serves the channel until it is cancelled; what is being sent then is still sent and settled."""
        serving = asyncio.create_task(self._serve())
        try:
            await asyncio.shield(serving)
        finally:
            self._stopping = True
            self._changed.set()
            await serving

    async def _serve(self) -> None:
        while not self._stopping:
            self._changed.clear()
            self._sends.cancel_late()
            if not await self._round(self._free()) or self._free() <= 0:
                await self._rest()
        await self._sends.end(self._timing.end_s)
        await self._round(0)

    async def _rest(self) -> None:
        """Until a send has ended, or it is time to look again."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._timing.idle_s):
                await self._changed.wait()
                await asyncio.sleep(self._timing.gather_s)

    def _free(self) -> int:
        """How many notices may be claimed now."""
        room = self._sends.room
        return min(room, AHEAD - self._sends.early) if self._channel.rate else room

    async def _round(self, free: int) -> bool:
        """Settles, claims and starts the sends; whether it is worth another look at once."""
        done, lag_s = self._sends.take()
        try:
            work, goes_on = await asyncio.to_thread(self._exchange, done, free, lag_s)
        except Exception:  # the edge: a database that is away must not end the loop
            logger.exception("round failed", extra={"channel": self._name})
            self._counts.errors.labels(self._name).inc()
            self._sends.give_back(done, lag_s)
            await asyncio.sleep(self._timing.away_s)
            return True
        for each in work:
            self._sends.start(each)
        return goes_on

    def _exchange(self, done: Sequence[Done], free: int, lag_s: float) -> Round:
        """In a thread: writes down what is done, claims, makes the texts."""
        if not done and (free <= 0 or not self._is_due()):
            return Round()
        with durable(self._engine) as connection:
            now = self._ways.now()
            settled = [self._settled(each, now) for each in done]
            if gone := settle(connection, settled, now, self._timing):
                self._ways.gone(connection, gone)
            self._slow_down(connection, done)
            claims = claim(connection, self._by, free, now) if self._may(connection, free) else Claims()
            slots = self._slots(connection, claims.notices, lag_s)
        outcomes = (type(each.outcome).__name__.lower() for each in done)
        self._counts.add(self._name, outcomes, sum(each.seconds for each in done))
        pairs = zip(claims.notices, slots, strict=True)
        return Round(tuple(Work(n, self._text(n), slot) for n, slot in pairs), not claims.is_empty)

    def _settled(self, done: Done, now: datetime) -> Settled:
        ack_by = self._ways.ack_by(done.notice, now) if isinstance(done.outcome, Sent) else 0
        return Settled(done.notice, done.outcome, ack_by)

    def _is_due(self) -> bool:
        with database.reading(self._engine) as connection:
            return is_due(connection, self._name, self._ways.now())

    def _may(self, connection: Connection, free: int) -> bool:
        """Whether to claim: what is claimed has to be sent soon."""
        if free <= 0 or self._stopping:
            return False
        if self._channel.rate is None:
            return True
        return pace.wait_s(connection, self._name, self._ticks.wall()) < self._timing.soon_s

    def _slow_down(self, connection: Connection, done: Sequence[Done]) -> None:
        """Keeps the whole channel still if it asked for a long pause."""
        pauses = [each.outcome.seconds for each in done if isinstance(each.outcome, Later)]
        longest = max(pauses, default=0)
        if self._channel.rate and longest >= self._timing.whole_channel_s:
            pace.hold(connection, {self._name: longest}, self._ticks.wall())

    def _slots(self, connection: Connection, notices: tuple[Notice, ...], lag_s: float) -> list[float]:
        """The moment at which each may leave, on the monotonic clock."""
        rate, at, wall = self._channel.rate, self._ticks.monotonic(), self._ticks.wall()
        if rate is None or not notices:
            return [at] * len(notices)
        waits = pace.reserve(connection, self._name, rate.per_s, len(notices), lag_s, wall)
        if rate.chat_s:
            persons = (notice.address for notice in notices)
            chats = {person: wait + rate.chat_s for person, wait in zip(persons, waits, strict=True)}
            pace.hold(connection, chats, wall)
        return [at + wait for wait in waits]

    def _text(self, notice: Notice) -> Reply | Moot | Later:
        try:
            return self._ways.compose(notice) or Moot()
        except Exception:  # the edge: one notice that fails must not hold up all others
            logger.exception("notice not rendered", extra={"notice": notice.id, "kind": notice.kind})
            return Later(self._timing.broken_s)
