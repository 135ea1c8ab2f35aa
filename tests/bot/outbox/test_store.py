"""The table `notice`: each question and each change is about those it names and leaves all others alone."""

import pytest

from bot.outbox import enqueue, store
from bot.outbox.store import STOP, Owed
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import ADDRESS, NOW, later

OTHER = "telegram:2"
FOUR = [("H1", ADDRESS, "done"), ("H1", ADDRESS, "fee"), ("H2", ADDRESS, "done"), ("H1", OTHER, "done")]


def owed(code, address, kind, event=""):
    return Owed(f"{code}/{kind}{event}", code, address, kind)


@pytest.fixture
def four(engine, do):
    """Four notices, of which no two are on the same matter, person and kind."""
    for each in FOUR:
        do(store.insert, owed(*each), NOW)
    return engine


def state_of_each(engine):
    return [row[0] for row in parts.run(engine, "SELECT state FROM notice ORDER BY id")]


def test_of_two_that_come_at_once_the_later_one_stays_true(engine, do):
    do(enqueue.write, [owed("H1", ADDRESS, "received"), owed("H1", ADDRESS, "done")], NOW)
    assert state_of_each(engine) == ["superseded", "waiting"]


def test_news_make_nothing_untrue_of_another_person_or_matter(four, do):
    do(enqueue.write, [owed("H1", ADDRESS, "returned")], NOW)
    assert state_of_each(four) == ["superseded", "superseded", "waiting", "waiting", "waiting"]


@pytest.mark.parametrize("state", ["claimed", "sent", "stopped", "given_up", "superseded"])
def test_news_leave_alone_what_has_ended_or_is_on_its_way(engine, do, state):
    do(store.insert, owed("H1", ADDRESS, "received"), NOW)
    parts.run(engine, f"UPDATE notice SET state = '{state}'")
    do(enqueue.write, [owed("H1", ADDRESS, "done")], NOW)
    assert state_of_each(engine) == [state, "waiting"]


@pytest.mark.parametrize(("state", "calls"), [("refused", 5), ("given_up", 0), ("sent", 0)])
def test_after_news_a_call_is_still_due_only_to_who_cannot_be_reached(engine, do, state, calls):
    do(store.insert, owed("H1", ADDRESS, "received"), NOW)
    parts.run(engine, f"UPDATE notice SET state = '{state}', call_at = 5, ack_by = 7")
    do(enqueue.write, [owed("H1", ADDRESS, "done")], NOW)
    assert parts.one(engine, "state, call_at, ack_by") == (state, calls, 0)


def test_who_is_still_to_be_told_is_counted_by_matter_and_kind(four, do):
    assert do(store.open_count, "H1", "done") == 2
    parts.run(four, f"UPDATE notice SET state = 'sent' WHERE address = '{OTHER}'")
    assert do(store.open_count, "H1", "done") == 1


def test_what_a_person_was_owed_is_told_by_matter_and_kind(four, do):
    assert do(store.keys, ADDRESS, "H1", "done") == {f"H1/done/{ADDRESS}"}


@pytest.mark.parametrize(
    ("changed", "forgotten"),
    [
        ("owed_at = owed_at", 1),
        ("owed_at = owed_at + 1", 0),
        ("state = 'waiting'", 0),
        ("state = 'claimed'", 0),
        ("state = 'doubtful'", 0),
        ("call_at = 1", 0),
    ],
)
def test_only_what_is_old_and_done_with_is_forgotten(engine, do, changed, forgotten):
    do(store.insert, owed("H1", ADDRESS, "done"), later(seconds=-1))
    parts.run(engine, "UPDATE notice SET state = 'sent'")
    parts.run(engine, f"UPDATE notice SET {changed}")
    assert do(store.forget, NOW, NOW) == forgotten
    assert len(state_of_each(engine)) == 1 - forgotten


@pytest.mark.parametrize(("days", "forgotten"), [(90, 0), (91, 1)])
def test_what_reached_nobody_is_forgotten_long_after(engine, do, days, forgotten):
    do(store.insert, owed("H1", ADDRESS, "done"), later(days=-days))
    assert do(store.forget, later(days=-30), NOW) == forgotten


def test_a_stop_is_known_of_who_said_it_and_about_what(engine, do):
    do(store.stop, ADDRESS, ["H1"], NOW, "H1")
    do(store.insert, owed("H1", OTHER, "done"), NOW)
    assert do(store.stopped_among, [ADDRESS, OTHER], "H1") == {ADDRESS}
    assert do(store.stopped_among, [ADDRESS, OTHER], "H2") == set()
    assert do(store.stopped_among, [OTHER], "H1") == set()
    do(store.resume, ADDRESS, "H2")
    assert do(store.stopped_among, [ADDRESS], "H1") == {ADDRESS}
    do(store.resume, ADDRESS, "H1")
    assert do(store.stopped_among, [ADDRESS], "H1") == set()


def test_a_stop_ends_what_waits_about_it_and_is_noted_once(four, do):
    for _ in range(2):
        do(store.stop, ADDRESS, ["H1"], NOW, "H1")
    assert state_of_each(four) == ["stopped", "stopped", "waiting", "waiting", "stopped"]
    assert parts.run(four, f"SELECT count(*) FROM notice WHERE kind = '{STOP}'") == [(1,)]


def test_reading_it_elsewhere_reads_that_news_alone(four, do):
    (number,) = parts.one(four, "id")
    parts.run(four, "UPDATE notice SET ack_by = 9, call_at = 9")
    assert do(store.acknowledge, ADDRESS, number, NOW) == ("H1", "done")
    assert do(store.acknowledge, ADDRESS, number, NOW) is None
    do(store.acknowledge_too, [ADDRESS, OTHER], ("H1", "done"), later(hours=1))
    at, then = int(NOW.timestamp()), int(later(hours=1).timestamp())
    assert parts.run(four, "SELECT acked_at, ack_by, call_at FROM notice ORDER BY id") == [
        (at, 0, 0), (0, 9, 9), (0, 9, 9), (then, 0, 0),
    ]  # fmt: skip


def test_only_what_still_waits_can_be_given_another_content(four, do):
    key = owed(*FOUR[0]).key
    assert do(store.put_content, key, b"new")
    assert do(store.waiting_content, key) == b"new"
    assert do(store.waiting_content, owed(*FOUR[1]).key) == b""
    parts.run(four, "UPDATE notice SET state = 'claimed'")
    assert not do(store.put_content, key, b"late")
    assert do(store.waiting_content, key) is None


def test_who_is_erased_was_told_nothing_and_others_were(four, do):
    do(store.erase, ADDRESS)
    assert parts.run(four, "SELECT address FROM notice") == [(OTHER,)]
