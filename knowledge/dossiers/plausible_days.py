"""Whether a day that somebody typed can be the one that was meant, and which other one was."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Literal, NamedTuple

from knowledge.dossiers.deadlines import HolidaysUnknown, is_working_day
from knowledge.office.calendar import Holidays

Reason = Literal["day_too_early", "day_too_late", "day_off"]
NEXT = timedelta(days=1)


class Unlikely(NamedTuple):
    """A day that cannot be."""

    reason: Reason
    bound: date  # the first or the last day that can be
    meant: date | None  # what was probably meant


def unlikely(day: date, earliest: date, latest: date, open_on: Holidays | None = None) -> Unlikely | None:
    """Why a day cannot be meant; None if it can. With holidays it must be a day on which the office works."""
    if day < earliest:
        return Unlikely("day_too_early", earliest, _meant(day, earliest, latest, open_on))
    if day > latest:
        return Unlikely("day_too_late", latest, _meant(day, earliest, latest, open_on))
    if open_on and not _is_open(day, open_on):
        following = (day + n * NEXT for n in range(1, 32))
        return Unlikely("day_off", day, next((each for each in following if _is_open(each, open_on)), None))
    return None


def _meant(day: date, earliest: date, latest: date, open_on: Holidays | None) -> date | None:
    """Day and month the other way round, or another year: the first that can be."""
    found = (each for each in _readings(day, earliest, latest) if earliest <= each <= latest)
    return next((each for each in found if not open_on or _is_open(each, open_on)), None)


def _readings(day: date, earliest: date, latest: date) -> Iterator[date]:
    for year in range(earliest.year, latest.year + 1):
        with suppress(ValueError):  # 29 February
            yield day.replace(year=year)
    for year in (day.year, *range(earliest.year, latest.year + 1)):
        with suppress(ValueError):  # there is no month 13
            yield date(year, day.day, day.month)


def _is_open(day: date, holidays: Holidays) -> bool:
    """Where the table of holidays ends, the weekdays alone tell."""
    try:
        return is_working_day(day, holidays)
    except HolidaysUnknown:
        return day.weekday() < 5
