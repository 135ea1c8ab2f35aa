"""The sends in hand: each in its slot, none for ever, and what became of them."""

import asyncio
import logging
from collections.abc import Callable
from typing import NamedTuple

from bot.outbox.channel import Channel
from bot.outbox.claim import Notice
from bot.outbox.outcomes import Doubtful, Later, Moot, Outcome
from bot.outbox.pace import Rate
from bot.outbox.timing import TICKS, TIMING, Ticks, Timing
from handlers.turn.messages import Reply

logger = logging.getLogger(__name__)


class Work(NamedTuple):
    """A claimed notice, what to say, and when."""

    notice: Notice
    message: Reply | Moot | Later
    slot: float  # on the monotonic clock


class Done(NamedTuple):
    """What became of it, and how long it took."""

    notice: Notice
    outcome: Outcome | Moot
    seconds: float = 0.0


class Sends:
    """Sends on one channel. `changed` is called whenever there is something to take, or room for more."""

    def __init__(
        self, channel: Channel, changed: Callable[[], None], timing: Timing = TIMING, ticks: Ticks = TICKS
    ) -> None:
        self._channel, self._changed, self._timing = channel, changed, timing
        self._now, self._sleep = ticks.monotonic, ticks.sleep
        self._early: dict[asyncio.Task[None], float] = {}  # those that wait for their slot
        self._sending: dict[asyncio.Task[None], float] = {}  # when each began, on the monotonic clock
        self._done: list[Done] = []
        self._lag_s = 0.0

    @property
    def room(self) -> int:
        """How many more the channel takes."""
        return self._channel.in_flight - len(self._early) - len(self._sending)

    @property
    def early(self) -> int:
        """How many wait for their slot."""
        return len(self._early)

    def start(self, work: Work) -> None:
        """Sends it in its slot."""
        if not isinstance(work.message, Reply):
            self._end(Done(work.notice, work.message))
            return
        task = asyncio.create_task(self._send(work.notice, work.message, work.slot))
        waits = self._early if self._channel.rate else self._sending
        waits[task] = self._now()

    def take(self) -> tuple[list[Done], float]:
        """What has ended since, and how many seconds of slots were missed."""
        taken = self._done, self._lag_s
        self._done, self._lag_s = [], 0.0
        return taken

    def give_back(self, done: list[Done], lag_s: float) -> None:
        """What was taken and could not be written down."""
        self._done, self._lag_s = done + self._done, lag_s + self._lag_s

    def cancel_late(self) -> None:
        """Ends sends that take too long; to be called now and then: a timer for each would cost more."""
        oldest = self._now() - self._timing.send_s
        for task in [task for task, began in self._sending.items() if began < oldest]:
            task.cancel()

    async def end(self, seconds: float) -> None:
        """Starts none that waits for its slot, and waits so long for those that have begun."""
        await asyncio.sleep(0)  # one that is cancelled before its first step would end without a word
        for task in self._early:
            task.cancel()
        if tasks := (*self._early, *self._sending):
            await asyncio.wait(tasks, timeout=seconds)

    async def _send(self, notice: Notice, message: Reply, slot: float) -> None:
        task, began = asyncio.current_task(), self._now()
        assert task
        try:
            if rate := self._channel.rate:
                await self._in_slot(task, slot, rate)
                began = self._now()
            outcome = await self._outcome(notice, message, began - slot)
            self._end(Done(notice, outcome, self._now() - began))
        except asyncio.CancelledError:
            self._end(Done(notice, Later(0) if task in self._early else Doubtful(), self._now() - began))
        finally:
            self._early.pop(task, None)
            self._sending.pop(task, None)

    async def _in_slot(self, task: asyncio.Task[None], slot: float, rate: Rate) -> None:
        await self._sleep(slot - self._now())
        late = (now := self._now()) - slot
        missed = max(late - self._timing.tolerated_s, 0)
        self._lag_s += min(missed, 1 / rate.per_s)  # at most the slot that it lost
        del self._early[task]
        self._sending[task] = now
        self._changed()

    async def _outcome(self, notice: Notice, message: Reply, late_s: float) -> Outcome:
        if late_s > self._timing.latest_s:
            return Later(0)
        try:
            return await self._channel.send(notice.address, message)
        except Exception:  # the edge: a channel tells its troubles as outcomes, so this is a fault of ours
            logger.exception("send failed", extra={"notice": notice.id})
            return Doubtful()

    def _end(self, done: Done) -> None:
        self._done.append(done)
        self._changed()
