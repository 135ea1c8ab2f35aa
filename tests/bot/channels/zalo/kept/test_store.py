"""Events in the database: each once, those of one person in order, and none lost with a process."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.channels.zalo.kept import store
from bot.channels.zalo.kept.store import LEASE_S, Arrived
from bot.storage.sealing import Vault
from tests.bot.conftest import KEY, NOW

VAULT = Vault(KEY)
LEASE = timedelta(seconds=LEASE_S)


@pytest.fixture
def put(do):
    return lambda *arrived: do(store.put, VAULT, arrived, NOW)


@pytest.fixture
def claim(do):
    def taken(after=timedelta(), count=10, channel="zalo"):
        return do(store.claim, VAULT, channel, count, NOW + after)

    return taken


def said(text, person="an", sent_ms=1, channel="zalo"):
    return Arrived((person, text), person, sent_ms, text.encode(), channel)


def texts(claimed):
    return [each.raw.decode() for each in claimed]


def test_a_repeat_is_no_second_event(put, claim):
    assert put(said("một"), said("một"), said("hai")) == [True, False, True]
    assert put(said("một")) == [False]
    assert texts(claim()) == ["một"]


def test_one_person_s_events_go_one_by_one_in_the_order_they_were_sent(put, claim, do):
    put(said("hai", sent_ms=2), said("một", sent_ms=1), said("ba", "binh", 3))
    first = claim()
    assert texts(first) == ["một", "ba"]
    assert claim() == []
    do(store.finish, first[0].id, NOW)
    assert texts(claim()) == ["hai"]


def test_one_that_comes_late_waits_for_what_is_in_hand(put, claim):
    put(said("hai", sent_ms=2))
    assert texts(claim()) == ["hai"]
    put(said("một", sent_ms=1))
    assert claim() == []


def test_what_a_dead_process_had_in_hand_is_taken_again_with_what_it_had_sent(put, claim, do):
    put(said("một"))
    [mine] = claim()
    do(store.note_answered, mine.id, 2)
    assert claim(LEASE - timedelta(seconds=1)) == []
    [again] = claim(LEASE)
    assert (again.raw, again.answered, again.message_id) == (b"\x6d\xe1\xbb\x99t", 2, mine.message_id)


def test_a_claim_that_is_renewed_does_not_end(put, claim, do):
    put(said("một"))
    [mine] = claim()
    do(store.hold, [mine.id], NOW + 2 * LEASE)
    assert claim(LEASE) == []


def test_once_it_is_done_its_text_is_gone_and_its_repeat_still_known(put, claim, do):
    put(said("tôi tên Lan"))
    [mine] = claim()
    do(store.finish, mine.id, NOW)
    assert (
        do(lambda connection: connection.execute(text("SELECT content FROM zalo_event")).scalar_one()) == b""
    )
    assert put(said("tôi tên Lan")) == [False]
    assert do(store.waiting) == 0


def test_each_channel_works_its_own_off(put, claim, do):
    put(said("một"), said("hai", "binh", channel="zalobot"))
    assert texts(claim(channel="zalobot")) == ["hai"]
    assert [do(store.is_open, channel, NOW) for channel in ("zalo", "zalobot")] == [True, False]
    assert texts(claim()) == ["một"]


def test_after_a_week_it_is_forgotten(put, do):
    put(said("một"))
    assert do(store.forget, NOW) == 0
    assert do(store.forget, NOW + timedelta(seconds=1)) == 1


def test_nothing_that_was_said_lies_open_in_the_database(put, do):
    put(said("tôi tên Lan"))
    row = do(lambda connection: connection.execute(text("SELECT * FROM zalo_event")).one())
    assert b"Lan" not in b"".join(bytes(value) for value in row if isinstance(value, bytes | memoryview))


def test_a_message_of_ours_is_known_when_it_is_told_back(claim, do):
    do(store.note_sent, VAULT, "b1", NOW)
    do(store.note_sent, VAULT, "b1", NOW)
    assert [do(store.is_ours, VAULT, message) for message in ("b1", "b2")] == [True, False]
    assert claim() == []
