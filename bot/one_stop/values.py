"""Single values of a message, as programs write them, read by the parsers of the clerks' tables."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from bot.clock import VIETNAM
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell
from knowledge.dossiers import moments, money, moves, phones, postal, statuses
from knowledge.dossiers.dossier_codes import Receipt, parse
from knowledge.dossiers.fields import Kind
from knowledge.text import tidy

Row = Mapping[str, Any]  # one object of a message, as it came

TEXT = 2000  # letters of a text that is kept
SHORT = 100  # of a state, a code of a procedure, a number
SHOWN = 60  # letters of what a sender wrote that are told back

# 1.004194.000.00.00.H15, with the office behind the procedure
_PROCEDURE = re.compile(r"(\d\.\d{6})\.[\w.]+", re.ASCII)

T = TypeVar("T")


class BadValue(Exception):
    """A value that cannot be taken: its key, a code of `handlers.desk.faults`, and what its sentence names.

    Never a value that may be of a person.
    """

    def __init__(self, key: str, fault: str, **facts: str) -> None:
        super().__init__(f"{key}: {fault}" if key else fault)
        self.key, self.fault, self.facts = key, fault, facts


@dataclass(frozen=True)
class States:
    """How the words for a state are read."""

    own: Mapping[str, str] = field(default_factory=dict)  # the office's: plain words -> number
    keeps_unknown: bool = False  # for who has asked for this one dossier, and has nothing else to show

    def read(self, row: Row, key: str) -> tuple[str | None, str]:
        """The number of the national state, and the stage within it; None where no state is told."""
        written = short(row, key)
        if not written:
            return None, ""
        if found := moves.stated(written, self.own):
            return found.state.wire, found.stage
        if self.keeps_unknown:
            return statuses.wire(written), ""
        raise BadValue(key, "unknown_state", written=written[:SHOWN])


def text(row: Row, key: str) -> str | None:
    """A text, tidied and cut; None if the key is absent or null."""
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadValue(key, "no_text")
    return tidy(str(value), TEXT)


def short(row: Row, key: str) -> str | None:
    """A text that is no prose: a name in a list, a number."""
    value = text(row, key)
    if value and len(value) > SHORT:
        raise BadValue(key, "too_long", most=str(SHORT))
    return value


def code(row: Row, key: str) -> Receipt:
    """A dossier code in its one form; nothing may stand around it."""
    found = parse(_as_cell(row, key, cells.code) or "")
    if not isinstance(found, Receipt):
        raise BadValue(key, "no_code")
    return found


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
        raise BadValue(key, "no_date") from error


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
        raise BadValue(key, "no_amount")
    try:
        return money.read(str(value))
    except money.BadAmount as error:
        raise BadValue(key, error.slip) from error


def phone(row: Row, key: str) -> str | None:
    """A phone number as dialled; one of another country as it came."""
    value = short(row, key)
    if value and value.startswith("+") and phones.is_written(value) and phones.dialled(value)[0] != "0":
        return value
    digits = _as_cell(row, key, cells.phone)
    if value and not digits and cells.text(value):
        raise BadValue(key, "no_phone")
    return digits


def id_number(row: Row, key: str) -> str | None:
    """The number of an identity paper of any kind and country."""
    value = short(row, key)
    if value and not re.fullmatch(r"[A-Za-z0-9 .-]{4,30}", value):
        raise BadValue(key, "no_id_number")
    return value


def tracking(row: Row, key: str) -> str | None:
    """An S10 code, or a number of the domestic post."""
    value = short(row, key)
    found = postal.parse(value) if value else None
    if isinstance(found, postal.Tracking):
        return found.code
    if value and not re.fullmatch(r"[A-Za-z0-9 .-]{6,40}", value):
        raise BadValue(key, "no_tracking")
    return value


def cause(row: Row, key: str) -> str | None:
    """Why it is late: an id of moves.toml, or one of its names."""
    return _named(row, key, moves.cause_of, "unknown_cause")


def stage(row: Row, key: str) -> str | None:
    """Where within its state it waits: an id of moves.toml, or one of its names."""
    return _named(row, key, moves.stage_of, "unknown_stage")


def _named(row: Row, key: str, known: Callable[[str], moves.Named | None], fault: str) -> str | None:
    value = short(row, key)
    found = known(value) if value else None
    if value and not found:
        raise BadValue(key, fault, written=value[:SHOWN])
    return found.id if found else value


def _as_cell(row: Row, key: str, parse: Callable[[str], T]) -> T | None:
    """The value as a cell of a table is read; None if the key is absent or null."""
    value = short(row, key)
    if value is None:
        return None
    try:
        return parse(value)
    except BadCell as error:
        raise BadValue(key, error.code, **error.facts) from error


# how a value of each kind is read in a message of our own; `post` comes as a state
PARSERS: Mapping[Kind, Callable[[Row, str], Any]] = {
    "text": text,
    "procedure": procedure,
    "day": day,
    "money": amount,
    "tracking": tracking,
    "phone": phone,
    "id_number": id_number,
    "cause": cause,
    "stage": stage,
}
