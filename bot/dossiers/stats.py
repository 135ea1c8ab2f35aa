"""How many dossiers came, how many were answered in time: the figures of Quyết định 766/QĐ-TTg."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time
from types import MappingProxyType

from bot.clock import VIETNAM
from bot.dossiers.due_dates import DueDates
from bot.dossiers.record import DossierRecord, national
from knowledge.dossiers import statuses
from knowledge.dossiers.deadlines import HolidaysUnknown, Rating, Steps, rating
from knowledge.office.calendar import Holidays
from knowledge.procedures.catalogue import Catalogue

# fields whose dossiers the desk takes in for another office (liên thông)
LINKED = ("dat-dai", "nguoi-co-cong", "bao-tro-xa-hoi")


@dataclass
class Figures:
    """One line of the table. What was received was answered (rated or not) or is open."""

    received: int = 0
    before_time: int = 0
    on_time: int = 0
    late: int = 0
    unrated: int = 0  # withdrawn, without a due date, or nobody told when it ended
    open: int = 0
    open_late: int = 0  # of the open ones: past their due date, or papers asked for twice

    def add(self, other: "Figures") -> None:
        """Adds another line."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


@dataclass(frozen=True)
class Stats:
    """The whole table."""

    total: Figures
    one_stop: Figures
    linked: Figures
    fields: Mapping[str, Figures]  # by the id of the field; "": unknown procedures
    late_by: Mapping[str, int]  # of the late ones, open or not, by the id of the reason; "": nobody told it

    def as_json(self) -> dict[str, object]:
        """For `json.dumps`: the totals at the top."""
        whole = asdict(self)
        return {**whole.pop("total"), **whole}


class Judge:
    """Tells how a dossier counts today."""

    def __init__(
        self,
        due_dates: DueDates,
        holidays: Holidays,
        today: date,
        first_dues: Mapping[str, date] = MappingProxyType({}),  # by code, where an apology has moved the date
    ) -> None:
        self._due_dates, self._holidays, self._today = due_dates, holidays, today
        self._first_dues = first_dues

    def figures(self, record: DossierRecord) -> Figures:
        """A line with this dossier alone."""
        is_over = record.finished is not None or not _is_in_hand(record)
        rated = self._rated(record)
        if is_over:
            return Figures(1, rated == "before_time", rated == "on_time", rated == "late", rated is None)
        return Figures(1, open=1, open_late=rated == "late" or self._is_overdue(record))

    def _rated(self, record: DossierRecord) -> Rating | None:
        if record.received is None or (record.finished is None and not _is_in_hand(record)):
            return None
        received = datetime.combine(record.received, time(8), VIETNAM)
        try:
            promised = self._first_dues.get(record.code) or self._due_dates.due_of(record)
            return rating(received, promised, _steps(record), self._holidays)
        except HolidaysUnknown:
            return None

    def _is_overdue(self, record: DossierRecord) -> bool:
        """Judged as if it were done today; while papers are awaited the clock stands."""
        today = int(datetime.combine(self._today, time(), VIETNAM).timestamp())
        done_now = (statuses.first_of("done").wire, max(today, record.changed_at), "")
        ended_now = replace(record, steps=(*record.steps, done_now), ended=None)
        return not _waits(record) and self._rated(ended_now) == "late"


def _is_in_hand(record: DossierRecord) -> bool:
    """Whether no state says that it has ended."""
    return record.state is None or record.state.is_open


def _waits(record: DossierRecord) -> bool:
    return record.state is not None and record.state.awaits == "papers"


def _steps(record: DossierRecord) -> Steps:
    """The way in national states; an end that a sender named takes the place of those on the way."""
    steps = national(record.steps)
    if not record.ended:
        return steps
    end = datetime.combine(record.ended, time(), VIETNAM)
    before = [(state, at) for state, at in steps if not state.ends and at.date() <= record.ended]
    return [*before, (statuses.first_of("done"), end)]


def stats(dossiers: Iterable[DossierRecord], catalogue: Catalogue, judge: Judge) -> Stats:
    """Counts them all."""
    field_of = {p.code: field.id for field in catalogue.fields for p in field.procedures}
    lines = {field.id: Figures() for field in catalogue.fields} | {"": Figures()}
    own, linked = Figures(), Figures()
    late_by: Counter[str] = Counter()
    for record in dossiers:
        field, line = field_of.get(record.procedure or "", ""), judge.figures(record)
        lines[field].add(line)
        if line.late or line.open_late:
            late_by[_cause(record)] += 1
        # what was received for another office is late by that office
        (linked if field in LINKED or record.competent else own).add(line)
    used = {name: line for name, line in lines.items() if line.received}
    return Stats(_sum((own, linked)), own, linked, used, dict(sorted(late_by.items())))


def _cause(record: DossierRecord) -> str:
    """Why it is late, as the clerk has told; what was received for another office is late by that one."""
    return record.late_cause or ("branch" if record.competent else "")


def _sum(lines: Iterable[Figures]) -> Figures:
    total = Figures()
    for line in lines:
        total.add(line)
    return total
