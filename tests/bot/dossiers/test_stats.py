from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.clock import VIETNAM
from bot.dossiers import demo, stats, store
from bot.dossiers.due_dates import DueDates
from bot.dossiers.embedded import Embedded
from bot.dossiers.record import Update, merged
from bot.dossiers.stats import Figures, Judge
from bot.storage import database
from bot.storage.sealing import Vault
from knowledge.dossiers.dossier_codes import Receipt, parse
from knowledge.office import calendar
from knowledge.procedures import loading

TODAY = date(2026, 11, 23)
VAULT = Vault(b"k" * 32)
CATALOGUE, HOLIDAYS = loading.load(loading.FIELDS), calendar.load()
PROMISES = DueDates(CATALOGUE, HOLIDAYS)
JUDGE = Judge(PROMISES, HOLIDAYS, TODAY)


def dossier(*way, due=date(2026, 11, 13), **more):
    """Received on Friday 6/11/2026; the way is of states and days of November."""
    held = None
    for status, day in (("2", 6), *way):
        at = datetime(2026, 11, day, 8, tzinfo=VIETNAM)
        news = Update(
            "H36.99-261106-0001", at, status=status, since=at, received=date(2026, 11, 6), due=due, **more
        )
        held = merged(held, news)
    return held


@pytest.mark.parametrize(
    ("held", "figures"),
    [
        (dossier(("9", 12), ("10", 20)), Figures(1, before_time=1)),  # fetched late is not late
        (dossier(("9", 13)), Figures(1, on_time=1)),
        (dossier(("9", 16)), Figures(1, late=1)),
        (
            dossier(("5", 9), ("4", 12), ("9", 16)),
            Figures(1, before_time=1),
        ),  # the clock stood for three days
        (dossier(("5", 9), ("4", 10), ("5", 11), ("4", 12), ("9", 12)), Figures(1, late=1)),  # asked twice
        (dossier(("8", 12)), Figures(1, before_time=1)),
        (dossier(("7", 12)), Figures(1, unrated=1)),  # withdrawn
        (dossier(("4", 9), due=date(2026, 11, 25)), Figures(1, open=1)),
        (dossier(("4", 9)), Figures(1, open=1, open_late=1)),
        (dossier(("5", 9)), Figures(1, open=1)),  # papers are awaited
        (dossier(("5", 16)), Figures(1, open=1, open_late=1)),  # asked for when it was late already
        (dossier(("9", 12), due=None), Figures(1, unrated=1)),
        (dossier(("9", 12), due=None, procedure="1.004884"), Figures(1, before_time=1)),  # by the catalogue
        (dossier(("10", 20), ended=date(2026, 11, 13)), Figures(1, on_time=1)),  # the sender names the end
        (dossier(("Đã trả kết quả", 12)), Figures(1, before_time=1)),  # a local name of a national state
        (dossier(("Đang rà soát", 12)), Figures(1, open=1, open_late=1)),
    ],
)
def test_how_a_dossier_counts(held, figures):
    assert JUDGE.figures(held) == figures


def seen(status, table_day, due=date(2026, 11, 26), **more):
    """As a table of that day of November tells it, without a date of its end."""
    at = datetime(2026, 11, table_day, 8, tzinfo=VIETNAM)
    received = date(2026, 11, 6)
    return merged(None, Update("H36.99-261106-0002", at, status=status, received=received, due=due, **more))


@pytest.mark.parametrize("status", ["9", "10", "8", "Đã trả kết quả"])
def test_an_end_that_was_only_seen_is_unrated(status):
    """The day on which a table was written is no end: 480,000 dossiers were late by it."""
    held = seen(status, 30)
    assert held.finished is None
    assert Judge(PROMISES, HOLIDAYS, date(2026, 11, 30)).figures(held) == Figures(1, unrated=1)
    assert JUDGE.figures(seen(status, 20)) == Figures(1, unrated=1)


def test_an_end_that_is_told_later_is_rated_by_its_day():
    held = seen("10", 30)
    at = datetime(2026, 11, 30, 9, tzinfo=VIETNAM)
    told = merged(held, Update(held.code, at, ended=date(2026, 11, 25)))
    assert JUDGE.figures(told) == Figures(1, before_time=1)
    moved = merged(seen("4", 20), Update(held.code, at, status="9", since=at))
    assert moved.finished == date(2026, 11, 30)


def test_a_fetched_result_does_not_tell_when_it_was_done():
    held = seen("9", 27)
    at = datetime(2026, 11, 30, 9, tzinfo=VIETNAM)
    fetched = merged(held, Update(held.code, at, status="10", since=at))
    assert fetched.finished is None


def test_the_late_are_counted_by_whose_delay_it_is():
    late, open_late = dossier(("9", 16)), dossier(("4", 9))
    causes = [
        replace(late, late_cause="synchronisation"),
        replace(open_late, late_cause="synchronisation"),
        replace(late, late_cause="ours"),
        replace(late, competent="Công an phường"),
        late,
        replace(dossier(("9", 12)), late_cause="ours"),  # in time: no delay to count
    ]
    counted = stats.stats(causes, CATALOGUE, JUDGE)
    assert counted.late_by == {"": 1, "branch": 1, "ours": 1, "synchronisation": 2}


def test_what_was_received_for_another_office_is_out_of_our_own_figures():
    late = dossier(("9", 16), procedure="1.004884")
    counted = stats.stats([late, replace(late, competent="Công an phường")], CATALOGUE, JUDGE)
    assert (counted.one_stop, counted.linked) == (Figures(1, late=1), Figures(1, late=1))


@pytest.fixture
def counted(engine):
    assert demo.load(engine, VAULT, HOLIDAYS, TODAY)
    with database.reading(engine) as connection:
        return stats.stats(store.every(connection, VAULT), CATALOGUE, JUDGE)


def test_the_demo_adds_up_to_the_story(counted):
    assert counted.total == Figures(408, before_time=339, on_time=17, late=30, open=22, open_late=3)
    assert (counted.one_stop.received, counted.linked.received) == (331, 77)
    assert {name: line.received for name, line in counted.fields.items()} == {
        "ho-tich": 249,
        "chung-thuc": 82,
        "dat-dai": 51,
        "nguoi-co-cong": 1,
        "bao-tro-xa-hoi": 25,
    }


@pytest.mark.parametrize("today", [date(2026, 2, 20), date(2026, 5, 3), date(2025, 6, 1), date(2027, 3, 1)])
def test_the_demo_adds_up_on_any_day(today):
    held = {}
    for update in demo.news(HOLIDAYS, today):
        held[update.code] = merged(held.get(update.code), update)
    counted = stats.stats(held.values(), CATALOGUE, Judge(PROMISES, HOLIDAYS, today))
    assert counted.total == Figures(408, before_time=339, on_time=17, late=30, open=22, open_late=3)


def test_the_demo_is_the_same_every_time_and_never_ahead_of_today():
    news = list(demo.news(HOLIDAYS, TODAY))
    assert news == list(demo.news(HOLIDAYS, TODAY))
    assert max(update.at.date() for update in news) <= TODAY
    assert min(update.received for update in news) >= TODAY - timedelta(days=demo.DAYS)


@pytest.mark.parametrize("shown", demo.SHOWN, ids=lambda shown: shown.number)
def test_the_codes_to_try_are_codes_and_open_with_their_fact(engine, shown):
    demo.load(engine, VAULT, HOLIDAYS, TODAY)
    code, desk = demo.code(shown.number), Embedded(engine, VAULT, PROMISES)
    assert isinstance(parse(code, TODAY), Receipt)
    assert desk.matches(code, shown.factor)
    assert desk.find(code).procedure in CATALOGUE.procedures


def test_the_demo_leaves_a_desk_in_use_alone(engine):
    assert demo.load(engine, VAULT, HOLIDAYS, TODAY)
    assert not demo.load(engine, VAULT, HOLIDAYS, TODAY)
