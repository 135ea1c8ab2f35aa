import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.storage import conversations, database
from bot.storage.sealing import Vault
from bot.turns.converse import converse
from bot.waiting import Turns
from handlers import router
from handlers.ports.followers import NoFollowers
from handlers.turn.messages import Reply, State, Turn

VAULT = Vault(b"k" * 32)
TALKER = Path(__file__).with_name("talker.py")


def stored(engine, address="web:1"):
    with database.reading(engine) as connection:
        return conversations.load(connection, VAULT, address)


def texts(answers):
    return [reply.text for replies in answers for reply in replies]


async def test_a_message_is_answered_and_the_state_kept(engine, house_on, message):
    house = house_on(engine)
    assert await converse(house, "web:1", "m1", message()) == (Reply("1"),)
    assert await converse(house, "web:1", "m2", message()) == (Reply("2"),)
    assert stored(engine) == (State(answers={"count": "2"}), 2)


async def test_another_process_goes_on_where_this_one_stopped(engine, house_on, message):
    await converse(house_on(engine), "web:1", "m1", message())
    assert await converse(house_on(engine), "web:1", "m2", message()) == (Reply("2"),)


async def test_a_redelivered_message_gets_its_answer_and_changes_nothing(engine, house_on, message):
    house = house_on(engine)
    for message_id in ("m1", "m2"):
        await converse(house, "web:1", message_id, message())
    assert await converse(house, "web:1", "m1", message()) == (Reply("1"),)
    assert stored(engine)[1] == 2


async def test_the_same_message_id_of_another_person_is_another_message(engine, house_on, message):
    house = house_on(engine)
    await converse(house, "web:1", "m1", message())
    assert await converse(house, "web:2", "m1", message()) == (Reply("1"),)
    assert stored(engine, "web:1")[1] == stored(engine, "web:2")[1] == 1


async def test_messages_of_one_person_are_answered_in_order(engine, house_on, message):
    house = house_on(engine)
    answers = await asyncio.gather(*(converse(house, "web:1", f"m{i}", message()) for i in range(12)))
    assert texts(answers) == [str(i + 1) for i in range(12)]


async def test_messages_that_reach_two_processes_at_once_are_all_answered(engine, house_on, message):
    houses = [house_on(engine), house_on(engine)]
    answers = await asyncio.gather(*(converse(houses[i % 2], "web:1", f"m{i}", message()) for i in range(24)))
    assert sorted(map(int, texts(answers))) == list(range(1, 25))
    assert stored(engine) == (State(answers={"count": "24"}), 24)


async def test_one_message_that_reaches_two_processes_at_once_is_handled_once(engine, house_on, message):
    houses = [house_on(engine) for _ in range(4)]
    answers = await asyncio.gather(*(converse(house, "web:1", "m1", message()) for house in houses))
    assert texts(answers) == ["1"] * 4
    assert stored(engine)[1] == 1


class Deadlock(Exception):
    """As PostgreSQL's driver tells it."""

    sqlstate = "40P01"


async def test_a_turn_that_waited_for_another_and_was_undone_is_made_anew(
    engine, house_on, message, monkeypatch
):
    record, undone = conversations.record, [OperationalError("INSERT", {}, Deadlock())]

    def collides_once(*values):
        if undone:
            raise undone.pop()
        record(*values)

    monkeypatch.setattr(conversations, "record", collides_once)
    assert await converse(house_on(engine), "web:1", "m1", message()) == (Reply("1"),)
    assert stored(engine) == (State(answers={"count": "1"}), 1)


class Overtaken:
    """While it thinks for the first time, the person's next message is answered elsewhere."""

    def __init__(self, other, message):
        self.other, self.message, self.seen = other, message, []

    def respond(self, incoming, state, world):
        self.seen.append(state.answers)
        if len(self.seen) == 1:
            asyncio.run(converse(self.other, "web:1", "m2", self.message()))
        return Turn((Reply("mine"),), replace(state, procedure="1.001193"))


async def test_a_turn_that_was_overtaken_is_run_again_on_the_newer_state(engine, house_on, message):
    router = Overtaken(house_on(engine), message)
    assert await converse(house_on(engine, router), "web:1", "m1", message()) == (Reply("mine"),)
    assert router.seen == [{}, {"count": "1"}]
    assert stored(engine) == (State(procedure="1.001193", answers={"count": "1"}), 2)


class Failing:
    """Breaks on one word, and counts the others."""

    def __init__(self, counting):
        self.counting = counting

    def respond(self, incoming, state, world):
        int(incoming.text)
        return self.counting.respond(incoming, state, world)

    def crash_reply(self, incoming, state, world):
        return Turn((Reply(f"sorry after {state.answers.get('count')}"),), state, "failed")


@pytest.fixture
def failing(engine, house_on):
    return house_on(engine, Failing(house_on(engine).router))


async def test_a_failure_is_apologised_for_and_leaves_the_state(engine, failing, message):
    await converse(failing, "web:1", "m1", message("1"))
    assert await converse(failing, "web:1", "m2", message("Nguyễn Văn Bí Mật")) == (Reply("sorry after 1"),)
    assert stored(engine) == (State(answers={"count": "1"}), 1)


async def test_a_message_that_failed_is_answered_when_it_comes_again(failing, message):
    await converse(failing, "web:1", "m1", message("x"))
    assert await converse(failing, "web:1", "m1", message("1")) == (Reply("1"),)


async def test_a_failure_is_counted_and_logged_without_the_text(failing, message, caplog):
    with caplog.at_level(logging.ERROR):
        await converse(failing, "web:1", "m1", message("bí mật"))
    assert b'motcua_errors_total{where="turn"} 1.0' in failing.metrics.text()
    assert b'motcua_turns_total{channel="web",outcome="failed"} 1.0' in failing.metrics.text()
    assert [(r.message, len(r.person)) for r in caplog.records] == [("turn failed", 12)]


class Broken(NoFollowers):
    """A slip of ours, of the kind that a stale button was once taken for."""

    def __init__(self, error):
        self.error = error

    def reaches(self, address):
        raise self.error


@pytest.mark.parametrize("error", [KeyError("planted"), ValueError("planted"), StopIteration("planted")])
async def test_a_bug_of_ours_under_a_button_is_logged_counted_and_apologised_for(
    error, engine, house_on, message, world, caplog
):
    house = replace(house_on(engine, router), world=replace(world, followers=Broken(error)))
    with caplog.at_level(logging.ERROR):
        [reply] = await converse(house, "web:1", "m1", message(choice="follows"))
    assert reply.text.startswith("Xin lỗi, máy của mình vừa gặp lỗi")
    assert b'motcua_errors_total{where="turn"} 1.0' in house.metrics.text()
    assert ["planted" in record.exc_text for record in caplog.records] == [True]


async def test_a_stale_button_is_neither_logged_nor_counted(engine, house_on, message, world, caplog):
    house = replace(house_on(engine, router), world=world)
    [reply] = await converse(house, "web:1", "m1", message(choice="p:9.999999"))
    assert "không dùng được nữa" in reply.text
    assert b'motcua_errors_total{where="turn"}' not in house.metrics.text()
    assert caplog.records == []


async def test_a_lost_database_is_apologised_for(house_on, message):
    house = house_on(database.connect("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    assert await converse(house, "web:1", "m1", message()) == (Reply("sorry"),)
    assert not house.ready()


async def test_a_house_with_a_migrated_database_is_ready(engine, house_on):
    assert house_on(engine).ready()


async def test_a_house_without_tables_is_not_ready(empty, house_on):
    assert not house_on(empty).ready()


async def test_a_failed_save_leaves_neither_state_nor_handled_message(engine, house_on, message):
    with database.writing(engine) as connection:
        connection.execute(text("ALTER TABLE handled RENAME COLUMN replies TO lost"))
    assert await converse(house_on(engine), "web:1", "m1", message()) == (Reply("sorry"),)
    assert stored(engine) == (State(), 0)


def test_kill_9_loses_at_most_the_message_in_hand(url, engine):
    with subprocess.Popen([sys.executable, TALKER, url], stdout=subprocess.PIPE) as talker:
        answered = [json.loads(talker.stdout.readline()) for _ in range(40)]
        os.kill(talker.pid, signal.SIGKILL)
        answered += [json.loads(line) for line in talker.stdout.readlines() if line.endswith(b"\n")]
    with database.reading(engine) as connection:
        handled = connection.scalar(text("SELECT count(*) FROM handled"))
        replies = conversations.replies_to(connection, VAULT, "web:1", answered[-1]["id"])
    assert len(answered) <= handled <= len(answered) + 1
    assert stored(engine) == (State(answers={"count": str(handled)}), handled)
    assert replies == (Reply(answered[-1]["text"]),)


async def test_who_comes_when_too_many_wait_is_told_and_answered_when_he_asks_again(
    engine, house_on, message
):
    house = replace(house_on(engine), turns=Turns(waiting=2))
    begun = Event()
    slow = [asyncio.create_task(house.turns.run(begun.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    assert texts([await converse(house, "web:1", "m1", message())]) == ["crowded"]
    begun.set()
    await asyncio.gather(*slow)
    assert texts([await converse(house, "web:1", "m1", message())]) == ["1"]
