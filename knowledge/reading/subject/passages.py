"""What a procedure says for one case and one way of filing, in passages that a question can find."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.procedures.catalogue import UNSURE, Document, Procedure, Via
from knowledge.procedures.checklist import possible, relevant

Answers = Mapping[str, str]  # case id -> value id
Kind = Literal[
    "document", "note", "who", "about", "deadline", "fee", "place", "result", "methods", "basis", "case",
    "neighbour",
]  # fmt: skip
Handling = Literal["", "submit", "present", "not_needed"]


@dataclass(frozen=True)
class Passage:
    """One thing that a procedure says, with where it stands."""

    kind: Kind
    place: str  # a document's id, "case:value", a neighbour's code; of the others their number, from 0
    text: str  # as the data have it, several fields one after another
    name: str = ""  # of a document, with what may stand for it
    topic: str = ""  # of a note
    handling: Handling = ""  # of a document
    only_if: str = ""  # the condition of a document that no case asks
    reason: str = ""  # why a document is not needed
    when: tuple[str, ...] = ()  # labels of the cases that are open and decide whether it holds


def passages(procedure: Procedure, answers: Answers, via: Via) -> tuple[Passage, ...]:
    """All that holds or may hold for these answers and this way of filing."""
    return tuple(_passages(procedure, answers, via))


def _passages(procedure: Procedure, answers: Answers, via: Via) -> Iterator[Passage]:
    for document in relevant(procedure.documents, answers, via):
        yield _of_document(document, procedure, answers)
    yield from _of_notes(procedure, answers)
    yield from _of_times_and_fees(procedure, answers)
    yield from _of_places(procedure, answers, via)
    yield Passage("who", "0", procedure.who)
    yield Passage("about", "0", procedure.about)
    yield Passage("result", "0", procedure.result)
    yield Passage("methods", "0", " ".join(procedure.methods))
    yield Passage("basis", "0", "; ".join(procedure.legal_basis))
    yield from (Passage("neighbour", each.code, each.label) for each in procedure.neighbours)
    yield from _of_cases(procedure, answers)


def _of_document(document: Document, procedure: Procedure, answers: Answers) -> Passage:
    names = (document.name, *document.options)
    rest = (document.only_if, document.reason, document.note, document.form)
    return Passage(
        "document",
        document.id,
        ". ".join(filter(None, (*names, *rest))),
        ". ".join(names),
        handling=document.handling,
        only_if=document.only_if or "",
        reason=document.reason or "",
        when=_open(procedure, document.when, answers),
    )


def _of_notes(procedure: Procedure, answers: Answers) -> Iterator[Passage]:
    """Of any way of filing: the question may be about another one than the open one."""
    for number, note in enumerate(procedure.notes):
        if possible(note.when, answers):
            when = _open(procedure, note.when, answers)
            yield Passage("note", str(number), note.text, topic=note.topic, when=when)


def _of_times_and_fees(procedure: Procedure, answers: Answers) -> Iterator[Passage]:
    for number, deadline in enumerate(procedure.deadlines):
        if possible(deadline.when, answers):
            when = _open(procedure, deadline.when, answers)
            yield Passage("deadline", str(number), deadline.note or "", when=when)
    for number, fee in enumerate(procedure.fees):
        if possible(fee.when, answers):
            when = _open(procedure, fee.when, answers)
            yield Passage("fee", str(number), _joined(fee.name, fee.note), when=when)


def _of_places(procedure: Procedure, answers: Answers, via: Via) -> Iterator[Passage]:
    yield Passage("place", "0", _joined(procedure.agency, procedure.where))
    for number, spot in enumerate(relevant(procedure.spots, answers, via), start=1):
        yield Passage("place", str(number), _joined(spot.agency, spot.where))


def _of_cases(procedure: Procedure, answers: Answers) -> Iterator[Passage]:
    """The choices not taken: a question may be about one of them ("nếu không có giấy báo tử thì sao")."""
    for case in procedure.cases:
        for value in case.values:
            if answers.get(case.id) != value.id:
                yield Passage("case", f"{case.id}:{value.id}", value.label)


def _open(procedure: Procedure, when: Mapping[str, tuple[str, ...]], answers: Answers) -> tuple[str, ...]:
    """The labels of the cases that these answers leave open and that decide an entry."""
    return tuple(
        procedure.case(case).label(value)
        for case, values in when.items()
        if answers.get(case, UNSURE) == UNSURE
        for value in values
    )


def _joined(*fields: str | None) -> str:
    return " ".join(filter(None, fields))
