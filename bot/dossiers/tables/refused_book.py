"""Rows that were not taken, as a workbook to mend and take in again: all columns, and why."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from bot.dossiers.tables.part import Part
from bot.spreadsheets.cells import Cell, Odd
from bot.spreadsheets.pages import Row
from handlers.desk.table_preview import reason_text
from handlers.desk.table_words import WHY
from handlers.desk.values import Refused
from handlers.language.i18n import Translate

MOST = 100_000  # rows that are kept for it


class RefusedBook:
    """A workbook that grows row by row; nothing is written without a row."""

    def __init__(self, parts: Iterable[Part], tr: Translate) -> None:
        self._parts, self._tr = {part.name: part for part in parts}, tr
        self._book = Workbook(write_only=True)
        self._sheets: dict[str, Any] = {}
        self.rows = 0

    def add(self, refused: Refused, row: Row) -> None:
        """One row, with all its reasons."""
        self.rows += 1
        if self.rows > MOST:
            return
        sheet = self._sheet(refused.sheet)
        width = self._width(refused.sheet)
        cells = [*row[:width], *[None] * (width - len(row))]
        why = "\n".join(reason_text(each, self._tr) for each in refused.reasons)
        sheet.append([_written(sheet, cell) for cell in (*cells, why)])

    def write(self, path: Path) -> None:
        """Makes the folder if there is none."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._book.save(path)

    def _sheet(self, name: str) -> Any:  # openpyxl names no type for it
        if name not in self._sheets:
            sheet = self._sheets[name] = self._book.create_sheet(name or None)
            headings = {heading.place: heading.lines[-1] for heading in self._parts[name].layout.headings}
            line = [headings.get(place) for place in range(self._width(name))]
            sheet.append([_written(sheet, cell) for cell in (*line, self._tr(WHY))])
        return self._sheets[name]

    def _width(self, name: str) -> int:
        return max(heading.place for heading in self._parts[name].layout.headings) + 1


def _written(sheet: Any, cell: Cell) -> object:
    """As it stood there; a text that begins as a formula stays a text."""
    if isinstance(cell, Odd):
        return None
    if not isinstance(cell, str):
        return cell
    made = WriteOnlyCell(sheet, value=cell)
    made.data_type = "s"
    return made
