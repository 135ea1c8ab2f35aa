"""What is counted for Prometheus; each process shows its own."""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.watching.zalo_metrics import OaMetrics
from knowledge.notices.states import NoticeState
from knowledge.procedures.catalogue import Catalogue

CONTENT_TYPE = CONTENT_TYPE_LATEST  # of `Metrics.text`
SECONDS = (
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1,
    5,
    10,
)  # p50 aims at 5 ms, p95 at 15 ms


class InHand(Protocol):
    """How many notices of a channel are in an open state."""

    @property
    def channel(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def first(self) -> datetime:
        """When the first of them was, or will be, due."""


class OutboxMetrics:
    """What the outbox counts. Figures of the database are the same from every worker."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.notices = Counter(
            "motcua_notices", "Sends by outcome", ["channel", "outcome"], registry=registry
        )
        self.errors = Counter("motcua_deliver_errors", "Rounds that failed", ["channel"], registry=registry)
        self.seconds = Counter(
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
        for outcome, number in Tally(outcomes).items():
            self.notices.labels(channel, outcome).inc(number)

    def show(self, backlog: Sequence[InHand], calls: int, now: datetime) -> None:
        """The figures of the database as of now."""
        self.backlog.clear()
        self.overdue.clear()
        for each in backlog:
            self.backlog.labels(each.channel, each.state).set(each.number)
            if each.state == NoticeState.WAITING:
                late = (now - each.first).total_seconds()
                self.overdue.labels(each.channel).set(max(0, late))
        self.calls.set(calls)


class Metrics:
    """The counters of one process. Labels never name a person."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter(
            "motcua_turns", "Messages answered", ["channel", "outcome"], registry=self.registry
        )
        self.turn_seconds = Histogram(
            "motcua_turn_seconds",
            "From the message to its saved answer",
            ["channel"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.errors = Counter("motcua_errors", "Failures of ours, logged", ["where"], registry=self.registry)
        self.purged = Counter("motcua_purged", "Rows deleted on the clock", ["table"], registry=self.registry)
        self.synced = Counter(
            "motcua_sync_rows", "Rows that one-stop software pushed", ["outcome"], registry=self.registry
        )
        self.polled = Counter(
            "motcua_polls",
            "Questions to one-stop software",
            ["outcome"],
            registry=self.registry,
        )
        self.locks = Gauge(
            "motcua_locked_codes",
            "Dossier codes that wait after too many wrong second facts",
            registry=self.registry,
        )
        self.catalogue = Gauge(
            "motcua_catalogue", "Size of the loaded catalogue", ["part"], registry=self.registry
        )
        self.zalobot = Gauge(
            "motcua_zalobot_month",
            "Messages to, and people on the Zalo Bot Platform this month",
            ["what"],
            registry=self.registry,
        )
        self.loops_dead = Counter(
            "motcua_loops_dead", "Background loops that ended by themselves", ["loop"], registry=self.registry
        )
        self.outbox = OutboxMetrics(self.registry)
        self.zalo_oa = OaMetrics(self.registry)

    def watch_locks(self, count: Callable[[], float]) -> None:
        """From now on asks for the number of locked codes each time the metrics are told."""
        self.locks.set_function(count)

    def watch_zalobot(self, count: Callable[[str], float]) -> None:
        """From now on asks for the messages and the people of this month likewise."""
        for what in ("messages", "people"):
            self.zalobot.labels(what).set_function(partial(count, what))

    def describe(self, catalogue: Catalogue) -> None:
        """Tells the size of the catalogue that this process answers from."""
        procedures = catalogue.procedures.values()
        self.catalogue.labels("fields").set(len(catalogue.fields))
        self.catalogue.labels("procedures").set(len(procedures))
        self.catalogue.labels("documents").set(sum(len(p.documents) for p in procedures))

    def text(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self.registry)
