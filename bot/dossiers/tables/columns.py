"""Which column holds what: by its spelling, by what the office assigned, by what stands below."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.spreadsheets import cells, headings
from bot.spreadsheets.cells import BadCell, Cell
from bot.spreadsheets.headings import IGNORED, Columns, Heading, Layout, heading_words, letters
from bot.spreadsheets.pages import Page, Row
from bot.spreadsheets.table import Spellings
from handlers.desk.values import Column, Sureness
from knowledge.dossiers import phones
from knowledge.dossiers.statuses import written_at_desk
from knowledge.text import plain

HEADINGS = Path(__file__).parents[1] / "headings.toml"
NEEDED = "mã hồ sơ"
ENOUGH = 0.8  # of the cells below must be alike for a column to be known by them
HALF = 0.5  # of them must be states for a column that may hold them
DATES = ("received", "due", "finished", "returned", "missing_until", "changed")
# what is known and not taken
UNUSED = (IGNORED, "desk_note")


@dataclass(frozen=True)
class Choices:
    """What clerk and office say about their tables."""

    columns: Mapping[str, str] = field(default_factory=dict)  # a heading in plain words -> what it holds
    states: Mapping[str, str] = field(default_factory=dict)  # a state in plain words -> its number
    sheets: tuple[str, ...] = ()  # only these, hidden or not; none: all that are shown
    hidden: bool = False  # hidden rows are read too
    backward: bool = False  # rows may take a dossier back
    as_of: datetime | None = None
    said_columns: Mapping[str, str] = field(default_factory=dict)  # of these, what was said this time
    said_states: Mapping[str, str] = field(default_factory=dict)

    def meaning(self, words: str) -> str | None:
        """What a heading says, as the office has it before all spellings."""
        return self.columns.get(words) or headings.names(HEADINGS).get(words)

    def left_out(self, page: Page) -> frozenset[int]:
        """The rows of a page that are not read."""
        return frozenset() if self.hidden else page.hidden_rows

    def layout(self, rows: Sequence[tuple[int, Row]], page: Page) -> Layout | None:
        """Where the headings stand; a line above the first code will do if none is spelled."""
        found = headings.layout(rows, page.merged, self.meaning, _is_enough)
        return found or self._above_codes(rows, page)

    def _above_codes(self, rows: Sequence[tuple[int, Row]], page: Page) -> Layout | None:
        for above, (_, row) in zip(rows, rows[1:], strict=False):
            place = next((place for place, cell in enumerate(row) if _is_code(cell)), None)
            if place is not None:
                found = headings.layout([above], page.merged, self.meaning, bool)
                if found and place not in found.meanings:
                    named = {**found.meanings, place: "code"}
                    return Layout(found.first_row, found.last_row, found.headings, named, found.font)
        return None


SPELLINGS = Spellings(HEADINGS, lambda columns: _is_enough(columns), NEEDED)


def meaning_named(name: str) -> str | None:
    """What a clerk calls a column: "điện thoại", "bỏ qua"; None for a name that nobody knows."""
    return {"bo qua": IGNORED}.get(plain(name)) or headings.names(HEADINGS).get(heading_words(name))


def understood(
    layout: Layout, samples: Mapping[int, Sequence[Cell]], choices: Choices, hidden: Iterable[int]
) -> tuple[Column, ...]:
    """Each column with a heading, in their order; of two alike the first is taken."""
    gone, taken = set(hidden), {name for name in layout.columns if name != "status_or_not"}
    first = {name: place for name, place in layout.columns.items() if name not in UNUSED}
    found = []
    for heading in layout.headings:
        sample = samples.get(heading.place, ())
        meaning, sure, looks = _judged(heading, layout, sample, choices)
        if meaning == "status_or_not":
            meaning = "status" if looks and "status" not in taken else IGNORED
            looks = ""
            taken.add(meaning)
        elif first.get(meaning, heading.place) != heading.place:
            meaning, sure, looks = "", "doubtful", meaning
        is_hidden = heading.place in gone
        found.append(Column(letters(heading.place), heading.written, meaning, sure, "", is_hidden, looks))
    return tuple(found)


def _judged(
    heading: Heading, layout: Layout, sample: Sequence[Cell], choices: Choices
) -> tuple[str, Sureness, str]:
    meaning = layout.meanings.get(heading.place, "")
    if not meaning:
        return "", "unknown", looks_like(sample)
    if meaning == "status_or_not":
        return meaning, "content", "status" if _share(sample, LOOKS["status"]) >= HALF else ""
    assigned = any(heading_words(line) in choices.columns for line in (*heading.lines, heading.written))
    return meaning, "assigned" if assigned else "spelling", ""


def looks_like(sample: Sequence[Cell]) -> str:
    """What a column seems to hold by what stands in it; "" if nothing tells."""
    return next((name for name, is_one in LOOKS.items() if _share(sample, is_one) >= ENOUGH), "")


def _share(sample: Sequence[Cell], is_one: Callable[[Cell], bool]) -> float:
    good = 0
    for cell in sample:
        try:
            good += bool(is_one(cell))
        except BadCell:
            continue
    return good / len(sample) if sample else 0.0


def _is_code(cell: Cell) -> bool:
    try:
        return isinstance(cell, str) and bool(cells.code(cell))
    except BadCell:
        return False


def _is_phone(cell: Cell) -> bool:
    digits = phones.first(phones.mended(cells.text(cell)))
    return phones.national(digits) is not None


def _is_id(cell: Cell) -> bool:
    return len(cells.id_number(cell)) == 12


LOOKS: Mapping[str, Callable[[Cell], bool]] = {
    "code": _is_code,
    "phone": _is_phone,
    "id_number": _is_id,
    "status": lambda cell: (
        written_at_desk(cells.text(cell)) is not None and not isinstance(cell, int | float)
    ),
}


def _is_enough(columns: Columns) -> bool:
    return "code" in columns and len(columns) > 1
