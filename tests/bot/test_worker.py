import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot import worker
from bot.notices import consents, lost_follows
from bot.outbox import enqueue
from bot.outbox.channel import Channel
from bot.outbox.store import Owed
from bot.storage import conversations, database
from bot.storage.sealing import Vault
from bot.turns.converse import converse
from handlers.turn.effects import Consent
from handlers.turn.messages import State

VAULT = Vault(b"k" * 32)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def version(engine, address):
    with database.reading(engine) as connection:
        return conversations.load(connection, VAULT, address)[1]


async def test_conversations_are_deleted_after_the_days_of_the_settings(engine, house_on, message):
    house, now = house_on(engine, retention_days=30), message().at
    for person, days in (("web:old", 31), ("web:new", 29)):
        for number in ("m1", "m2"):
            await converse(house, person, number, message(at=now - days * DAY))
    worker.purge(house, now)
    assert (version(engine, "web:old"), version(engine, "web:new")) == (0, 2)
    assert b'motcua_purged_total{table="conversation"} 1.0' in house.metrics.text()


async def test_who_wrote_once_only_is_forgotten_after_a_day(engine, house_on, message):
    house, now = house_on(engine), message().at
    await converse(house, "web:yesterday", "m1", message(at=now - 25 * HOUR))
    await converse(house, "web:today", "m1", message(at=now - 23 * HOUR))
    worker.purge(house, now)
    assert (version(engine, "web:yesterday"), version(engine, "web:today")) == (0, 1)


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


class Work:
    """Something to do, that tells the test each time it is done; it may fail."""

    def __init__(self, error=None):
        self.error, self.loop, self.done = error, asyncio.get_running_loop(), asyncio.Semaphore(0)

    def __call__(self):
        self.loop.call_soon_threadsafe(self.done.release)
        if self.error:
            raise self.error


async def rounds(house, work):
    """Three rounds of a loop; then it is told to stop."""
    task = asyncio.create_task(worker.repeated(house, "purge", work, pause_s=0))
    async with asyncio.timeout(30):
        [await work.done.acquire() for _ in range(3)]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_loop_goes_on_round_by_round_and_stops_when_told(engine, house_on):
    house = house_on(engine)
    await rounds(house, Work())
    assert b"motcua_errors_total{" not in house.metrics.text()


async def test_a_loop_outlives_a_database_that_is_away(engine, house_on, caplog):
    house = house_on(engine)
    await rounds(house, Work(OperationalError("", {}, OSError("away"))))
    assert b'motcua_errors_total{where="purge"}' in house.metrics.text()
    assert "round failed" in caplog.messages


async def test_a_worker_has_a_loop_for_each_duty_and_each_channel(engine, house_on, world):
    house = replace(house_on(engine), world=world)
    async with worker.loops(house) as loops:
        assert set(loops) == {"purge", "remind", "sweep", "deliver web"}


async def test_with_a_token_telegram_is_served_too(engine, house_on, world):
    house = replace(house_on(engine, telegram_bot_token="1:x"), world=world)
    async with worker.loops(house) as loops:
        assert "deliver telegram" in loops


OLD, NEW = "H36.99-250101-0001", "H36.99-261101-0002"
LISTED = "1.001193"


def rows(engine, statement):
    with database.reading(engine) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def put(engine, statement):
    with database.writing(engine) as connection:
        connection.exec_driver_sql(statement)


def dossier(engine, code, finished):
    content = "''" if engine.dialect.name == "sqlite" else "''::bytea"
    status = "10" if finished else "4"
    put(
        engine,
        "INSERT INTO dossier (code, procedure, status, received, due, finished, changed_at, facts, content)"
        f" VALUES ('{code}', '', '{status}', '', '', '{finished}', 1, {content}, {content})",
    )


def follow(engine, code, address, since):
    put(
        engine,
        "INSERT INTO follow (code, address, language, since, consent, detailed, proved)"
        f" VALUES ('{code}', '{address}', 'vi', {int(since.timestamp())}, 0, 0, 0)",
    )


def recipient(engine, address):
    mark = "''" if engine.dialect.name == "sqlite" else "''::bytea"
    put(
        engine,
        "INSERT INTO recipient (address, phone_mark, quiet, language, detailed, digest)"
        f" VALUES ('{address}', {mark}, '', '', 0, 1)",
    )


def test_what_is_followed_ends_when_it_can_bring_no_news_any_more(engine, house_on, message):
    house, now = house_on(engine), message().at
    before = now - 200 * DAY
    for code, finished in ((OLD, "2026-01-31"), (NEW, "2026-11-20"), ("H-open", "")):
        dossier(engine, code, finished)
        follow(engine, code, "telegram:1", before)
    follow(engine, "H-not-ours", "telegram:1", before)
    follow(engine, "H-just-followed", "telegram:1", now)
    worker.purge(house, now)
    assert set(rows(engine, "SELECT code FROM follow")) == {(NEW,), ("H-just-followed",), ("H-open",)}
    assert b'motcua_purged_total{table="follow"} 2.0' in house.metrics.text()


def test_what_who_blocked_us_followed_is_remembered_until_its_clock(engine, house_on, message, world):
    house, now = replace(house_on(engine), world=world), message().at
    follow(engine, NEW, "telegram:1", now)
    delivery = worker._delivery(house, "telegram", Channel(never), lambda: now)
    with database.writing(engine) as connection:
        delivery._ways.gone(connection, ["telegram:1"])
    for later, lost in ((now, (NEW,)), (now + 200 * DAY, ())):
        worker.purge(house, later)
        with database.reading(engine) as connection:
            assert lost_follows.lost(connection, house.vault, "telegram:1") == lost
    assert rows(engine, "SELECT code FROM follow") == []


async def never(_address, _reply):
    raise AssertionError("nothing is owed")


async def test_a_list_is_followed_as_long_as_its_conversation_lasts(engine, house_on, message):
    house, now = house_on(engine), message().at
    await converse(house, "web:talks", "m1", message(at=now - DAY))
    for address in ("web:talks", "web:silent"):
        follow(engine, LISTED, address, now - 200 * DAY)
    worker.purge(house, now)
    assert rows(engine, "SELECT address FROM follow") == [("web:talks",)]


async def test_what_people_chose_goes_with_the_last_that_is_kept_of_them(engine, house_on, message):
    house, now = house_on(engine), message().at
    await converse(house, "web:talks", "m1", message(at=now - DAY))
    await converse(house, "web:silent", "m1", message(at=now - 200 * DAY))
    follow(engine, NEW, "web:follows", now)
    for address in ("web:talks", "web:silent", "web:follows"):
        recipient(engine, address)
    worker.purge(house, now)
    assert rows(engine, "SELECT address FROM recipient ORDER BY address") == [
        ("web:follows",),
        ("web:talks",),
    ]


@pytest.mark.parametrize(("purpose", "years"), [("follow", 3), ("card", 3), ("expiry", 16)])
def test_a_proof_of_consent_goes_when_nothing_can_stand_on_it(engine, house_on, message, purpose, years):
    house, now = house_on(engine), message().at
    said = Consent(purpose, f"{purpose}-2026-11", given=False)
    with database.writing(engine) as connection:
        consents.note(connection, VAULT, "telegram:1", said, now - years * 365 * DAY + DAY)
    worker.purge(house, now)
    with database.reading(engine) as connection:
        assert consents.is_taken_back(connection, VAULT, "telegram:1", purpose)
    worker.purge(house, now + 2 * DAY)
    with database.reading(engine) as connection:
        assert not consents.every(connection, VAULT, "telegram:1")


def test_a_notice_that_nobody_got_is_kept_longer_but_not_for_ever(engine, house_on, message):
    house, now = house_on(engine, retention_days=5), message().at
    with database.writing(engine) as connection:
        enqueue.write(connection, [Owed("e", "H36.99-261130-0001", "telegram:1", "done")], now)
    worker.purge(house, now + 89 * DAY)
    assert notices(engine) == 1
    worker.purge(house, now + 91 * DAY)
    assert notices(engine) == 0


def notices(engine):
    with database.reading(engine) as connection:
        return connection.execute(text("SELECT count(*) FROM notice")).scalar()
