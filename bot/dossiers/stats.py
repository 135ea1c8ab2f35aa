"""How many dossiers came, how many were answered in time: the figures of Quyết định 766/QĐ-TTg."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Literal

from sqlalchemy import Connection

from bot.clock import VIETNAM
from bot.dossiers import storage
from bot.dossiers.due_dates import Promises
from bot.dossiers.held import Held, national
from bot.storage.sealing import Vault
from knowledge.dossiers.deadlines import HolidaysUnknown, Rating, rating
from knowledge.dossiers.statuses import state_of
from knowledge.office.calendar import Holidays
from knowledge.procedures.catalogue import Catalogue

# fields whose dossiers the desk takes in for another office (liên thông)
LINKED = ("dat-dai", "nguoi-co-cong", "bao-tro-xa-hoi")
DONE, ENDS = 9, (3, 8, 9, 10)


@dataclass
class Figures:
    """One line of the table. What was received was answered (rated or not) or is open."""

    received: int = 0
    before_time: int = 0
    on_time: int = 0
    late: int = 0
    unrated: int = 0  # withdrawn, or without a due date
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

    def as_json(self) -> dict[str, object]:
        """For `json.dumps`: the totals at the top."""
        whole = asdict(self)
        return {**whole.pop("total"), **whole}


class Judge:
    """Tells how a dossier counts today."""

    def __init__(
        self,
        promises: Promises,
        holidays: Holidays,
        today: date,
        first_dues: Mapping[str, date] = MappingProxyType({}),  # by code, where an apology has moved the date
    ) -> None:
        self._promises, self._holidays, self._today = promises, holidays, today
        self._first_dues = first_dues

    def figures(self, held: Held) -> Figures:
        """A line with this dossier alone."""
        state = state_of(held.status)
        is_over = held.finished is not None or (state is not None and state.is_over)
        rated = self._rated(held)
        if is_over:
            return Figures(1, rated == "before_time", rated == "on_time", rated == "late", rated is None)
        return Figures(1, open=1, open_late=rated == "late" or self._is_overdue(held))

    def _rated(self, held: Held) -> Rating | None:
        if held.received is None:
            return None
        received = datetime.combine(held.received, time(8), VIETNAM)
        try:
            promised = self._first_dues.get(held.code) or self._promises.due_of(held)
            return rating(received, promised, _steps(held), self._holidays)
        except HolidaysUnknown:
            return None

    def _is_overdue(self, held: Held) -> bool:
        """Judged as if it were done today; while papers are awaited the clock stands."""
        today = int(datetime.combine(self._today, time(), VIETNAM).timestamp())
        waits = held.status == "5"
        ended_now = held._replace(steps=(*held.steps, ("9", max(today, held.changed_at), "")), ended=None)
        return not waits and self._rated(ended_now) == "late"


def _steps(held: Held) -> list[tuple[int, datetime]]:
    """The way in national states; an end that a sender named takes the place of those on the way."""
    steps = national(held.steps)
    if not held.ended:
        return steps
    end = datetime.combine(held.ended, time(), VIETNAM)
    return [step for step in steps if step[0] not in ENDS and step[1].date() <= held.ended] + [(DONE, end)]


def stats(dossiers: Iterable[Held], catalogue: Catalogue, judge: Judge) -> Stats:
    """Counts them all."""
    field_of = {p.code: field.id for field in catalogue.fields for p in field.procedures}
    lines = {field.id: Figures() for field in catalogue.fields} | {"": Figures()}
    for held in dossiers:
        lines[field_of.get(held.procedure, "")].add(judge.figures(held))
    used = {name: line for name, line in lines.items() if line.received}
    return Stats(
        total=_sum(used.values()),
        one_stop=_sum(line for name, line in used.items() if name not in LINKED),
        linked=_sum(line for name, line in used.items() if name in LINKED),
        fields=used,
    )


def every(connection: Connection, vault: Vault, which: Literal["all", "open"] = "all") -> Iterator[Held]:
    """All dossiers, or those that are not finished, in constant memory."""
    sql = storage.statements(connection.dialect.name)[which]
    rows = connection.execution_options(stream_results=True, yield_per=1000).exec_driver_sql(sql)
    return (storage.held(row, vault) for row in rows)


def _sum(lines: Iterable[Figures]) -> Figures:
    total = Figures()
    for line in lines:
        total.add(line)
    return total
