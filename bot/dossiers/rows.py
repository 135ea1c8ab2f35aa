"""A clerk's table as news of dossiers: each row by the columns that are known, field by field."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from bot.dossiers.record import Update
from bot.spreadsheets import cells, headings, table
from bot.spreadsheets.cells import BadCell, Cell
from bot.spreadsheets.headings import BadRow, Columns
from bot.spreadsheets.table import Advance, BadTable
from knowledge.dossiers import statuses
from knowledge.dossiers.fields import ABOUT, About, Kind
from knowledge.procedures.catalogue import Catalogue
from knowledge.text import plain

HEADINGS = Path(__file__).with_name("headings.toml")
TEXT = 2000  # letters of a text that is kept
# columns that are no field: they tell of which dossier, in which state, and when
OTHERS = ("code", "status", "returned", "changed")
DATES = ("received", "finished", "returned")
# the columns that tell when it came to a state, by what the state's `since` says, the best first
SINCE: Mapping[str, tuple[str, ...]] = {
    "": (),
    "received": ("received",),
    "ended": ("finished", "returned"),
    "returned": ("returned", "finished"),
}

FindProcedure = Callable[[str], tuple[str, str]]  # see `procedures`
Dates = Mapping[str, datetime | None]  # by DATES
V = TypeVar("V")


def read(
    path: Path,
    find_procedure: FindProcedure,
    as_of: datetime,
    refuse: Callable[[str], None],
    advance: Advance = lambda share: None,
) -> Iterator[Update]:
    """The news in a table, row by row; `refuse` is told of each bad row. `as_of` is when it was written.

    Raises BadTable.
    """
    with table.sheets(path, columns, advance) as found:
        sheet = None
        for sheet in found:
            reading = Reading(sheet.columns, find_procedure, as_of, sheet.epoch)
            yield from table.taken(sheet, reading.update, refuse)
    if sheet is None:
        raise BadTable(
            f"{path}: no row of headings with a dossier code (mã hồ sơ) and one more column we know"
        )


def columns(heading: Sequence[Cell]) -> Columns:
    """The columns that we know; empty unless one of them is the code."""
    found = headings.known_columns(heading, HEADINGS)
    return found if "code" in found and len(found) > 1 else {}


@dataclass(frozen=True)
class Reading:
    """How the rows of one table are read."""

    columns: Columns
    find_procedure: FindProcedure
    as_of: datetime  # when the table was written: it says how things stood then
    epoch: datetime | None = None  # day 0 of the workbook's numbers

    def update(self, row: Sequence[Cell]) -> Update:
        """The news in a row: an empty cell says nothing. Raises BadRow."""
        code = self._read(row, "code", cells.code)
        told = {name: self._field(row, about) for name, about in ABOUT.items()}
        dates = {name: self._moment(row, name) for name in DATES}
        told["ended"] = told["ended"] or _day(dates["returned"])
        told["procedure"], told["title"] = self._procedure(told["procedure"])
        _check_order(told["received"], told["due"], told["ended"])
        status = _status(self._read(row, "status", _text), dates)
        at = min(self._moment(row, "changed") or self.as_of, self.as_of)
        return Update(code, at, status=status, since=_since(status, dates), **told)

    def _field(self, row: Sequence[Cell], about: About) -> Any:
        """What a cell tells of a field; None if there is no such column, or nothing in it."""
        if about.column not in self.columns:
            return None
        if about.kind == "day":
            return _day(self._moment(row, about.column))
        found = self._read(row, about.column, CELLS[about.kind])
        return None if found == "" else found

    def _procedure(self, written: str | None) -> tuple[str | None, str | None]:
        code, title = self.find_procedure(written or "")
        return code or None, title or None

    def _moment(self, row: Sequence[Cell], column: str) -> datetime | None:
        return self._read(row, column, lambda cell: cells.moment(cell, self.epoch))

    def _read(self, row: Sequence[Cell], column: str, parse: Callable[[Cell], V]) -> V:
        place = self.columns.get(column)
        try:
            return parse(row[place] if place is not None and place < len(row) else None)
        except BadCell as error:
            raise BadRow(f"{column}: {error}") from error


def procedures(catalogue: Catalogue) -> FindProcedure:
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


def _tracking(cell: Cell) -> str:
    return _text(cell).replace(" ", "").upper()


# how each kind is read; a day also needs to know how the workbook counts
CELLS: Mapping[Kind, Callable[[Cell], Any]] = {
    "text": _text,
    "procedure": _text,
    "money": cells.amount,
    "tracking": _tracking,
    "phone": cells.phone,
    "id_number": cells.id_number,
}


def _day(moment: datetime | None) -> date | None:
    return moment and moment.date()


def _status(written: str, dates: Dates) -> str | None:
    """A national state by its name, a local one as it is written; without any the dates tell."""
    if written:
        return statuses.wire(written)
    if dates["returned"]:
        return statuses.first_of("handed_over").wire
    return statuses.first_of("done").wire if dates["finished"] else None


def _since(status: str | None, dates: Dates) -> datetime | None:
    """When it came to that state, as far as the row tells."""
    state = statuses.state_of(status or "")
    told = (dates[name] for name in SINCE[state.since]) if state else ()
    return next(filter(None, told), None)


def _check_order(received: date | None, due: date | None, ended: date | None) -> None:
    if received and due and due < received:
        raise BadRow("due: before it was received")
    if received and ended and ended < received:
        raise BadRow("finished: before it was received")
