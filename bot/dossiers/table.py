"""Tables of clerks: CSV in the encodings and with the separators of Vietnamese offices, and Excel."""

import codecs
import csv
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from bot.dossiers.cells import Cell
from bot.dossiers.held import Update
from bot.dossiers.rows import BadRow, Columns, Reading, columns

SEPARATORS = ",;\t|"
PROBE = 30  # rows among which the headings must stand: titles and dates come before
CHUNK = 1 << 20
STRIDE = 1000  # rows between two words on the progress

Advance = Callable[[float], None]  # takes the share that is read, 0 to 1
Rows = Iterator[tuple[int, Sequence[Cell]]]  # with their numbers, from 1


class BadTable(Exception):
    """A file that cannot be read at all; says what to do."""


@dataclass(frozen=True)
class Sheet:
    """The rows below one heading."""

    name: str  # of the sheet; "" in a CSV file
    columns: Columns
    rows: Rows
    epoch: datetime | None = None  # day 0 of the workbook's numbers


def read(
    path: Path,
    find_procedure: Callable[[str], tuple[str, str]],
    as_of: datetime,
    refuse: Callable[[str], None],
    advance: Advance = lambda share: None,
) -> Iterator[Update]:
    """The news in a table, row by row; `refuse` is told of each bad row. `as_of` is when it was written.

    Raises BadTable.
    """
    with _sheets(path, advance) as sheets:
        found = False
        for sheet in sheets:
            found = True
            reading = Reading(sheet.columns, find_procedure, as_of, sheet.epoch)
            yield from _updates(sheet, reading, refuse)
    if not found:
        raise BadTable(
            f"{path}: no row of headings with a dossier code (mã hồ sơ) and one more column we know"
        )


def _updates(sheet: Sheet, reading: Reading, refuse: Callable[[str], None]) -> Iterator[Update]:
    where = f"sheet {sheet.name}, " if sheet.name else ""
    for number, row in sheet.rows:
        if not any(cell not in (None, "") for cell in row):
            continue
        try:
            update = reading.update(row)
        except BadRow as error:
            refuse(f"{where}row {number}: {error}")
            continue
        yield update


@contextmanager
def _sheets(path: Path, advance: Advance) -> Iterator[Iterable[Sheet]]:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadTable(f"{path}: an old .xls or a file with a password; save it as .xlsx without one")
    with (_excel if start.startswith(b"PK") else _csv)(path, advance) as sheets:
        yield sheets


@contextmanager
def _csv(path: Path, advance: Advance) -> Iterator[Iterable[Sheet]]:
    size = path.stat().st_size or 1
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=_encoding(path), errors="replace", newline="")
        beginning = "".join(islice(text, PROBE))
        separator = max(SEPARATORS, key=lambda each: _known(beginning, each))
        text.seek(0)
        rows = _csv_rows(text, separator, path)
        yield _below_headings(_counted(rows, lambda _: raw.tell() / size, advance))


def _csv_rows(text: Iterable[str], separator: str, path: Path) -> Rows:
    rows = csv.reader(text, delimiter=separator)
    try:
        yield from enumerate(rows, 1)
    except csv.Error as error:
        raise BadTable(
            f'{path}: line {rows.line_num}: {error}; look for a " without its second one'
        ) from error


def _known(beginning: str, separator: str) -> int:
    """How many columns we would know with that separator."""
    rows = csv.reader(io.StringIO(beginning), delimiter=separator)
    with suppress(csv.Error):  # told with its line when the row's turn comes
        return max((len(columns(row)) for row in rows), default=0)
    return 0


def _encoding(path: Path) -> str:
    """UTF-16 by its mark or its zeros, UTF-8 if all of it is, else what old Vietnamese Windows writes."""
    with path.open("rb") as file:
        start = file.read(4096)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if start[1::2].count(0) > len(start) // 4:
            return "utf-16-le"
        if start[::2].count(0) > len(start) // 4:
            return "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(start)
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        except UnicodeDecodeError:
            return "cp1258"
    return "utf-8-sig"


@contextmanager
def _excel(path: Path, advance: Advance) -> Iterator[Iterable[Sheet]]:
    from openpyxl import load_workbook  # only here: it takes 0.2 s
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise BadTable(f"{path}: no readable Excel file; open it in Excel and save it again") from error
    try:
        yield (sheet for page in book.worksheets for sheet in _excel_sheet(page, book.epoch, path, advance))
    finally:
        book.close()


def _excel_sheet(page: Any, epoch: datetime, path: Path, advance: Advance) -> Iterator[Sheet]:
    last = page.max_row or 0
    page.reset_dimensions()  # some programs write wrong ones, and rows beyond them would be lost
    rows = _counted(_excel_rows(page, path), lambda number: min(number / last, 1) if last else 0, advance)
    yield from _below_headings(rows, page.title, epoch)


def _excel_rows(page: Any, path: Path) -> Rows:
    try:
        yield from enumerate(page.iter_rows(values_only=True), 1)
    except (BadZipFile, KeyError, SyntaxError, ValueError, zlib.error) as error:
        raise BadTable(f"{path}: sheet {page.title}: damaged; open it in Excel and save it again") from error


def _below_headings(rows: Rows, name: str = "", epoch: datetime | None = None) -> Iterator[Sheet]:
    """One sheet, if it has headings that we know."""
    for _, row in islice(rows, PROBE):
        if found := columns(row):
            yield Sheet(name, found, rows, epoch)
            return


def _counted(rows: Rows, share: Callable[[int], float], advance: Advance) -> Rows:
    for number, row in rows:
        if number % STRIDE == 0:
            advance(share(number))
        yield number, row
