"""One look at all rows of a page before any is read: what only a whole column can tell."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np

from bot.clock import VIETNAM
from bot.dossiers.bulk import without_collector
from bot.dossiers.tables.columns import DATES
from bot.dossiers.tables.sense import code_day
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell, Cell
from bot.spreadsheets.headings import Layout, cell_at, is_numbering
from bot.spreadsheets.pages import Page, Row
from knowledge import legacy_fonts
from knowledge.dossiers import moments
from knowledge.legacy_fonts import Font

SAMPLE = 200  # cells of a column by which it is judged
SEEN = 20_000  # different texts of a column that are looked at
EVENTS = ("received", "finished", "returned", "changed")  # days of which a table knew when it was written
TEXTS = ("name", "missing", "note", "status", "procedure", "status_or_not")
FEW = 2  # cells of a line that is no dossier: a total, a signature, a group's name
TIMES = 2  # so many times more rows must speak for an order than against it


@dataclass
class Survey:
    """What was seen."""

    rows: int = 0  # of dossiers
    samples: dict[int, list[Cell]] = field(default_factory=dict)  # by column
    orders: dict[int, str] = field(default_factory=dict)  # "day", "month", "mixed"; of columns of days
    fonts: dict[int, tuple[Font, bool]] = field(default_factory=dict)  # and whether Unicode stands there too
    lines: list[tuple[int, str]] = field(default_factory=list)  # those that are no dossiers, first to last
    newest: date | None = None  # day that the table tells of, not after today
    codes: "array[int]" = field(default_factory=lambda: array("q"))  # hashes, a row each
    people: "array[int]" = field(default_factory=lambda: array("q"))  # likewise of name and phone


def survey(page: Page, layout: Layout, today: date, hidden: frozenset[int] = frozenset()) -> Survey:
    """Raises BadTable."""
    found, columns = Survey(), layout.columns
    days = {columns[name]: _Days() for name in DATES if name in columns}
    texts = {columns[name]: _Letters() for name in TEXTS if name in columns}
    seen = [
        *((place, each.see) for place, each in days.items()),
        *((place, each.see) for place, each in texts.items()),
    ]
    received = columns.get("received")
    beside = None if received is None else days[received].beside
    person = [columns[name] for name in ("name", "phone") if name in columns]
    starts: set[str] = set()  # of codes: office and day, which many share
    with without_collector():
        for _, row, key in coded(page, layout, hidden, found):
            width = len(row)
            if found.rows < SAMPLE:
                _sampled(found, row)
            found.rows += 1
            found.codes.append(hash(key))
            found.people.append(hash(tuple([row[place] for place in person if place < width])))
            for place, see in seen:
                if place < width:
                    see(row[place])
            start = key.rpartition("-")[0]
            if beside and start:
                beside(cell_at(row, received or 0), start)
            starts.add(start)
    found.orders = _orders(columns, days)
    found.fonts = {place: told for place, each in texts.items() if (told := each.font())}
    found.newest = _newest(columns, days, found.orders, starts, today)
    return found


def _newest(
    columns: Mapping[str, int],
    days: Mapping[int, "_Days"],
    orders: Mapping[int, str],
    starts: Iterable[str],
    today: date,
) -> date | None:
    """The newest day that the table knew of when it was written; not after today."""
    events = [columns[name] for name in EVENTS if name in columns]
    told = [days[place].newest(orders.get(place, ""), today) for place in events]
    told += [code_day(start[-6:]) for start in starts]
    return max((day for day in told if day and day <= today), default=None)


def coded(
    page: Page, layout: Layout, hidden: frozenset[int], found: Survey | None = None
) -> Iterator[tuple[int, Row, str]]:
    """The rows with a code, and those that must be told of; lines that are no dossiers go to `found`."""
    place = layout.columns["code"]
    for number, row in page.filled():
        if number <= layout.last_row or number in hidden:
            continue
        try:
            key = cells.code(cell_at(row, place))
        except BadCell:
            if _is_line(row, layout):
                if found is not None:
                    found.lines.append((number, line_text(row)))
                continue
            key = ""
        yield number, row, key


def line_text(row: Row) -> str:
    """What stands in a line that is no dossier."""
    return " ".join(
        " ".join(str(cell).split()) for cell in row if isinstance(cell, str | int | float) and cell != ""
    )


def repeated(groups: Sequence[Survey]) -> tuple[frozenset[int], frozenset[int]]:
    """Hashes of codes that stand twice or more, and of those beside which different people may stand."""
    codes, people = _joined([each.codes for each in groups]), _joined([each.people for each in groups])
    order = np.lexsort((people, codes))
    codes, people = codes[order], people[order]
    same = codes[1:] == codes[:-1]
    others = same & (people[1:] != people[:-1])
    return frozenset(codes[1:][same].tolist()), frozenset(codes[1:][others].tolist())


def _joined(arrays: Sequence["array[int]"]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.concatenate(
        [np.frombuffer(each, dtype=np.int64) for each in arrays if each] or [np.array([], np.int64)]
    )


def _is_line(row: Row, layout: Layout) -> bool:
    """A title, a total, a signature, a group's name, the headings once more, or numbers of columns."""
    told = [cell for cell in row if cell not in (None, "")]
    has_code = cell_at(row, layout.columns["code"]) not in (None, "")
    if len(told) < FEW or (len(told) == FEW and not has_code) or is_numbering(row):
        return True
    texts = {" ".join(cell.split()) for cell in told if isinstance(cell, str)}
    known = {line for heading in layout.headings for line in heading.lines}
    return len(texts & known) > len(told) // 2 or (len(texts) > 0 and _is_total(str(told[0])))


def _is_total(first: str) -> bool:
    return first.strip().lower().startswith(("tổng", "cộng", "người lập", "thủ trưởng", "xác nhận", "ký"))


def _sampled(found: Survey, row: Row) -> None:
    for place, cell in enumerate(row):
        if cell not in (None, ""):
            found.samples.setdefault(place, []).append(cell)


class _Days:
    """The days of a column."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.latest: datetime | None = None  # of real days
        self.as_day, self.as_month = 0, 0  # rows in which that reading is the day in the code

    def see(self, cell: Cell) -> None:
        if type(cell) is str:
            if cell not in self.texts and len(self.texts) < SEEN:
                day = cell.partition(" ")[0]
                self.texts.add(day if len(day) > 7 else cell)
        elif isinstance(cell, datetime) and (self.latest is None or cell > self.latest):
            self.latest = cell

    def beside(self, cell: Cell, start: str) -> None:
        """Counts what the beginning of a code says about an order that the day itself leaves open."""
        if type(cell) is str and moments.order(cell) == "either":
            first, second = (part.zfill(2) for part in re.split(r"[/.-]", cell)[:2])
            self.as_day += start[-4:] == second + first
            self.as_month += start[-4:] == first + second

    def order(self) -> str:
        told = Counter(map(moments.order, self.texts))
        if told["day"] and told["month"]:
            return "mixed"
        if told["day"] or told["month"]:
            return "day" if told["day"] else "month"
        return "month" if self.as_month > TIMES * self.as_day else "day" if self.as_day else ""

    def newest(self, order: str, today: date) -> date | None:
        found = [day for text in self.texts if (day := _read(text, order)) and day <= today]
        if self.latest and self.latest.date() <= today:
            found.append(self.latest.date())
        return max(found, default=None)


class _Letters:
    """The texts of a column, for the font that they are written in."""

    def __init__(self) -> None:
        self.old: set[str] = set()
        self.has_unicode = False
        self._seen: set[str] = set()

    def see(self, cell: Cell) -> None:
        if type(cell) is not str or cell.isascii() or cell in self._seen:
            return
        if legacy_fonts.may_be(cell):
            if len(self.old) < SEEN:
                self.old.add(cell)
        elif not self.has_unicode:
            self.has_unicode = any(ord(letter) > 0xFF for letter in cell)
        if len(self._seen) < SEEN:
            self._seen.add(cell)

    def font(self) -> tuple[Font, bool] | None:
        found = legacy_fonts.font_among(sorted(self.old))
        return (found, self.has_unicode) if found else None


def _orders(columns: Mapping[str, int], days: Mapping[int, _Days]) -> dict[int, str]:
    """Of each column; one that does not tell is as that of the receipt, by the same program."""
    told = {place: seen.order() for place, seen in days.items()}
    usual = told.get(columns.get("received", -1), "")
    usual = usual if usual == "month" else ""
    return {place: order or usual for place, order in told.items() if order or usual}


def _read(text: str, order: str) -> date | None:
    try:
        return moments.read(text, VIETNAM, order == "month" or moments.order(text) == "month").date()
    except (ValueError, OverflowError):
        return None
