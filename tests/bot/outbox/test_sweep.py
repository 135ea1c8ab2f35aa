"""What a sweep frees, and what it leaves alone."""

import pytest

from bot.outbox import pace, store
from bot.outbox.sweep import sweep
from bot.storage import database
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import NOW, later
from tests.bot.outbox.test_people import swept


@pytest.fixture
def owed(engine):
    parts.follow(engine)
    parts.owe(engine)
    return engine


def test_nothing_stuck_is_nothing_freed(owed):
    assert swept(owed, NOW) == (0, 0, 0, 0)


@pytest.mark.parametrize("state", ["waiting", "doubtful"])
@pytest.mark.parametrize(
    ("seconds", "is_freed"), [(3600, False), (25 * 3600, False), (25 * 3600 + 1, True), (9000 * 3600, True)]
)
def test_who_waits_for_a_time_that_will_not_come_soon_is_freed(owed, state, seconds, is_freed):
    wanted = int(later(seconds=seconds).timestamp())  # written before a clock was set back
    parts.run(owed, f"UPDATE notice SET state = '{state}', not_before = {wanted}")
    assert swept(owed, NOW).ahead == is_freed
    assert parts.one(owed, "state, not_before") == (state, int(NOW.timestamp()) if is_freed else wanted)


@pytest.mark.parametrize(("ahead_s", "state"), [(120, "claimed"), (121, "doubtful")])
def test_a_lease_longer_than_any_we_give_is_of_no_living_worker(owed, ahead_s, state):
    parts.claim(owed)
    parts.run(owed, f"UPDATE notice SET lease_until = {int(NOW.timestamp()) + ahead_s}")
    swept(owed, NOW)
    assert parts.states(owed) == [state]


def arrived(engine, number, ack_by):
    """Notices to as many people arrive, to be read by then."""
    for person in range(number):
        parts.follow(engine, f"telegram:{person}")
    parts.owe(engine)
    parts.run(engine, f"UPDATE notice SET state = 'sent', ack_by = {int(ack_by.timestamp())}")


def test_what_many_leave_unread_is_looked_after_in_several_sweeps(engine):
    arrived(engine, 150, NOW)
    assert [swept(engine, NOW).unread for _ in range(3)] == [100, 50, 0]


def test_what_may_still_be_read_in_time_stays_to_be_read(engine):
    arrived(engine, 2, NOW)
    soon = int(later(hours=1).timestamp())
    parts.run(engine, f"UPDATE notice SET ack_by = {soon} WHERE address = 'telegram:1'")
    swept(engine, NOW)
    assert parts.run(engine, "SELECT address, ack_by FROM notice ORDER BY address") == [
        ("telegram:0", 0),
        ("telegram:1", soon),
    ]


def test_what_is_read_while_it_is_looked_after_calls_for_nobody(engine):
    def reads(connection, address, _code):
        store.acknowledge(connection, address, number, NOW)
        return []

    arrived(engine, 1, NOW)
    (number,) = parts.one(engine, "id")
    with database.writing(engine) as connection:
        sweep(connection, ["telegram"], NOW, reads)
    assert parts.one(engine, "ack_by, call_at") == (0, 0)


@pytest.mark.parametrize("state", ["sent", "refused", "stopped", "superseded", "given_up"])
def test_what_has_ended_is_left_alone(owed, state):
    parts.run(owed, f"UPDATE notice SET state = '{state}', not_before = {int(later(days=400).timestamp())}")
    assert swept(owed, NOW) == (0, 0, 0, 0)


def test_the_pace_of_chats_that_are_silent_is_forgotten(engine):
    with database.writing(engine) as connection:
        for key in ("telegram:1", "telegram:2"):
            pace.reserve(connection, key, per_s=1, count=1)
    parts.run(engine, "UPDATE pace SET tat = 1 WHERE key = 'telegram:1'")
    swept(engine, NOW)
    assert parts.run(engine, "SELECT key FROM pace") == [("telegram:2",)]
