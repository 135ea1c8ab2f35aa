"""Single values of a message, as programs write them: text, number, state, day and moment."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.clock import VIETNAM
from knowledge.dossiers.dossier_codes import Receipt, parse
from knowledge.text import tidy

Row = Mapping[str, Any]  # one object of a message, as it came

TEXT = 2000  # letters of a text that is kept
SHORT = 100  # of a state, a code of a procedure, a number
PHONE_DIGITS = 8  # at least
YEARS = range(2000, 2100)

# 20260706083000, 06/07/2026 08:30:00, and 1.004194.000.00.00.H15 with the office behind the procedure
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?", re.ASCII)
_WRITTEN = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?:[ T](\d\d?):(\d\d)(?::(\d\d))?)?", re.ASCII)
_PROCEDURE = re.compile(r"(\d\.\d{6})\.[\w.]+", re.ASCII)


class BadValue(Exception):
    """A value that cannot be taken: its key and what is wrong with it, never the value itself."""

    def __init__(self, key: str, what: str) -> None:
        super().__init__(f"{key}: {what}")


def text(row: Row, key: str) -> str | None:
    """A text, tidied and cut; None if the key is absent or null."""
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadValue(key, "must be a text")
    return tidy(str(value), TEXT)


def short(row: Row, key: str) -> str | None:
    """A text that is no prose: a name in a list, a number."""
    value = text(row, key)
    if value and len(value) > SHORT:
        raise BadValue(key, f"longer than {SHORT} letters")
    return value


def code(row: Row, key: str) -> Receipt:
    """A dossier code in its one form; nothing may stand around it."""
    value = text(row, key)
    if not value:
        raise BadValue(key, "missing")
    found = parse(value) if len(value) <= SHORT else None
    if not isinstance(found, Receipt) or _bare(found.code) != _bare(value):
        raise BadValue(key, "no dossier code")
    return found


def status(row: Row, key: str) -> str | None:
    """A state: of the national list without leading zeros, or a local one as it came."""
    value = short(row, key)
    return str(int(value)) if value and re.fullmatch(r"0*(?:[1-9]|10)", value, re.ASCII) else value


def procedure(row: Row, key: str) -> str | None:
    """A code of a procedure, without the code of the office that some add."""
    value = short(row, key)
    found = _PROCEDURE.fullmatch(value or "")
    return found[1] if found else value


def moment(row: Row, key: str) -> datetime | None:
    """A point in time; None if absent or empty. Without a zone it is Vietnam's."""
    value = text(row, key)
    if not value:
        return None
    try:
        at = _moment(value)
    except (ValueError, OverflowError) as error:
        raise BadValue(key, "no such date") from error
    if at.year not in YEARS:
        raise BadValue(key, "no such date")
    return at


def day(row: Row, key: str) -> date | None:
    """The day, in Vietnam, of a date or a point in time."""
    at = moment(row, key)
    return at.date() if at else None


def amount(row: Row, key: str) -> int | None:
    """Đồng: 15000, "15000" or "15000.0"; None if absent or empty."""
    value = row.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,15}(?:\.0+)?", str(value), re.ASCII):
        raise BadValue(key, "must be a whole number")
    return int(str(value).partition(".")[0])


def _moment(value: str) -> datetime:
    if parts := _COMPACT.fullmatch(value):
        year, month, day, hour, minute, second = (int(part or 0) for part in parts.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM)
    if parts := _WRITTEN.fullmatch(value):
        day, month, year, hour, minute, second = (int(part or 0) for part in parts.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM)
    at = datetime.fromisoformat(value)
    if at.year not in YEARS:  # before it is moved to another zone, which may leave the calendar
        raise ValueError(at.year)
    return at.astimezone(VIETNAM) if at.tzinfo else at.replace(tzinfo=VIETNAM)


def _bare(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", code.upper())
