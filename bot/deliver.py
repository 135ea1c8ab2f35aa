"""The loop that hands notices over: one for each channel, any number of them in any number of processes.

A round settles what was sent and claims the next in one transaction. While the database is away, on a full
disk or an error of ours, outcomes are kept and the round is tried again: nothing is claimed meanwhile.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from time import monotonic
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from bot import database, pace
from bot.channels.outcomes import Doubtful, Later, Outcome, Sent
from bot.clock import vietnam_now
from bot.notices.channel import AckBy, Channel, Compose, Counts, never, worker_name
from bot.notices.claiming import LEASE_S, Claimer, Claims, Notice, claim, durable, is_due
from bot.notices.settling import Moot, Settled, settle
from handlers.messages import Reply

logger = logging.getLogger(__name__)

SEND_S = 20  # a send that takes longer is doubtful; less than the lease
IDLE_S = 0.5  # between two looks for due notices
AWAY_S = 1.0  # after a round that failed
BROKEN_S = 60  # a notice that our own code cannot render
AHEAD = 4  # paced notices that one worker has claimed before their slot: so many at most go out as reminders
WHOLE_CHANNEL_S = 5  # a pause this long is about the channel and not about one chat
SOON_S = 2.0  # what is claimed must find its slot in this time, long before its lease ends
LATEST_S = 15  # a process that was stopped for longer may have lost its claim: it must not send any more
TOLERATED_S = 0.003  # a message that leaves this late counts as in its slot
END_S = 10  # for the sends in hand when the process is told to stop


class Delivery:
    """The loop of one channel. `run` until cancelled; sends in hand are then settled."""

    def __init__(
        self,
        engine: Engine,
        name: str,
        channel: Channel,
        compose: Compose,
        *,
        counts: Counts,
        ack_by: AckBy = never,
        quiet: str = "",
        now: Callable[[], datetime] = vietnam_now,
        lease_s: int = LEASE_S,
    ) -> None:
        self._engine, self._name, self._channel, self._compose = engine, name, channel, compose
        self._counts, self._ack_by, self._now = counts, ack_by, now
        self._by = Claimer(name, worker_name(), quiet, bool(channel.rate and channel.rate.chat_s), lease_s)
        self._done: list[Settled] = []  # outcomes that are not written down yet
        self._tasks: set[asyncio.Task[None]] = set()
        self._early: set[asyncio.Task[None]] = set()  # those of them that wait for their slot
        self._changed = asyncio.Event()
        self._lag_s = 0.0  # by how much slots were missed since the last reservation
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
            if not await self._round(self._free()) or self._free() <= 0:
                await self._rest()
        for task in self._early:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=END_S)
        await self._round(0)

    async def _rest(self) -> None:
        """Until a send has ended, or it is time to look again."""
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE_S):
                await self._changed.wait()

    def _free(self) -> int:
        """How many notices may be claimed now."""
        free = self._channel.in_flight - len(self._tasks)
        return min(free, AHEAD - len(self._early)) if self._channel.rate else free

    async def _round(self, free: int) -> bool:
        """Settles, claims and starts the sends; whether it is worth another look at once."""
        done, self._done = self._done, []
        lag_s, self._lag_s = self._lag_s, 0.0
        try:
            round_ = await asyncio.to_thread(self._exchange, done, free, lag_s)
        except Exception:  # the edge: a database that is away must not end the loop
            logger.exception("round failed", extra={"channel": self._name})
            self._counts.errors.labels(self._name).inc()
            self._done = done + self._done
            await asyncio.sleep(AWAY_S)
            return True
        for work in round_.work:
            self._start(work)
        return round_.goes_on

    def _exchange(self, done: list[Settled], free: int, lag_s: float) -> "Round":
        """In a thread: writes down what is done, claims, makes the texts."""
        if not done and (free <= 0 or not self._is_due()):
            return Round()
        with durable(self._engine) as connection:
            now = self._now()
            settle(connection, done, now)
            self._slow_down(connection, done)
            claims = claim(connection, self._by, free, now) if self._may(connection, free) else Claims()
            slots = self._slots(connection, claims.notices, lag_s)
        work = (
            Work(notice, self._text(notice), slot) for notice, slot in zip(claims.notices, slots, strict=True)
        )
        return Round(tuple(work), not claims.is_empty)

    def _is_due(self) -> bool:
        with database.reading(self._engine) as connection:
            return is_due(connection, self._name, self._now())

    def _may(self, connection: Connection, free: int) -> bool:
        """Whether to claim: what is claimed has to be sent soon."""
        if free <= 0 or self._stopping:
            return False
        return self._channel.rate is None or pace.wait_s(connection, self._name) < SOON_S

    def _slow_down(self, connection: Connection, done: list[Settled]) -> None:
        """Keeps the whole channel still if it asked for a long pause."""
        pauses = [each.outcome.seconds for each in done if isinstance(each.outcome, Later)]
        longest = max(pauses, default=0)
        if self._channel.rate and longest >= WHOLE_CHANNEL_S:
            pace.hold(connection, {self._name: longest})

    def _slots(self, connection: Connection, notices: tuple[Notice, ...], lag_s: float) -> list[float]:
        """The moment at which each may leave, on the monotonic clock."""
        rate, at = self._channel.rate, monotonic()
        if rate is None or not notices:
            return [at] * len(notices)
        waits = pace.reserve(connection, self._name, rate.per_s, len(notices), lag_s)
        if rate.chat_s:
            persons = (notice.address for notice in notices)
            pace.hold(connection, {p: wait + rate.chat_s for p, wait in zip(persons, waits, strict=True)})
        return [at + wait for wait in waits]

    def _text(self, notice: Notice) -> Reply | Moot | Later:
        try:
            return self._compose(notice) or Moot()
        except Exception:  # the edge: one notice that fails must not hold up all others
            logger.exception("notice not rendered", extra={"notice": notice.id, "kind": notice.kind})
            return Later(BROKEN_S)

    def _start(self, work: "Work") -> None:
        if not isinstance(work.message, Reply):
            self._settled(work.notice, work.message)
            self._changed.set()
            return
        task = asyncio.create_task(self._deliver(work.notice, work.message, work.slot))
        self._tasks.add(task)
        if self._channel.rate:
            self._early.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._early.discard(task)
        self._changed.set()

    async def _deliver(self, notice: Notice, message: Reply, slot: float) -> None:
        try:
            if self._channel.rate:
                await self._wait_for(slot)
        except asyncio.CancelledError:  # the process ends before its slot
            self._settled(notice, Later(0))
            return
        started = monotonic()
        if started - slot > LATEST_S:
            self._settled(notice, Later(0))
            return
        outcome = await self._sent(notice, message)
        self._counts.seconds.labels(self._name).observe(monotonic() - started)
        self._settled(notice, outcome)

    async def _wait_for(self, slot: float) -> None:
        await asyncio.sleep(slot - monotonic())
        late = monotonic() - slot
        if late > TOLERATED_S:
            self._lag_s = max(self._lag_s, late)
        if task := asyncio.current_task():
            self._early.discard(task)
        self._changed.set()

    async def _sent(self, notice: Notice, message: Reply) -> Outcome:
        try:
            async with asyncio.timeout(SEND_S):
                return await self._channel.send(notice.address, message)
        except TimeoutError:
            return Doubtful()
        except Exception:  # the edge: a channel tells its troubles as outcomes, so this is a fault of ours
            logger.exception("send failed", extra={"notice": notice.id, "channel": self._name})
            return Doubtful()

    def _settled(self, notice: Notice, outcome: Outcome | Moot) -> None:
        ack_by = self._ack_by(notice, self._now()) if isinstance(outcome, Sent) else 0
        self._done.append(Settled(notice, outcome, ack_by))
        self._counts.notices.labels(self._name, type(outcome).__name__.lower()).inc()


class Work(NamedTuple):
    """A claimed notice, what to say, and when."""

    notice: Notice
    message: Reply | Moot | Later
    slot: float  # on the monotonic clock


class Round(NamedTuple):
    """What one round brought."""

    work: tuple[Work, ...] = ()
    goes_on: bool = False  # more may be due
