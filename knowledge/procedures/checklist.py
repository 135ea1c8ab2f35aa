"""Which cases to ask and which entries of a procedure hold, given the answers so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from knowledge.procedures.catalogue import (
    UNSURE,
    Case,
    Condition,
    Deadline,
    Document,
    Fee,
    Procedure,
    Spot,
    Via,
)

Answers = Mapping[str, str]  # case id -> value id, or UNSURE


class Conditional(Protocol):
    """An entry that holds in some cases and for some ways of filing."""

    @property
    def when(self) -> Condition: ...
    @property
    def via(self) -> tuple[Via, ...]: ...


@dataclass(frozen=True)
class Needs:
    """The papers of a case."""

    sure: tuple[Document, ...]  # needed whatever else is true
    perhaps: tuple[Document, ...]  # only under a condition that is still open
    at_collection: tuple[Document, ...]  # brought when the result is fetched


Entry = TypeVar("Entry", bound=Conditional)
DatedEntry = TypeVar("DatedEntry", Deadline, Fee)


def next_case(procedure: Procedure, answers: Answers, via: Via = "desk") -> Case | None:
    """The first unanswered case that can still change what the citizen is told; None if there is none."""
    entries: list[Conditional] = [
        *procedure.documents,
        *procedure.deadlines,
        *procedure.fees,
        *procedure.notes,
        *procedure.spots,
    ]
    conditions = [e.when for e in entries if not e.via or via in e.via] + [c.when for c in procedure.cases]
    for case in procedure.cases:
        if case.id in answers or not _concerns(case, procedure, answers):
            continue
        if any(case.id in when and possible(when, answers) for when in conditions):
            return case
    return None


def _concerns(case: Case, procedure: Procedure, answers: Answers) -> bool:
    """Whether to ask it; who is unsure of an earlier case is not asked about its rarer answers one by one."""
    unsure = [name for name in case.when if answers.get(name) == UNSURE]
    likely = all(2 * len(case.when[name]) >= len(procedure.case(name).values) for name in unsure)
    return likely and possible(case.when, answers)


def possible(when: Condition, answers: Answers) -> bool:
    """Whether a condition holds or may still hold."""
    return all(answers.get(case, UNSURE) in (*values, UNSURE) for case, values in when.items())


def certain(when: Condition, answers: Answers) -> bool:
    """Whether a condition holds with the answers given."""
    return all(answers.get(case) in values for case, values in when.items())


def relevant(entries: Iterable[Entry], answers: Answers, via: Via) -> list[Entry]:
    """The entries that hold or may hold for these answers and this way of filing."""
    return [e for e in entries if (not e.via or via in e.via) and possible(e.when, answers)]


def in_force(entries: Iterable[DatedEntry], answers: Answers, via: Via, today: date) -> list[DatedEntry]:
    """`relevant`, of what is in force today; an entry for this very case goes before the general one."""
    found = [e for e in relevant(entries, answers, via) if e.holds_on(today)]
    return sorted(found, key=lambda e: not (e.when and certain(e.when, answers)))


def spots(procedure: Procedure, answers: Answers, via: Via) -> list[Spot]:
    """Where to file: the place that surely holds; before it those that hold if an open case is so."""
    found: list[Spot] = []
    usual = Spot(place=procedure.place, where=procedure.where, agency=procedure.agency)
    for spot in (*relevant(procedure.spots, answers, via), usual):
        found.append(spot)
        if certain(spot.when, answers):
            break
    return found


def needs(procedure: Procedure, answers: Answers, via: Via) -> Needs:
    """The papers of this case, by how surely the citizen needs them."""
    wanted = [d for d in relevant(procedure.documents, answers, via) if d.handling != "not_needed"]
    at_filing = [d for d in wanted if not d.at_collection]
    sure = [d for d in at_filing if not d.only_if and certain(d.when, answers)]
    perhaps = [d for d in at_filing if d not in sure]
    return Needs(tuple(sure), tuple(perhaps), tuple(d for d in wanted if d.at_collection))


def open_conditions(when: Condition, answers: Answers) -> dict[str, tuple[str, ...]]:
    """The part of a condition that the answers leave open: case id -> values."""
    return {case: values for case, values in when.items() if answers.get(case, UNSURE) == UNSURE}


def settled(procedure: Procedure, answers: Answers) -> dict[str, str]:
    """The answers that still mean something: a known case that is asked, and one of its values."""
    kept: dict[str, str] = {}
    for case in procedure.cases:
        value = answers.get(case.id)
        if value in {v.id for v in case.values} | {UNSURE} and possible(case.when, kept):
            kept[case.id] = str(value)
    return kept
