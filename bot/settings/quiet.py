"""Quiet hours in office time: when a person is not written to, and until when a notice then waits."""

import re
from datetime import datetime, time, timedelta
from functools import lru_cache

from bot.clock import VIETNAM

NONE = "none"  # a person who wants every notice at once
SHAPE = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")

Hours = tuple[time, time]  # from, until; over midnight if the first is the later one


class BadHours(ValueError):
    """Not of the shape "21:00-07:00", or empty in it."""


def parse(text: str) -> Hours | None:
    """The hours; None for "" and "none". Raises BadHours."""
    if text.strip() in ("", NONE):
        return None
    found = SHAPE.fullmatch(text.strip())
    if not found:
        raise BadHours(text)
    hours = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if hours[0] == hours[1]:
        raise BadHours(text)
    return hours


@lru_cache(maxsize=1000)
def of(own: str, default: str) -> Hours | None:
    """A person's hours: `own` as in recipient.quiet, where "" means `default`, the office's setting."""
    try:
        return parse(own or default)
    except BadHours:  # stored by another version: the office's are better than waking people
        return parse(default)


def until(moment: datetime, hours: Hours | None) -> datetime | None:
    """When the quiet hours end in which the moment lies; None outside of them."""
    if hours is None:
        return None
    local, (start, end) = moment.astimezone(VIETNAM), hours
    now = local.time()
    inside = start <= now < end if start < end else now >= start or now < end
    if not inside:
        return None
    day = local.date() + timedelta(days=now >= end)
    return datetime.combine(day, end, VIETNAM)
