"""The outbox drained against a server that answers after 5 ms, in alternating rounds with its peers.

SQLite beside a bare aiohttp loop that has its messages in memory and forgets them; PostgreSQL beside
procrastinate (its own worker at its best concurrency, one job a message). Then: how soon due notices leave
while 100,000 wait for other hours. `python benchmarks/outbox.py [sqlite|postgresql|waiting]`.
"""

import asyncio
import gc
import logging
import multiprocessing
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import ClientSession, TCPConnector
from engines import postgresql, sqlite
from prometheus_client import CollectorRegistry
from sqlalchemy import make_url
from telegram_send import serve

from bot.clock import vietnam_now
from bot.outbox import enqueue
from bot.outbox.channel import Channel
from bot.outbox.claim import Notice
from bot.outbox.deliver import Delivery, Ways
from bot.outbox.outcomes import Outcome, Sent
from bot.outbox.store import Owed
from bot.storage import database
from bot.watching.metrics import OutboxMetrics
from handlers.turn.messages import Reply

MESSAGES = 20_000
PEER_MESSAGES = 800
ROUNDS = 5
IN_FLIGHT = 256
PEER_CONCURRENCY = (16, 64)
WAITING = 100_000
DUE = 500
TEXT = "Hồ sơ đã có kết quả. Bạn mang giấy hẹn và giấy tờ tùy thân đến nhận."

Post = Callable[[str], Awaitable[None]]


@asynccontextmanager
async def poster(port: int) -> AsyncIterator[Post]:
    """Posts a text to the stub."""
    async with ClientSession(connector=TCPConnector(limit=0)) as http:

        async def post(text: str) -> None:
            async with http.post(f"http://127.0.0.1:{port}/send", json={"text": text}) as answer:
                await answer.read()

        yield post


def owe(url: str, number: int, *, later: bool = False, prefix: str = "") -> None:
    """Notices to as many people, due now or in ten hours."""
    engine, now = database.connect(url), vietnam_now()
    owed = [
        Owed(f"{prefix}{n}/done/1", f"{prefix}{n}", f"telegram:{prefix}{n}", "done") for n in range(number)
    ]
    with database.writing(engine) as connection:
        enqueue.write(connection, owed, now)
        if later:
            until = int((now + timedelta(hours=10)).timestamp())
            connection.exec_driver_sql(f"UPDATE notice SET not_before = {until}")
    engine.dispose()


async def ours(url: str, port: int, number: int) -> float:
    """Notices a second, from the claim to the settlement of the last."""
    async with poster(port) as post:
        sent, done = 0, asyncio.Event()

        async def send(address: str, reply: Reply) -> Outcome:
            nonlocal sent
            await post(reply.text)
            sent += 1
            if sent == number:
                done.set()
            return Sent(str(sent))

        channel = Channel(send, in_flight=IN_FLIGHT)
        engine = database.connect(url)
        counts = OutboxMetrics(CollectorRegistry())
        delivery = Delivery(engine, "telegram", channel, counts, Ways(compose=_text))
        started = time.perf_counter()
        task = asyncio.create_task(delivery.run())
        await done.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)  # ends when all is settled
        spent = time.perf_counter() - started
        _check(engine, number)
        engine.dispose()
        return number / spent


def _text(notice: Notice) -> Reply:
    return Reply(f"{TEXT} {notice.code}")


def _check(engine: database.Engine, number: int) -> None:
    with database.reading(engine) as connection:
        settled = connection.exec_driver_sql("SELECT count(*) FROM notice WHERE state = 'sent'").scalar_one()
    assert settled == number, settled


async def bare(port: int, number: int) -> float:
    """Messages a second of a loop that keeps nothing."""
    async with poster(port) as post:
        numbers = iter(range(number))

        async def sender() -> None:
            for each in numbers:
                await post(f"{TEXT} {each}")

        started = time.perf_counter()
        await asyncio.gather(*(sender() for _ in range(IN_FLIGHT)))
        return number / (time.perf_counter() - started)


async def theirs(url: str, port: int, number: int, concurrency: int) -> float:
    """Jobs a second of procrastinate."""
    from procrastinate import App, PsycopgConnector

    logging.disable(logging.WARNING)  # it would have its app in a module of its own

    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    app = App(connector=PsycopgConnector(conninfo=dsn, min_size=4, max_size=20))
    async with poster(port) as post, app.open_async():
        await app.schema_manager.apply_schema_async()

        @app.task(name="send", pass_context=False)
        async def send(text: str) -> None:
            await post(text)

        await send.batch_defer_async(*({"text": f"{TEXT} {n}"} for n in range(number)))
        started = time.perf_counter()
        await app.run_worker_async(concurrency=concurrency, wait=False, install_signal_handlers=False)
        return number / (time.perf_counter() - started)


def on_sqlite(port: int) -> None:
    """Prints our share of a bare loop."""
    shares, mine, others = [], [], []
    with sqlite() as make:
        for _ in range(ROUNDS):
            owe(url := make(), MESSAGES)
            others.append(asyncio.run(bare(port, MESSAGES)))
            mine.append(asyncio.run(ours(url, port, MESSAGES)))
            shares.append(mine[-1] / others[-1])
    print(f"SQLite: {_cell(mine)} notices/s; bare aiohttp loop {_cell(others)}; share {_span(shares)}")


def on_postgresql(port: int) -> None:
    """Prints how many times procrastinate we are."""
    mine: list[float] = []
    peers: dict[int, list[float]] = {concurrency: [] for concurrency in PEER_CONCURRENCY}
    with postgresql() as make:
        for _ in range(ROUNDS):
            owe(url := make(), MESSAGES)
            mine.append(asyncio.run(ours(url, port, MESSAGES)))
            for concurrency, found in peers.items():
                found.append(asyncio.run(theirs(make(), port, PEER_MESSAGES, concurrency)))
    print(f"PostgreSQL: {_cell(mine)} notices/s")
    for concurrency, found in peers.items():
        ratios = [a / b for a, b in zip(mine, found, strict=True)]
        print(f"  procrastinate, concurrency {concurrency}: {_cell(found)} jobs/s; {_span(ratios)} times")


async def soon(url: str, port: int) -> list[float]:
    """Seconds from owing each due notice to its hand-over, while others wait for other hours."""
    owe(url, WAITING, later=True, prefix="w")
    seconds: list[float] = []
    async with poster(port) as post:
        owed_at: dict[str, float] = {}

        async def send(address: str, reply: Reply) -> Outcome:
            seconds.append(time.perf_counter() - owed_at[address])
            await post(reply.text)
            return Sent("1")

        engine = database.connect(url)
        counts = OutboxMetrics(CollectorRegistry())
        delivery = Delivery(engine, "telegram", Channel(send), counts, Ways(compose=_text))
        task = asyncio.create_task(delivery.run())
        for number in range(DUE):
            owed_at[f"telegram:d{number}-0"] = time.perf_counter()
            await asyncio.to_thread(owe, url, 1, prefix=f"d{number}-")
        while len(seconds) < DUE:
            await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        engine.dispose()
    return seconds


def while_others_wait(port: int) -> None:
    """Prints the time to the hand-over on both engines."""
    for name, engine in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with engine() as make:
            seconds = asyncio.run(soon(make(), port))
        in_time = sum(each <= 10 for each in seconds) / len(seconds)
        p50, p99 = statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]
        print(
            f"{name}, {WAITING:,} waiting: {in_time:.1%} within 10 s; p50 {p50:.2f} s, p99 {p99:.2f} s, "
            f"longest {max(seconds):.2f} s"
        )


def _cell(rates: list[float]) -> str:
    return f"{statistics.median(rates):,.0f} ({min(rates):,.0f}-{max(rates):,.0f})"


def _span(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"


PARTS = {"sqlite": on_sqlite, "postgresql": on_postgresql, "waiting": while_others_wait}


def main(names: list[str]) -> None:
    """Starts the stub and measures these parts, or all."""
    gc.freeze()  # as the worker does
    pipe, far = multiprocessing.Pipe()
    stub = multiprocessing.get_context("spawn").Process(target=serve, args=(far,), daemon=True)
    stub.start()
    try:
        port = pipe.recv()
        for name in names or PARTS:
            PARTS[name](port)
    finally:
        stub.terminate()


if __name__ == "__main__":
    main(sys.argv[1:])
