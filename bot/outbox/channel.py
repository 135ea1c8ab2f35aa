"""What the delivery of a channel is made of."""

import os
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import prometheus_client
from prometheus_client import CollectorRegistry, Gauge

from bot.outbox.claim import Notice
from bot.outbox.ledger import Backlog
from bot.outbox.outcomes import Outcome
from bot.outbox.pace import Rate
from handlers.turn.messages import Reply

Send = Callable[[str, Reply], Awaitable[Outcome]]  # of address and message
Compose = Callable[[Notice], Reply | None]  # None: nothing to say any more; called in a thread
AckBy = Callable[[Notice, datetime], int]  # Unix seconds until which it should be read; 0: no matter


@dataclass(frozen=True)
class Channel:
    """How one channel is served."""

    send: Send
    rate: Rate | None = None  # None: as fast as it answers
    in_flight: int = 256  # sends at once, where no rate sets a limit; so many reminders after a crash at most


def never(_notice: Notice, _now: datetime) -> int:
    """No notice needs an answer."""
    return 0


class Counts:
    """What the loops count, for Prometheus. Figures of the database are the same from every worker."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.notices = prometheus_client.Counter(
            "motcua_notices", "Sends by outcome", ["channel", "outcome"], registry=registry
        )
        self.errors = prometheus_client.Counter(
            "motcua_deliver_errors", "Rounds that failed", ["channel"], registry=registry
        )
        self.seconds = prometheus_client.Counter(
            "motcua_send_seconds", "Spent in sends, all together", ["channel"], registry=registry
        )
        self.backlog = Gauge("motcua_backlog", "Notices in hand", ["channel", "state"], registry=registry)
        self.overdue = Gauge(
            "motcua_overdue_seconds", "How long the oldest due notice waits", ["channel"], registry=registry
        )
        self.calls = Gauge("motcua_call_list", "Whom the clerk should call", registry=registry)

    def add(self, channel: str, outcomes: Iterable[str], seconds: float) -> None:
        """Sends that have ended, and how long they took together."""
        self.seconds.labels(channel).inc(seconds)
        for outcome, number in Counter(outcomes).items():
            self.notices.labels(channel, outcome).inc(number)

    def show(self, backlog: Sequence[Backlog], calls: int, now: datetime) -> None:
        """The figures of the database as of now."""
        self.backlog.clear()
        self.overdue.clear()
        for each in backlog:
            self.backlog.labels(each.channel, each.state).set(each.number)
            if each.state == "waiting":
                late = (now - each.first).total_seconds()
                self.overdue.labels(each.channel).set(max(0, late))
        self.calls.set(calls)


def worker_name() -> str:
    """This process as an operator finds it: "host-1:4711"."""
    return f"{socket.gethostname()}:{os.getpid()}"
