"""What the delivery of a channel is made of."""

import os
import socket
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.outbox.claim import Notice
from bot.outbox.outcomes import Outcome
from bot.outbox.pace import Rate
from handlers.turn.messages import Reply

Send = Callable[[str, Reply], Awaitable[Outcome]]  # of address and message
Compose = Callable[[Notice], Reply | None]  # None: nothing to say any more; called in a thread
AckBy = Callable[[Notice, datetime], int]  # Unix seconds until which it should be read; 0: no matter
Gone = Callable[[Connection, Collection[str]], None]  # told of addresses that cannot be reached any more

IN_FLIGHT = 256  # sends at once, where no rate sets a limit; so many reminders after a crash at most


@dataclass(frozen=True)
class Channel:
    """How one channel is served."""

    send: Send
    rate: Rate | None = None  # None: as fast as it answers
    in_flight: int = IN_FLIGHT


def never(_notice: Notice, _now: datetime) -> int:
    """No notice needs an answer."""
    return 0


def nobody(_connection: Connection, _addresses: Collection[str]) -> None:
    """Nobody has to know who cannot be reached."""


def worker_name() -> str:
    """This process as an operator finds it: "host-1:4711"."""
    return f"{socket.gethostname()}:{os.getpid()}"
