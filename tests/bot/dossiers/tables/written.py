"""The small tables of tests/tables, as an officer reads them, made into files.

A file begins with what is wrong in it, in a sentence. `@csv` is followed by the file as it is; `@excel` by
sheets: `[Name]`, cells between `|`. In a cell `#15000` is a number, `#25/11/2026` a real day, `=` a formula
that nobody calculated, `!` an error. `@held` is a dossier that the desk has: code, name, phone, state, day;
`@follow` one that somebody follows.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parents[3] / "tables"


@dataclass
class Written:
    """One of them, before it is a file."""

    kind: str = "csv"
    name: str = ""
    encoding: str = "utf-8"
    options: list[str] = field(default_factory=list)
    held: list[list[str]] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of the table itself

    def file(self, folder: Path) -> Path:
        """The table as a clerk has it."""
        path = folder / (self.name or f"so.{'xlsx' if self.kind == 'excel' else 'csv'}")
        if self.kind == "excel":
            _book(self.lines).save(path)
        else:
            path.write_bytes("\n".join(self.lines).encode(self.encoding))
        return path


def read(path: Path) -> Written:
    """The table of a file of tests/tables."""
    written = Written()
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        word, _, rest = line.partition(" ")
        if word in ("@csv", "@excel"):
            written.kind, written.lines = word[1:], lines[number + 1 :]
            break
        if word == "@options":
            written.options = re.findall(r'"([^"]*)"|(\S+)', rest)
            written.options = ["".join(pair) for pair in written.options]
        elif word == "@held":
            written.held.append([part.strip() for part in rest.split("|")])
        elif word == "@follow":
            written.followed.append(rest.strip())
        elif word in ("@name", "@encoding"):
            setattr(written, word[1:], rest.strip())
    return written


def _book(lines: list[str]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Worksheet | None = None
    for line in lines:
        if named := re.fullmatch(r"\[(.+?)\](?: (hidden|veryHidden))?", line):
            sheet = book.create_sheet(named[1])
            sheet.sheet_state = named[2] or "visible"
        elif sheet is not None and line.startswith("@"):
            _mark(sheet, *line.split(" ")[:2])
        elif sheet is not None:
            sheet.append([_cell(cell.strip()) for cell in line.split("|")] if line.strip() else [])
    return book


def _mark(sheet: Worksheet, word: str, told: str) -> None:
    if word == "@merge":
        sheet.merge_cells(told)
    elif word == "@hidden-row":
        sheet.row_dimensions[int(told)].hidden = True
    else:
        sheet.column_dimensions[told].hidden = True


def _cell(written: str) -> object:
    if written.startswith("#") and "/" in written:
        return datetime.strptime(written[1:], "%d/%m/%Y")
    if written.startswith("#"):
        return float(written[1:]) if "." in written else int(written[1:])
    return {"=": "=A1", "!": "#N/A"}.get(written, written or None)
