import asyncio
from collections import deque
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout, web
from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import create_engine, event

from bot.outbox import channel as channels
from bot.outbox.channel import Channel, Counts
from bot.outbox.deliver import Delivery
from bot.outbox.outcomes import Doubtful, Later, Refused, Sent
from bot.outbox.pace import Rate
from bot.storage import database
from handlers.turn.messages import Reply
from tests.bot.outbox.flaky import flaky_proxy
from tests.bot.outbox.notice_parts import NOW, claim, follow, later, owe, run, states


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


def compose(notice):
    return Reply(f"{notice.code}{'!' * notice.reminder}")


@asynccontextmanager
async def delivering(engine, send, compose=compose, now=lambda: NOW, registry=None, **more):
    """The loop, running."""
    counts = Counts(registry or CollectorRegistry())
    channel = Channel(send, **{"in_flight": 8, **more})
    delivery = Delivery(engine, "telegram", channel, compose, counts=counts, now=now)
    task = asyncio.create_task(delivery.run())
    try:
        async with asyncio.timeout(30):
            yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(engine, *wanted):
    """Waits for states, in the order of the notices."""
    while (found := await asyncio.to_thread(states, engine)) != list(wanted):
        assert found != wanted
        await asyncio.sleep(0.02)


@pytest.fixture
def soon(monkeypatch):
    """No waiting between two looks, and after a round that failed."""
    monkeypatch.setattr("bot.outbox.deliver.IDLE_S", 0.02)
    monkeypatch.setattr("bot.outbox.deliver.AWAY_S", 0.02)


@pytest.fixture
def owed(engine, soon):
    follow(engine)
    owe(engine, code="H36.99-261123-0001")
    return engine


def owe_many(engine, number):
    for person in range(number):
        follow(engine, f"telegram:{person}", "H2")
    owe(engine, code="H2")


async def test_what_is_owed_is_sent_and_settled(owed):
    line, registry = Line(), CollectorRegistry()
    async with delivering(owed, line.send, registry=registry):
        await until(owed, "sent")
    assert line.given == [("telegram:1", "H36.99-261123-0001")]
    assert b'motcua_notices_total{channel="telegram",outcome="sent"} 1.0' in generate_latest(registry)


async def test_what_is_owed_later_is_found(engine, soon):
    line = Line()
    async with delivering(engine, line.send):
        follow(engine)
        owe(engine)
        await until(engine, "sent")


async def test_a_notice_with_nothing_to_say_is_not_sent(owed):
    line = Line()
    async with delivering(owed, line.send, compose=lambda notice: None):
        await until(owed, "superseded")
    assert line.given == []


async def test_a_notice_that_cannot_be_rendered_holds_up_no_other(engine, soon):
    def stumble(notice):
        return Reply("good") if notice.address == "telegram:1" else {}["bug"]

    line = Line()
    owe_many(engine, 2)
    async with delivering(engine, line.send, compose=stumble):
        await until(engine, "waiting", "sent")
    assert line.given == [("telegram:1", "good")]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Refused("no"), "refused"), (Later(900), "waiting"), (Doubtful(), "doubtful"), (KeyError(), "doubtful")],
)
async def test_each_outcome_is_settled(owed, outcome, state):
    line = Line(outcome)
    async with delivering(owed, line.send):
        await until(owed, state)


async def test_a_send_without_end_is_doubtful(owed, monkeypatch):
    monkeypatch.setattr("bot.outbox.send.SEND_S", 0.05)

    async def hang(address, reply):
        await asyncio.Event().wait()

    async with delivering(owed, hang):
        await until(owed, "doubtful")


async def test_no_more_are_in_flight_than_the_channel_takes(engine, soon):
    owe_many(engine, 20)
    flying, most, go = 0, 0, asyncio.Event()

    async def send(address, reply):
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await go.wait()
        flying -= 1
        return Sent("1")

    async with delivering(engine, send, in_flight=3):
        while flying < 3:
            await asyncio.sleep(0.01)
        go.set()
        await until(engine, *["sent"] * 20)
    assert most == 3


async def test_told_to_stop_it_ends_what_it_began_and_gives_back_the_rest(engine, soon):
    owe_many(engine, 9)
    begun, go = asyncio.Semaphore(0), asyncio.Event()

    async def send(address, reply):
        begun.release()
        await go.wait()
        return Sent("1")

    async with delivering(engine, send, rate=Rate(2)) as task:
        await begun.acquire()
        task.cancel()
        go.set()
        await asyncio.gather(task, return_exceptions=True)
    found = states(engine)
    assert found.count("sent") in (1, 2)
    assert found.count("sent") + found.count("waiting") == 9


async def test_paced_messages_keep_their_distance(engine, soon):
    owe_many(engine, 6)
    line, loop, moments = Line(), asyncio.get_running_loop(), []
    begun = loop.time()

    async def send(address, reply):
        moments.append(loop.time())
        return await line.send(address, reply)

    async with delivering(engine, send, rate=Rate(50, 1)):
        await until(engine, *["sent"] * 6)
    assert moments[-1] - begun >= 5 / 50 - 0.001  # a busy machine sends later, never sooner


async def test_a_long_pause_holds_the_whole_channel(engine, soon):
    owe_many(engine, 12)
    line = Line(*[Later(30)] * 12)
    async with delivering(engine, line.send, rate=Rate(1000)):
        await line.came.acquire()
        await until(engine, *["waiting"] * 12)
        await asyncio.sleep(0.2)
    assert len(line.given) < 12


async def test_the_loop_outlives_a_full_disk(tmp_path, soon):
    """On SQLite, with a real file that may not grow."""
    from bot.storage import migrate

    engine = database.connect(f"sqlite:///{tmp_path}/full.db")
    migrate.upgrade(engine)
    owe_many(engine, 300)
    full = asyncio.Event()

    @event.listens_for(engine, "checkout")
    def limit(connection, _record, _proxy):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages if full.is_set() else 1_000_000}")

    line, registry = Line(), CollectorRegistry()

    async def send(address, reply):
        full.set()
        outcome = await line.send(address, reply)
        return Sent("r" * 3000) if isinstance(outcome, Sent) else outcome  # needs room

    async with delivering(engine, send, registry=registry, in_flight=64):
        while b"motcua_deliver_errors_total{" not in generate_latest(registry):
            await asyncio.sleep(0.01)
        full.clear()
        event.remove(engine, "checkout", limit)
        run(engine, "PRAGMA max_page_count = 1000000")
        engine.dispose()
        await until(engine, *["sent"] * 300)
    assert len(line.given) == 300


async def test_the_loop_outlives_a_database_that_is_away(engine, soon):
    """PostgreSQL ends every connection, again and again; SQLite is locked by another process meanwhile."""
    owe_many(engine, 60)
    line = Line()

    async def send(address, reply):
        await asyncio.sleep(0.01)
        return await line.send(address, reply)

    async with delivering(engine, send, in_flight=4):
        for _ in range(5):
            await line.came.acquire()
            await asyncio.to_thread(disturb, engine)
        await until(engine, *["sent"] * 60)
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


async def test_a_clock_that_is_set_back_loses_nothing(engine, soon):
    owe_many(engine, 10)
    line, clock = Line(*[Later(0)] * 10), iter([later(days=300)] * 5)
    async with delivering(engine, line.send, now=lambda: next(clock, NOW + timedelta(minutes=1))):
        while len(line.given) < 10:
            await asyncio.sleep(0.01)
        await until(engine, *["waiting"] * 10)
    from bot.outbox.sweep import sweep

    with database.writing(engine) as connection:
        sweep(connection, ["telegram"], NOW)
    assert len(claim(engine, 20)) == 10


async def test_a_network_that_drops_delays_and_resets_loses_nothing(engine, soon, monkeypatch):
    monkeypatch.setattr("bot.outbox.settle.PAUSES_S", (0,))
    monkeypatch.setattr("bot.outbox.settle.DOUBTS", 1000)
    owe_many(engine, 60)
    arrived = []

    async def take(request):
        arrived.append(await request.text())
        return web.Response()

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with flaky_proxy(runner.addresses[0][1]) as port, ClientSession(timeout=ClientTimeout(0.3)) as http:

        async def send(address, reply):
            try:
                async with http.post(f"http://127.0.0.1:{port}/", data=f"{address} {reply.text}") as answer:
                    return Sent(str(answer.status))
            except (ClientError, TimeoutError):
                return Doubtful()

        async with delivering(engine, send):
            await until(engine, *["sent"] * 60)
    await runner.cleanup()
    assert {text.split()[0] for text in arrived} == {f"telegram:{n}" for n in range(60)}
    unmarked = [text for text in arrived if not text.endswith("!")]
    assert len(unmarked) == len(set(unmarked))


def test_a_worker_is_named_by_host_and_process():
    assert channels.worker_name().count(":") == 1


def test_the_backlog_is_shown(engine):
    from bot.outbox import ledger

    registry = CollectorRegistry()
    owe_many(engine, 2)
    run(engine, "UPDATE notice SET call_at = 5, state = 'given_up' WHERE id = 1")
    with database.reading(engine) as connection:
        Counts(registry).show(ledger.backlog(connection), ledger.call_count(connection), later(seconds=30))
    text = generate_latest(registry).decode()
    assert 'motcua_backlog{channel="telegram",state="waiting"} 1.0' in text
    assert 'motcua_overdue_seconds{channel="telegram"} 30.0' in text
    assert "motcua_call_list 1.0" in text
