"""What is kept of the Bot Platform: messages until they are answered, and what a month has used."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.zalo.platform import stored, usage
from bot.channels.zalo.platform.updates import Received
from bot.channels.zalo.platform.usage import Use
from bot.storage import leases
from bot.storage.sealing import Vault
from tests.bot.conftest import KEY, NOW

VAULT = Vault(KEY)
AN, BE = "zalobot:an", "zalobot:be"


def put(do, address, text, at=NOW):
    return do(stored.put, VAULT, address, Received(address.partition(":")[2], text, "text", text), at)


def taken(do, at=NOW, most=9):
    return do(stored.take, VAULT, most, at)


def texts(messages):
    return [each.received.text for each in messages]


def test_a_message_is_kept_once(do):
    assert [put(do, AN, "một"), put(do, AN, "một"), put(do, BE, "một")] == [True, False, True]


def test_the_next_of_a_person_waits_until_the_first_is_answered(do):
    for address, text in ((AN, "một"), (AN, "hai"), (BE, "ba")):
        put(do, address, text)
    first, other = taken(do)
    assert texts([first, other]) == ["một", "ba"]
    assert taken(do) == []
    do(stored.finish, first.id, NOW)
    assert texts(taken(do)) == ["hai"]
    assert not put(do, AN, "một")  # a repeat of what is answered


def test_what_a_killed_process_had_in_hand_is_taken_by_another_and_goes_on(do):
    put(do, AN, "một")
    (mine,) = taken(do)
    do(stored.note_sent, mine.id, 2)
    assert taken(do, NOW + stored.LEASE - timedelta(seconds=1)) == []
    (again,) = taken(do, NOW + stored.LEASE)
    assert (again.id, again.sent) == (mine.id, 2)


def test_what_has_to_wait_is_given_back(do):
    put(do, AN, "một")
    (mine,) = taken(do)
    do(stored.later, mine.id, NOW + timedelta(seconds=30))
    assert taken(do, NOW + timedelta(seconds=29)) == []
    assert texts(taken(do, NOW + timedelta(seconds=30))) == ["một"]


def test_nothing_of_a_message_is_readable_and_nothing_is_left_of_it(do, engine):
    def contents():
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT content FROM zalobot_update").scalars()
            return [bytes(row) for row in rows]

    put(do, AN, "bí mật")
    (sealed,) = contents()
    assert "bí mật".encode() not in sealed
    do(stored.finish, taken(do)[0].id, NOW)
    assert contents() == [b""]
    do(stored.forget, NOW + stored.KEPT)
    assert contents() == [b""]
    do(stored.forget, NOW + stored.KEPT + timedelta(seconds=1))
    assert contents() == []


def test_who_asks_is_erased(do):
    put(do, AN, "một")
    put(do, BE, "hai")
    do(usage.count, VAULT, AN, NOW)
    do(usage.count, VAULT, BE, NOW)
    do(stored.erase, AN)
    do(usage.erase, VAULT, AN)
    assert texts(taken(do)) == ["hai"]
    assert do(usage.use, NOW) == Use(messages=2, people=1)


def test_messages_and_people_are_counted_by_the_month(do):
    for address in (AN, AN, BE):
        do(usage.count, VAULT, address, NOW)
    december = datetime(2026, 12, 1, tzinfo=UTC)
    do(usage.count, VAULT, AN, december)
    assert do(usage.use, NOW) == Use(3, 2)
    assert do(usage.use, december) == Use(1, 1)
    do(usage.forget, december)
    assert do(usage.use, NOW) == Use(3, 2)
    do(usage.forget, datetime(2027, 1, 1, tzinfo=UTC))
    assert do(usage.use, NOW) == Use(0, 0)
    assert do(usage.use, december) == Use(1, 1)


@pytest.mark.parametrize(
    ("used", "warned"),
    [
        (Use(2399, 39), []),
        (Use(2400, 39), ["2400 of about 3000 messages"]),
        (Use(10, 40), ["40 of about 50 people"]),
        (Use(3100, 51), ["3100 of about 3000 messages", "51 of about 50 people"]),
    ],
)
def test_a_month_that_is_nearly_used_up_is_warned_of(used, warned):
    told = list(used.warnings())
    assert len(told) == len(warned)
    assert all(words in line for words, line in zip(warned, told, strict=True))


def test_a_lease_is_one_s_until_it_ends_or_is_given_back(do):
    minute = timedelta(minutes=1)
    assert do(leases.take, "x", "a", NOW, minute)
    assert not do(leases.take, "x", "b", NOW, minute)
    assert do(leases.take, "y", "b", NOW, minute)
    assert do(leases.take, "x", "a", NOW + minute / 2, minute)  # renewed
    assert not do(leases.take, "x", "b", NOW + minute, minute)
    assert do(leases.take, "x", "b", NOW + minute * 2, minute)
    do(leases.give_back, "x", "a")  # not his any more
    assert not do(leases.take, "x", "a", NOW + minute * 2, minute)
    do(leases.give_back, "x", "b")
    assert do(leases.take, "x", "a", NOW + minute * 2, minute)
