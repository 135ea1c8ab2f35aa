"""What a line puts in the place of an answer that was given before: "í lộn, 15/3 mới đúng"."""

import re
from functools import cache

from knowledge.reading.phrases import Phrases
from knowledge.reading.shape.cut import load
from knowledge.reading.shape.shape import Kind, shape
from knowledge.reading.words import line
from knowledge.text import fold

_DAY = re.compile(r"\b(\d{1,2}) ?[/.-] ?(\d{1,2})\b(?! ?[/.-]? ?\d)")
_PART = re.compile(r"\b(ngay|mung|thang|nam) (\d{1,4})\b")
_WHOLE = re.compile(r"\b\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2,4}\b")
_NOT = re.compile(
    r"\s(?:chứ|chớ|mà|chu|cho|ma)?\s*(?:không|khong|hông|hong|ko|k|hổng) (?:phải|phai|là|la)\s", re.I
)
PLACES = {"nam": 0, "thang": 1, "ngay": 2, "mung": 2}  # of a part in a date


def corrected(text: str, kind: Kind, before: str) -> str:
    """The right answer, to be read as any; empty if the line puts nothing of the kind right.

    `before` is the answer as it is kept, a day as "1985-03-12": of "tháng 4 mới đúng" the rest stays. Who says
    "Nga chứ không phải Na" means only an answer with "Na" in it.
    """
    typed = line(text)
    right, *wrong = _NOT.split(f" {text} ", maxsplit=1)
    if wrong:
        known = _day_words(before) if kind == "date" else fold(before)
        if not set(fold(wrong[0]).split()) & set(known.split()):
            return ""
    elif not _wrong().says(typed):
        return ""
    if kind == "date":
        return _date(right, before)
    seen = shape(right, kind)
    return seen.value if seen.fits else ""


def _date(text: str, before: str) -> str:
    whole = _WHOLE.search(text)
    if whole:
        return whole.group()
    parts = before.split("-")
    day = _DAY.search(text)
    told = _PART.findall(fold(text))
    if len(parts) != len(set(PLACES.values())) or not (day or told):
        return ""
    if day:
        parts[2], parts[1] = day.groups()
    for name, number in told:
        parts[PLACES[name]] = number
    year, month, of_month = parts
    return f"{of_month}/{month}/{year}"


def _day_words(before: str) -> str:
    """A kept day in all the ways in which its numbers are said."""
    return " ".join(f"{part} {part.lstrip('0')} {part[-2:]}" for part in before.split("-"))


@cache
def _wrong() -> Phrases:
    return Phrases([("wrong", phrase) for phrase in load().wrong])
