"""Workbooks of Excel (.xlsx, .xlsm, also "strict"), row by row, with what they hide and merge.

Read here and not by openpyxl: its fast way knows no hidden rows and no merged cells, and has no limits.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from posixpath import join, normpath
from typing import IO
from zipfile import ZipFile

from bot.spreadsheets import xlsx_parts as parts
from bot.spreadsheets.cells import Cell, Odd
from bot.spreadsheets.pages import COLUMNS, LETTERS, Area, Page, Spool, Visibility
from bot.spreadsheets.xml_events import Events

VISIBLE: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "very_hidden"}
DAYS = 2_958_466  # after 31/12/9999
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)

Advance = Callable[[float], None]  # takes the share that is read, 0 to 1


def pages(file: ZipFile, name: str, advance: Advance) -> Iterator[Page]:
    """The sheets of a workbook, one after the other. Raises BadTable, NoXml and what `zipfile` raises."""
    book = parts.book(file)
    strings, styles = parts.strings(file, name), parts.dates(file)
    spool = Spool(name)
    for number, sheet in enumerate(book.sheets):
        reading = _Reading(spool, strings, styles, book.epoch)
        with file.open(normpath(join("xl", sheet.target)).removeprefix("/")) as stream:
            reading.run(
                _Counted(stream, file.getinfo(stream.name).file_size, number, len(book.sheets), advance)
            )
        yield Page(
            sheet.name,
            spool.page(),
            VISIBLE.get(sheet.state, "visible"),
            frozenset(reading.hidden_rows),
            frozenset(reading.hidden_columns),
            tuple(reading.merged),
            book.epoch,
        )


@dataclass
class _Counted:
    """A stream that tells how far it is."""

    stream: IO[bytes]
    size: int
    number: int
    of: int
    advance: Advance
    read_so_far: int = 0

    def read(self, size: int) -> bytes:
        chunk = self.stream.read(size)
        self.read_so_far += len(chunk)
        self.advance((self.number + self.read_so_far / max(self.size, 1)) / self.of)
        return chunk


@dataclass
class _Reading:
    """One sheet while it is read."""

    spool: Spool
    strings: list[str]
    dates: frozenset[int]  # styles that show a number as a day
    epoch: datetime
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    _row: list[Cell] = field(default_factory=list)
    _number: int = 0
    _place: int = 0
    _type: str = "n"
    _style: str = ""
    _value: str | None = None
    _is_formula: bool = False

    def run(self, stream: _Counted) -> None:
        """Raises NoXml and BadTable."""
        self._events = Events(self._start, self._end, frozenset(["v", "t"]))
        self._events.run(stream)  # type: ignore[arg-type]  # all that is asked of it is `read`

    def _start(self, name: str, told: dict[str, str]) -> None:
        if name == "c":
            self._place = _column(told["r"].rstrip("0123456789")) if "r" in told else self._place + 1
            self._type, self._style = told.get("t", "n"), told.get("s", "")
            self._value, self._is_formula = None, False
        elif name == "row":
            self._number = int(told["r"]) if "r" in told else self._number + 1
            self._row, self._place = [], -1
            if told.get("hidden") in ("1", "true"):
                self.hidden_rows.append(self._number)
        elif name == "f":
            self._is_formula = True
        elif name == "mergeCell":
            self.merged.extend(filter(None, [area(told.get("ref", ""))]))
        elif name == "col" and told.get("hidden") in ("1", "true"):
            first, last = int(told["min"]) - 1, min(int(told["max"]), COLUMNS)
            self.hidden_columns.update(range(first, last))

    def _end(self, name: str) -> None:
        if name in ("v", "t"):  # an inline text comes in pieces
            self._value = (self._value or "")[:LETTERS] + self._events.text
        elif name == "c":
            self._keep(self._cell())
        elif name == "row":
            self.spool.add(self._number, self._row)

    def _keep(self, cell: Cell) -> None:
        if cell is None or self._place >= COLUMNS:
            return
        if missing := self._place - len(self._row):
            self._row.extend([None] * missing)
        self._row.append(cell)

    def _cell(self) -> Cell:
        if not self._value:
            return Odd.FORMULA if self._is_formula else None
        return KINDS.get(self._type, _Reading._number_of)(self)

    def _shared(self) -> Cell:
        return self.strings[int(self._value or 0)]

    def _written(self) -> Cell:
        return self._value

    def _number_of(self) -> Cell:
        value = self._value or ""
        if self._style and int(self._style) in self.dates:
            return moment(float(value), self.epoch)
        return int(value) if value.isdecimal() else float(value)


KINDS: dict[str, Callable[[_Reading], Cell]] = {
    "s": _Reading._shared,
    "str": _Reading._written,
    "inlineStr": _Reading._written,
    "d": _Reading._written,
    "b": lambda reading: reading._value == "1",
    "e": lambda reading: Odd.ERROR,
}


@lru_cache(maxsize=20_000)
def moment(serial: float, epoch: datetime) -> Cell:
    """A day, with its time if it has one; the number itself where no calendar has such a day."""
    if not 0 <= serial < DAYS:
        return serial
    if serial < 1:
        return (epoch + timedelta(seconds=round(serial * 86_400))).time()
    # workbooks from 1900 count a day that there never was: 29/2/1900
    days = serial + (1 if epoch.year == 1899 and serial < 60 else 0)
    return epoch + timedelta(seconds=round(days * 86_400))


def area(written: str) -> Area | None:
    """A1:C2 as numbers; None for what is none."""
    first, _, last = written.partition(":")
    ends = [_PLACE.fullmatch(each) for each in (first, last)]
    if not all(ends):
        return None
    (column, row), (last_column, last_row) = (each.groups() for each in ends if each)
    return int(row), _column(column), int(last_row), _column(last_column)


@lru_cache(maxsize=2000)
def _column(letters: str) -> int:
    """The place of a column from 0: A, B ... AA."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1
