"""Due dates, lateness and the on-time rule. In July 2026 the 6th is a Monday."""

from datetime import date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dossiers.deadlines import (
    HolidaysUnknown,
    Pause,
    due,
    end_of_processing,
    is_working_day,
    lateness,
    pauses_in,
    rating,
    working_days,
)
from knowledge.dossiers.statuses import State, state_of
from knowledge.office import calendar
from knowledge.procedures.catalogue import Deadline

HOLIDAYS = calendar.load()
SAME_DAY = Deadline(kind="same_day")
FIVE = Deadline(kind="working_days", count=5)
Span = Literal["working_days", "days", "months"]


def at(day: int, hour: int = 9, minute: int = 0, month: int = 7) -> datetime:
    return datetime(2026, month, day, hour, minute)


def way(*steps: tuple[int, datetime]) -> list[tuple[State, datetime]]:
    """The way through these national states."""
    return [(state, moment) for code, moment in steps if (state := state_of(str(code)))]


def july(day: int) -> date:
    return date(2026, 7, day)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 7, 6), True),
        (date(2026, 7, 11), False),  # Saturday: the desk receives, the clock stands
        (date(2026, 7, 12), False),
        (date(2026, 9, 2), False),  # Quốc khánh
        (date(2026, 8, 31), False),  # Monday, swapped
        (date(2026, 8, 22), True),  # the Saturday worked for it
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam
    ],
)
def test_a_working_day_is_known(day: date, works: bool) -> None:
    assert is_working_day(day, HOLIDAYS) is works


@pytest.mark.parametrize(
    ("received", "deadline", "last"),
    [
        (at(6, 9), SAME_DAY, july(6)),
        (at(6, 15), SAME_DAY, july(6)),
        (at(6, 15, 1), SAME_DAY, july(7)),
        (at(10, 16), SAME_DAY, july(13)),  # Friday afternoon
        (at(11, 9), SAME_DAY, july(13)),  # Saturday morning
        (at(22, 9, month=8), SAME_DAY, date(2026, 8, 22)),  # a Saturday that is worked
        (at(6), Deadline(kind="working_days", count=1), july(7)),
        (at(6, 16), FIVE, july(13)),  # the hour does not matter
        (at(11), FIVE, july(17)),
        (at(27, month=8), Deadline(kind="working_days", count=3), date(2026, 9, 4)),  # over Quốc khánh
        (at(6), Deadline(kind="days", count=3), july(9)),
        (at(6), Deadline(kind="days", count=5), july(13)),  # Saturday
        (at(6), Deadline(kind="months", count=1), date(2026, 8, 6)),
        (at(31, month=3), Deadline(kind="months", count=3), date(2026, 6, 30)),
        (at(31, month=8), Deadline(kind="months", count=6), date(2027, 3, 1)),  # 28/2/2027 is a Sunday
        (at(6), Deadline(kind="unknown"), None),
        (at(6), Deadline(kind="other", note="Theo kế hoạch"), None),
    ],
)
def test_the_due_date_follows_the_deadline(received: datetime, deadline: Deadline, last: date | None) -> None:
    assert due(received, deadline, HOLIDAYS) == last


@pytest.mark.parametrize(
    ("deadline", "pauses", "last"),
    [
        (FIVE, [(at(8), at(10))], july(15)),
        (FIVE, [(at(8, 8), at(8, 16))], july(13)),  # asked for and brought on one day
        (FIVE, [(at(8), at(11))], july(15)),  # brought on a Saturday
        (FIVE, [(at(13), at(15))], july(15)),  # asked for on the last day
        (FIVE, [(at(13), at(18))], july(20)),  # there is still the rest of that day
        (FIVE, [(at(14), at(20))], july(13)),  # too late
        (FIVE, [(at(14), None)], july(13)),
        (FIVE, [(at(8), None)], None),
        (FIVE, [(at(8), at(10)), (at(14), at(15))], july(16)),
        (FIVE, [(at(14), at(15)), (at(8), at(10))], july(16)),  # in any order
        (FIVE, [(at(8), at(10)), (at(9), at(10))], july(15)),  # a day stands still once
        (FIVE, [(at(1), at(7))], july(14)),  # only from the day of receipt
        (FIVE, [(at(10), at(8))], july(13)),  # hostile
        (SAME_DAY, [(at(6, 10), at(8))], july(8)),
        (Deadline(kind="days", count=3), [(at(7), at(10))], july(13)),  # 12 July is a Sunday
        (Deadline(kind="months", count=1), [(at(7), at(21))], date(2026, 8, 20)),
        (Deadline(kind="unknown"), [(at(7), at(21))], None),
    ],
)
def test_the_clock_stands_while_papers_are_awaited(
    deadline: Deadline, pauses: list[Pause], last: date | None
) -> None:
    assert due(at(6), deadline, HOLIDAYS, pauses) == last


@pytest.mark.parametrize(
    "received", [datetime(2025, 12, 31, 9), datetime(2027, 12, 30, 9), datetime(2030, 1, 1)]
)
def test_no_date_is_promised_outside_the_table(received: datetime) -> None:
    with pytest.raises(HolidaysUnknown):
        due(received, FIVE if received.year != 2025 else SAME_DAY, HOLIDAYS)


@pytest.mark.parametrize(
    ("today", "days"),
    [(july(9), 0), (july(10), 0), (july(11), 0), (july(12), 0), (july(13), 1), (july(20), 6)],
)
def test_lateness_counts_working_days(today: date, days: int) -> None:
    assert lateness(july(10), today, HOLIDAYS) == days


def test_a_repeated_request_is_one() -> None:
    steps = way((2, at(6)), (5, at(7)), (5, at(8)), (4, at(9)), (5, at(10)))
    assert pauses_in(steps) == ((at(7), at(9)), (at(10), None))


@pytest.mark.parametrize(
    ("steps", "end"),
    [
        ([], None),
        ([(2, at(6)), (4, at(7))], None),
        ([(4, at(7)), (9, at(8)), (10, at(9))], at(8)),
        ([(4, at(7)), (9, at(8)), (9, at(10))], at(8)),  # told twice
        ([(4, at(7)), (10, at(9))], at(9)),
        ([(1, at(6)), (3, at(7))], at(7)),
        ([(4, at(6)), (8, at(7)), (10, at(9))], at(9)),
        ([(9, at(6)), (4, at(7))], None),  # taken up again
        ([(8, at(6)), (4, at(7)), (9, at(8))], at(8)),
        ([(4, at(6)), (7, at(7))], None),
    ],
)
def test_the_end_of_processing_is_chosen(steps: list[tuple[int, datetime]], end: datetime | None) -> None:
    assert end_of_processing(way(*steps)) == end


@pytest.mark.parametrize(
    ("steps", "rated"),
    [
        ([(2, at(6)), (9, at(10))], "before_time"),
        ([(2, at(6)), (9, at(13, 17)), (10, at(20))], "on_time"),  # fetched late by the citizen
        ([(2, at(6)), (9, at(14))], "late"),
        ([(2, at(6)), (8, at(14))], "late"),
        ([(2, at(6)), (4, at(7))], None),
        ([(2, at(6)), (5, at(8)), (4, at(10)), (9, at(15))], "on_time"),  # two days awaited
        ([(2, at(6)), (5, at(8)), (4, at(10)), (9, at(16))], "late"),
        ([(2, at(6)), (5, at(8))], "before_time"),  # the open request is the end
        ([(2, at(6)), (5, at(14))], "late"),
        ([(2, at(6)), (5, at(7)), (4, at(8)), (5, at(9))], "late"),  # asked twice
        ([(2, at(6)), (7, at(8))], None),
    ],
)
def test_the_on_time_rule(steps: list[tuple[int, datetime]], rated: str | None) -> None:
    assert rating(at(6), july(13), way(*steps), HOLIDAYS) == rated


def test_without_a_due_date_the_longest_time_holds() -> None:
    assert rating(at(6), None, way((9, at(13))), HOLIDAYS, FIVE) == "on_time"


def test_without_any_due_date_nothing_is_rated() -> None:
    assert rating(at(6), None, way((9, at(13))), HOLIDAYS, Deadline(kind="unknown")) is None


RECEIVED = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 30))
DEADLINES = st.builds(
    lambda kind, count: Deadline(kind=kind, count=count),
    st.sampled_from(("working_days", "days")),
    st.integers(1, 60),
) | st.sampled_from([SAME_DAY, Deadline(kind="months", count=1), Deadline(kind="months", count=2)])
PAUSES = st.lists(
    st.tuples(RECEIVED, st.integers(0, 20)).map(lambda p: (p[0], p[0] + timedelta(days=p[1]))), max_size=3
)


@given(RECEIVED, DEADLINES, PAUSES)
def test_the_due_date_is_a_working_day_not_before_receipt(
    received: datetime, deadline: Deadline, pauses: list[Pause]
) -> None:
    last = due(received, deadline, HOLIDAYS, pauses)
    assert last
    assert last >= received.date()
    assert is_working_day(last, HOLIDAYS)


@given(RECEIVED, RECEIVED, DEADLINES, PAUSES)
def test_who_comes_later_is_not_due_earlier(
    one: datetime, other: datetime, deadline: Deadline, pauses: list[Pause]
) -> None:
    asked_later = [pause for pause in pauses if pause[0].date() > max(one, other).date()]
    early, late = (due(received, deadline, HOLIDAYS, asked_later) for received in sorted((one, other)))
    assert early
    assert late
    assert early <= late


@given(RECEIVED, st.sampled_from(("working_days", "days", "months")), st.integers(1, 4), PAUSES)
def test_a_longer_deadline_is_not_due_earlier(
    received: datetime, kind: Span, count: int, pauses: list[Pause]
) -> None:
    short, long = (due(received, Deadline(kind=kind, count=n), HOLIDAYS, pauses) for n in (count, count + 1))
    assert short
    assert long
    assert short <= long


@given(RECEIVED, DEADLINES, PAUSES)
def test_awaited_papers_never_shorten_the_time(
    received: datetime, deadline: Deadline, pauses: list[Pause]
) -> None:
    plain = due(received, deadline, HOLIDAYS)
    paused = due(received, deadline, HOLIDAYS, pauses)
    assert plain
    assert paused
    assert plain <= paused


@given(RECEIVED, st.integers(1, 60))
def test_the_working_days_to_the_due_date_are_the_deadline(received: datetime, count: int) -> None:
    last = due(received, Deadline(kind="working_days", count=count), HOLIDAYS)
    assert last
    assert working_days(received.date(), last, HOLIDAYS) == count
