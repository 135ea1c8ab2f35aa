"""Rows as news of dossiers: each cell by its column, all that is wrong with a row at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.dossiers.record import Update
from bot.dossiers.tables import sense
from bot.dossiers.tables.parsing import Parsing, Place
from bot.dossiers.tables.sense import Days
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.headings import cell_at
from bot.spreadsheets.pages import Row
from handlers.desk.values import Reason
from handlers.language.format import date_text

# columns that are no field: they tell of which dossier, in which state, when, and what it costs
OTHERS = ("code", "status", "returned", "changed", "fee", "contact")


class BadRow(Exception):
    """A row that cannot be taken, with all its reasons."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(", ".join(f"{each.heading or each.column}: {each.code}" for each in reasons))
        self.reasons = tuple(reasons)


@dataclass
class Reading:
    """How the rows of one page are read."""

    places: Sequence[Place]
    parsing: Parsing
    as_of: datetime  # when the table was written: it says how things stood then
    now: datetime
    where: str = ""  # before the number of a row in remarks

    def __post_init__(self) -> None:
        self._code = self._place("code")
        others = [place for place in self.places if place.name != "code"]
        self._columns = [(place, place.name, place.at, self.parsing.of(place)) for place in others]
        self._today = self.now.date()

    def update(self, row: Row, number: int = 0, code: str = "") -> Update:
        """The news in a row: an empty cell says nothing. `code`: that of the row, if it was read already.

        Raises BadRow.
        """
        told: dict[str, Any] = {}
        bad = [] if code else self._read_code(row, told)
        if code:
            told["code"] = code
        width = len(row)
        for place, name, at, parse in self._columns:
            cell = row[at] if at < width else None
            if cell is None or cell == "":
                continue
            try:
                value = parse(cell)
            except BadCell as error:
                bad.append(place.reason(error, cell))
                continue
            if value is not None and value != "":
                told[name] = value
        days = Days(
            told.get("received"), told.get("due"), told.pop("finished", None), told.pop("returned", None)
        )
        if bad:
            raise BadRow(bad)
        self._judge(told, days, row, number)
        return self._news(told, days)

    def _read_code(self, row: Row, told: dict[str, Any]) -> list[Reason]:
        cell = cell_at(row, self._code.at)
        try:
            told["code"] = cells.code(cell)
        except BadCell as error:
            return [self._code.reason(error, cell)]
        return []

    def _judge(self, told: dict[str, Any], days: Days, row: Row, number: int) -> None:
        """Whether all of it goes together; a fee that is no debt is dropped. Raises BadRow."""
        faults, oddities = sense.judged(days, told["code"].rpartition("-")[0][-6:], self._today)
        bad = [self._reason(fault, getattr(days, fault.column)) for fault in faults]
        if "fee" in told:
            bad += self._fee(told, row)
        if bad:
            raise BadRow(bad)
        for code in oddities:
            self.parsing.remarks.note(code, f"{self.where}{number}")
        if "phone" not in told and "id_number" not in told and "contact" not in told:
            self.parsing.remarks.note("no_second_fact", f"{self.where}{number}")

    def _fee(self, told: dict[str, Any], row: Row) -> list[Reason]:
        """What a register says it costs is a debt only while it is awaited, and must then be an amount."""
        stated, place = told.get("status"), self._place("fee")
        if not (stated and stated.state.awaits == "fee"):
            del told["fee"]
        elif isinstance(fee := told["fee"], BadCell):
            return [place.reason(fee, cell_at(row, place.at))]
        return []

    def _news(self, told: dict[str, Any], days: Days) -> Update:
        """What was read, put together."""
        stated, changed = told.get("status"), told.pop("changed", None)
        written = stated.state.wire if stated else ""
        told["status"], told["since"], told["ended"] = sense.stood(written, days)
        waits = told.pop("stage", "") or (stated.stage if stated else "")
        if stage := sense.stage(waits, told["status"]):
            told["stage"], told["status"] = stage.id, str(stage.state)
        told["undated"] = told["since"] is None and told["status"] is not None
        told["at"] = min(changed, self.as_of) if changed else self.as_of
        for name in ("received", "due", "missing_until"):
            if name in told:
                told[name] = told[name].date()
        if "procedure" in told:
            code, title = told["procedure"]
            told["procedure"], told["title"] = code or None, title or None
        for name, stands_for in (("contact", "phone"), ("fee", "fee_due")):
            if name in told:
                told.setdefault(stands_for, told.pop(name))
        return Update.of(told)

    def _reason(self, fault: sense.Fault, at: datetime) -> Reason:
        place = self._place(fault.column)
        return Reason(fault.code, place.letter, place.heading, date_text(at.date()), fault.facts)

    def _place(self, name: str) -> Place:
        return next((each for each in self.places if each.name == name), Place(name, -1))
