"""A message of one-stop software, ours or a national one -> news, and rows refused with a reason."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.dossiers.record import FAST
from bot.one_stop import judging, national, plain
from bot.one_stop.taking import News, undated
from bot.one_stop.values import BadValue, Row, States

ROWS = 5_000  # in one message
SHOWN = 60  # letters of a code that is told back
AHEAD = timedelta(days=1)  # what is ahead by more is no clock that runs fast, but a wrong day
DIGITS = 18  # of a number; longer ones stay text, as turning them takes time without end


class BadMessage(Exception):
    """A body that is no message at all: what is wrong, and where (0: nowhere)."""

    def __init__(self, what: str, line: int = 0, column: int = 0, position: int = 0) -> None:
        super().__init__(what)
        self.what, self.line, self.column, self.position = what, line, column, position


class TooManyRows(Exception):
    """More than ROWS; to be sent in parts."""


@dataclass(frozen=True)
class Refused:
    """A row that was not taken."""

    row: int  # its place in the message, from 0
    code: str  # as it came, cut; "" if it has none
    key: str  # "NgayHenTra"; "": the row as a whole
    fault: str  # a code of `handlers.desk.faults`
    facts: Mapping[str, str] = field(default_factory=dict)  # what its sentence names


@dataclass(frozen=True)
class Message:
    """What a message says, in its order."""

    news: tuple[News, ...]
    refused: tuple[Refused, ...]


Read = Callable[[int, Row], News]


def read(body: bytes, now: datetime, states: States) -> Message:
    """Every row is either news or refused. Raises BadMessage, TooManyRows."""
    rows, row_read = _envelope(_json(body), now, states)
    if len(rows) > ROWS:
        raise TooManyRows
    results = [_row(number, row, row_read, now) for number, row in enumerate(rows)]
    return Message(
        news=tuple(each for each in results if isinstance(each, News)),
        refused=tuple(each for each in results if isinstance(each, Refused)),
    )


def _json(body: bytes) -> Any:
    try:
        text = body.decode("utf-8-sig")  # Windows programs put a byte order mark before it
        return json.loads(text, parse_int=_number, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise BadMessage("not UTF-8", position=error.start) from error
    except json.JSONDecodeError as error:
        raise BadMessage(error.msg, error.lineno, error.colno, error.pos) from error
    except RecursionError as error:
        raise BadMessage("nested too deep") from error


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= DIGITS else digits


def _no_number(name: str) -> None:
    raise BadMessage(f"{name} is no JSON")


def _envelope(message: Any, now: datetime, states: States) -> tuple[Sequence[Any], Read]:
    """The rows of a message and how to read one."""

    def national_row(number: int, row: Row) -> News:
        said = national.parse_row(row, service, now, states)
        judging.check(said.told, national.KEYS, now)
        return News(number, said.told.update, said.dated)

    def plain_row(number: int, row: Row) -> News:
        told = plain.parse_row(row, now, states)
        judging.check(told, plain.KEYS, now)
        return News(number, told.update)

    service = ""
    if isinstance(message, list):
        return message, national_row
    if not isinstance(message, dict):
        raise BadMessage("must be an object or a list")
    if "dossiers" in message:
        return _listed(message, "dossiers"), plain_row
    service = message.get("service", "")
    if service not in national.SERVICES:
        raise BadMessage(f"must have `dossiers`, or `service` {' or '.join(national.SERVICES)}")
    return _listed(message, "data"), national_row


def _listed(message: Row, key: str) -> list[Any]:
    rows = message.get(key)
    if not isinstance(rows, list):
        raise BadMessage(f"{key}: must be a list")
    return rows


def _row(number: int, row: Any, row_read: Read, now: datetime) -> News | Refused:
    if not isinstance(row, dict):
        return Refused(number, "", "", "no_object")
    try:
        news = row_read(number, row)
        if news.update.at > now + AHEAD:
            raise BadValue("changed_at" if "code" in row else "ThoiDiemXuLy", "in_the_future")
    except BadValue as error:
        return Refused(number, _shown(row), error.key, error.fault, error.facts)
    return undated(news) if news.update.at > now + FAST else news


def _shown(row: Row) -> str:
    code = row.get("code", row.get("MaHoSo"))
    return code[:SHOWN] if isinstance(code, str) else ""
