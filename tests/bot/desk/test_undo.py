"""What a clerk's move tells, to whom, and when; and what its undoing tells."""

from datetime import timedelta

import pytest

from bot import desk_arguments
from bot.desk import moving, numbering, queue
from bot.desk.moving import Desk
from bot.dossiers import embedded
from bot.dossiers.record import Update
from bot.outbox import ledger
from bot.storage import database
from handlers.desk.refusals import Refused
from knowledge.office import calendar
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import CODE, NOW, VAULT

HOLIDAYS = calendar.load()
TAKEN_IN = Update(CODE, NOW - timedelta(days=1), status="2", phone="0901234567", name="An Thử")


@pytest.fixture
def act(engine):
    """Does something at the desk, some seconds after NOW."""

    def run(do, *given, after=0, **more):
        with database.writing(engine) as connection:
            return do(Desk(connection, VAULT, HOLIDAYS, NOW + timedelta(seconds=after)), *given, **more)

    with database.writing(engine) as connection:
        embedded.record(connection, VAULT, TAKEN_IN)
    return run


def move(act, status, **more):
    return act(moving.move, Update(CODE, NOW, status=status, since=NOW, **more))


def rows(engine):
    return [tuple(row) for row in parts.run(engine, "SELECT kind, address, state FROM notice ORDER BY id")]


def calls(engine):
    with database.reading(engine) as connection:
        return [(each.code, each.kind) for each in ledger.calls(connection)]


def test_a_move_is_held_for_a_minute_and_taken_back_in_silence(act, engine):
    parts.follow(engine)
    move(act, "8")
    [row] = parts.run(engine, "SELECT not_before - owed_at FROM notice")
    assert tuple(row) == (60,)
    undone = act(moving.undo, CODE)
    assert (undone.record.status, undone.stopped, undone.corrected) == ("2", 1, 0)
    assert rows(engine) == [("stopped", parts.ADDRESS, "superseded")]


def test_who_follows_a_deleted_dossier_is_told_once_and_not_of_a_slip(act, engine):
    parts.follow(engine)
    act(moving.delete, CODE, "nhập hai lần")
    assert rows(engine) == [("removed", parts.ADDRESS, "waiting")]
    undone = act(moving.undo, CODE, after=30)
    assert (undone.stopped, undone.corrected) == (1, 0)
    act(moving.delete, CODE, "nhập hai lần", after=100)
    parts.run(engine, "UPDATE notice SET state = 'sent' WHERE state = 'waiting'")
    undone = act(moving.undo, CODE, after=300)
    assert (undone.stopped, undone.corrected) == (0, 1)
    assert rows(engine)[-1] == ("corrected", parts.ADDRESS, "waiting")


def test_what_was_read_is_corrected(act, engine):
    parts.follow(engine)
    move(act, "8")
    parts.run(engine, "UPDATE notice SET state = 'sent'")
    undone = act(moving.undo, CODE, after=90)
    assert (undone.stopped, undone.corrected) == (0, 1)
    assert rows(engine)[-1] == ("corrected", parts.ADDRESS, "waiting")


def test_news_that_the_slip_had_replaced_is_owed_again(act, engine):
    parts.follow(engine)
    move(act, "5", missing="Giấy chứng sinh")
    move(act, "8")
    act(moving.undo, CODE)
    assert [(kind, state) for kind, _, state in rows(engine)] == [
        ("missing", "waiting"),
        ("stopped", "superseded"),
    ]


def test_who_follows_nothing_but_left_a_phone_is_called_about_what_matters(act, engine):
    move(act, "5", missing="Giấy chứng sinh")
    assert calls(engine) == [(CODE, "missing")]
    move(act, "4")
    move(act, "9")  # a result waits for its day
    assert (CODE, "done") not in calls(engine)
    [address] = {address for _, address, _ in rows(engine)}
    assert address == f"desk:{CODE}"  # no phone in clear


def test_a_slip_that_the_clerk_has_told_by_phone_is_to_be_told_again(act, engine):
    move(act, "8")
    with database.writing(engine) as connection:
        ledger.called(connection, ledger.calls(connection)[0].id, NOW)
    assert act(moving.undo, CODE).corrected == 1
    assert calls(engine) == [(CODE, "corrected")]


def test_nobody_retries_what_no_channel_carries(act, engine):
    move(act, "8")
    with database.writing(engine) as connection:
        assert not ledger.retry(connection, ledger.calls(connection)[0].id, NOW)


def test_what_has_newer_news_is_not_undone(act, engine):
    move(act, "4")
    with database.writing(engine) as connection:
        embedded.record(connection, VAULT, Update(CODE, NOW + timedelta(hours=1), note="mới"))
    with pytest.raises(Refused) as refused:
        act(moving.undo, CODE)
    assert refused.value.code == "changed_since"


def test_the_owner_of_a_wrong_number_follows_nothing(act, engine):
    act(moving.correct, CODE, {"phone": "0901234999"}, "ghi sai")
    assert len(parts.run(engine, "SELECT phone_mark FROM phone_follow")) == 1
    marks = {bytes(row[0]) for row in parts.run(engine, "SELECT phone_mark FROM phone_follow")}
    act(moving.undo, CODE)
    assert {bytes(row[0]) for row in parts.run(engine, "SELECT phone_mark FROM phone_follow")} != marks


def test_every_list_has_its_option():
    assert {name.replace("-", "_") for name in desk_arguments.LISTS} == set(queue.LISTS)


@pytest.mark.parametrize(
    ("codes", "following"),
    [
        ((), None),
        ((f"{CODE}",), "H36.99-261123-0002"),
        (("H36.99-261122-0044",), "H36.99-261123-0001"),
        (("G09.20-20261122-0092637",), "G09.20-20261123-0000001"),
        (("000.00.01.H29-261123-0009", "H36.99-250101-0001"), "000.00.01.H29-261123-0010"),
    ],
)
def test_the_next_code_is_written_as_the_office_writes_it(codes, following):
    assert numbering.next_code(codes, NOW.date()) == following
