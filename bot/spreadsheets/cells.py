"""Single cells of clerks' tables: what they write by hand, and what Excel makes of it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from unicodedata import normalize

from bot.clock import VIETNAM
from knowledge.dossiers import moments, money, phones
from knowledge.dossiers.dossier_codes import Receipt, parse

Cell = str | int | float | bool | datetime | date | time | None  # as csv and openpyxl give them

DAYS = 100_000  # more are no day of a workbook
NO_DATE = "no date; write day/month/year"

_PLAIN_CODE = re.compile(r"([A-Z]\d\d(?:\.\d{2,3}){1,3}-(?:\d{6}|\d{8}))-(\d{4,7})", re.ASCII)
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
    match cell:
        case None:
            return None
        case str():
            written = text(cell)
            return _dated(lambda: moments.read(written, VIETNAM)) if written else None
        case datetime():
            return _dated(lambda: moments.checked(cell.replace(tzinfo=VIETNAM)))
        case date():
            return _dated(lambda: moments.checked(datetime.combine(cell, time(), VIETNAM)))
    return moment(_of_workbook(cell, epoch))


def _of_workbook(cell: Cell, epoch: datetime | None) -> datetime:
    """The moment that a bare number is in a workbook."""
    if isinstance(cell, int | float) and epoch and not isinstance(cell, bool) and 0 < cell < DAYS:
        from openpyxl.utils.datetime import from_excel

        if isinstance(found := from_excel(cell, epoch), datetime):
            return found
    raise BadCell(NO_DATE)


def _dated(read: Callable[[], datetime]) -> datetime:
    try:
        return read()
    except (ValueError, OverflowError) as error:
        raise BadCell(NO_DATE) from error


def phone(cell: Cell) -> str:
    """The first phone number in a cell, with the zero that Excel dropped; "" if there is none."""
    digits = phones.first(text(cell))
    if digits and not phones.is_number(digits):
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
    return money.dong(text(cell))
