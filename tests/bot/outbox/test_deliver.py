import asyncio
from collections import deque
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout, web
from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import create_engine, event

from bot.notices import follows
from bot.outbox import channel as channels
from bot.outbox import ledger, pace
from bot.outbox.channel import Channel
from bot.outbox.deliver import Delivery, Ways
from bot.outbox.outcomes import Doubtful, Later, Refused, Sent
from bot.outbox.pace import Rate
from bot.outbox.sweep import sweep
from bot.outbox.timing import Ticks, Timing
from bot.storage import database, migrate
from bot.watching.metrics import OutboxMetrics
from handlers.turn.messages import Reply
from tests.bot.outbox.flaky import flaky_proxy
from tests.bot.outbox.notice_parts import NOW, claim, follow, later, listening, owe, run, states

SOON = Timing(idle_s=0.02, away_s=0.02)  # no waiting between two looks, and after a round that failed


class Line:
    """A channel that keeps what it was given, and answers as it is told, else Sent."""

    def __init__(self, *outcomes):
        self.outcomes, self.given, self.came = deque(outcomes), [], asyncio.Semaphore(0)

    async def send(self, address, reply):
        self.given.append((address, reply.text))
        self.came.release()
        outcome = self.outcomes.popleft() if self.outcomes else Sent(str(len(self.given)))
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


class Rounds(OutboxMetrics):
    """Counts as the program does, and tells the test of each round that settled something, or failed."""

    def __init__(self, registry=None):
        super().__init__(registry or CollectorRegistry())
        self.loop, self.settled, self.failed = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
        self.errors = self  # the loop counts an error as `errors.labels(name).inc()`

    def add(self, channel, outcomes, seconds):
        super().add(channel, outcomes, seconds)
        self.loop.call_soon_threadsafe(self.settled.set)

    def labels(self, _channel):
        return self

    def inc(self):
        self.failed.set()


def compose(notice):
    return Reply(f"{notice.code}{'!' * notice.reminder}")


class Delivering:
    """The loop, running; `until` waits for states in the order of the notices."""

    def __init__(self, engine, task, rounds):
        self.engine, self.task, self.rounds = engine, task, rounds

    async def until(self, *wanted):
        while await asyncio.to_thread(states, self.engine) != list(wanted):
            await self.rounds.settled.wait()
            self.rounds.settled.clear()


@asynccontextmanager
async def delivering(engine, send, ways=None, registry=None, **more):
    rounds, channel = Rounds(registry), Channel(send, **{"in_flight": 8, **more})
    told = Ways(
        **{"compose": compose, "now": lambda: NOW, "timing": SOON, "gone": follows.drop, **(ways or {})}
    )
    task = asyncio.create_task(Delivery(engine, "telegram", channel, rounds, told).run())
    try:
        async with asyncio.timeout(60):
            yield Delivering(engine, task, rounds)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def owed(engine):
    follow(engine)
    owe(engine, code="H36.99-261123-0001")
    return engine


def owe_many(engine, number):
    for person in range(number):
        follow(engine, f"telegram:{person}", "H2")
    owe(engine, code="H2")


async def test_what_is_owed_is_sent_and_settled(owed):
    line, registry = Line(), CollectorRegistry()
    async with delivering(owed, line.send, registry=registry) as loop:
        await loop.until("sent")
    assert line.given == [("telegram:1", "H36.99-261123-0001")]
    assert b'motcua_notices_total{channel="telegram",outcome="sent"} 1.0' in generate_latest(registry)


async def test_what_is_owed_later_is_found(engine):
    line = Line()
    async with delivering(engine, line.send) as loop:
        follow(engine)
        owe(engine)
        await loop.until("sent")


async def test_a_notice_with_nothing_to_say_is_not_sent(owed):
    line = Line()
    async with delivering(owed, line.send, {"compose": lambda notice: None}) as loop:
        await loop.until("superseded")
    assert line.given == []


async def test_a_notice_that_cannot_be_rendered_holds_up_no_other(engine):
    def stumble(notice):
        return Reply("good") if notice.address == "telegram:1" else {}["bug"]

    line = Line()
    owe_many(engine, 2)
    async with delivering(engine, line.send, {"compose": stumble}) as loop:
        await loop.until("waiting", "sent")
    assert line.given == [("telegram:1", "good")]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Refused("no"), "refused"), (Doubtful(), "doubtful"), (KeyError(), "doubtful")],
)
async def test_each_outcome_is_settled(owed, outcome, state):
    async with delivering(owed, Line(outcome).send) as loop:
        await loop.until(state)


async def test_what_is_to_wait_is_tried_no_sooner(owed):
    async with delivering(owed, Line(Later(900)).send) as loop:
        await loop.rounds.settled.wait()
        await loop.until("waiting")
    assert run(owed, "SELECT tries, not_before FROM notice") == [(1, int(NOW.timestamp()) + 900)]


async def test_who_cannot_be_reached_any_more_is_not_followed_by_anything(owed):
    async with delivering(owed, Line(Refused("Forbidden: blocked", gone=True)).send) as loop:
        await loop.until("refused")
    assert run(owed, "SELECT * FROM follow") == []


async def test_a_send_without_end_is_doubtful(owed):
    async def hang(address, reply):
        await asyncio.Event().wait()

    async with delivering(owed, hang, {"timing": Timing(idle_s=0.02, send_s=0.05)}) as loop:
        await loop.until("doubtful")


async def test_no_more_are_in_flight_than_the_channel_takes(engine):
    owe_many(engine, 20)
    flying, most, full, go = 0, 0, asyncio.Event(), asyncio.Event()

    async def send(address, reply):
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        if flying == 3:
            full.set()
        await go.wait()
        flying -= 1
        return Sent("1")

    async with delivering(engine, send, in_flight=3) as loop:
        await full.wait()
        go.set()
        await loop.until(*["sent"] * 20)
    assert most == 3


async def test_told_to_stop_it_ends_what_it_began_and_gives_back_the_rest(engine):
    owe_many(engine, 9)
    begun, go = asyncio.Semaphore(0), asyncio.Event()

    async def send(address, reply):
        begun.release()
        await go.wait()
        return Sent("1")

    async with delivering(engine, send, rate=Rate(2)) as loop:
        await begun.acquire()
        loop.task.cancel()
        go.set()
        await asyncio.gather(loop.task, return_exceptions=True)
    found = states(engine)
    assert found.count("sent") >= 1
    assert found.count("sent") + found.count("waiting") == 9


class Time:
    """A clock that only sleeping moves on: who sleeps until a moment wakes at that moment."""

    def __init__(self):
        self.at = 1000.0

    def __call__(self):
        return self.at

    async def sleep(self, seconds):
        self.at = max(self.at, self.at + seconds)

    @property
    def ticks(self):
        return Ticks(monotonic=self, wall=self, sleep=self.sleep)


@pytest.fixture
def sqlite(tmp_path):
    """Where the test gives the time; PostgreSQL has its own clock."""
    engine = database.connect(f"sqlite:///{tmp_path}/paced.db")
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


async def test_paced_messages_keep_their_distance(sqlite):
    owe_many(sqlite, 9)
    line, time, moments = Line(), Time(), []

    async def send(address, reply):
        moments.append(time())
        return await line.send(address, reply)

    async with delivering(sqlite, send, {"ticks": time.ticks}, rate=Rate(50, 1)) as loop:
        await loop.until(*["sent"] * 9)
    gaps = [after - before for before, after in zip(moments, moments[1:], strict=False)]
    assert min(gaps) == pytest.approx(1 / 50)


async def test_a_long_pause_holds_the_whole_channel(sqlite):
    owe_many(sqlite, 100)
    line, time = Line(*[Later(30)] * 100), Time()
    async with delivering(sqlite, line.send, {"ticks": time.ticks}, rate=Rate(1000)) as loop:
        await loop.rounds.settled.wait()
        while not (tried := run(sqlite, "SELECT count(*) FROM notice WHERE receipt = 'not reached'")[0][0]):
            loop.rounds.settled.clear()
            await loop.rounds.settled.wait()
    with database.reading(sqlite) as connection:
        assert pace.wait_s(connection, "telegram", time()) > SOON.soon_s
    assert 0 < tried <= len(line.given) < 100


async def test_the_loop_outlives_a_full_disk(tmp_path):
    """On SQLite, with a real file that may not grow."""
    engine = database.connect(f"sqlite:///{tmp_path}/full.db")
    migrate.upgrade(engine)
    owe_many(engine, 300)
    full = asyncio.Event()

    @event.listens_for(engine, "checkout")
    def limit(connection, _record, _proxy):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages if full.is_set() else 1_000_000}")

    line = Line()

    async def send(address, reply):
        full.set()
        outcome = await line.send(address, reply)
        return Sent("r" * 3000) if isinstance(outcome, Sent) else outcome  # needs room

    async with delivering(engine, send, in_flight=64) as loop:
        await loop.rounds.failed.wait()
        full.clear()
        event.remove(engine, "checkout", limit)
        run(engine, "PRAGMA max_page_count = 1000000")
        engine.dispose()
        await loop.until(*["sent"] * 300)
    assert len(line.given) == 300


async def test_the_loop_outlives_a_database_that_is_away(engine):
    """PostgreSQL ends every connection, again and again; SQLite is locked by another process meanwhile."""
    owe_many(engine, 60)
    line = Line()
    async with delivering(engine, line.send, in_flight=4) as loop:
        for _ in range(5):
            await line.came.acquire()
            await asyncio.to_thread(disturb, engine)
        await loop.until(*["sent"] * 60)
    assert len(set(line.given)) == 60
    assert len(line.given) == 60


def disturb(engine):
    if database.is_sqlite(engine):
        with database.writing(engine):
            return
    other = create_engine(engine.url, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    other.dispose()


async def test_a_clock_that_is_set_back_loses_nothing(engine):
    owe_many(engine, 10)
    line, clock = Line(*[Later(0)] * 10), iter([later(days=300)] * 5)
    soon_after = NOW + timedelta(minutes=1)
    async with delivering(engine, line.send, {"now": lambda: next(clock, soon_after)}) as loop:
        [await line.came.acquire() for _ in range(10)]
        while run(engine, "SELECT count(*) FROM notice WHERE receipt = 'not reached'") != [(10,)]:
            await loop.rounds.settled.wait()
            loop.rounds.settled.clear()
    with database.writing(engine) as connection:
        sweep(connection, ["telegram"], NOW, follows.other_channels)
    assert len(claim(engine, 20)) == 10


async def test_a_network_that_drops_delays_and_resets_loses_nothing(engine):
    owe_many(engine, 60)
    arrived = []

    async def take(request):
        arrived.append(await request.text())
        return web.Response()

    runner = await listening(take)
    async with flaky_proxy(runner.addresses[0][1]) as port, ClientSession(timeout=ClientTimeout(0.3)) as http:

        async def send(address, reply):
            try:
                async with http.post(f"http://127.0.0.1:{port}/", data=f"{address} {reply.text}") as answer:
                    return Sent(str(answer.status))
            except (ClientError, TimeoutError):
                return Doubtful()

        patient = Timing(idle_s=0.02, pauses_s=(0,), doubts=1000)
        async with delivering(engine, send, {"timing": patient}) as loop:
            await loop.until(*["sent"] * 60)
    await runner.cleanup()
    assert {text.split()[0] for text in arrived} == {f"telegram:{n}" for n in range(60)}
    unmarked = [text for text in arrived if not text.endswith("!")]
    assert len(unmarked) == len(set(unmarked))


def test_a_worker_is_named_by_host_and_process():
    assert channels.worker_name().count(":") == 1


def test_the_backlog_is_shown(engine):
    registry = CollectorRegistry()
    owe_many(engine, 2)
    run(engine, "UPDATE notice SET call_at = 5, state = 'given_up' WHERE id = 1")
    with database.reading(engine) as connection:
        figures = ledger.backlog(connection), ledger.call_count(connection)
    OutboxMetrics(registry).show(*figures, later(seconds=30))
    text = generate_latest(registry).decode()
    assert 'motcua_backlog{channel="telegram",state="waiting"} 1.0' in text
    assert 'motcua_overdue_seconds{channel="telegram"} 30.0' in text
    assert "motcua_call_list 1.0" in text
