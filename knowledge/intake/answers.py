"""Types of answers: what a citizen writes -> the value as it is stored, or BadAnswer(code)."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Literal

from pydantic import Field

from knowledge.datafile import Model
from knowledge.dossiers import phones
from knowledge.intake import dates, ethnic
from knowledge.places import places, spots
from knowledge.text import fold, plain, tidy

LONGEST_NAME = 100  # characters
LONGEST_TEXT = 300

Kind = Literal[
    "card",
    "name",
    "date",
    "time",
    "choice",
    "yes_no",
    "ethnic",
    "place",
    "id_number",
    "phone",
    "number",
    "text",
]
Code = Literal[
    "not_asked",  # an old button
    "empty",
    "too_short",
    "too_long",
    "not_a_choice",
    "digits_in_name",
    "not_a_name",
    "not_a_date",
    "no_such_day",  # 31/2
    "no_day",  # only a year, or "năm ngoái"
    "lunar",
    "future",
    "too_long_ago",
    "not_a_time",
    "which_half",  # five in the morning or in the afternoon?
    "which_place",  # several are meant: the options
    "no_address",  # the name of a house, and not where it stands
    "not_an_ethnic_group",
    "not_an_id_number",
    "not_a_phone",
    "not_a_number",
    "too_few",
    "too_many",
]


class BadAnswer(Exception):
    """A citizen's slip; `code` tells what is wrong, `question` where, `options` what may be meant."""

    def __init__(self, code: Code, question: str = "", options: tuple[str, ...] = ()) -> None:
        super().__init__(code, question)
        self.code = code
        self.question = question
        self.options = options


class Limits(Model):
    """What an answer of its type must keep to."""

    past: bool = False  # a date: not after today
    partial: bool = False  # a date: a year, or month and year, will do
    spot: bool = False  # a text: where something happened
    address: bool = False  # a spot: with its address
    least: int = Field(default=0, ge=0)  # a number
    most: int = Field(default=1_000_000, ge=0)


def read(kind: Kind, text: str, today: date, limits: Limits, home: str = "") -> str:
    """The value of an answer of any type but choice and card; raises BadAnswer.

    A value as it is stored is read as itself. `home` is the province of places that name none.
    """
    written = tidy(text)
    if not written:
        raise BadAnswer("empty")
    if kind == "date":
        return _date(written, today, limits)
    if kind == "number":
        return _number(written, limits)
    if kind == "place":
        return _place(written, home)
    if limits.spot:
        return _spot(written, limits)
    return _READERS[kind](written)


def chosen(text: str, choices: Iterable[tuple[str, str]]) -> str:
    """The value among (value, label) that was tapped or written out; raises BadAnswer."""
    pairs = tuple(choices)
    wanted = fold(text)
    found = {value for value, label in pairs if text == value}
    found = found or {value for value, label in pairs if wanted and fold(label) == wanted}
    if len(found) != 1:
        raise BadAnswer("not_a_choice")
    return found.pop()


def _date(written: str, today: date, limits: Limits) -> str:
    day = dates.read(written, today, "past" if limits.past else "either")
    if not isinstance(day, dates.Day):
        raise BadAnswer(day)
    if day.day is None and not limits.partial:
        raise BadAnswer("no_day")
    if limits.past and day.first > today:
        raise BadAnswer("future")
    if day.year < dates.FIRST_YEAR:
        raise BadAnswer("too_long_ago")
    return str(day)


def _time(written: str) -> str:
    meant = dates.read_time(written)
    if not isinstance(meant, time):
        raise BadAnswer(meant)
    return meant.isoformat("minutes")


_SMALL = {
    "khong": 0,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
}


def _number(written: str, limits: Limits) -> str:
    words = plain(written).split()
    numbers = [int(word) for word in words if word.isdigit()] or [
        _SMALL[word] for word in words if word in _SMALL
    ]
    if len(numbers) != 1 or "-" in written:
        raise BadAnswer("not_a_number")
    if numbers[0] < limits.least:
        raise BadAnswer("too_few")
    if numbers[0] > limits.most:
        raise BadAnswer("too_many")
    return str(numbers[0])


def _name(written: str) -> str:
    """Capitals put right, nothing else changed: not the place of a tone, not the spelling."""
    if any(c.isdigit() for c in written):
        raise BadAnswer("digits_in_name")
    letters = sum(c.isalpha() for c in written)
    if not all(c.isalpha() or c in " '’ʼ-." for c in written):
        raise BadAnswer("not_a_name")
    if letters < 2:
        raise BadAnswer("too_short")
    if len(written) > LONGEST_NAME:
        raise BadAnswer("too_long")
    return re.sub(r"[^\W\d_]+", lambda found: _capital(found.group()), written)


def _capital(word: str) -> str:
    is_as_meant = word[0].isupper() and not word.isupper()  # "McDonald"
    return word if is_as_meant else word[0].upper() + word[1:].lower()


def _text(written: str) -> str:
    if not any(c.isalnum() for c in written):
        raise BadAnswer("too_short")
    if len(written) > LONGEST_TEXT:
        raise BadAnswer("too_long")
    return written


def _place(written: str, home: str) -> str:
    """In the two levels of today; what no table knows stays as written ("Đã chết", an address abroad)."""
    read = places.read(_text(written), home).places
    found = [places.written(place._replace(detail=spots.put_right(place.detail))) for place in read]
    if len(found) > 1 and written not in found:  # what was chosen among several is taken
        raise BadAnswer("which_place", options=tuple(found))
    return found[0] if found else spots.put_right(written)


def _spot(written: str, limits: Limits) -> str:
    """Capitals put right; names of former communes stay, as they were at that time."""
    if limits.address and not spots.has_address(_text(written)):
        raise BadAnswer("no_address")
    return spots.put_right(_text(written))


def _ethnic(written: str) -> str:
    if name := ethnic.named(written):
        return name
    raise BadAnswer("not_an_ethnic_group")


def _yes_no(written: str) -> str:
    words = fold(written)
    if words in ("co", "yes", "dung", "dung roi", "u", "ok", "roi", "co a", "con", "con nua"):
        return "yes"
    if words in ("khong", "no", "chua", "het", "het roi", "khong con", "khong a", "khong con ai"):
        return "no"
    raise BadAnswer("not_a_choice")


def _id_number(written: str) -> str:
    digits = re.sub(r"[ .\-]", "", written)
    if not re.fullmatch(r"\d{9}|\d{12}", digits, re.ASCII):
        raise BadAnswer("not_an_id_number")
    return digits


def _phone(written: str) -> str:
    if number := phones.national(written):
        return number
    raise BadAnswer("not_a_phone")


_READERS: Mapping[Kind, Callable[[str], str]] = {
    "name": _name,
    "time": _time,
    "yes_no": _yes_no,
    "ethnic": _ethnic,
    "id_number": _id_number,
    "phone": _phone,
    "text": _text,
}
