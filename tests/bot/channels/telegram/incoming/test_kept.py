"""Updates kept in the database: until they are answered, erased, or a day old; sealed."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.channels.telegram.incoming import kept
from bot.channels.telegram.incoming.kept import KeptInDatabase
from bot.channels.telegram.incoming.updates import Received
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.turn.messages import Incoming
from tests.bot.conftest import KEY, NOW

VAULT = Vault(KEY)


def said(number, chat=7, album=""):
    raw = {"update_id": number, "message": {"text": f"bí mật {number}"}}
    return Received(chat, number, Incoming(NOW, text="x"), album=album, raw=raw)


def numbers(held):
    return [raw["update_id"] for raw in held]


@pytest.fixture
def table(engine):
    return KeptInDatabase(engine, VAULT, lambda: NOW)


async def test_what_waits_comes_as_it_came_in_order_and_once(table):
    await table.put([said(2), said(1)])
    await table.put([said(2)])
    assert await table.waiting(0) == [said(1).raw, said(2).raw]
    await table.drop([1])
    assert numbers(await table.waiting(0)) == [2]


async def test_what_came_just_now_may_be_in_other_hands(engine, table):
    await table.put([said(1)])
    later = KeptInDatabase(engine, VAULT, lambda: NOW + timedelta(seconds=59))
    assert await later.waiting(60) == []
    assert numbers(await later.waiting(59)) == [1]


async def test_an_album_is_of_one_person(table):
    await table.put([said(2, album="a"), said(1, album="a"), said(3, album="b"), said(4, chat=8, album="a")])
    assert numbers(await table.album("telegram:7", "a")) == [1, 2]


async def test_nothing_that_was_said_lies_open(engine, table):
    await table.put([said(1)])
    with database.reading(engine) as connection:
        content = connection.scalar(text("SELECT content FROM telegram_update"))
    assert b"m\\u1eadt" not in bytes(content)


async def test_erasing_and_the_clock_end_it(engine, table):
    await table.put([said(1), said(2, chat=8)])
    with database.writing(engine) as connection:
        kept.erase(connection, "telegram:7")
    assert numbers(await table.waiting(0)) == [2]
    with database.writing(engine) as connection:
        assert kept.forget(connection, NOW + kept.KEPT) == 0
        assert kept.forget(connection, NOW + kept.KEPT + timedelta(seconds=1)) == 1
