"""A loop that dies is seen: in the log, in the metrics, by whoever asks /ready, and in the exit status."""

import asyncio
import logging
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web import health
from bot.supervisor import Supervisor
from bot.watching.metrics import Metrics


async def forever():
    await asyncio.Event().wait()


async def raises():
    raise ZeroDivisionError


async def returns():
    """As a loop should not."""


@pytest.fixture
def metrics():
    return Metrics()


@pytest.mark.parametrize("dies", [raises, returns])
async def test_a_loop_that_ends_by_itself_is_logged_counted_and_ends_the_wait(dies, metrics, caplog):
    supervisor = Supervisor(metrics.loops_dead)
    supervisor.start({"sweep": forever, "deliver web": dies})
    async with asyncio.timeout(30):
        assert not await supervisor.wait()
        await supervisor.end()
    assert supervisor.dead == ["deliver web"]
    [record] = [record for record in caplog.records if record.levelno == logging.CRITICAL]
    assert (record.getMessage(), record.loop) == ("loop died", "deliver web")
    assert bool(record.exc_info) == (dies is raises)
    assert b'motcua_loops_dead_total{loop="deliver web"} 1.0' in metrics.text()


async def test_told_to_stop_it_waits_for_what_is_in_hand(metrics, caplog):
    ended = []

    async def careful():
        try:
            await forever()
        finally:
            await asyncio.sleep(0)
            ended.append("settled")

    supervisor = Supervisor(metrics.loops_dead)
    supervisor.start({"deliver web": careful})
    await asyncio.sleep(0)
    supervisor.stop()
    assert await supervisor.wait()
    await supervisor.end()
    assert (ended, supervisor.dead, caplog.messages) == (["settled"], [], [])


async def test_a_loop_that_fails_at_the_end_is_logged_and_no_death(metrics, caplog):
    async def stumbles():
        try:
            await forever()
        finally:
            raise ZeroDivisionError

    supervisor = Supervisor(metrics.loops_dead)
    supervisor.start({"sweep": stumbles})
    await asyncio.sleep(0)
    await supervisor.end()
    assert (supervisor.dead, caplog.messages) == ([], ["loop failed at the end"])


@pytest.mark.parametrize(("work", "logged"), [(raises, ["work failed"]), (returns, [])])
async def test_what_may_end_stops_nothing(work, logged, metrics, caplog):
    supervisor = Supervisor(metrics.loops_dead)
    supervisor.start_once("warm up", work)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (supervisor.dead, caplog.messages) == ([], logged)
    await supervisor.end()


async def test_a_house_with_a_dead_loop_is_not_ready(engine, house_on, metrics):
    house, dead = house_on(engine), []
    house = replace(house, dead_loops=dead)
    app = web.Application()
    app.add_routes(health.routes(house.ready, metrics))
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/ready")).status == 200
        dead.append("sweep")
        assert (await client.get("/ready")).status == 503
        assert (await client.get("/health")).status == 200
