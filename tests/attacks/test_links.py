"""Who tries to be linked with a stranger: by guessing codes, forged buttons, replays, all at once."""

import asyncio
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from bot.storage import database
from bot.turns.converse import converse
from handlers.people.actions import AgreeLink, Unlink
from handlers.turn.messages import Incoming
from tests.dialogue import MONDAY

VICTIM, ATTACKER = "telegram:1", "zalo:66"
TOO_MANY = "Có quá nhiều lần thử không đúng"
WRONG = "Mã liên kết này không đúng"
ASKED = "muốn liên kết với kênh này"


@pytest.fixture
def say(small_house):
    """One message to the house; what it answers."""

    async def send(address, words="", message_id="", **more):
        incoming = Incoming(**{"at": MONDAY, "text": words, **more})
        replies = await converse(small_house, address, message_id or uuid4().hex, incoming)
        return "\n".join(reply.text for reply in replies)

    return send


@pytest.fixture
def rows(small_house):
    def read(statement):
        with database.reading(small_house.engine) as connection:
            return [tuple(row) for row in connection.execute(text(statement))]

    return read


async def shown(say, address=VICTIM, **more):
    return re.findall(r"LK-\w{4}-\w{4}", await say(address, "/lienket", **more))[0]


async def linked(say, rows):
    await say(ATTACKER, await shown(say))
    await say(ATTACKER, "đồng ý")
    assert len(rows("SELECT id FROM person_link")) == 2


async def test_five_wrong_codes_and_the_right_one_has_to_wait(say, rows):
    code = await shown(say)
    answers = [await say(ATTACKER, f"LK-AAAA-000{number}") for number in range(5)]
    assert all(WRONG in answer for answer in answers)
    assert TOO_MANY in await say(ATTACKER, code)
    assert rows("SELECT taken_by FROM link_code") == [("",)]


async def test_new_sessions_of_one_network_have_twenty_tries_in_all(say):
    code = await shown(say)
    for number in range(20):
        await say(f"web:s{number}", f"LK-AAAA-00{number:02}", network="192.0.2.7")
    assert TOO_MANY in await say("web:fresh", code, network="192.0.2.7")
    assert ASKED in await say("web:other", code, network="192.0.2.8")


async def test_a_button_that_was_never_offered_links_nobody(say, rows):
    await shown(say)
    for number in range(4):
        assert WRONG in await say(ATTACKER, choice=str(AgreeLink(number)))
    assert rows("SELECT id FROM person_link") == []


async def test_a_code_alone_links_nobody_and_its_yes_is_over_with_it(say, rows):
    code = await shown(say)
    assert ASKED in await say(ATTACKER, code)
    assert rows("SELECT id FROM person_link") == []
    late = MONDAY + timedelta(minutes=10)
    assert WRONG in await say(ATTACKER, "đồng ý", at=late)
    assert rows("SELECT id FROM person_link") == []


async def test_a_code_that_somebody_typed_is_worth_nothing_to_who_looked_over_the_shoulder(say):
    code = await shown(say)
    assert ASKED in await say("zalo:7", code)
    assert WRONG in await say(ATTACKER, code)


async def test_a_message_that_comes_again_links_once_and_asks_the_same(say, rows):
    code = await shown(say)
    first = await say(ATTACKER, code, message_id="m1")
    assert await say(ATTACKER, code, message_id="m1") == first
    number = rows("SELECT id FROM link_code")[0][0]
    yes = str(AgreeLink(number))
    done = await say(ATTACKER, choice=yes, message_id="m2")
    assert await say(ATTACKER, choice=yes, message_id="m2") == done
    assert WRONG in await say(ATTACKER, choice=yes, message_id="m3")
    assert len(rows("SELECT id FROM person_link")) == 2


async def test_of_two_who_type_a_code_at_once_one_is_asked(say, rows):
    code = await shown(say)
    answers = await asyncio.gather(*(say(f"zalo:{number}", code) for number in range(8)))
    assert sum(ASKED in answer for answer in answers) == 1
    assert sum(WRONG in answer for answer in answers) == 7


async def test_nobody_parts_a_stranger_s_channels(say, rows):
    await linked(say, rows)
    for (number,) in rows("SELECT id FROM person_link"):
        await say("zalo:99", choice=str(Unlink(number)))
    assert len(rows("SELECT id FROM person_link")) == 2


async def test_whoever_planted_a_cookie_is_out_of_the_session_before_it_is_linked(say, rows):
    code = await shown(say)
    await say("web:planted", code, session="own")
    assert rows("SELECT generation FROM web_session") == [(1,)]


async def test_a_shared_computer_links_with_no_forged_button(say, rows):
    code = await shown(say)
    await say("web:hall", code, session="own")
    number = rows("SELECT id FROM link_code")[0][0]
    assert "dùng chung" in await say("web:hall", choice=str(AgreeLink(number)), session="shared")
    assert rows("SELECT id FROM person_link") == []


async def test_locks_of_one_channel_are_not_lifted_by_another(say, rows):
    for number in range(5):
        await say(ATTACKER, f"LK-AAAA-000{number}")
    code = await shown(say, ATTACKER)
    await say(VICTIM, code)
    await say(VICTIM, "đồng ý")
    assert len(rows("SELECT id FROM person_link")) == 2
    assert TOO_MANY in await say(ATTACKER, "LK-BBBB-0000")


async def test_what_one_may_see_is_seen_by_nobody_else(say, rows):
    await linked(say, rows)
    told = await say("zalo:99", "các kênh đã liên kết")
    assert "Chưa có kênh nào liên kết" in told
