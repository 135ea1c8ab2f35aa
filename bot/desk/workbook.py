"""Excel files for the desk: every text is a text, whatever it begins with, so that no cell is a formula."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from bot.printing import private

Cell = str | int | date | None

STARTS = ("=", "+", "-", "@", "\t", "\r")  # with which a formula can begin
WIDEST = 50  # characters of a column
WIDTHS_OF = 200  # rows that a column's width is taken from


class Sheet(NamedTuple):
    """One sheet."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    """Writes a workbook in place of what there is."""
    from openpyxl import Workbook  # only here: it takes 0.2 s

    book = Workbook()
    for number, sheet in enumerate(sheets):
        _fill(book.create_sheet(sheet.title, number), sheet)
    book.remove(book.worksheets[-1])  # the empty one that each workbook begins with
    path.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    book.save(content)
    private.write(path, content.getvalue())


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font

    page.freeze_panes = "A2"
    for line, row in enumerate([sheet.heads, *sheet.rows], 1):
        for column, value in enumerate(row, 1):
            _put(page.cell(line, column), value)
            if line == 1:
                page.cell(line, column).font = Font(bold=True)
    for column, width in enumerate(_widths(sheet), 1):
        page.column_dimensions[page.cell(1, column).column_letter].width = width


def _put(cell: Any, value: Cell) -> None:
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"  # else what begins with "=" is a formula
        cell.quotePrefix = int(value[:1] in STARTS)  # nor when somebody edits the cell
    elif value is not None:
        cell.value = value
        cell.number_format = "DD/MM/YYYY" if isinstance(value, date) else "General"


def _widths(sheet: Sheet) -> list[int]:
    rows = [sheet.heads, *sheet.rows[:WIDTHS_OF]]
    return [min(max(len(str(row[n] or "")) for row in rows) + 2, WIDEST) for n in range(len(sheet.heads))]
