"""How long the outbox waits for what: one value, handed to all that wait."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Timing:
    """Seconds, where nothing else is said."""

    idle_s: float = 0.5  # between two looks for due notices
    gather_s: float = 0.005  # others end in this time too, and one transaction for many costs less
    away_s: float = 1.0  # after a round that failed
    broken_s: float = 60  # a notice that our own code cannot render
    lease_s: int = 60  # a claim that is not settled in this time is a dead worker's
    send_s: float = 20  # a send that takes longer is doubtful; a third of the lease
    latest_s: float = 15  # a process that was stopped for longer may have lost its claim: it sends no more
    end_s: float = 10  # for the sends in hand when the process is told to stop
    soon_s: float = 2.0  # what is claimed must find its slot in this time, long before its lease ends
    whole_channel_s: float = 5  # a pause this long is about the channel and not about one chat
    # Of Telegram's second 17 ms are to spare at 29.5 messages: so much later may one come than the next 30.
    tolerated_s: float = 0.01
    pauses_s: tuple[int, ...] = (
        1,
        5,
        20,
        60,
        180,
        600,
        900,
    )  # after the first, second, ... try; then the last
    patience_s: int = 4 * 3600  # from the first try; then a person has to call
    doubts: int = 3  # reminders after which nobody tries again: it kills workers, or answers nothing


TIMING = Timing()


@dataclass(frozen=True)
class Ticks:
    """The clock of durations, and how to wait on it."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time  # Unix seconds, for slots that other processes see
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)


TICKS = Ticks()
