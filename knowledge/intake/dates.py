"""Days and times as people say them: "mùng 5 tháng 11", "hôm qua", "05112026", "3 giờ rưỡi chiều"."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import cache
from typing import Literal, NamedTuple

from knowledge.intake.in_words import number_said, number_words
from knowledge.text import fold, plain

FIRST_YEAR = 1880  # nobody older is registered

Problem = Literal["not_a_date", "no_such_day", "no_day", "lunar"]
Toward = Literal["past", "future", "either"]  # where a day lies that is told without its year

_LUNAR = re.compile(r"\b(am lich|al|lich am|ta|tet|ram|gieng|chap|nhuan)\b")
# A day told in words: which of them is the month's number ends where the year begins.
_SPOKEN = re.compile(
    r"(?:(?:vao|sinh|ngay|hom|mung|mong) )*([a-z0-9 ]+?) thang "
    r"(muoi mot|muoi hai|muoi|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|\d+)(?:(?: nam)? ([a-z0-9 ]+))?"
)
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?", re.ASCII)
_WHOLE = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)(?![\d/-])", re.ASCII)
_FOREIGN = re.compile(r"[][{}<>*=%$#@&|\\^_+`]")  # what nobody writes into a date: "{{7*7}}" is none
_LATEST: Mapping[Toward, int] = {"past": 0, "either": 50, "future": 79}  # years from now; a paper may be over
_AGO = {
    "hom nay": 0,
    "nay": 0,
    "hom qua": 1,
    "qua": 1,
    "hom kia": 2,
    "bua qua": 1,
    "bua nay": 0,
    "ngay mai": -1,
    "mai": -1,
}
_VAGUE = re.compile(r"\b(nam|thang|tuan|hom|bua) (ngoai|kia|roi|truoc|no|xua)\b|\bnam nay\b|\bdao\b")
_MONTH_WORDS = {"thang nay": 0, "thang truoc": 1, "thang roi": 1}
_FILLERS = {
    "a", "anh", "ba", "be", "cap", "cha", "chau", "chi", "con", "da", "dl", "duong", "em", "hoi", "hom", "la",
    "khoang", "lich", "luc", "ma", "me", "minh", "mong", "mung", "nam", "ngay", "nha", "ong", "sanh", "sinh",
    "thang", "the", "toi", "tui", "vao",
}  # fmt: skip
_YEAR_ONLY = re.compile(r"\bnam (\d{4}|\d\d)\b")
_FORGOTTEN = re.compile(r"\b(khong|hong|hok|ko|chang|quen)\b")


class Day(NamedTuple):
    """A day, or what is known of it."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """As it is stored: "2026-11-05", "1955-07", "1955"."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in self[1:] if part)])

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or _days_in(self.year, month))


def stored(value: str) -> Day:
    """The day as it is stored."""
    return Day(*map(int, value.split("-")))


def read(text: str, today: date, toward: Toward = "either") -> Day | Problem:
    """The day that is meant. What is left out of the year is taken so that the day lies `toward`.

    "25/12" is the last one in the past, the next one in the future; either: the nearest. "31/12/27" is 2027
    for a paper that expires, and 1927 for a birth.
    """
    if found := _ISO.fullmatch(text):
        return _checked(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if _FOREIGN.search(text):
        return _amid_words(text, today, toward)
    folded = _with_digits(_in_figures(fold(text)))
    if _LUNAR.search(folded) and "duong lich" not in folded:
        return "lunar"
    if folded in _AGO:
        meant = today - timedelta(days=_AGO[folded])
        return Day(meant.year, meant.month, meant.day)
    day = _numbers(folded, today, toward)
    return _amid_words(text, today, toward) if day == "not_a_date" else day


def read_day(text: str, today: date, toward: Toward = "either") -> date | Problem:
    """As `read`, where nothing but a whole day will do: a month or a year is "no_day"."""
    day = read(text, today, toward)
    if not isinstance(day, Day):
        return day
    return "no_day" if day.day is None else day.first


def _amid_words(text: str, today: date, toward: Toward) -> Day | Problem:
    """The one whole date that a sentence holds, or the year of who forgot the day."""
    folded = fold(text)
    found = {each for each in _WHOLE.findall(text) if len(each[2]) > 2 or not _VAGUE.search(folded)}
    if len(found) == 1:
        day, month, year = found.pop()
        return _checked(_century(int(year), year, today, toward), int(month), int(day))
    years = set(_YEAR_ONLY.findall(folded))
    if not found and len(years) == 1 and _FORGOTTEN.search(folded):
        year = years.pop()
        return _checked(_century(int(year), year, today, toward), None, None)
    return "not_a_date"


def _in_figures(folded: str) -> str:
    """A day that is told in words, in figures: "muoi lam thang ba nam chin muoi" is "15 thang 3 nam 90"."""
    found = _SPOKEN.fullmatch(folded)
    numbers = [number_said(part) for part in found.groups() if part] if found else []
    if not numbers or None in numbers:
        return folded
    day, month, *year = numbers
    return f"{day} thang {month}" + "".join(f" nam {each:02}" for each in year)


@cache
def _words() -> list[tuple[str, str]]:
    """Numbers in words, longest first: nobody says "mùng năm" in digits to a neighbour."""
    pairs = [(plain(number_words(n)), str(n)) for n in range(1, 32)]
    return sorted([*pairs, ("tu", "4"), ("hai mot", "21"), ("ba mot", "31")], key=lambda p: -len(p[0]))


def _with_digits(folded: str) -> str:
    """Words after "mùng", "ngày", "tháng" as digits."""
    for words, digits in _words():
        folded = re.sub(rf"\b(mung|mong|ngay|thang) {words}\b(?! (ngoai|nay|roi)\b)", rf"\1 {digits}", folded)
    return folded


def _numbers(folded: str, today: date, toward: Toward) -> Day | Problem:
    year: int | None = None
    if found := re.search(r"\bnam (ngoai|roi|nay)\b", folded):
        year, folded = today.year - (found[1] != "nay"), folded.replace(found[0], " ")
    month: int | None = None
    for words, back in _MONTH_WORDS.items():
        if words in folded:
            before = today.year * 12 + today.month - 1 - back
            year, month, folded = before // 12, before % 12 + 1, folded.replace(words, " ")
    if _VAGUE.search(folded):
        return "no_day"
    parts = [word for word in folded.split() if word not in _FILLERS]
    if not all(word.isdigit() for word in parts):
        return "not_a_date"
    swapped = re.search(r"\bthang \d+ (ngay|mung|mong) \d+", folded)
    parts = [parts[1], parts[0], *parts[2:]] if swapped else parts
    return _assembled(_split(parts), Day(year or 0, month), today, toward)


def _split(parts: list[str]) -> list[str]:
    """Digits written in one: ddmmyyyy, ddmmyy, ddmm."""
    one = parts[0] if len(parts) == 1 else ""
    is_year = len(one) == 4 and FIRST_YEAR <= int(one) < 2100
    if len(one) in (4, 6, 8) and not is_year:
        return [piece for piece in (one[:2], one[2:4], one[4:]) if piece]
    return parts


def _assembled(parts: list[str], told: Day, today: date, toward: Toward) -> Day | Problem:
    """The numbers as a day; `told` has the year (0: none) and month that words have told."""
    numbers, year, month = [int(part) for part in parts], told.year or None, told.month
    if year is None and parts and (len(parts[-1]) == 4 or len(parts) == 3):
        year = _century(numbers.pop(), parts.pop(), today, toward)
    if any(len(part) > 2 for part in parts):
        return "not_a_date"
    if month is None and (len(parts) == 2 or (parts and year is not None)):
        month = numbers.pop()
    if len(numbers) > 1:
        return "not_a_date"
    day = numbers[0] if numbers else None
    if year is not None and (month is not None or day is None):
        return _checked(year, month, day)
    return _nearest(day, month, today, toward) if day is not None and month is not None else "no_day"


def _century(year: int, written: str, today: date, toward: Toward) -> int:
    """The year; of two digits it is the last one that is not after the latest that can be meant."""
    if len(written) > 2:
        return year
    latest = today.year + _LATEST[toward]
    return latest - (latest - year) % 100


def _nearest(day: int, month: int, today: date, toward: Toward) -> Day | Problem:
    years = range(today.year - 8, today.year + 9)  # 29/2 comes every fourth year, and once after eight
    found = [Day(year, month, day) for year in years if _is_day(year, month, day)]
    fitting = [each for each in found if _lies(each.first, today, toward)]
    nearest = min(fitting, key=lambda each: abs(each.first - today), default=None)
    return nearest or "no_such_day"


def _lies(day: date, today: date, toward: Toward) -> bool:
    return toward == "either" or (day <= today if toward == "past" else day >= today)


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _days_in(year, month)


def _days_in(year: int, month: int) -> int:
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


def _checked(year: int, month: int | None, day: int | None) -> Day | Problem:
    if not 1 <= year < 2200 or not _is_day(year, 1 if month is None else month, 1 if day is None else day):
        return "no_such_day"
    return Day(year, month, day)


_TIME = re.compile(
    r"(\d{1,2})(?: ?(?:gio|h|g)(?: ?(\d{1,2})| (ruoi))?(?: phut)?)?(?: (sang|trua|chieu|toi|dem|khuya))?"
)
_NAMED_TIMES = {"nua dem": time(0), "giua trua": time(12)}


def read_time(text: str) -> time | Literal["not_a_time", "which_half"]:
    """The time of day; "which_half" if it can be morning or afternoon."""
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        return time.fromisoformat(text)
    spoken = re.sub(r"^(luc|khoang|gan|hon|vao) ", "", plain(text.replace(":", "h")))
    found = _TIME.fullmatch(spoken)
    if found is None:
        return _NAMED_TIMES.get(spoken, "not_a_time")
    hour, minute, part = int(found[1]), 30 if found[3] else int(found[2] or 0), found[4]
    if hour > 23 or minute > 59:
        return "not_a_time"
    if part is None and 1 <= hour <= 11:
        return "which_half"
    return time(_of_day(hour, part), minute)


def _of_day(hour: int, part: str | None) -> int:
    """The hour by the part of the day: "3 giờ chiều" is 15, "12 giờ đêm" is 0."""
    if hour == 12:
        return 12 if part in (None, "trua", "chieu") else 0
    latest = {"chieu": 1, "toi": 1, "trua": 1, "dem": 7, "khuya": 7}  # from this hour on it is after noon
    is_late = part in latest and latest[part] <= hour < (4 if part == "trua" else 12)
    return hour + 12 if is_late else hour
