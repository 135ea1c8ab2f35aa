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
from typing import Any, TypeVar
from zipfile import BadZipFile

from bot.spreadsheets.cells import Cell
from bot.spreadsheets.headings import BadRow, Columns

SEPARATORS = ",;\t|"
PROBE = 30  # rows among which the headings must stand: titles and dates come before
CHUNK = 1 << 20
STRIDE = 1000  # rows between two words on the progress

Advance = Callable[[float], None]  # takes the share that is read, 0 to 1
Know = Callable[[Sequence[Cell]], Columns]  # the columns of a heading; empty if it is none
Rows = Iterator[tuple[int, Sequence[Cell]]]  # with their numbers, from 1
Read = TypeVar("Read")


class BadTable(Exception):
    """A file that cannot be read at all; says what to do."""


@dataclass(frozen=True)
class Sheet:
    """The rows below one heading."""

    name: str  # of the sheet; "" in a CSV file
    columns: Columns
    rows: Rows
    epoch: datetime | None = None  # day 0 of the workbook's numbers


def taken(
    sheet: Sheet, take: Callable[[Sequence[Cell]], Read], refuse: Callable[[str], None]
) -> Iterator[Read]:
    """What `take` reads from each row that is not empty; `refuse` is told of those where it raises BadRow."""
    where = f"sheet {sheet.name}, " if sheet.name else ""
    for number, row in sheet.rows:
        if not any(cell not in (None, "") for cell in row):
            continue
        try:
            read = take(row)
        except BadRow as error:
            refuse(f"{where}row {number}: {error}")
            continue
        yield read


@contextmanager
def sheets(path: Path, know: Know, advance: Advance = lambda share: None) -> Iterator[Iterable[Sheet]]:
    """The sheets that have headings which `know` knows, one after the other. Raises BadTable."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadTable(f"{path}: an old .xls or a file with a password; save it as .xlsx without one")
    with (_excel if start.startswith(b"PK") else _csv)(path, know, advance) as found:
        yield found


@contextmanager
def _csv(path: Path, know: Know, advance: Advance) -> Iterator[Iterable[Sheet]]:
    size = path.stat().st_size or 1
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=_encoding(path), errors="replace", newline="")
        beginning = "".join(islice(text, PROBE))
        separator = max(SEPARATORS, key=lambda each: _known(beginning, each, know))
        text.seek(0)
        rows = _csv_rows(text, separator, path)
        yield _below_headings(_counted(rows, lambda _: raw.tell() / size, advance), know)


def _csv_rows(text: Iterable[str], separator: str, path: Path) -> Rows:
    rows = csv.reader(text, delimiter=separator)
    try:
        yield from enumerate(rows, 1)
    except csv.Error as error:
        raise BadTable(
            f'{path}: line {rows.line_num}: {error}; look for a " without its second one'
        ) from error


def _known(beginning: str, separator: str, know: Know) -> int:
    """How many columns we would know with that separator."""
    rows = csv.reader(io.StringIO(beginning), delimiter=separator)
    with suppress(csv.Error):  # told with its line when the row's turn comes
        return max((len(know(row)) for row in rows), default=0)
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
def _excel(path: Path, know: Know, advance: Advance) -> Iterator[Iterable[Sheet]]:
    from openpyxl import load_workbook  # only here: it takes 0.2 s
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise BadTable(f"{path}: no readable Excel file; open it in Excel and save it again") from error
    try:
        pages = ((page, _excel_page(page, path, advance)) for page in book.worksheets)
        yield (sheet for page, rows in pages for sheet in _below_headings(rows, know, page.title, book.epoch))
    finally:
        book.close()


def _excel_page(page: Any, path: Path, advance: Advance) -> Rows:
    last = page.max_row or 0
    page.reset_dimensions()  # some programs write wrong ones, and rows beyond them would be lost
    return _counted(_excel_rows(page, path), lambda number: min(number / last, 1) if last else 0, advance)


def _excel_rows(page: Any, path: Path) -> Rows:
    try:
        yield from enumerate(page.iter_rows(values_only=True), 1)
    except (BadZipFile, KeyError, SyntaxError, ValueError, zlib.error) as error:
        raise BadTable(f"{path}: sheet {page.title}: damaged; open it in Excel and save it again") from error


def _below_headings(rows: Rows, know: Know, name: str = "", epoch: datetime | None = None) -> Iterator[Sheet]:
    """One sheet, if it has headings that we know."""
    for _, row in islice(rows, PROBE):
        if found := know(row):
            yield Sheet(name, found, rows, epoch)
            return


def _counted(rows: Rows, share: Callable[[int], float], advance: Advance) -> Rows:
    for number, row in rows:
        if number % STRIDE == 0:
            advance(share(number))
        yield number, row
