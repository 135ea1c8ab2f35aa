"""Who counts as one person: channels that shared the same number, and nobody who shared none."""

from dataclasses import replace

import pytest

from bot.dossiers import announce
from bot.notices import follows
from bot.notices.recipients import phone_mark
from bot.outbox.sweep import sweep
from bot.storage import database
from bot.turns import effects
from bot.turns.effects import By
from handlers.turn.effects import Acknowledge
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import CODE, NOW, VAULT, later

ONE, TWO, OWN_OTHER = "telegram:111", "telegram:222", "web:111"
UNKNOWN = b""
NUMBER = phone_mark(VAULT, "0901234567")


@pytest.fixture
def known(engine):
    """Makes a person who follows a dossier, with or without a number."""

    def make(address, number=UNKNOWN, code=CODE):
        parts.recipient(engine, address, number)
        parts.follow(engine, address, code)

    return make


def told(engine, address):
    return parts.run(engine, "SELECT code, kind, state FROM notice WHERE address = {0} ORDER BY id", address)


def unread(engine, address):
    """The notice of that person has arrived, and was to be read by now."""
    notice = next(each for each in parts.claim(engine) if each.address == address)
    parts.settle(engine, notice, ack_by=int(later(hours=1).timestamp()))


def swept(engine, now):
    with database.writing(engine) as connection:
        return sweep(connection, ["telegram", "web"], now, follows.other_channels)


def read_by(engine, address):
    """That person says of each of his notices that it was read."""
    for (number,) in parts.run(engine, "SELECT id FROM notice WHERE address = {0}", address):
        with database.writing(engine) as connection:
            effects.apply(By(connection, VAULT, address, NOW), [Acknowledge(number)])


def acknowledged(engine):
    return [row[0] for row in parts.run(engine, "SELECT address FROM notice WHERE acked_at > 0 ORDER BY id")]


def test_what_one_without_a_number_leaves_unread_goes_to_no_other_without_one(engine, known):
    known(ONE)
    parts.owe(engine)
    known(TWO, code="H36.99-261123-0002")
    unread(engine, ONE)
    swept(engine, later(hours=2))
    assert told(engine, TWO) == []
    assert parts.one(engine, "address, call_at") == (ONE, int(later(hours=2).timestamp()))


def test_what_is_left_unread_goes_to_the_same_person_s_other_channel(engine, known):
    known(ONE, NUMBER)
    parts.owe(engine)
    known(OWN_OTHER, NUMBER, code="H36.99-261123-0002")
    unread(engine, ONE)
    swept(engine, later(hours=2))
    assert told(engine, OWN_OTHER) == [(CODE, "done", "doubtful")]  # so that it says "Nhắc lại"
    assert parts.one(engine, "address, call_at, ack_by") == (ONE, 0, 0)


def test_a_channel_that_wants_no_notices_gets_none_of_the_other(engine, known):
    known(ONE, NUMBER)
    parts.owe(engine)
    parts.recipient(engine, OWN_OTHER, NUMBER)
    unread(engine, ONE)
    swept(engine, later(hours=2))
    assert told(engine, OWN_OTHER) == []


def test_what_was_stopped_on_the_other_channel_stays_stopped(engine, known):
    known(ONE, NUMBER)
    known(OWN_OTHER, NUMBER)
    known(OWN_OTHER + "0", NUMBER)
    parts.stop(engine, OWN_OTHER, CODE)
    parts.run(engine, "INSERT INTO follow SELECT 'H2', address, '', 0, 0, 0, 1 FROM recipient")
    parts.owe(engine)
    parts.run(engine, "DELETE FROM notice WHERE address <> {0} AND kind <> 'stop'", ONE)
    unread(engine, ONE)
    swept(engine, later(hours=2))
    assert told(engine, OWN_OTHER) == [(CODE, "stop", "stopped")]
    assert told(engine, OWN_OTHER + "0") == [(CODE, "done", "doubtful")]


def test_reading_it_reads_it_for_nobody_else_without_a_number(engine, known):
    known(ONE)
    known(TWO)
    parts.owe(engine)
    read_by(engine, ONE)
    assert acknowledged(engine) == [ONE]


def test_reading_it_reads_it_on_the_same_person_s_other_channel(engine, known):
    known(ONE, NUMBER)
    known(OWN_OTHER, NUMBER)
    known(TWO, phone_mark(VAULT, "0909999999"))
    parts.owe(engine)
    read_by(engine, ONE)
    assert acknowledged(engine) == [ONE, OWN_OTHER]


def test_who_stops_one_dossier_has_not_stopped_the_others(engine, known):
    known(ONE)
    parts.follow(engine, ONE, "H2")
    parts.stop(engine, ONE, CODE)
    assert told(engine, ONE) == [(CODE, "stop", "stopped")]


def test_what_arrived_before_a_stop_stays_told(engine, known):
    known(ONE)
    parts.owe(engine)
    (notice,) = parts.claim(engine)
    parts.settle(engine, notice)
    parts.stop(engine, ONE)
    assert told(engine, ONE)[0] == (CODE, "done", "sent")


@pytest.mark.parametrize("column", ["ack_by", "call_at"])
def test_nobody_is_asked_or_called_about_what_was_stopped(engine, known, column):
    known(ONE)
    parts.owe(engine)
    parts.run(engine, f"UPDATE notice SET state = 'sent', {column} = 5")
    parts.stop(engine, ONE)
    assert parts.one(engine, "state, ack_by, call_at") == ("stopped", 0, 0)


def test_a_doubtful_notice_is_outdated_by_the_next_news(engine, known):
    known(ONE)
    parts.owe(engine, "2")
    parts.run(engine, "UPDATE notice SET state = 'doubtful'")
    parts.owe(engine, "9", at=2, before=parts.held("2"))
    assert told(engine, ONE) == [(CODE, "received", "superseded"), (CODE, "done", "waiting")]


def test_a_doubtful_notice_of_a_channel_that_is_gone_is_given_up_and_called_about(engine, known):
    known("zalo:1")
    parts.owe(engine)
    parts.run(engine, "UPDATE notice SET state = 'doubtful'")
    swept(engine, later(days=30))
    assert told(engine, "zalo:1") == [(CODE, "done", "given_up")]
    assert parts.one(engine, "call_at")[0] > 0


def missing(at, papers):
    return replace(parts.held("5", at=at, missing=papers), steps=(("5", 1, ""),))


def test_a_second_request_for_papers_is_told(engine, known):
    known(ONE)
    with database.writing(engine) as connection:
        first, second = missing(1, "Giấy khai sinh"), missing(2, "Sổ hộ khẩu cũ")
        told_of = [
            announce.announce(connection, VAULT, [move], NOW) for move in ((None, first), (first, second))
        ]
        again = announce.announce(connection, VAULT, [(second, missing(3, "Sổ hộ khẩu cũ"))], NOW)
    assert (told_of, again) == ([1, 1], 0)
    assert told(engine, ONE) == [(CODE, "missing", "superseded"), (CODE, "missing", "waiting")]


def asked_to_pay(at, amount):
    return replace(parts.held("6", at=at, fee_due=amount), steps=(("6", 1, ""),))


@pytest.mark.parametrize(("amount", "is_told"), [(15_000, 0), (20_000, 1), (None, 0)])
def test_only_another_amount_to_pay_is_told_again(engine, known, amount, is_told):
    known(ONE)
    first = asked_to_pay(1, 15_000)
    with database.writing(engine) as connection:
        assert announce.announce(connection, VAULT, [(None, first)], NOW) == 1
        assert announce.announce(connection, VAULT, [(first, asked_to_pay(2, amount))], NOW) == is_told


@pytest.mark.parametrize("status", ["2", "4", "9"])
def test_what_was_written_of_papers_is_told_only_while_they_are_asked_for(engine, known, status):
    known(ONE)
    before = parts.held(status, missing="Giấy khai sinh")
    after = parts.held(status, at=2, missing="Sổ hộ khẩu cũ")
    with database.writing(engine) as connection:
        assert announce.announce(connection, VAULT, [(before, replace(after, steps=before.steps))], NOW) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"status": "4", "fee_due": 15_000}, {"status": "4", "fee_due": 20_000}),  # asked for in no state
        ({"status": "10"}, {"status": "10", "postal": "a state of the post that we do not know"}),
    ],
)
def test_what_no_kind_tells_of_is_not_told(engine, known, before, after):
    known(ONE)
    was, now = parts.held(**before), parts.held(at=2, **after)
    with database.writing(engine) as connection:
        assert announce.announce(connection, VAULT, [(was, replace(now, steps=was.steps))], NOW) == 0
