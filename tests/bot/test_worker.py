import asyncio
from datetime import timedelta

import pytest

from bot import worker
from bot.storage import conversations, database
from bot.storage.sealing import Vault
from bot.turns.converse import converse
from handlers.turn.messages import State

VAULT = Vault(b"k" * 32)
DAY = timedelta(days=1)


def version(engine, address):
    with database.reading(engine) as connection:
        return conversations.load(connection, VAULT, address)[1]


async def test_conversations_are_deleted_after_the_days_of_the_settings(engine, house_on, message):
    house, now = house_on(engine, retention_days=30), message().at
    await converse(house, "web:old", "m1", message(at=now - 31 * DAY))
    await converse(house, "web:new", "m1", message(at=now - 29 * DAY))
    worker.purge(house, now)
    assert (version(engine, "web:old"), version(engine, "web:new")) == (0, 1)
    assert b'motcua_purged_total{table="conversation"} 1.0' in house.metrics.text()


async def test_answers_are_kept_for_two_days(engine, house_on, message):
    house, now = house_on(engine), message().at
    await converse(house, "web:1", "m1", message(at=now - 3 * DAY))
    await converse(house, "web:1", "m2", message(at=now - DAY))
    worker.purge(house, now)
    with database.reading(engine) as connection:
        assert conversations.replies_to(connection, VAULT, "web:1", "m1") is None
        assert conversations.replies_to(connection, VAULT, "web:1", "m2")


async def test_a_person_who_writes_while_being_deleted_is_answered(engine, house_on, message):
    house, now = house_on(engine), message().at
    await converse(house, "web:1", "m1", message(at=now - 200 * DAY))
    with database.reading(engine) as connection:
        state, read = conversations.load(connection, VAULT, "web:1")
    worker.purge(house, now)
    with database.writing(engine) as connection:
        assert not conversations.save(connection, VAULT, "web:1", state, read, now)
    await converse(house, "web:1", "m2", message(at=now))
    with database.reading(engine) as connection:
        assert conversations.load(connection, VAULT, "web:1") == (State(answers={"count": "1"}), 1)


class Clock:
    """Tells the loop the time, and the test that the loop asked."""

    def __init__(self, now):
        self.time, self.asked = now, asyncio.Semaphore(0)

    def __call__(self):
        self.asked.release()
        return self.time

    async def rounds(self, count):
        [await self.asked.acquire() for _ in range(count)]


async def test_the_loop_goes_on_round_by_round_and_stops_when_told(engine, house_on, message):
    clock = Clock(message().at)
    task = asyncio.create_task(worker.run(house_on(engine), clock, round_s=0))
    async with asyncio.timeout(10):
        await clock.rounds(3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_loop_outlives_a_database_that_is_away(empty, house_on, message):
    house, clock = house_on(empty), Clock(message().at)  # no tables: each round fails
    task = asyncio.create_task(worker.run(house, clock, round_s=0))
    async with asyncio.timeout(10):
        await clock.rounds(3)
    task.cancel()
    assert b'motcua_errors_total{where="purge"}' in house.metrics.text()
