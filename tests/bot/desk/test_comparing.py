"""Our dossiers beside an export: what is there and not here, and where the same code says other things."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.clock import VIETNAM
from bot.desk import comparing
from bot.desk.comparing import Difference
from bot.dossiers.due_dates import DueDates
from bot.dossiers.record import Update, merged
from bot.dossiers.stats import Judge

NIGHT = datetime(2026, 11, 27, 18, tzinfo=VIETNAM)
ONE, TWO, THREE, FOUR = (f"H36.50-261123-000{n}" for n in (1, 2, 3, 4))
EARLIER = "H36.50-261001-0001"


def row(code, status="4", **more):
    days = {"received": date(2026, 11, 23), "due": date(2026, 11, 26)} | more
    since = days.get("ended") and datetime.combine(days["ended"], NIGHT.time(), VIETNAM)
    return Update(code, NIGHT, status=status, since=since, **days)


@pytest.fixture
def compare(world):
    judge = Judge(DueDates(world.catalogue, world.holidays), world.holidays, date(2026, 11, 27))

    def of(theirs, ours):
        return comparing.compare(comparing.exported(theirs), [merged(None, each) for each in ours], judge)

    return of


def test_what_is_alike_is_not_told(compare):
    found = compare([row(ONE)], [row(ONE)])
    assert (found.theirs, found.ours, found.differences) == (1, 1, ())


def test_what_is_missing_is_told_within_the_days_of_the_export(compare):
    found = compare([row(ONE), row(TWO)], [row(TWO), row(THREE), row(EARLIER)])
    assert (found.theirs, found.ours) == (2, 2)
    assert found.differences == (
        Difference(ONE, "missing_here", "4", None),
        Difference(THREE, "missing_there", None, "4"),
    )


def test_states_and_days_that_differ_are_told_by_code(compare):
    theirs = row(ONE, "10", due=date(2026, 11, 30), ended=date(2026, 11, 26))
    ours = row(ONE, "9", ended=date(2026, 11, 25))
    assert compare([theirs], [ours]).differences == (
        Difference(ONE, "state", "10", "9"),
        Difference(ONE, "due", date(2026, 11, 30), date(2026, 11, 26)),
        Difference(ONE, "finished", date(2026, 11, 26), date(2026, 11, 25)),
    )


def test_what_the_export_does_not_tell_differs_from_nothing(compare):
    bare = replace(row(ONE, "4"), received=None, due=None)
    assert compare([bare], [row(ONE, due=date(2026, 12, 1))]).differences == ()


def test_what_is_late_there_and_not_here_is_told(compare):
    theirs, ours = row(ONE, "9", ended=date(2026, 11, 27)), row(ONE, "9", ended=date(2026, 11, 26))
    found = compare([theirs], [ours])
    assert Difference(ONE, "rating", "late", "on_time") in found.differences
    assert (found.ratings[0].late, found.ratings[1].late, found.ratings[1].on_time) == (1, 0, 1)


def test_totals_by_state_stand_side_by_side(compare):
    found = compare(
        [row(ONE), row(TWO, "9"), row(THREE, "9")], [row(ONE, "9"), row(TWO, "9"), row(FOUR, "2")]
    )
    assert found.states == (("2", 0, 1), ("4", 1, 0), ("9", 2, 2))
