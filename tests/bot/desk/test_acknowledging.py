from datetime import datetime

import pytest

from bot.clock import VIETNAM
from bot.desk.acknowledging import Deadlines
from bot.outbox.claim import Notice


def notice(kind):
    return Notice(1, "k", "H1", "telegram:1", kind, 0, 1, 0, 0, b"")


@pytest.fixture
def deadlines(world):
    return Deadlines(world.office, world.holidays)


def test_only_what_matters_has_to_be_acknowledged(deadlines):
    now = datetime(2026, 11, 23, 8, tzinfo=VIETNAM)
    assert deadlines.ack_by(notice("received"), now) == 0
    assert deadlines.ack_by(notice("missing"), now) == int(deadlines.after(now).timestamp())


@pytest.mark.parametrize(
    "kind", ["refused", "missing", "fee", "done", "came-back", "late", "stopped", "withdrawn"]
)
def test_what_costs_time_money_or_a_right_has_to_be_acknowledged(deadlines, kind):
    now = datetime(2026, 11, 23, 8, tzinfo=VIETNAM)
    assert deadlines.ack_by(notice(kind), now) == int(deadlines.after(now).timestamp())


@pytest.mark.parametrize("kind", ["received", "digest", "list-changed", "posted", "delivered"])
def test_what_costs_nothing_need_not(deadlines, kind):
    assert deadlines.ack_by(notice(kind), datetime(2026, 11, 23, 8, tzinfo=VIETNAM)) == 0


def test_hours_count_only_while_the_desk_is_open(deadlines, world):
    friday, saturday = datetime(2026, 11, 27, 16, tzinfo=VIETNAM), datetime(2026, 11, 28, tzinfo=VIETNAM)
    found = deadlines.after(friday)
    assert found > saturday
    day = found.replace(hour=0, minute=0)
    assert any(
        span.start <= found.time() <= span.end for span in world.office.open_on(day.date(), world.holidays)
    )


@pytest.mark.parametrize(
    ("told", "until"),
    [
        ((23, 8, 0), (25, 8, 30)),  # Monday; the 24th is a holiday
        ((23, 7, 0), (25, 8, 0)),  # before the desk opens
        ((27, 17, 0), (30, 11, 30)),  # Saturday morning and Monday morning, to its end
        ((28, 12, 0), (1, 8, 0)),  # Monday whole, and half an hour of the first of December
    ],
)
def test_eight_hours_of_the_desk_are_waited(deadlines, told, until):
    def at(day, hour, minute):
        return datetime(2026, 11 if day > 1 else 12, day, hour, minute, tzinfo=VIETNAM)

    assert deadlines.after(at(*told)) == at(*until)


def test_without_known_hours_a_day_is_waited(world):
    unknown = Deadlines(world.office.model_copy(update={"hours": None}), world.holidays)
    now = datetime(2026, 11, 23, 8, tzinfo=VIETNAM)
    assert (unknown.after(now) - now).total_seconds() == 86_400
