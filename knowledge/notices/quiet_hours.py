"""Quiet hours: when a person is not written to, and how people ask for others ("đừng nhắn sau 20 giờ").

Moments are those of the office: whoever asks has turned them into its time zone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import lru_cache

WEEK = 7  # days, Monday first
NONE = "none"  # written where every notice comes at once
SHAPE = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")


class BadHours(ValueError):
    """Not of the shape "21:00-07:00", or empty in it."""


@dataclass(frozen=True)
class Span:
    """Quiet from `start` on, `end` no longer in it; over midnight if `start` is the later one."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise BadHours(str(self))

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def begun_on(self, midnight: datetime) -> tuple[datetime, datetime]:
        """From when to when it is quiet if it begins on the day of that midnight."""
        ends = midnight + timedelta(days=self.end < self.start)
        return _at(midnight, self.start), _at(ends, self.end)


@dataclass(frozen=True)
class QuietHours:
    """The quiet hours of a week. A rule for a Sunday is one span in its place (`on`)."""

    week: tuple[Span | None, ...] = (None,) * WEEK  # by the weekday on which they begin; None: none

    @classmethod
    def daily(cls, start: time, end: time) -> "QuietHours":
        """The same hours every day. Raises BadHours for empty ones."""
        return cls((Span(start, end),) * WEEK)

    def on(self, weekdays: Mapping[int, Span | None]) -> "QuietHours":
        """The same with other hours on some weekdays; 0 is Monday."""
        return replace(self, week=tuple(weekdays.get(day, span) for day, span in enumerate(self.week)))

    @property
    def span(self) -> Span | None:
        """The hours of every day; None for none, and where days differ."""
        return self.week[0] if len(set(self.week)) == 1 else None

    def __bool__(self) -> bool:
        return any(self.week)

    def __str__(self) -> str:
        """As `parse` reads it; of days that differ the hours of each, Monday first."""
        if len(set(self.week)) == 1:
            return str(self.week[0] or NONE)
        return " ".join(str(span or NONE) for span in self.week)

    def contains(self, moment: datetime) -> bool:
        """Whether nobody is to be written to then."""
        return self.until(moment) is not None

    def until(self, moment: datetime) -> datetime | None:
        """When the quiet hours end in which the moment lies; None outside of them."""
        end = self._end(moment)
        while end and (later := self._end(end)):  # one day's hours may begin in those of the day before
            end = later
            if end - moment > timedelta(days=WEEK):  # hours without a gap would keep everything for ever
                return end
        return end

    def _end(self, moment: datetime) -> datetime | None:
        today = _at(moment, time())
        for midnight in (today - timedelta(days=1), today):
            span = self.week[midnight.weekday()]
            start, end = span.begun_on(midnight) if span else (moment, moment)
            if start <= moment < end:
                return end
        return None


USUAL = QuietHours.daily(time(21), time(7))


def parse(text: str) -> QuietHours:
    """The hours as written; no hours for "" and "none". Raises BadHours."""
    written = text.strip()
    if written in ("", NONE):
        return QuietHours()
    days = re.sub(r"\s*-\s*", "-", written).split()
    if len(days) == 1:
        days *= WEEK
    if len(days) != WEEK:
        raise BadHours(text)
    return QuietHours(tuple(_span(day, text) for day in days))


@lru_cache(maxsize=1000)
def chosen(stored: str) -> QuietHours | None:
    """What a person has chosen, as the database has it; None for "": nothing, so the office's hold."""
    try:
        return parse(stored) if stored else None
    except BadHours:  # stored by another version: the office's are better than waking people
        return None


def in_force(own: QuietHours | None, default: QuietHours) -> QuietHours:
    """A person's own hours, which may be none at all; where nothing was chosen, the office's."""
    return default if own is None else own


def _span(day: str, whole: str) -> Span | None:
    if day == NONE:
        return None
    found = SHAPE.fullmatch(day)
    if not found:
        raise BadHours(whole)
    return Span(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))


def _at(day: datetime, clock: time) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)


REFUSES = re.compile(
    r"\b(dung|khong|khoan|ngung) (co )?(nhan|nhan tin|bao|bao tin|gui|gui tin|nhac|lam phien)"
    r"( cho)?( toi| em| minh)?( nua)? (sau|truoc|tu|luc)\b"
)
ANYTIME = re.compile(r"\b(nhan|nhan tin|bao|bao tin|gui|gui tin) .*\b(luc nao|gio nao|khi nao) cung duoc\b")
TIME = r"(\d{1,2}) ?(?:gio|h|g)? ?(\d{2}|ruoi)?(?: phut)? ?(sang|trua|chieu|toi|dem)?"
SPAN = re.compile(rf"\btu {TIME} (?:den|toi|cho den) {TIME}\b")
AFTER, BEFORE = re.compile(rf"\bsau {TIME}\b"), re.compile(rf"\btruoc {TIME}\b")
EVENING = 12  # "sau 8 giờ" is said of the evening

Part = str | None


def asked(said: str, current: QuietHours = USUAL) -> QuietHours | None:
    """What folded words ask for, no hours among it; None if they ask for nothing of the kind.

    It holds for every day. Who names one end only keeps the other one of the first day of `current` with any.
    """
    if ANYTIME.search(said):
        return QuietHours()
    span = next(filter(None, (*current.week, *USUAL.week)))
    start: time | None = span.start
    end: time | None = span.end
    if not REFUSES.search(said):
        return None
    if both := SPAN.search(said):
        start, end = _evening(*both.groups()[:3]), _clock(*both.groups()[3:])
    elif after := AFTER.search(said):
        start = _evening(*after.groups())
    elif before := BEFORE.search(said):
        end = _clock(*before.groups())
    else:
        return None
    return QuietHours.daily(start, end) if start and end and start != end else None


def _evening(hour: str, minute: Part, part: Part) -> time | None:
    if part is None and int(hour) < EVENING:
        part = "toi"
    return _clock(hour, minute, part)


def _clock(hour: str, minute: Part, part: Part) -> time | None:
    """None if there is no such time."""
    hours, minutes = int(hour), 30 if minute == "ruoi" else int(minute or 0)
    if part in ("chieu", "toi", "dem") and hours < 12:
        hours += 12
    if part == "dem" and hours == 12 or hours == 24:
        hours = 0
    return time(hours, minutes) if hours < 24 and minutes < 60 else None
