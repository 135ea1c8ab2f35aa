"""What people asked and we did not answer outright, kept for the editors."""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import command

from bot.storage import database, migrate, questions
from bot.storage.questions import Question
from bot.turns.converse import converse
from handlers.turn.messages import Reply, Turn, Unmet
from tests.bot.commands import terminal
from tests.bot.conftest import NOW

DAY = date(2026, 11, 23)


class Puzzled:
    """A conversation that understands nothing, and whose person then chose a procedure."""

    def __init__(self, meant=""):
        self.meant = meant

    def respond(self, incoming, state, world):
        return Turn((Reply("?"),), state, "declined", unmet=Unmet(incoming.text, self.meant))

    def sorry(self, incoming, state):
        return Turn((Reply("sorry"),), state, "failed")


def kept(engine, most=10):
    with database.reading(engine) as connection:
        return questions.often(connection, most)


async def ask(house, *texts, at=NOW, message):
    for number, text in enumerate(texts):
        await converse(house, "web:1", f"{text} {number} {at}", message(text, at=at))


async def test_what_was_not_understood_is_counted_for_the_editors(engine, house_on, message):
    house = house_on(engine, Puzzled())
    await ask(house, "xin giấy gì đó", "nuôi ong", "xin giấy gì đó", message=message)
    assert kept(engine) == [
        Question("xin giấy gì đó", "", "", "", 2, DAY),
        Question("nuôi ong", "", "", "", 1, DAY),
    ]
    assert kept(engine, most=1) == [Question("xin giấy gì đó", "", "", "", 2, DAY)]


async def test_what_was_chosen_then_stands_beside_it(engine, house_on, message):
    await ask(house_on(engine, Puzzled()), "giấy nhà", message=message)
    later = NOW + timedelta(minutes=1)
    await ask(house_on(engine, Puzzled("1.001193")), "giấy nhà", at=later, message=message)
    assert {(each.meant, each.times) for each in kept(engine)} == {("", 1), ("1.001193", 1)}


def test_what_was_kept_before_the_context_was_noted_stays(engine):
    config = migrate._config
    with database.writing(engine) as connection:
        command.downgrade(config(connection), "0010")
        connection.execute(
            sa.text("INSERT INTO question (text, meant, times, last_at) VALUES ('nuôi ong', '', 3, 0)")
        )
        command.upgrade(config(connection), "head")
    (row,) = kept(engine)
    assert (row.text, row.context, row.done, row.times) == ("nuôi ong", "", "", 3)


async def test_what_did_not_come_again_is_forgotten(engine, house_on, message):
    house = house_on(engine, Puzzled())
    await ask(house, "cũ", "lại", message=message)
    await ask(house, "lại", at=NOW + timedelta(days=2), message=message)
    with database.writing(engine) as connection:
        assert questions.forget(connection, NOW + timedelta(days=1)) == 1
    assert [each.text for each in kept(engine)] == ["lại"]


def test_the_editor_reads_them_at_the_terminal(tmp_path):
    terminal.motcua("chat", "--as", "ba", said="xin cấp phép nuôi rồng Kevinx bay\nmenu\n", folder=tmp_path)
    (head, line) = terminal.motcua("questions", folder=tmp_path).stdout.splitlines()
    cells = dict(zip(head.split("\t"), line.split("\t"), strict=True))
    assert (cells["lần"], cells["đã đáp"], cells["câu hỏi"]) == (
        "1",
        "chưa hiểu",
        "xin cấp phép nuôi rồng … bay",
    )
