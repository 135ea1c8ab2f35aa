"""The pages of a table file: rows that can be read again, and what the file hides or merges."""

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from bot.spreadsheets.cells import Cell
from handlers.desk.faults import BadTable

Row: TypeAlias = Sequence[Cell]
Rows: TypeAlias = Iterable[tuple[int, Row]]  # with their numbers, from 1
Area: TypeAlias = tuple[int, int, int, int]  # first row from 1, first column from 0, last row, last column
Visibility = Literal["visible", "hidden", "very_hidden"]

BLOCK = 500  # rows that are kept together
ROWS = 1_048_576  # of a sheet; no program writes more
COLUMNS = 500  # of a row; what stands behind is no register
CELLS = 6_000_000  # of a file: 200,000 rows of 30 columns
UNPACKED = 400_000_000  # bytes of a packed file
LETTERS = 32_767  # of a cell, the most that Excel holds


@dataclass(frozen=True)
class Page:
    """One sheet of a file."""

    name: str  # "" in a file without sheets
    rows: Rows  # can be read again and again
    visibility: Visibility = "visible"
    hidden_rows: frozenset[int] = frozenset()  # from 1
    hidden_columns: frozenset[int] = frozenset()  # from 0
    merged: tuple[Area, ...] = ()
    epoch: datetime | None = None  # day 0 of the workbook's numbers
    knows_hidden: bool = True  # False: which rows and columns are hidden is not told by its reader

    def filled(self) -> Iterator[tuple[int, Row]]:
        """The rows, with what was merged downwards standing in each row that it spans."""
        down = sorted(area for area in self.merged if area[2] > area[0])
        if not down:
            yield from self.rows
            return
        yield from _filled(self.rows, down)


def _filled(rows: Rows, down: list[Area]) -> Iterator[tuple[int, Row]]:
    coming, open_ones = iter([*down, None]), dict[Area, Cell]()
    following = next(coming)
    for number, row in rows:
        while following and following[0] <= number:
            open_ones[following] = row[following[1]] if following[1] < len(row) else None
            following = next(coming)
        open_ones = {area: value for area, value in open_ones.items() if number <= area[2]}
        if open_ones and (wanted := {area[1]: value for area, value in open_ones.items()}):
            wide = [*row, *[None] * (max(wanted) + 1 - len(row))]
            row = [wanted.get(place, cell) if cell is None else cell for place, cell in enumerate(wide)]
        yield number, row


@dataclass
class Spool:
    """Rows kept packed in memory, so that a slow file is read once; raises BadTable for too many."""

    file: str  # its name, for what is told
    cells: int = 0  # of all pages of the file so far
    _blocks: list[bytes] = field(default_factory=list)
    _open: list[tuple[int, Row]] = field(default_factory=list)

    def add(self, number: int, row: Row) -> None:
        """Keeps a row; one without anything in it is left out."""
        self.cells += len(row)
        if number > ROWS or self.cells > CELLS:
            raise BadTable("too_many_cells", file=self.file)
        if any(cell is not None and cell != "" for cell in row):
            self._open.append((number, row))
            if len(self._open) == BLOCK:
                self._pack()

    def page(self) -> "Spool":
        """The rows so far, as those of one page; the next ones are of another."""
        self._pack()
        done = Spool(self.file, self.cells, self._blocks)
        self._blocks = []
        return done

    def _pack(self) -> None:
        if self._open:
            self._blocks.append(zlib.compress(pickle.dumps(self._open, pickle.HIGHEST_PROTOCOL), 1))
            self._open = []

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        for block in self._blocks:
            yield from pickle.loads(zlib.decompress(block))  # noqa: S301  # our own, out of our memory
