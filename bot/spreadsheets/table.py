"""Tables that are read row by row below one heading: what lists of clerks are taken in by."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.spreadsheets import files, headings
from bot.spreadsheets.csv_file import PROBE
from bot.spreadsheets.headings import Columns, Meaning
from bot.spreadsheets.pages import Page, Row, Rows
from handlers.desk.faults import BadTable

Read = TypeVar("Read")


@dataclass(frozen=True)
class Spellings:
    """The headings that a list knows."""

    file: Path  # of spellings, as `headings.names` reads it
    is_enough: Callable[[Columns], bool]
    needed: str  # what is told where that is missing
    own: Meaning = lambda words: None  # what the office means beside them

    def meaning(self, words: str) -> str | None:
        """What a heading says."""
        return self.own(words) or headings.names(self.file).get(words)

    def known(self, rows: list[Row]) -> int:
        """How many columns these first rows show."""
        found = headings.layout(list(enumerate(rows, 1)), (), self.meaning, bool)
        return len(found.columns) if found else 0


@dataclass(frozen=True)
class Sheet:
    """The rows below one heading."""

    name: str  # of the sheet; "" in a CSV file
    columns: Columns
    rows: Rows
    epoch: datetime | None = None  # day 0 of the workbook's numbers


def sheets(path: Path, known: Spellings) -> Iterator[Sheet]:
    """The sheets that have headings that are known. Raises BadTable if none has."""
    found = [sheet for page in files.pages(path, known.known) for sheet in _below(page, known)]
    if not found:
        raise BadTable("no_headings", file=path.name, needed=known.needed)
    yield from found


def first_rows(rows: Rows) -> list[tuple[int, Row]]:
    """Those among which headings must stand."""
    found: list[tuple[int, Row]] = []
    for number, row in rows:
        if len(found) == PROBE:
            break
        found.append((number, row))
    return found


def _below(page: Page, known: Spellings) -> Iterator[Sheet]:
    layout = headings.layout(first_rows(page.rows), page.merged, known.meaning, known.is_enough)
    if layout:
        rows = [each for each in page.filled() if each[0] > layout.last_row]
        yield Sheet(page.name, layout.columns, rows, page.epoch)
