"""Dossier codes as people type them: found in a text, brought into their one form, or what is wrong with them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from knowledge.text import tidy

FIRST_YEAR = 2018  # of the circular that brought these codes, Thông tư 01/2018/TT-VPCP

Reason = Literal[
    "not_a_code",  # nothing in the text resembles one
    "no_unit",  # the part before the date is missing, or is no office's: "260706-1377"
    "too_short",  # it ends before the number: "H15.50-260706"
    "bad_date",  # month 13, five digits; with `day` a real day that has not come yet
    "bad_number",  # not 4 to 7 digits, or nothing but zeros
    "short_form",  # "06-1377", as people quote it: `day_of_month` and `number` are its parts
    "other_agency",  # of social insurance: "03706/2026/07906"
    "procedure_code",  # "1.001193" names a procedure, not a dossier
]
REASONS: tuple[Reason, ...] = get_args(Reason)


@dataclass(frozen=True)
class Receipt:
    """A code that can be right; whether such a dossier exists is another matter."""

    code: str  # the one form in which it is stored and looked up: "H15.50-260706-1377"
    unit: str  # "H15.50", "000.00.12.H10"
    day: date  # of receipt
    number: str  # that day's number with its zeros: "0092637"


@dataclass(frozen=True)
class BadCode:
    """What cannot be a dossier code, and why."""

    reason: Reason
    typed: str = ""  # the part it is about, in capitals and with plain dashes
    day: date | None = None  # bad_date: the day that lies in the future
    day_of_month: int | None = None  # short_form, 1 to 31
    number: str = ""  # short_form: "1377"


_D = "[0-9OIL]"  # O for 0, I and L for 1, only where a digit belongs
_MIXED = f"(?=[OIL]*[0-9]){_D}"  # starts with a real digit, or "oi" and "lo" would be numbers
_GAP = r"(?:\s*[.,/-]+\s*|\s+)"
_END = r"(?![A-Z0-9])(?!-[0-9])"
_LEVEL = rf"(?:[.,]{_D}{{2,3}}|{_GAP}{_MIXED}{{2,3}})(?!{_D})"
_CODE = re.compile(
    r"(?<![A-Z0-9])(?:"
    rf"(?P<old>{_D}{{3}}{_GAP}{_D}{{2}}{_GAP}{_D}{{2}}{_GAP}[A-Z]{_D}{{2}})"  # QCVN 102:2016
    rf"|(?P<new>[A-Z](?:{_MIXED}{{2}}|{_D}{{2}}(?=[.,]{_D})){_LEVEL}{{1,3}})"  # QĐ 20/2020/QĐ-TTg
    rf"|(?<![0-9][.,])(?P<top>[A-Z]\s?{_MIXED}{{2}}(?=-))"  # its first level alone
    rf")(?:{_GAP}(?P<date>{_MIXED}{{1,15}})(?:(?P<gap>{_GAP})(?P<number>{_MIXED}{{1,15}}|{_D}{{4,7}}))?)?{_END}"
)
_WITHOUT_UNIT = re.compile(
    rf"(?<![A-Z0-9])(?P<date>{_MIXED}{{7}}|{_MIXED}{{5}})\s*-\s*(?P<number>{_D}{{4,7}}){_END}"
)
_SHORT = re.compile(
    rf"(?<![A-Z0-9])(?<![0-9][.,/-])(?P<day>{_MIXED}{{2}})\s*-+\s*(?P<number>{_D}{{4,7}})"
    r"(?![A-Z0-9])(?!\s*[-./]?\s*[0-9])"
)
_INSURANCE = re.compile(r"(?<![0-9/])[0-9]{5}/20[0-9]{2}/[0-9]{5}(?![0-9/])")
_PROCEDURE = re.compile(r"[0-9]\.[0-9]{6}")
_PLAIN_DATE = re.compile(r"(?<![0-9])[0-9]{1,2}([-./])[0-9]{1,2}\1(?:19|20)[0-9]{2}(?![0-9])")
_MONTH = re.compile(r"(?:0[1-9]|1[0-2])\s*-\s*(?:19|20)[0-9]{2}")
_TO_DIGITS = str.maketrans("OIL", "011")
_DASHES = {"\u00ad", "\u2043", "\u2212", "~", "_"}  # soft hyphen, hyphen bullet, minus sign
_DOTS = {"\u00b7", "\u2022", "\u2024", "\u2027", "\u3002"}  # middle dot, bullet, leaders, ideographic stop


def parse(text: str, today: date | None = None) -> Receipt | BadCode:
    """The first code in a text, or what is wrong with what was meant as one.

    A code that names a day after `today` is bad; without `today` only the calendar is asked.
    For sentences that may hold no code at all use `codes_in`: a short form and "not_a_code" mean little there.
    """
    typed = _plain(text)
    found = list(_candidates(typed, today))
    apart = _CODE.fullmatch("".join(typed.split()))  # "H15.50-26 07 06-1377"
    found.extend(filter(None, [_read(apart, today, True) if apart else None]))
    good = next((each for each in found if isinstance(each, Receipt)), None)
    return good or next(iter(found), None) or _no_code(typed)


def codes_in(text: str, today: date | None = None) -> list[str]:
    """The codes in a text in their one form, each once, in the order of the text."""
    found = _candidates(_plain(text), today)
    return list(dict.fromkeys(each.code for each in found if isinstance(each, Receipt)))


def _plain(text: str) -> str:
    """In capitals, with one kind of dash and of dot; invisible characters are gone."""
    return unicodedata.normalize("NFKC", tidy("".join(map(_plain_mark, text)))).upper()


def _plain_mark(character: str) -> str:
    if character in _DASHES or unicodedata.category(character) == "Pd":
        return "-"
    return "." if character in _DOTS else character


def _candidates(typed: str, today: date | None) -> Iterator[Receipt | BadCode]:
    for found in _CODE.finditer(typed):
        read = _read(found, today, whole=found.group() == typed)
        if read:
            yield read


def _read(found: re.Match[str], today: date | None, whole: bool) -> Receipt | BadCode | None:
    """What a match says; None for what only looks like a code among other words."""
    typed, digits, number = found.group(), found["date"] or "", found["number"] or ""
    if found["top"] and "-" not in (found["gap"] or ""):
        return None
    digits, number = _split(digits.translate(_TO_DIGITS)) if not number else (digits, number)
    problem = _problem(digits.translate(_TO_DIGITS), number.translate(_TO_DIGITS), today)
    if not problem:
        return _receipt(_unit(found), digits.translate(_TO_DIGITS), number.translate(_TO_DIGITS))
    meant = "-" in typed and len(digits) > 3 and not _PLAIN_DATE.search(typed)
    return BadCode(problem, typed, day=_day(digits.translate(_TO_DIGITS))) if whole or meant else None
