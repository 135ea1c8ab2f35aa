from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

import pytest

from knowledge.datafile import BadDataFile
from knowledge.office import calendar, office
from knowledge.office.calendar import DayOff, Holidays, Swap
from knowledge.office.office import DEFAULT, Hours, Office, Span

MILITARY = '[places.military]\nname = "Ban Chỉ huy Quân sự phường Tiến Thành"\n'
MORNING = Span(start=time(7, 30), end=time(11, 30))
AFTERNOON = Span(start=time(13, 30), end=time(17, 0))
WEEK = Hours(
    confirmed=True,
    week={
        "mon": (MORNING, AFTERNOON),
        "tue": (MORNING, AFTERNOON),
        "wed": (MORNING, AFTERNOON),
        "thu": (MORNING, AFTERNOON),
        "fri": (MORNING, AFTERNOON),
        "sat": (MORNING,),
    },
)
HOLIDAYS = Holidays(
    years=(2026,),
    days_off=(
        DayOff(day=date(2026, 1, 2), name="Nghỉ hoán đổi"),
        DayOff(day=date(2026, 11, 24), name="Ngày Văn hóa Việt Nam"),
    ),
    swaps=(Swap(day=date(2026, 1, 10), instead_of=date(2026, 1, 2)),),
)


def desk(hours: Hours | None = WEEK) -> Office:
    return office.load().model_copy(update={"hours": hours})


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        (date(2026, 11, 23), (MORNING, AFTERNOON)),  # Monday
        (date(2026, 11, 28), (MORNING,)),  # Saturday
        (date(2026, 11, 29), ()),  # Sunday
        (date(2026, 11, 24), ()),  # a holiday on a Tuesday
        (date(2026, 1, 10), (MORNING, AFTERNOON)),  # a Saturday worked in place of a Friday
        (date(2031, 11, 24), (MORNING, AFTERNOON)),  # beyond the table every week is an ordinary one
    ],
)
def test_the_desk_is_open_as_the_week_and_the_holidays_say(day: date, spans: tuple[Span, ...]) -> None:
    assert desk().open_on(day, HOLIDAYS) == spans


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 23, 7, 29), False),
        (datetime(2026, 11, 23, 7, 30), True),
        (datetime(2026, 11, 23, 11, 30), False),  # the end is no longer in it
        (datetime(2026, 11, 23, 16, 59), True),
        (datetime(2026, 11, 28, 14, 0), False),
        (datetime(2026, 1, 10, 14, 0), True),
    ],
)
def test_a_moment_lies_in_the_hours_or_not(moment: datetime, is_open: bool) -> None:
    assert desk().is_open(moment, HOLIDAYS) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (datetime(2026, 11, 23, 6, 0), datetime(2026, 11, 23, 7, 30)),
        (datetime(2026, 11, 23, 8, 0), datetime(2026, 11, 23, 13, 30)),
        (datetime(2026, 11, 23, 17, 0), datetime(2026, 11, 25, 7, 30)),  # over the holiday
        (datetime(2026, 11, 28, 12, 0), datetime(2026, 11, 30, 7, 30)),  # over the Sunday
    ],
)
def test_the_next_opening_skips_what_is_closed(moment: datetime, opens: datetime) -> None:
    assert desk().next_open(moment, HOLIDAYS) == opens


@pytest.mark.parametrize(
    ("moment", "day", "spans"),
    [
        (datetime(2026, 11, 23, 11, 29), date(2026, 11, 23), (MORNING, AFTERNOON)),
        (datetime(2026, 11, 23, 11, 30), date(2026, 11, 23), (AFTERNOON,)),
        (datetime(2026, 11, 23, 17, 0), date(2026, 11, 25), (MORNING, AFTERNOON)),  # over the holiday
        (datetime(2026, 11, 28, 11, 31), date(2026, 11, 30), (MORNING, AFTERNOON)),  # over the Sunday
    ],
)
def test_the_next_hours_are_those_still_to_come(moment: datetime, day: date, spans: tuple[Span, ...]) -> None:
    assert desk().next_hours(moment, HOLIDAYS) == (day, spans)


def test_the_next_opening_keeps_the_time_zone() -> None:
    opens = desk().next_open(datetime(2026, 11, 23, 6, 0, tzinfo=UTC), HOLIDAYS)
    assert opens == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "step", "nearest"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 23)),
        (date(2026, 11, 23), -1, date(2026, 11, 23)),
        (date(2026, 11, 24), 1, date(2026, 11, 25)),  # a holiday
        (date(2026, 11, 24), -1, date(2026, 11, 23)),
        (date(2026, 11, 29), 1, date(2026, 11, 30)),  # a Sunday
        (date(2026, 11, 29), -1, date(2026, 11, 28)),
    ],
)
def test_the_nearest_day_with_hours(day: date, step: Literal[1, -1], nearest: date) -> None:
    assert desk().nearest_open(day, HOLIDAYS, step) == nearest


def test_hours_that_are_not_known_are_not_guessed() -> None:
    unknown, moment = desk(None), datetime(2026, 11, 23, 8, 0)
    assert unknown.open_on(moment.date(), HOLIDAYS) is None
    assert unknown.is_open(moment, HOLIDAYS) is None
    assert unknown.next_open(moment, HOLIDAYS) is None
    assert unknown.next_hours(moment, HOLIDAYS) is None
    assert unknown.nearest_open(moment.date(), HOLIDAYS, 1) is None


def test_a_desk_without_any_hours_never_opens() -> None:
    closed = desk(Hours(confirmed=True, week={}))
    assert closed.next_open(datetime(2026, 11, 23, 8, 0), HOLIDAYS) is None


def test_the_office_says_that_its_hours_are_not_confirmed() -> None:
    hours = office.load().hours
    assert hours is not None
    assert not hours.confirmed


def test_what_the_office_does_not_know_is_absent() -> None:
    loaded = office.load()
    assert (loaded.address, loaded.phones, loaded.receptions) == (None, (), None)


@pytest.mark.parametrize(
    ("emergency", "number"),
    [("crime", "113"), ("fire", "114"), ("medical", "115"), ("child", "111"), ("rescue", "112")],
)
def test_emergencies_have_their_numbers(emergency: str, number: str) -> None:
    assert office.load().emergency(emergency).number == number


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        ("[places.police]", "[places.polis]", "places.polis"),
        (MILITARY, "", "places.military is missing"),
        ('hotline = "18001096"', 'hotline = "gọi sau"', "portal.hotline"),
        ("sat = [{ start = 07:30:00", "sat = [{ start = 12:30:00", "end must be later than start"),
        ("end = 17:00:00 }]", "end = 17:00:00 }, { start = 08:00:00, end = 09:00:00 }]", "overlap"),
        ("confirmed = false", "sure = false", "hours.sure"),
    ],
)
def test_a_mistake_is_told_with_file_and_key(tmp_path: Path, was: str, becomes: str, problem: str) -> None:
    wrong = tmp_path / "office.toml"
    wrong.write_text(DEFAULT.read_text(encoding="utf-8").replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(BadDataFile) as told:
        office.load(wrong)
    assert problem in str(told.value)
    assert str(told.value).startswith("office.toml: ")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 9, 2), "Quốc khánh"),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
        (date(2027, 2, 6), "Tết Nguyên đán"),
        (date(2026, 11, 23), None),
    ],
)
def test_the_table_names_the_holidays(day: date, name: str | None) -> None:
    assert calendar.load().name_on(day) == name


def test_the_table_swaps_days_in_january_and_august_2026() -> None:
    table = calendar.load()
    worked = (table.weekday(date(2026, 1, 10)), table.weekday(date(2026, 8, 22)))
    rested = (table.weekday(date(2026, 1, 2)), table.weekday(date(2026, 8, 31)))
    assert (worked, rested) == ((4, 0), (None, None))


def test_the_table_tells_which_years_it_covers() -> None:
    table = calendar.load()
    assert table.knows(date(2027, 12, 31))
    assert not table.knows(date(2028, 1, 1))


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        ("day = 2027-11-24", "day = 2027-09-03", "'2027-09-03' stands 2 times"),
        ("day = 2027-11-24", "day = 2028-11-24", "2028-11-24 lies outside years"),
        ("instead_of = 2026-01-02", "instead_of = 2026-01-05", "2026-01-05 is no day off"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    tmp_path: Path, was: str, becomes: str, problem: str
) -> None:
    wrong = tmp_path / "holidays.toml"
    wrong.write_text(calendar.DEFAULT.read_text(encoding="utf-8").replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(BadDataFile, match=problem):
        calendar.load(wrong)
