"""Single values of a message, as programs write them: text, number, state, day and moment."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bot.clock import VIETNAM
from knowledge.dossiers import moments, money, phones, postal, statuses
from knowledge.dossiers.dossier_codes import Receipt, parse
from knowledge.dossiers.fields import Kind
from knowledge.text import tidy

Row = Mapping[str, Any]  # one object of a message, as it came

TEXT = 2000  # letters of a text that is kept
SHORT = 100  # of a state, a code of a procedure, a number

# 1.004194.000.00.00.H15, with the office behind the procedure
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
    """A state: the number of a national one, or a local one as it came."""
    value = short(row, key)
    return value and statuses.wire(value)


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
        return moments.read(value, VIETNAM)
    except (ValueError, OverflowError) as error:
        raise BadValue(key, "no such date") from error


def day(row: Row, key: str) -> date | None:
    """The day, in Vietnam, of a date or a point in time."""
    at = moment(row, key)
    return at.date() if at else None


def amount(row: Row, key: str) -> int | None:
    """Đồng, as `money.read` reads it: 15000, "15000.0", "25.000"; None if absent or empty."""
    value = row.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise BadValue(key, "must be a whole number")
    try:
        return money.read(str(value))
    except money.BadAmount as error:
        raise BadValue(key, "must be a whole number") from error


def phone(row: Row, key: str) -> str | None:
    """A phone number as it came, of any country."""
    value = short(row, key)
    if value and not phones.is_written(value):
        raise BadValue(key, "no phone number")
    return value


def id_number(row: Row, key: str) -> str | None:
    """The number of an identity paper of any kind and country."""
    value = short(row, key)
    if value and not re.fullmatch(r"[A-Za-z0-9 .-]{4,30}", value):
        raise BadValue(key, "no ID number")
    return value


def tracking(row: Row, key: str) -> str | None:
    """An S10 code, or a number of the domestic post."""
    value = short(row, key)
    found = postal.parse(value) if value else None
    if isinstance(found, postal.Tracking):
        return found.code
    if value and not re.fullmatch(r"[A-Za-z0-9 .-]{6,40}", value):
        raise BadValue(key, "no tracking code")
    return value


# how a value of each kind is read in a message of our own; `post` comes as a state
PARSERS: Mapping[Kind, Callable[[Row, str], Any]] = {
    "text": text,
    "procedure": procedure,
    "day": day,
    "money": amount,
    "tracking": tracking,
    "phone": phone,
    "id_number": id_number,
}


def _bare(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", code.upper())
