"""A row of a clerk's table as news of a dossier."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from bot.dossiers.held import Update
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell, Cell
from knowledge.dossiers.statuses import state_of
from knowledge.procedures.catalogue import Catalogue
from knowledge.text import plain

HEADINGS = Path(__file__).with_name("headings.toml")
TEXT = 2000  # letters of a text that is kept

SHORT = {"hs": plain("hồ sơ"), "kq": plain("kết quả")}  # in headings

Columns = Mapping[str, int]  # what a column holds -> its place, from 0
V = TypeVar("V")


class BadRow(Exception):
    """A row that cannot be taken: which column and why, never what stands there."""


def columns(heading: Sequence[Cell]) -> Columns:
    """The columns that we know; empty unless one of them is the code."""
    found = known_columns(heading, HEADINGS)
    return found if "code" in found and len(found) > 1 else {}


def known_columns(heading: Sequence[Cell], spellings: Path) -> Columns:
    """The columns that a file of spellings knows; the first of two alike counts."""
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        name = _headings(spellings).get(_plain_heading(cell)) if isinstance(cell, str) else None
        if name and name != "ignored":
            found.setdefault(name, place)
    return found


@cache
def _headings(path: Path) -> Mapping[str, str]:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {_plain_heading(spelling): name for name, spellings in tables.items() for spelling in spellings}


def _plain_heading(cell: str) -> str:
    words = plain(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", cell)).split()
    return " ".join(SHORT.get(word, word) for word in words)


@dataclass(frozen=True)
class Reading:
    """How the rows of one table are read."""

    columns: Columns
    find_procedure: Callable[[str], tuple[str, str]]  # see `procedures`
    as_of: datetime  # when the table was written: it says how things stood then
    epoch: datetime | None = None  # day 0 of the workbook's numbers

    def update(self, row: Sequence[Cell]) -> Update:
        """The news in a row: an empty cell says nothing. Raises BadRow."""
        code = self._read(row, "code", cells.code)
        received, due = self._moment(row, "received"), self._moment(row, "due")
        finished, returned = self._moment(row, "finished"), self._moment(row, "returned")
        until = self._moment(row, "missing_until")
        ended = finished or returned
        _check_order(received, due, ended)
        status = _status(self._text(row, "status"), bool(finished), bool(returned))
        procedure, title = self.find_procedure(self._text(row, "procedure"))
        return Update(
            code=code,
            at=min(self._moment(row, "changed") or self.as_of, self.as_of),
            status=status,
            since=_since(status, received, finished, returned),
            procedure=procedure or None,
            title=title or None,
            received=received and received.date(),
            due=due and due.date(),
            finished=ended and ended.date(),
            missing=self._text(row, "missing") or None,
            missing_until=until and until.date(),
            note=self._text(row, "note") or None,
            fee_due=self._read(row, "fee_due", cells.amount),
            tracking=self._text(row, "tracking").replace(" ", "").upper() or None,
            name=self._text(row, "name") or None,
            phone=self._read(row, "phone", cells.phone) or None,
            id_number=self._read(row, "id_number", cells.id_number) or None,
        )

    def _read(self, row: Sequence[Cell], name: str, parse: Callable[[Cell], V]) -> V:
        place = self.columns.get(name)
        try:
            return parse(row[place] if place is not None and place < len(row) else None)
        except BadCell as error:
            raise BadRow(f"{name}: {error}") from error

    def _text(self, row: Sequence[Cell], name: str) -> str:
        return self._read(row, name, _text)

    def _moment(self, row: Sequence[Cell], name: str) -> datetime | None:
        return self._read(row, name, lambda cell: cells.moment(cell, self.epoch))


def procedures(catalogue: Catalogue) -> Callable[[str], tuple[str, str]]:
    """Finds the procedure that a cell means: its code, or "" and the name as it is written."""
    named = {plain(name): p.code for p in catalogue.procedures.values() for name in (p.name, p.short)}

    @lru_cache(maxsize=10_000)
    def find(written: str) -> tuple[str, str]:
        if found := re.search(r"(?<![\d.])\d\.\d{6}(?!\d)", written):
            return found[0], "" if found[0] in catalogue.procedures else written
        known = named.get(plain(written)) or named.get(plain(f"Thủ tục {written}"), "")
        return known, "" if known else written

    return find


def _text(cell: Cell) -> str:
    if "\ufffd" in (written := cells.text(cell)):
        raise BadCell("letters that cannot be read; save the table as UTF-8")
    return written[:TEXT]


def _status(written: str, finished: bool, returned: bool) -> str | None:
    """A national state by its name, a local one as it is written; without any the dates tell."""
    if not written:
        return "10" if returned else "9" if finished else None
    return _known_status(written)


@lru_cache(maxsize=1000)
def _known_status(written: str) -> str:
    known = state_of(written)
    return str(known.code) if known else written[:100]


def _since(
    status: str | None, received: datetime | None, finished: datetime | None, returned: datetime | None
) -> datetime | None:
    """When it came to that state, as far as the row tells."""
    if status in ("1", "2"):
        return received
    if status == "10":
        return returned or finished
    return (finished or returned) if status in ("3", "7", "8", "9") else None


def _check_order(received: datetime | None, due: datetime | None, ended: datetime | None) -> None:
    if received and due and due.date() < received.date():
        raise BadRow("due: before it was received")
    if received and ended and ended.date() < received.date():
        raise BadRow("finished: before it was received")
