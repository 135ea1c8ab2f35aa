"""What one-stop software calls .xls and is none: tables in HTML, and Excel's XML of 2003."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from bot.spreadsheets.cells import Cell, Odd
from bot.spreadsheets.pages import COLUMNS, Area, Page, Spool, Visibility
from bot.spreadsheets.xlsx_parts import FROM_1900
from bot.spreadsheets.xml_events import Events, of

VISIBLE: dict[str, Visibility] = {"SheetHidden": "hidden", "SheetVeryHidden": "very_hidden"}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
SPAN = 1000  # rows or columns that one cell may span


@dataclass
class _Grid:
    """A table while it is read."""

    spool: Spool
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    number: int = 0
    row: list[Cell] = field(default_factory=list)

    def begin(self, number: int, hidden: bool) -> None:
        """A row begins."""
        self.number, self.row = number, []
        if hidden:
            self.hidden.add(number)

    def put(self, place: int, value: Cell, wide: int, high: int) -> None:
        """A cell that spans so many columns and rows more."""
        if place >= COLUMNS:
            return
        self.row.extend([None] * (place + 1 - len(self.row)))
        self.row[place] = value
        if wide or high:
            self.merged.append((self.number, place, self.number + high, place + wide))

    def place(self, at: int) -> int:
        """The first place from there that no cell of a row above spans."""
        while any(r1 < self.number <= r2 and c1 <= at <= c2 for r1, c1, r2, c2 in self.merged[-SPAN:]):
            at += 1
        return at

    def page(self, name: str, visibility: Visibility = "visible") -> Page:
        """What was read, as a page."""
        return Page(
            name,
            self.spool.page(),
            visibility,
            frozenset(self.hidden),
            frozenset(self.hidden_columns),
            tuple(self.merged),
            FROM_1900,
        )


def xml_2003(path: Path) -> Iterator[Page]:
    """Excel's XML of 2003 ("SpreadsheetML"). Raises NoXml and BadTable."""
    reading = _Xml2003(path.name)
    with path.open("rb") as file:
        reading.events.run(file)
    yield from reading.pages


class _Xml2003:
    def __init__(self, file: str) -> None:
        self.pages: list[Page] = []
        self._spool, self._name, self._visibility = Spool(file), "", "Visible"
        self._grid, self._row, self._place, self._column = _Grid(self._spool), 0, -1, 0
        self._kind, self._spans, self._is_formula = "", (0, 0), False
        self._value: Cell = None
        self.events = Events(self._start, self._end, frozenset(["Data", "Visible"]))

    def _start(self, tag: str, told: dict[str, str]) -> None:
        if tag == "Worksheet":
            self._name, self._visibility, self._row, self._column = of(told, "Name"), "Visible", 0, 0
            self._grid = _Grid(self._spool)
        elif tag == "Column":
            self._columns(told)
        elif tag == "Row":
            self._row, self._place = int(of(told, "Index") or self._row + 1), -1
            self._grid.begin(self._row, of(told, "Hidden") == "1")
        elif tag == "Cell":
            at = int(of(told, "Index") or 0) - 1
            self._place = self._grid.place(at if at >= 0 else self._place + 1)
            self._spans = (int(of(told, "MergeAcross") or 0), int(of(told, "MergeDown") or 0))
            self._value, self._is_formula = None, bool(of(told, "Formula"))
        elif tag == "Data":
            self._kind = of(told, "Type")

    def _columns(self, told: dict[str, str]) -> None:
        first = int(of(told, "Index") or self._column + 1)
        self._column = first + int(of(told, "Span") or 0)
        if of(told, "Hidden") == "1":
            self._grid.hidden_columns.update(range(first - 1, min(self._column, COLUMNS)))

    def _end(self, tag: str) -> None:
        if tag == "Data":
            self._value = _typed(self.events.text, self._kind)
        elif tag == "Cell":
            empty = Odd.FORMULA if self._is_formula else None
            self._grid.put(self._place, empty if self._value is None else self._value, *self._spans)
            self._place += self._spans[0]
        elif tag == "Row":
            self._grid.spool.add(self._row, self._grid.row)
        elif tag == "Visible":
            self._visibility = self.events.text
        elif tag == "Worksheet":
            self.pages.append(self._grid.page(self._name, VISIBLE.get(self._visibility, "visible")))


def _typed(text: str, kind: str) -> Cell:
    if kind == "Error":
        return Odd.ERROR
    if kind == "Number":
        return int(text) if text.isdecimal() else float(text)
    return text


def html(path: Path) -> Iterator[Page]:
    """The tables of a page, each as a page of ours. Raises BadTable."""
    content = path.read_bytes()
    named = _CHARSET.search(content[:2048])
    reading = _Html(path.name)
    try:
        reading.feed(content.decode(named[1].decode() if named else "utf-8", errors="replace"))
    except LookupError:  # a charset that nobody knows
        reading.feed(content.decode("utf-8", errors="replace"))
    reading.close()
    yield from reading.pages


class _Html(HTMLParser):
    def __init__(self, file: str) -> None:
        super().__init__()
        self.pages: list[Page] = []
        self._spool = Spool(file)
        self._grid, self._place, self._spans = _Grid(self._spool), -1, (0, 0)
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "table":
            self._grid = _Grid(self._spool)
        elif tag == "tr":
            self._grid.begin(self._grid.number + 1, bool(_HIDDEN.search(told.get("style") or "")))
            self._place = -1
        elif tag in ("td", "th"):
            self._end_cell()
            self._text = []
            self._place = self._grid.place(self._place + 1)
            self._spans = (_more(told.get("colspan")), _more(told.get("rowspan")))
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_cell()
            self._spool.add(self._grid.number, self._grid.row)
        elif tag == "table":
            self.pages.append(self._grid.page(""))

    def _end_cell(self) -> None:
        if self._text is not None:
            self._grid.put(
                self._place, " ".join("".join(self._text).split(" ")).strip() or None, *self._spans
            )
            self._place += self._spans[0]
            self._text = None


def _more(span: str | None) -> int:
    return min(int(span), SPAN) - 1 if span and span.isdecimal() and int(span) else 0
