"""Dossier codes as people type them: found in a text, in their one form, or what is wrong with them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from knowledge.dossiers.transfer_text import codes_told
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
_MIXED = f"(?=[OIL]*[0-9]){_D}"  # holds a real digit, or "oi" and "lo" would be numbers
_GAP = r"(?:\s*[.,/-]+\s*|\s+)"
_END = r"(?![A-Z0-9])(?![.-][0-9])"
_LEVEL = rf"(?:(?:\s?[.,]\s?{_D}{{2,3}}|{_GAP}{_MIXED}{{2,3}})(?!{_D}))"
_CODE = re.compile(
    r"(?<![A-Z0-9])(?:"
    rf"(?P<old>{_D}{{3}}{_GAP}{_D}{{2}}{_GAP}{_D}{{2}}{_GAP}[A-Z]{_D}{{2}})"  # QCVN 102:2016
    rf"|(?P<new>[A-Z]\s?(?:{_MIXED}{{2}}|{_D}{{2}}(?=[.,]{_D})){_LEVEL}{{1,3}})"  # QĐ 20/2020/QĐ-TTg
    rf"|(?P<glued>[A-Z]{_MIXED}{{4}})(?={_GAP}{_D}{{6}}(?:{_D}{{2}})?{_GAP}{_D}{{4,7}}{_END})"  # no dot
    rf"|(?<![.,])(?<![.,]\s)(?P<top>[A-Z]{_MIXED}{{2}}(?=-))"  # its first level alone
    rf")(?:{_GAP}(?P<date>{_MIXED}{{1,15}})(?:(?P<gap>{_GAP})(?P<number>{_MIXED}{{1,15}}|{_D}{{4,7}}))?)?{_END}"
)
_WITHOUT_UNIT = re.compile(
    rf"(?<![A-Z0-9])(?P<date>{_MIXED}{{8}}|{_MIXED}{{6}})\s*-\s*(?P<number>{_D}{{4,7}}){_END}"
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

    A code of a day after `today` is bad; without `today` only the calendar is asked. "not_a_code" and
    "short_form" mean something only where a code was asked for, or the text speaks of a dossier.
    """
    typed = _plain(text)
    found = _found(typed, today)
    good = next((each for each in found if isinstance(each, Receipt)), None)
    return good or next(iter(found), None) or _no_code(typed)


def codes_in(text: str, today: date | None = None) -> list[str]:
    """The codes in a text in their one form, each once, in the order of the text."""
    found = _found(_plain(text), today)
    return list(dict.fromkeys(each.code for each in found if isinstance(each, Receipt)))


def _found(typed: str, today: date | None) -> list[Receipt | BadCode]:
    """All that reads as a code; a text that is nothing else may have spaces anywhere."""
    return [*_candidates(typed, today), *_candidates("".join(typed.split()), today, whole=True)]


def _plain(text: str) -> str:
    """In capitals, with one kind of dash and of dot; invisible characters are gone."""
    return codes_told(unicodedata.normalize("NFKC", tidy("".join(map(_plain_mark, text)))).upper())


def _plain_mark(character: str) -> str:
    if character in _DASHES or unicodedata.category(character) == "Pd":
        return "-"
    return "." if character in _DOTS else character


def _candidates(typed: str, today: date | None, whole: bool = False) -> Iterator[Receipt | BadCode]:
    """What reads as a code or is clearly meant as one; `whole`: only if it is all there is."""
    for found in _CODE.finditer(typed):
        alone = found.group() == typed
        if alone or not whole:
            yield from filter(None, [_read(found, today, alone)])


def _read(found: re.Match[str], today: date | None, alone: bool) -> Receipt | BadCode | None:
    """None for what only resembles a code among other words."""
    digits, number = _numbers(found)
    day = _day(digits)
    problem = _problem(digits, day, number, today)
    if problem:
        meant = alone or ("-" in found.group() and len(digits) > 3 and not _PLAIN_DATE.search(found.group()))
        return BadCode(problem, found.group(), day if problem == "bad_date" else None) if meant else None
    assert day  # or the date would be bad
    if found["top"] and "-" not in (found["gap"] or "-"):
        return None  # "A12-240115 0901": too little to tell from an address
    unit = _unit(found)
    return Receipt(f"{unit}-{digits}-{number}", unit, day, number)


def _numbers(found: re.Match[str]) -> tuple[str, str]:
    """The digits of the date and of the number, set apart where the dash between them was left out."""
    digits = (found["date"] or "").translate(_TO_DIGITS)
    number = (found["number"] or "").translate(_TO_DIGITS)
    ends = [n for n in (8, 6) if not number and 4 <= len(digits) - n <= 7 and _day(digits[:n])]
    return (digits[: ends[0]], digits[ends[0] :]) if ends else (digits, number)


def _problem(digits: str, day: date | None, number: str, today: date | None) -> Reason | None:
    if not digits:
        return "too_short"
    if day is None or (today and day > today):
        return "bad_date"
    if not number:
        return "too_short"
    return None if 4 <= len(number) <= 7 and int(number) else "bad_number"


def _unit(found: re.Match[str]) -> str:
    """The office's code with dots, and letters for digits mended everywhere but in its letter."""
    if glued := found["glued"]:
        return glued[0] + f"{glued[1:3]}.{glued[3:]}".translate(_TO_DIGITS)
    old, new = found["old"], found["new"] or found["top"]
    letter, levels = (old[-3], old[:-3] + old[-2:]) if old else (new[0], new[1:].lstrip())
    numbers = [part.translate(_TO_DIGITS) for part in re.findall(r"[A-Z0-9]+", levels)]
    numbers[-1 if old else 0] = letter + numbers[-1 if old else 0]
    return ".".join(numbers)


def _day(digits: str) -> date | None:
    """The day of YYMMDD or YYYYMMDD; None if there was none, or no such codes yet."""
    if len(digits) not in (6, 8):
        return None
    year = int(digits[:-4]) + (2000 if len(digits) == 6 else 0)
    try:
        return date(year, int(digits[-4:-2]), int(digits[-2:])) if FIRST_YEAR <= year < 2100 else None
    except ValueError:
        return None


def _no_code(typed: str) -> BadCode:
    """What a text without a code holds instead."""
    if other := _INSURANCE.search(typed):
        return BadCode("other_agency", other.group())
    if _PROCEDURE.fullmatch(typed):
        return BadCode("procedure_code", typed)
    if (bare := _WITHOUT_UNIT.search(typed)) and _day(bare["date"].translate(_TO_DIGITS)):
        return BadCode("no_unit", bare.group())
    return _short_form(typed) or BadCode("not_a_code")


def _short_form(typed: str) -> BadCode | None:
    for found in _SHORT.finditer(typed):
        day = int(found["day"].translate(_TO_DIGITS))
        is_month = _MONTH.fullmatch(found.group()) and found.group() != typed  # "tháng 06-2026" in a sentence
        if 1 <= day <= 31 and not is_month:
            number = found["number"].translate(_TO_DIGITS)
            return BadCode("short_form", found.group(), day_of_month=day, number=number)
    return None
