"""Single cells of clerks' tables: what they write by hand, and what Excel makes of it."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import NoReturn
from unicodedata import normalize

from bot.clock import VIETNAM
from bot.dossiers.held import phone_digits
from knowledge.dossiers.dossier_codes import Receipt, parse

Cell = str | int | float | bool | datetime | date | time | None  # as csv and openpyxl give them

YEARS = range(2000, 2100)

_PLAIN_CODE = re.compile(r"([A-Z]\d\d(?:\.\d{2,3}){1,3}-(?:\d{6}|\d{8}))-(\d{4,7})", re.ASCII)
_DAY = (
    r"(?P<d>\d{1,2})(?P<gap>[/.-])(?P<m>\d{1,2})(?P=gap)(?P<y>\d{4}|\d\d)"
    r"|(?P<Y>\d{4})-(?P<M>\d\d)-(?P<D>\d\d)"
)
_CLOCK = r"(?P<h>\d{1,2})[:h](?P<min>\d\d)?(?::(?P<s>\d\d))?(?:\.\d+)?"
_WRITTEN = re.compile(rf"(?:{_DAY})(?:[T ,-]+{_CLOCK})?", re.ASCII)
_CLOCK_FIRST = re.compile(rf"{_CLOCK}[ ,-]+(?:{_DAY})", re.ASCII)
_NOTHING = frozenset(["", "-", "--", "x", "không", "ko", "không có", "n/a", "na", "null", "none"])


class BadCell(Exception):
    """A cell that cannot be taken; says why, never what stands in it."""


def text(cell: Cell) -> str:
    """The cell as text, composed (code page 1258 is not); "" for nothing, however it is written."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    written = "" if cell is None else normalize("NFC", str(cell)).strip()
    return "" if written.lower() in _NOTHING else written


def code(cell: Cell) -> str:
    """A dossier code in its one form."""
    written = text(cell)
    plain = _PLAIN_CODE.fullmatch(written)
    if plain and _begins_code(plain[1]) and plain[2].strip("0"):
        return written
    found = parse(written[:100])
    if isinstance(found, Receipt):
        return found.code
    raise BadCell(f"no dossier code ({found.reason})" if written else "empty")


@lru_cache(maxsize=4096)
def _begins_code(start: str) -> bool:
    """Whether office and day are right: thousands of codes share them, and parsing each takes its time."""
    found = parse(f"{start}-0001")
    return isinstance(found, Receipt) and found.code == f"{start}-0001"


def moment(cell: Cell, epoch: datetime | None = None) -> datetime | None:
    """A day, with its time if there is one; `epoch`: day 0 of a workbook's bare numbers."""
    if isinstance(cell, str):
        return _written(normalize("NFC", cell).strip())
    if isinstance(cell, datetime):
        return _checked(cell.replace(tzinfo=VIETNAM))
    if isinstance(cell, date):
        return _checked(datetime.combine(cell, time(), VIETNAM))
    if isinstance(cell, int | float) and epoch and not isinstance(cell, bool):
        from openpyxl.utils.datetime import from_excel

        found = from_excel(cell, epoch) if 0 < cell < 100_000 else None
        return moment(found) if isinstance(found, datetime) else _no_date()
    return None if cell is None else _no_date()


@lru_cache(maxsize=4096)
def _written(written: str) -> datetime | None:
    if written.lower() in _NOTHING:
        return None
    found = _WRITTEN.fullmatch(written) or _CLOCK_FIRST.fullmatch(written)
    if not found:
        _no_date()
    part = {name: int(value) for name, value in found.groupdict().items() if value and value.isdigit()}
    year = part.get("Y") or part["y"] + (2000 if len(found["y"]) == 2 else 0)
    clock = (part.get("h", 0), part.get("min", 0), part.get("s", 0))
    try:
        made = datetime(year, part.get("M") or part["m"], part.get("D") or part["d"], *clock, tzinfo=VIETNAM)
    except ValueError:
        _no_date()
    return _checked(made)


def _checked(moment: datetime) -> datetime:
    return moment if moment.year in YEARS else _no_date()


def _no_date() -> NoReturn:
    raise BadCell("no date; write day/month/year")


def phone(cell: Cell) -> str:
    """The first phone number in a cell, with the zero that Excel dropped; "" if there is none."""
    written = re.split(r"[/,;]| - |\n", text(cell))[0]
    digits = phone_digits(written)
    if not digits:
        return ""
    if not digits.startswith("0") and len(digits) in (9, 10):
        digits = f"0{digits}"
    if not 8 <= len(digits) <= 11:
        raise BadCell("no phone number")
    return digits


def id_number(cell: Cell) -> str:
    """The number of an ID card or a passport; zeros that Excel dropped are put back. "" if there is none."""
    written = re.sub(r"[\s.'-]", "", text(cell)).upper()
    if re.fullmatch(r"\d{10,11}", written, re.ASCII):
        return written.zfill(12)
    if written and not re.fullmatch(r"\d{9}|\d{12}|[A-Z]{1,2}\d{6,8}", written, re.ASCII):
        raise BadCell("no ID number")
    return written


def amount(cell: Cell) -> int | None:
    """Đồng: 15000, "15.000 đ"; None if there is none."""
    written = re.sub(r"[\s.,]|đồng|đ|vnđ|vnd", "", text(cell).lower())
    if not written or not written.isdecimal():
        return None  # "miễn phí", "theo quy định"
    return int(written[:12])
