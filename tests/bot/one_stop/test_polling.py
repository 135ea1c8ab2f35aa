"""Asking about what is followed: whom it tells, how often it asks, and when it is silent."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot import worker
from bot.dossiers import embedded
from bot.dossiers.record import Update
from bot.notices import follows
from bot.notices.follows import Terms
from bot.one_stop import polling
from bot.one_stop.polling import Polling
from bot.outbox import ledger
from bot.storage import database
from bot.storage.sealing import Vault
from bot.watching.metrics import Metrics
from handlers.ports.dossiers import DossiersDown
from tests.bot.one_stop.sync_messages import CODE, NOW, full

VAULT = Vault(b"k" * 32)
EVERY = timedelta(minutes=15)
OLD_FORM = "000.00.12.H10-260706-0001"
MONDAY_NIGHT = NOW.replace(hour=22)


class System:
    """A one-stop system: its rows by code, whom it was asked about, and whether it is down."""

    def __init__(self):
        self.held, self.asked, self.is_down = {}, [], False

    def rows(self, code):
        self.asked.append(code)
        if self.is_down:
            raise DossiersDown("status 500")
        return [self.held[code]] if code in self.held else []

    def has(self, code=CODE, state="4", **more):
        self.held[code] = full(MaHoSo=code, TrangThaiHoSo=state, **more)["data"][0]


@pytest.fixture
def system():
    made = System()
    made.has()
    return made


@pytest.fixture
def asking(engine, system, world):
    return Polling(engine, VAULT, system, world.office, world.holidays, EVERY, Metrics().polled)


@pytest.fixture
def follow(engine):
    def now(*codes):
        with database.writing(engine) as connection:
            for code in codes:
                follows.follow(connection, "telegram:1", code, Terms("vi", 0, NOW))

    return now


@pytest.fixture
def owed(engine):
    def kinds():
        with database.reading(engine) as connection:
            return [entry.kind for entry in ledger.listing(connection)]

    return kinds


def test_a_follower_is_told_what_the_system_says_and_once(asking, follow, system, owed):
    follow(CODE)
    assert asking.round(NOW) == {"new": 1}
    system.has(state="9", NgayKetThucXuLy="20260710090000")
    assert asking.round(NOW + EVERY) == {"changed": 1}
    assert asking.round(NOW + 2 * EVERY) == {"unchanged": 1}
    assert owed() == ["done"]


def test_a_dossier_is_not_asked_about_again_before_its_time(asking, follow, system):
    follow(CODE)
    for minutes in (0, 1, 14):
        asking.round(NOW + timedelta(minutes=minutes))
    assert system.asked == [CODE]
    asking.round(NOW + EVERY)
    assert system.asked == [CODE] * 2


def test_only_what_is_followed_and_not_over_is_asked_about(asking, follow, system, engine):
    system.has(OLD_FORM, "10", NgayTra="20260710090000")
    with database.writing(engine) as connection:
        embedded.record(connection, VAULT, Update("H15.50-260706-0002", NOW, status="4"))
    follow(OLD_FORM, "1.001193")  # a list of papers is followed too
    asking.round(NOW)
    asking.round(NOW + EVERY)
    assert system.asked == [OLD_FORM]


def test_a_round_is_bounded_and_the_next_goes_on(asking, follow, system, monkeypatch):
    monkeypatch.setattr(polling, "MOST", 2)
    codes = [f"H15.50-260706-{number:04}" for number in range(1, 6)]
    follow(*codes)
    for minute in range(3):
        asking.round(NOW + timedelta(minutes=minute))
    assert system.asked == codes


def test_while_the_system_is_down_it_is_left_alone_for_longer_and_longer(asking, follow, system):
    follow(CODE, OLD_FORM)
    system.is_down = True
    asked_at = []
    for minute in range(120):
        before = len(system.asked)
        asking.round(NOW + timedelta(minutes=minute))
        asked_at += [minute] * (len(system.asked) - before)
    # pauses of 2, 4, 8, 16, 30, 30 minutes; at 6 neither is due again yet
    assert asked_at == [0, 2, 15, 23, 39, 69, 99]
    assert asking.outcomes.labels("down")._value.get() == len(asked_at)


def test_at_night_it_is_asked_seldom(asking, follow, system):
    follow(CODE)
    for hours in (0, 1, 2, 3, 4):
        asking.round(MONDAY_NIGHT + timedelta(hours=hours))
    assert len(system.asked) == 2


@pytest.mark.parametrize(
    ("days", "clock", "works"),
    [(0, 6, False), (0, 8, True), (0, 12, True), (0, 17, True), (0, 19, False), (-1, 10, False)],
)
def test_hours_in_which_clerks_may_write(world, days, clock, works):
    at = (NOW + timedelta(days=days)).replace(hour=clock)  # NOW is a Monday
    assert polling.is_working(world.office, world.holidays, at) is works
    unknown = world.office.model_copy(update={"hours": None})
    assert polling.is_working(unknown, world.holidays, at) is works


def test_of_two_workers_one_asks(asking, follow, system):
    follow(CODE)
    other = replace(asking)
    assert (asking.round(NOW), other.round(NOW)) == ({"new": 1}, {})


def test_an_answer_that_cannot_be_read_stops_no_other(asking, follow, system, caplog):
    system.has("H15.50-260706-0001", NgayHenTra="soon")
    follow("H15.50-260706-0001", CODE)
    assert asking.round(NOW) == {"unreadable": 1, "new": 1}
    assert "H15.50-260706-0001" not in str([vars(record) for record in caplog.records])


def test_a_clock_that_was_set_back_stops_nothing(asking, follow, system):
    follow(CODE)
    asking.round(NOW + timedelta(days=200))
    asking.round(NOW)
    assert len(system.asked) == 2


@pytest.mark.parametrize(("minutes", "look_up", "runs"), [(15, System(), 1), (0, System(), 0), (15, None, 0)])
def test_a_worker_asks_where_it_is_set_up(world, minutes, look_up, runs):
    settings, metrics = SimpleNamespace(poll_minutes=minutes), Metrics()
    house: Any = SimpleNamespace(
        settings=settings, look_up=look_up, world=world, engine=None, vault=VAULT, metrics=metrics
    )
    assert len(worker._asking(house, lambda: NOW)) == runs
