"""Workers that are killed with SIGKILL at random moments, and what their readers then got.

`python -m tests.bot.outbox.killing URL PORT` is one worker; `kills` starts and kills them.
"""

import asyncio
import random
import sys
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from aiohttp import ClientError, ClientSession, web
from prometheus_client import CollectorRegistry

from bot.clock import VIETNAM
from bot.notices import follows
from bot.outbox import enqueue
from bot.outbox.channel import Channel
from bot.outbox.deliver import Delivery, Ways
from bot.outbox.outcomes import Doubtful, Sent
from bot.outbox.store import Owed
from bot.outbox.sweep import sweep
from bot.outbox.timing import Timing
from bot.storage import database
from bot.watching.metrics import OutboxMetrics
from handlers.turn.messages import Reply
from tests import ROOT
from tests.bot.outbox.notice_parts import listening

PEOPLE = 20
TIMING = Timing(lease_s=1)
END_S = 60  # for all to arrive after the last kill


@dataclass(frozen=True)
class Toll:
    """What the kills cost."""

    owed: int
    lost: int
    disordered: int  # notices of a person that came before an earlier one of his
    unmarked: int  # second copies that did not say so
    duplicates: int
    in_flight: int  # claimed at the moments of the kills, all together


async def kills(url, number, workers, seed=0):
    """Kills that many workers, one at a time among those running, while notices are owed and sent."""
    dice, engine, came = random.Random(seed), database.connect(url), []
    runner, port = await _stub(came)
    running = [await _worker(url, port) for _ in range(workers)]
    owed, in_flight = 0, 0
    for _ in range(number):
        owed += await asyncio.to_thread(_owe, engine, owed)
        enough = len(came) + dice.randrange(1, 2 * PEOPLE)
        async with asyncio.timeout(END_S):
            while len(came) < enough:  # the workers are up and in the middle of it
                await asyncio.sleep(0.002)
        await asyncio.sleep(dice.random() * 0.01)
        victim = dice.randrange(workers)
        running[victim].kill()
        await running[victim].wait()
        in_flight += await asyncio.to_thread(_claimed, engine)
        running[victim] = await _worker(url, port)
    with suppress(TimeoutError):
        async with asyncio.timeout(END_S):
            while len({number for number, *_ in came}) < owed:
                await asyncio.sleep(0.1)
    for worker in running:
        worker.kill()
        await worker.wait()
    await runner.cleanup()
    engine.dispose()
    return _toll(came, owed, in_flight)


def _owe(engine, first):
    """Three notices for each person."""
    now = datetime.now(VIETNAM)
    owed = [
        Owed(f"n{first + n}/done/1", f"n{first + n}", f"web:{n % PEOPLE}", "done") for n in range(3 * PEOPLE)
    ]
    with database.writing(engine) as connection:
        return enqueue.write(connection, owed, now)


def _claimed(engine):
    with database.reading(engine) as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM notice WHERE state = 'claimed'").scalar_one()


def _toll(came, owed, in_flight):
    copies, first = Counter(number for number, *_ in came), {}
    unmarked = Counter(number for number, _, marked in came if not marked)
    for place, (number, *_) in enumerate(came):
        first.setdefault(number, place)
    lanes = defaultdict(list)
    for number in sorted(first):
        lanes[number % PEOPLE].append(first[number])
    disordered = sum(a > b for lane in lanes.values() for a, b in zip(lane, lane[1:], strict=False))
    return Toll(
        owed=owed,
        lost=owed - len(first),
        disordered=disordered,
        unmarked=sum(times - 1 for times in unmarked.values()),
        duplicates=len(came) - len(copies),
        in_flight=in_flight,
    )


async def _stub(came):
    """Where messages arrive: keeps each as (number, address, marked), and answers after 5 ms."""

    async def take(request):
        address, code, marked = (await request.text()).split()
        came.append((int(code[1:]), address, marked != "0"))
        await asyncio.sleep(0.005)
        return web.Response()

    runner = await listening(take)
    return runner, runner.addresses[0][1]


async def _worker(url, port):
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.outbox.killing", url, str(port), cwd=ROOT
    )


async def work(url, port):
    """One worker, until it is killed."""
    engine = database.connect(url)
    async with ClientSession() as http:

        async def send(address, reply):
            try:
                async with http.post(f"http://127.0.0.1:{port}/", data=f"{address} {reply.text}") as answer:
                    return Sent(str(answer.status))
            except ClientError:
                return Doubtful()

        def compose(notice):
            return Reply(f"{notice.code} {notice.reminder}")

        channel, counts = Channel(send, in_flight=4), OutboxMetrics(CollectorRegistry())
        delivery = Delivery(engine, "web", channel, counts, Ways(compose=compose, timing=TIMING))
        async with asyncio.TaskGroup() as loops:
            loops.create_task(delivery.run())
            loops.create_task(_sweep(engine))


async def _sweep(engine):
    while True:
        await asyncio.to_thread(_sweep_once, engine)
        await asyncio.sleep(0.2)


def _sweep_once(engine):
    with database.writing(engine) as connection:
        sweep(connection, ["web"], datetime.now(VIETNAM), follows.other_channels, TIMING)


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], int(sys.argv[2])))
