"""What is erased is nowhere any more: in no answer, in no file of the database, its log included."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.channels.web.inbox import WebInbox
from bot.clock import vietnam_now
from bot.storage import database, drafts
from bot.turns import effects
from bot.turns.converse import converse
from bot.turns.effects import By
from handlers.ports.drafts import Draft, shown_code
from handlers.turn.effects import SaveDraft
from handlers.turn.messages import Incoming
from knowledge.intake import forms
from knowledge.intake.interview import Interview

OWNER, RELATIVE = "web:owner-of-this-form", "web:relative"
FORM = "khai-tu"
EXAMPLE = dict(forms.load()[FORM].example)


@pytest.fixture
def house(whole_house):
    return whole_house


@pytest.fixture
def inbox(house):
    return WebInbox(house.engine, house.vault, vietnam_now)


async def say(house, address, *steps):
    """The replies to the last of these messages."""
    for number, step in enumerate(steps):
        choice = step[1:] if step.startswith("@") else ""
        incoming = Incoming(at=vietnam_now(), choice=choice, text="" if choice else step)
        replies = await converse(house, address, f"{steps[-1][-9:]}-{number}".strip("@/"), incoming)
    return replies


async def printed(house, address=OWNER):
    """A finished form: its code, and the id of the message that was answered with its paper."""
    code = house.world.drafts.new_code()
    with database.writing(house.engine) as connection:
        kept = SaveDraft(Draft(code, FORM, Interview(EXAMPLE)))
        effects.apply(By(connection, house.vault, address, vietnam_now()), [kept])
    await say(house, address, "xin chào")
    await say(house, address, shown_code(code))
    incoming = Incoming(at=vietnam_now(), choice=f"fp:{code}")
    replies = await converse(house, address, "paper", incoming)
    assert replies[0].enclosures
    return shown_code(code)


def sealed(house):
    """The sealed bytes of everything that holds a form now, as they lie in the file."""
    with database.reading(house.engine) as connection:
        replies = connection.execute(text("SELECT replies FROM handled")).scalars().all()
        contents = connection.execute(text("SELECT content FROM draft")).scalars().all()
    return [reply.encode()[:200] for reply in replies] + [bytes(content)[:60] for content in contents]


def files(house):
    path = Path(house.engine.url.database)
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


async def test_a_cancelled_form_is_gone_with_its_files_at_once(house, inbox):
    code = await printed(house)
    held = sealed(house)
    assert inbox.find(OWNER, "paper")[0].enclosures
    replies = await say(house, OWNER, code, "@fc", "@fx")
    assert "Không còn gì được giữ lại ở đây" in replies[0].text
    assert "7 ngày" in replies[0].text  # the copies are named
    assert inbox.find(OWNER, "paper") == ()
    if database.is_sqlite(house.engine):
        assert len(held) > 3
        assert [each for each in held if each in files(house)] == []


async def test_what_another_account_was_shown_of_it_goes_too(house, inbox):
    code = await printed(house)
    ending = EXAMPLE["requester.id_number"][-4:]
    replies = await say(house, RELATIVE, code, ending, f"@fp:{code[3:7]}{code[8:]}")
    assert replies[0].enclosures
    await say(house, OWNER, code, "@fc", "@fx")
    with database.reading(house.engine) as connection:
        ids = (
            connection.execute(text("SELECT message_id FROM handled WHERE address = :a"), {"a": RELATIVE})
            .scalars()
            .all()
        )
    told = [reply.text for name in ids for reply in inbox.find(RELATIVE, name)]
    assert [text.partition(".")[0] for text in told] == [  # the question before it was opened
        f"Tờ khai {code} không do tài khoản này bắt đầu"
    ]


async def test_a_message_that_comes_again_after_that_is_not_taken_for_a_new_one(house):
    code = await printed(house)
    await say(house, OWNER, code, "@fc", "@fx")
    assert await converse(house, OWNER, "paper", Incoming(at=vietnam_now(), text="xin chào")) == ()


async def test_erasing_takes_every_form_that_the_person_began(house):
    await say(house, OWNER, "xin chào")
    now = vietnam_now()
    with database.writing(house.engine) as connection:
        for number in range(23):
            of = RELATIVE if number == 22 else OWNER
            kept = SaveDraft(Draft(f"{number:08}", FORM, Interview(EXAMPLE)))
            effects.apply(By(connection, house.vault, of, now), [kept])
    await say(house, OWNER, "/xoa", "@erase:yes")
    with database.reading(house.engine) as connection:
        left = connection.execute(text("SELECT code_mark FROM draft")).scalars().all()
    assert [bytes(mark) for mark in left] == [drafts.draft_mark(house.vault, "00000022")]


async def test_erasing_leaves_the_person_nowhere_in_the_files(house):
    await printed(house)
    held = sealed(house)
    await say(house, OWNER, "/xoa", "@erase:yes")
    if database.is_sqlite(house.engine):
        left = files(house)
        assert OWNER.encode() not in left
        assert [each for each in held if each in left] == []


async def test_erasing_forgives_no_wrong_guess(house):
    for number in range(1, 6):
        await say(house, "telegram:1", f"H36.99-260706-000{number}", "0000", "/xoa", "@erase:yes")
    assert "đợi 1 giờ" in (await say(house, "telegram:1", "H36.99-260706-0009"))[0].text
