"""What stands beside the sheets of a workbook: their names, the shared texts, which styles are days."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zipfile import ZipFile

from bot.spreadsheets.pages import LETTERS
from bot.spreadsheets.xml_events import Events, of
from handlers.desk.faults import BadTable

STRINGS = 1_500_000  # texts of a workbook; 200,000 rows of seven texts of their own
TEXT = 100_000_000  # their letters
# numbers of formats that every workbook has: ECMA-376 part 1, 18.8.30, with those of East Asia
DAY_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NO_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

# workbooks know no zone
FROM_1900, FROM_1904 = datetime.fromisoformat("1899-12-30"), datetime.fromisoformat("1904-01-01")


class Sheet(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    state: str
    target: str  # its part, seen from `xl/`


@dataclass(frozen=True)
class Book:
    """What holds for all sheets."""

    sheets: tuple[Sheet, ...]
    epoch: datetime  # day 0 of its numbers


def book(file: ZipFile) -> Book:
    """Raises KeyError if parts are missing, and NoXml."""
    listed: list[tuple[str, str, str]] = []
    starts: list[str] = []

    def start(name: str, told: dict[str, str]) -> None:
        if name == "sheet":
            listed.append((of(told, "name"), of(told, "state"), _relation(told)))
        elif name == "workbookPr":
            starts.append(of(told, "date1904"))

    _run(file, "xl/workbook.xml", start)
    targets = _targets(file)
    sheets = tuple(Sheet(name, state, targets[number]) for name, state, number in listed if number in targets)
    return Book(sheets, FROM_1904 if starts and starts[0] in ("1", "true") else FROM_1900)


def strings(file: ZipFile, name: str) -> list[str]:
    """The shared texts, of several pieces each; those that say how to speak it left out."""
    reading = _Strings(name)
    with suppress(KeyError), file.open("xl/sharedStrings.xml") as stream:  # there may be none
        reading.events.run(stream)
    return reading.found


class _Strings:
    def __init__(self, file: str) -> None:
        self.found: list[str] = []
        self.events = Events(self._start, self._end, frozenset("t"))
        self._file, self._pieces, self._letters, self._is_spoken = file, list[str](), 0, False

    def _start(self, tag: str, _told: dict[str, str]) -> None:
        if tag == "rPh":
            self._is_spoken = True
        elif tag == "si":
            self._pieces.clear()

    def _end(self, tag: str) -> None:
        if tag == "t" and not self._is_spoken:
            self._pieces.append(self.events.text[:LETTERS])
        elif tag == "rPh":
            self._is_spoken = False
        elif tag == "si":
            self.found.append("".join(self._pieces))
            self._letters += len(self.found[-1])
            if len(self.found) > STRINGS or self._letters > TEXT:
                raise BadTable("too_many_cells", file=self._file)


def dates(file: ZipFile) -> frozenset[int]:
    """The styles that show a number as a day or a time."""
    written: dict[int, str] = {}
    formats: list[int] = []
    inside = False

    def start(tag: str, told: dict[str, str]) -> None:
        nonlocal inside
        if tag == "numFmt":
            written[int(of(told, "numFmtId"))] = of(told, "formatCode")
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            formats.append(int(of(told, "numFmtId") or 0))

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    with suppress(KeyError):
        _run(file, "xl/styles.xml", start, end)
    return frozenset(n for n, number in enumerate(formats) if _is_day(number, written.get(number, "")))


def _is_day(number: int, written: str) -> bool:
    if written:
        return bool(re.search("[dmyh]", _NO_FORMAT.sub("", written.lower())))
    return number in DAY_FORMATS


def _targets(file: ZipFile) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(name: str, told: dict[str, str]) -> None:
        if name == "Relationship" and of(told, "Type").endswith("/worksheet"):
            found[of(told, "Id")] = of(told, "Target").removeprefix("/xl/")

    _run(file, "xl/_rels/workbook.xml.rels", start)
    return found


def _relation(told: dict[str, str]) -> str:
    return next((value for key, value in told.items() if key.endswith(":id")), "")


def _run(file: ZipFile, part: str, start, end=lambda name: None) -> None:  # type: ignore[no-untyped-def]
    with file.open(part) as stream:
        Events(start, end, frozenset()).run(stream)
