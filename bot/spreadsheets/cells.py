"""Single cells of clerks' tables: what they write by hand, and what Excel makes of it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from enum import Enum
from functools import lru_cache
from typing import TypeAlias
from unicodedata import normalize

from bot.clock import VIETNAM
from handlers.desk.faults import cell_text
from handlers.language.i18n import Translate
from knowledge.dossiers import moments, money, phones
from knowledge.dossiers.dossier_codes import Receipt, codes_in, parse

Facts: TypeAlias = dict[str, str]


class Odd(Enum):
    """What stands in a cell in place of a value."""

    FORMULA = "="  # a formula that nobody has calculated
    ERROR = "#"  # #N/A, #REF! and the like


Cell = str | int | float | bool | datetime | date | time | Odd | None  # as files give them

DAYS = 100_000  # more are no day of a workbook

_PLAIN_CODE = re.compile(r"([A-Z]\d\d(?:\.\d{2,3}){1,3}-(?:\d{6}|\d{8}))-(\d{4,7})", re.ASCII)
_PLAIN_PHONE = re.compile(r"0[35789]\d{8}", re.ASCII)
_PLAIN_ID = re.compile(r"\d{12}", re.ASCII)
_NOTHING = frozenset(["", "-", "--", "x", "không", "ko", "không có", "n/a", "na", "null", "none", "…", "..."])
ODD = {Odd.FORMULA: "no_value", Odd.ERROR: "excel_error"}


class BadCell(Exception):
    """A cell that cannot be taken; says why in words for the clerk, never what stands in it."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(cell_text(code, facts, Translate()))
        self.code, self.facts = code, facts


def text(cell: Cell) -> str:
    """The cell as text, composed (code page 1258 is not); "" for nothing, however it is written."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, Odd):
        raise BadCell(ODD[cell])
    written = "" if cell is None else normalize("NFC", str(cell)).strip()
    return "" if written.lower() in _NOTHING else written


def code(cell: Cell) -> str:
    """A dossier code in its one form; nothing else may stand beside it."""
    plain = _PLAIN_CODE.fullmatch(cell) if isinstance(cell, str) else None
    if plain and _begins_code(plain[1]) and plain[2].strip("0"):
        return plain[0]
    written = text(cell)
    found = parse(written[:100])
    if not isinstance(found, Receipt):
        raise BadCell("bad_code" if written else "no_code")
    if len(codes_in(written[:1000])) > 1:
        raise BadCell("two_codes")
    if _bare(found.code) != _bare(written):
        raise BadCell("more_than_a_code")
    return found.code


@lru_cache(maxsize=4096)
def _begins_code(start: str) -> bool:
    """Whether office and day are right: thousands of codes share them, and parsing each takes its time."""
    found = parse(f"{start}-0001")
    return isinstance(found, Receipt) and found.code == f"{start}-0001"


def _bare(written: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", written.upper()).translate(str.maketrans("OIL", "011"))


def moment(cell: Cell, epoch: datetime | None = None, month_first: bool = False) -> datetime | None:
    """A day, with its time if there is one; `epoch`: day 0 of a workbook's bare numbers."""
    match cell:
        case None:
            return None
        case str():
            written = text(cell)
            return _dated(lambda: moments.read(written, VIETNAM, month_first)) if written else None
        case datetime():
            return _dated(lambda: moments.checked(cell.replace(tzinfo=VIETNAM)))
        case date():
            return _dated(lambda: moments.checked(datetime.combine(cell, time(), VIETNAM)))
        case Odd():
            raise BadCell(ODD[cell])
    return moment(_of_workbook(cell, epoch))


def _of_workbook(cell: Cell, epoch: datetime | None) -> datetime:
    """The moment that a bare number is in a workbook."""
    if isinstance(cell, int | float) and epoch and not isinstance(cell, bool) and 0 < cell < DAYS:
        from openpyxl.utils.datetime import from_excel

        if isinstance(found := from_excel(cell, epoch), datetime):
            return found
    raise BadCell("no_date")


def _dated(read: Callable[[], datetime]) -> datetime:
    try:
        return read()
    except (ValueError, OverflowError) as error:
        raise BadCell("no_date") from error


def phone(cell: Cell) -> str:
    """The first phone number in a cell, with the zero that Excel dropped; "" if there is none."""
    if isinstance(cell, str) and _PLAIN_PHONE.fullmatch(cell):
        return cell
    digits = phones.first(phones.mended(text(cell)))
    if digits and not phones.is_whole(digits):
        raise BadCell("broken_phone" if phones.is_number(digits) else "no_phone")
    return digits


def id_number(cell: Cell) -> str:
    """The number of an ID card or a passport; zeros that Excel dropped are put back. "" if there is none."""
    if isinstance(cell, str) and _PLAIN_ID.fullmatch(cell):
        return cell
    written = re.sub(r"[\s'-]", "", phones.mended(text(cell))).replace(".", "").upper()
    if re.fullmatch(r"\d{10,11}", written, re.ASCII):
        return written.zfill(12)
    if written and not re.fullmatch(r"\d{9}|\d{12}|[A-Z]{1,2}\d{6,8}", written, re.ASCII):
        raise BadCell("no_id_number")
    return written


def amount(cell: Cell) -> int | None:
    """Đồng: 15000, "15.000 đ"; None if there is nothing."""
    try:
        return money.read(text(cell))
    except money.BadAmount as error:
        raise BadCell(error.slip) from error
