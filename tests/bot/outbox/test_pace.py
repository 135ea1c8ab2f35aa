from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.outbox import pace
from bot.storage import database
from tests.bot.outbox.notice_parts import run


def reserve(engine, count=1, per_s=10.0, lag_s=0.0, now=1000.0, key="telegram"):
    with database.writing(engine) as connection:
        return [round(s, 3) for s in pace.reserve(connection, key, per_s, count, lag_s, now)]


@pytest.fixture
def sqlite(tmp_path):
    """Where the test gives the time; PostgreSQL has its own clock."""
    from bot.storage import migrate

    engine = database.connect(f"sqlite:///{tmp_path}/pace.db")
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


def test_the_first_message_leaves_at_once_and_the_next_in_its_slot(sqlite):
    assert reserve(sqlite, 3) == [0, 0.1, 0.2]
    assert reserve(sqlite, 2) == [0.3, 0.4]


def test_time_that_nobody_used_is_not_saved_up(sqlite):
    reserve(sqlite)
    assert reserve(sqlite, 2, now=1060) == [0, 0.1]


def test_a_late_message_moves_those_after_it(sqlite):
    reserve(sqlite)
    assert reserve(sqlite, 2, lag_s=0.05) == [0.15, 0.25]


def test_a_clock_that_was_set_back_stops_nobody(sqlite):
    reserve(sqlite, now=1_000_000)
    assert reserve(sqlite, now=1000) == [0]


def test_a_channel_can_be_held(sqlite):
    with database.writing(sqlite) as connection:
        pace.hold(connection, {"telegram": 30}, 1000)
        pace.hold(connection, {"telegram": 5}, 1000)
        assert pace.wait_s(connection, "telegram", 1000) == 30
    assert reserve(sqlite) == [30]


def test_no_pause_is_longer_than_ten_minutes(sqlite):
    with database.writing(sqlite) as connection:
        pace.hold(connection, {"telegram": 86_400}, 1000)
        assert pace.wait_s(connection, "telegram", 1000) == pace.HOLD_S


def test_rows_of_silent_chats_are_forgotten(sqlite):
    with database.writing(sqlite) as connection:
        pace.hold(connection, {"telegram:1": 1, "telegram:2": 1}, 1000)
        pace.forget(connection, 3000)
    assert run(sqlite, "SELECT count(*) FROM pace")[0][0] == 0


def test_an_unknown_channel_waits_for_nothing(engine):
    with database.reading(engine) as connection:
        assert pace.wait_s(connection, "telegram") <= 0


def test_workers_that_reserve_at_once_share_the_slots(engine):
    """Slots so far apart that no slow machine can take one for the next."""
    gap_s = 25

    def slots(_number):
        with database.writing(engine) as connection:
            return pace.reserve(connection, "telegram", 1 / gap_s, 4)

    with ThreadPoolExecutor(4) as threads:
        waits = [wait for found in threads.map(slots, range(8)) for wait in found]
    assert sorted(round(wait / gap_s) for wait in waits) == list(range(32))
