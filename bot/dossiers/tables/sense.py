"""Whether the days of a row go together, with each other and with the day in its code."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from handlers.language.format import date_text
from knowledge.dossiers import moves, statuses
from knowledge.dossiers.moves import Stage

LATE_START = timedelta(days=7)  # from the day in the code to that of the receipt; more is told
LONG = timedelta(days=400)  # from receipt to the day promised; more is told
TOO_LONG = timedelta(days=3 * 366)  # more is refused
# the days that tell when it came to a state, by what the state's `since` says, the best first
SINCE: Mapping[str, tuple[str, ...]] = {
    "": (),
    "received": ("received",),
    "ended": ("finished", "returned"),
    "returned": ("returned", "finished"),
}


class Days(NamedTuple):
    """The days of a row."""

    received: datetime | None
    due: datetime | None
    finished: datetime | None
    returned: datetime | None


class Fault(NamedTuple):
    """A day that cannot be: why, in which column, and what its reason tells."""

    code: str
    column: str
    facts: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=8192)
def judged(days: Days, in_code: str, today: date) -> tuple[tuple[Fault, ...], tuple[str, ...]]:
    """All that cannot be, and what is taken all the same and told; `in_code`: YYMMDD."""
    faults = (*_order(days), *_future(days, today), *_swapped(days, in_code))
    return faults, _oddities(days, in_code)


def _order(days: Days) -> tuple[Fault, ...]:
    received, due = days.received, days.due
    if received is None:
        return ()
    found = []
    if due and due.date() < received.date():
        found.append(Fault("due_before_received", "due"))
    if due and due - received > TOO_LONG:
        found.append(Fault("due_too_far", "due"))
    for name in ("finished", "returned"):
        if (ended := getattr(days, name)) and ended.date() < received.date():
            found.append(Fault("ended_before_received", name))
    return tuple(found)


def _future(days: Days, today: date) -> list[Fault]:
    told = {"received": days.received, "finished": days.finished, "returned": days.returned}
    return [Fault("in_the_future", name) for name, at in told.items() if at and at.date() > today]


def _swapped(days: Days, in_code: str) -> list[Fault]:
    """The day in the code, where that of the receipt is the same with day and month changed over."""
    day, received = code_day(in_code), days.received
    if not day or not received or received.date() == day or received.year != day.year:
        return []
    if (day.month, day.day) != (received.day, received.month):
        return []
    return [Fault("swapped_day", "received", (("day", date_text(day)),))]


def _oddities(days: Days, in_code: str) -> tuple[str, ...]:
    received, due, day = days.received, days.due, code_day(in_code)
    found = []
    if received and day and not timedelta() <= received.date() - day <= LATE_START:
        found.append("day_not_of_code")
    if received and due and due - received > LONG:
        found.append("due_far")
    return tuple(found)


@lru_cache(maxsize=8192)
def stood(told: str, days: Days) -> tuple[str | None, datetime | None, date | None]:
    """The state that a row names, or that its days tell; since when; the end of processing."""
    status = told or None
    if not told and days.returned:
        status = statuses.first_of("handed_over").wire
    elif not told and days.finished:
        status = statuses.first_of("done").wire
    state = statuses.state_of(status or "")
    since = next(filter(None, (getattr(days, name) for name in SINCE[state.since])), None) if state else None
    ended = days.finished or days.returned
    return status, since, ended.date() if ended else None


def stage(waits: str, status: str | None) -> Stage | None:
    """Where within its state it waits; None where one cannot wait there."""
    found = moves.stage_of(waits) if waits else None
    return found if found and status in (None, str(found.state)) else None


@lru_cache(maxsize=4096)
def code_day(digits: str) -> date | None:
    """The day of YYMMDD."""
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
