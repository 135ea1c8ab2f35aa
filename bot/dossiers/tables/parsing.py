"""How the cells of each column are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.dossiers.tables.procedures import FindProcedure
from bot.dossiers.tables.remarks import Remarks
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell, Cell, Odd
from handlers.desk.values import Reason
from knowledge import legacy_fonts
from knowledge.dossiers import moments, moves, phones
from knowledge.dossiers.fields import ABOUT
from knowledge.dossiers.moves import Named, Stated
from knowledge.legacy_fonts import Font

TEXT = 2000  # letters of a text that is kept
SHOWN = 60  # letters of a cell that are shown to the clerk
MEMORY = 20_000  # texts of a column that are read once

Parse = Callable[[Cell], Any]

# how each column is read; those that are not named are texts
KINDS: Mapping[str, str] = {
    **{about.column: about.kind for about in ABOUT.values() if about.column},
    "code": "code",
    "status": "state",
    "returned": "day",
    "changed": "day",
    "fee": "money_or_words",
    "contact": "contact",
}
REMEMBERED = ("day", "procedure", "state", "money")  # not what counts each cell that it does not know


@dataclass(frozen=True)
class Place:
    """A column that is read."""

    name: str  # what it holds
    at: int  # from 0
    letter: str = ""
    heading: str = ""
    order: str = ""  # of its days, as in Survey
    font: Font | None = None
    has_unicode: bool = False  # beside that font

    def reason(self, error: BadCell, cell: Cell) -> Reason:
        """What is told of a cell that cannot be taken."""
        written = "" if cell is None or isinstance(cell, Odd) else " ".join(str(cell).split())[:SHOWN]
        return Reason(error.code, self.letter, self.heading, written, tuple(error.facts.items()))


@dataclass(frozen=True)
class Parsing:
    """What the cells of a page are read by."""

    find_procedure: FindProcedure
    remarks: Remarks
    epoch: datetime | None = None  # day 0 of the workbook's numbers
    states: Mapping[str, str] = field(default_factory=dict)  # the office's own: plain words -> number

    def of(self, place: Place) -> Parse:
        """How the cells of that column are read; it raises BadCell."""
        kind = KINDS.get(place.name, "text")
        own: Mapping[str, Callable[[], Parse]] = {
            "day": lambda: self._days(place),
            "procedure": lambda: self._procedure,
            "state": lambda: self._state,
            "phone": lambda: self._phone,
            "stage": lambda: self._stage,
            "cause": lambda: self._cause,
        }
        parse = own[kind]() if kind in own else PARSERS.get(kind, _text)
        if place.font:
            parse = _in_font(parse, place.font, place.has_unicode)
        return _remembered(parse) if kind in REMEMBERED else parse

    def _procedure(self, cell: Cell) -> tuple[str, str] | None:
        written = _text(cell)
        return self.find_procedure(written) if written else None

    def _days(self, place: Place) -> Parse:
        def read(cell: Cell) -> datetime | None:
            month_first = place.order == "month"
            if place.order == "mixed" and isinstance(cell, str) and (order := moments.order(cell.strip())):
                if order == "either":
                    raise BadCell("unclear_date")
                month_first = order == "month"
            return cells.moment(cell, self.epoch, month_first)

        return read

    def _state(self, cell: Cell) -> Stated | None:
        written = _text(cell)
        found = moves.stated(written, self.states)
        if written and found is None:
            raise BadCell("unknown_state", written=written[:SHOWN])
        return found

    def _stage(self, cell: Cell) -> str:
        """Many systems have steps of their own: only those that the desk has lists for say something."""
        return self._named(moves.stage_of, cell, "unknown_stage")

    def _cause(self, cell: Cell) -> str:
        return self._named(moves.cause_of, cell, "unknown_cause")

    def _named(self, find: Callable[[str], Named | None], cell: Cell, unknown: str) -> str:
        written = _text(cell)
        found = find(written)
        if written and found is None:
            self.remarks.note(unknown)
        return found.id if found else ""

    def _phone(self, cell: Cell) -> str:
        digits = cells.phone(cell)
        if not digits or cell == digits:
            return digits
        if isinstance(cell, str) and len(cell) > 12 and phones.many(cell) > 1:
            self.remarks.note("two_phones")
        elif not str(cell).lstrip("'+").startswith(("0", "84", "(")):
            self.remarks.note("lost_zero")
        return digits


def _remembered(parse: Parse) -> Parse:
    """Texts that stand in many rows are read once."""
    memory: dict[str, Any] = {}

    def read(cell: Cell) -> Any:
        if type(cell) is not str:
            return parse(cell)
        if cell in memory:
            return memory[cell]
        value = parse(cell)
        if len(memory) < MEMORY:
            memory[cell] = value
        return value

    return read


def _in_font(parse: Parse, font: Font, has_unicode: bool) -> Parse:
    """Texts in a font from before Unicode, turned into letters first."""

    def read(cell: Cell) -> Any:
        if isinstance(cell, str) and legacy_fonts.may_be(cell):
            if has_unicode and legacy_fonts.font_of(cell) is None:
                raise BadCell("unclear_font", font=font.name)
            return parse(font.converted(cell))
        return parse(cell)

    return read


def _text(cell: Cell) -> str:
    written = cells.text(cell)
    if "\ufffd" in written:
        raise BadCell("unreadable_letters")
    return written[:TEXT]


def _tracking(cell: Cell) -> str:
    return _text(cell).replace(" ", "").upper()


def _fee(cell: Cell) -> int | BadCell | None:
    """What the register says that it costs; what is no amount matters only where it is a debt."""
    try:
        return cells.amount(cell)
    except BadCell as error:
        return error


def _contact(cell: Cell) -> str:
    return phones.first(phones.within(_text(cell)))


PARSERS: Mapping[str, Parse] = {
    "code": cells.code,
    "money": cells.amount,
    "money_or_words": _fee,
    "contact": _contact,
    "tracking": _tracking,
    "phone": cells.phone,
    "id_number": cells.id_number,
}
