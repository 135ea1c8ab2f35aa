"""What a sweep frees, and what it leaves alone."""

import pytest

from bot.outbox import pace
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
@pytest.mark.parametrize(("hours", "is_freed"), [(1, False), (24, False), (26, True), (9000, True)])
def test_who_waits_for_a_time_that_will_not_come_soon_is_freed(owed, state, hours, is_freed):
    wanted = int(later(hours=hours).timestamp())  # written before a clock was set back
    parts.run(owed, f"UPDATE notice SET state = '{state}', not_before = {wanted}")
    assert swept(owed, NOW).ahead == is_freed
    assert parts.one(owed, "state, not_before") == (state, int(NOW.timestamp()) if is_freed else wanted)


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
