"""A table as a whole: opened, shown before anything is written, taken in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Engine

from bot.dossiers.tables import columns as known
from bot.dossiers.tables import words
from bot.dossiers.tables.age import age
from bot.dossiers.tables.columns import Choices
from bot.dossiers.tables.parsing import Parsing
from bot.dossiers.tables.part import Part
from bot.dossiers.tables.procedures import FindProcedure
from bot.dossiers.tables.reading import BadRow, Reading
from bot.dossiers.tables.remarks import Remarks
from bot.dossiers.tables.samples import sample
from bot.dossiers.tables.survey import coded, line_text, repeated, survey
from bot.dossiers.take_in import take_ins
from bot.dossiers.take_in.people import strangers
from bot.dossiers.take_in.taking import Full, Outcome, Ref, Taking
from bot.spreadsheets import files
from bot.spreadsheets.csv_file import Advance
from bot.spreadsheets.headings import Layout
from bot.spreadsheets.pages import Page, Row
from bot.spreadsheets.table import first_rows
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.desk.faults import BadTable
from handlers.desk.values import Age, Preview, Reason, Refused, Sample, Sheet

FIRST = 3  # rows of a sheet that are shown as they were read
REFUSED = 20  # rows that are told one by one; all of them come back in a file

Refuse = Callable[[Refused, Row], None]


@dataclass
class Table:
    """A file that was opened and looked through."""

    file: str
    parts: list[Part]
    sheets: list[Sheet]  # all of them, those that are not read too
    age: Age
    choices: Choices
    find_procedure: FindProcedure
    now: datetime

    def spoken_at(self, at: datetime) -> "Table":
        """The same, speaking for that moment."""
        return replace(self, age=replace(self.age, at=min(at, self.now), by="given"))

    def where(self, part: Part) -> str:
        """What stands before the number of a row where several sheets have one."""
        return f"{part.name}!" if part.name and len(self.parts) > 1 else ""

    def rows(self, remarks: Remarks, refuse: Refuse) -> Iterator[Full]:
        """The rows as news; those that cannot be taken are told of."""
        for number, part in enumerate(self.parts):
            where = self.where(part)
            parsing = Parsing(self.find_procedure, remarks, part.page.epoch, self.choices.states)
            reading = Reading(part.places, parsing, self.age.at, self.now, where)
            for row_number, row, code in coded(part.page, part.layout, self.choices.left_out(part.page)):
                try:
                    update = reading.update(row, row_number, code)
                except BadRow as error:
                    refuse(Refused(part.name, row_number, error.reasons), row)
                    continue
                yield Ref(number, row_number), update, row


def opened(
    path: Path, choices: Choices, find_procedure: FindProcedure, now: datetime, advance: Advance
) -> Table:
    """Reads the file once. Raises BadTable and OSError."""
    pages = files.pages(path, replace(known.SPELLINGS, own=choices.meaning).known, advance)
    parts, sheets = [], []
    for page in pages:
        rows = first_rows(page.rows)
        layout = choices.layout(rows, page)
        why_not = _why_not(page, layout, choices)
        if why_not or layout is None:
            sheets.append(Sheet(page.name, False, why_not))
            continue
        seen = survey(page, layout, now.date(), choices.left_out(page))
        columns = known.understood(layout, seen.samples, choices, page.hidden_columns)
        columns = tuple(replace(each, order=seen.orders.get(place, "")) for each, place in zip(
            columns, (heading.place for heading in layout.headings), strict=True))  # fmt: skip
        parts.append(Part(page, layout, seen, columns))
        sheets.append(Sheet(page.name, True, "", layout.first_row, layout.last_row, columns, seen.rows))
    _check_found(path.name, pages, parts, sheets, choices)
    return Table(path.name, parts, sheets, _age(parts, choices, now), choices, find_procedure, now)


def _why_not(page: Page, layout: Layout | None, choices: Choices) -> str:
    if choices.sheets and page.name not in choices.sheets:
        return "not_chosen"
    if page.visibility != "visible" and page.name not in choices.sheets:
        return page.visibility
    return "no_headings" if layout is None else ""


def _check_found(
    file: str, pages: list[Page], parts: list[Part], sheets: list[Sheet], choices: Choices
) -> None:
    names = [page.name for page in pages]
    for wanted in choices.sheets:
        if wanted not in names:
            raise BadTable("no_such_sheet", file=file, sheet=wanted, sheets=", ".join(names))
    if not parts and any(sheet.why_not in ("hidden", "very_hidden") for sheet in sheets):
        raise BadTable("only_hidden", file=file)
    if not parts:
        raise BadTable("no_headings", file=file, needed=known.NEEDED)


def _age(parts: list[Part], choices: Choices, now: datetime) -> Age:
    lines = []
    for part in parts:
        above = [(n, line_text(row)) for n, row in first_rows(part.page.rows) if n < part.layout.first_row]
        lines += [*above, *part.survey.lines]
    newest = max(filter(None, (part.survey.newest for part in parts)), default=None)
    return age(lines, newest, choices.as_of, now)


@dataclass
class Seen:
    """What was found on the way through the rows."""

    table: Table
    refuse: Refuse
    remarks: Remarks = field(default_factory=Remarks)
    refused: list[Refused] = field(default_factory=list)  # the first
    samples: list[Sample] = field(default_factory=list)
    bad: int = 0

    def note(self, told: Refused, row: Row) -> None:
        """A row that is not taken."""
        self.bad += 1
        if len(self.refused) < REFUSED:
            self.refused.append(told)
        self.refuse(told, row)

    def object_(self, ref: Ref, reason: Reason, row: Row) -> None:
        """A row that could be read and must not be taken."""
        self.note(Refused(self.table.parts[ref.sheet].name, ref.row, (reason,)), row)

    def rows(self, suspect: frozenset[int]) -> Iterator[Full]:
        """All that can be read; those of codes that may stand beside different people come last."""
        later: dict[str, list[Full]] = {}
        for full in self.table.rows(self.remarks, self.note):
            if len(self.samples) < FIRST:
                self.samples.append(sample(full[0].row, full[1]))
            if hash(full[1].code) in suspect:
                later.setdefault(full[1].code, []).append(full)
            else:
                yield full
        strange = dict(strangers((code, [(r.row, u) for r, u, _ in rows]) for code, rows in later.items()))
        for code, rows in later.items():
            if code not in strange:
                yield from rows
            for ref, _, row in rows if code in strange else ():
                self.object_(ref, strange[code], row)


def look(table: Table, engine: Engine, vault: Vault, refuse: Refuse = lambda refused, row: None) -> Preview:
    """What would become of each row; nothing is written. `refuse` is told of each that would not be taken."""
    seen, taking, suspect = _ready(table, engine, vault, refuse)
    taking.look(seen.rows(suspect))
    return _preview(seen, taking.outcome)


def take(table: Table, engine: Engine, vault: Vault, refuse: Refuse) -> tuple[Preview, int]:
    """Takes in what `look` shows; with the number of the take-in, by which it can be undone."""
    seen, taking, suspect = _ready(table, engine, vault, refuse)
    with database.writing(engine) as connection:
        number = take_ins.begin(connection, table.age.at, table.now)
        words.remember(connection, "column", table.choices.said_columns)
        words.remember(connection, "state", table.choices.said_states)
    parts = count(1)
    taking.take(
        seen.rows(suspect),
        lambda connection, done: take_ins.keep(connection, vault, number, next(parts), done),
    )
    return _preview(seen, taking.outcome), number


def _ready(table: Table, engine: Engine, vault: Vault, refuse: Refuse) -> tuple[Seen, Taking, frozenset[int]]:
    twice, suspect = repeated([part.survey for part in table.parts])
    seen = Seen(table, refuse)
    return seen, Taking(engine, vault, table.choices.backward, twice, seen.object_, table.now), suspect


def _preview(seen: Seen, outcome: Outcome) -> Preview:
    table = seen.table
    for part in table.parts:
        part.remark(seen.remarks, table.where(part), table.choices.hidden)
    return Preview(
        table.file, table.age, tuple(table.sheets), tuple(seen.samples), seen.remarks.told(),
        tuple(seen.refused), replace(outcome.counts, refused=seen.bad), tuple(outcome.changes),
        outcome.told(),
    )  # fmt: skip
