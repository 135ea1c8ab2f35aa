"""The parts of a procedure that are compared, each as text that an editor can read."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from knowledge.procedures.catalogue import Case, Condition, Deadline, Document, Fee, Procedure, Via
from knowledge.text import plain

How = Literal["added", "removed", "changed", "reworded"]
Parts = Mapping[str, tuple[str, ...]]  # name of a part -> its entries
Found = Iterator[tuple[str, How, str, str]]  # part, how it differs, before, after


def is_unread(procedure: Procedure) -> bool:
    """Whether it was taken over from a dump: nobody has written down yet how people ask for it."""
    return not procedure.asks


def source_parts(procedure: Procedure) -> Parts:
    """What a dump states besides the documents."""
    return {
        "name": (procedure.name,),
        "decision": (procedure.decision or "",),
        "deadline": tuple(map(_deadline, procedure.deadlines)),
        "fee": tuple(map(_fee, procedure.fees)),
        "who": (procedure.who,),
        "methods": procedure.methods,
        "agency": (procedure.agency,),
        "result": (procedure.result,),
        "legal basis": procedure.legal_basis,
        "conditions": tuple(n.text for n in procedure.notes if n.topic == "condition" and not n.rows),
    }


def parts(procedure: Procedure) -> Parts:
    """All that is compared between two catalogues of a kind, besides the documents."""
    return {
        **source_parts(procedure),
        "case": tuple(_case(case) for case in procedure.cases),
        "where": (procedure.place, procedure.where or ""),
        "validity": (_days(procedure.since, procedure.until),),
        "announced": tuple(f"{change.on}: {change.text}" for change in procedure.announced),
        "note": tuple(_told(n.text, _condition(n.when), _via(n.via)) for n in procedure.notes),
    }


def joined(texts: Iterable[str]) -> str:
    """A part as one text."""
    return " | ".join(dict.fromkeys(filter(None, texts)))


def document_text(document: Document) -> str:
    """One document on one line, with all that may change."""
    count = "original or copy" if document.either else _counts(document.originals, document.copies)
    details = _joined(
        document.handling,
        count,
        " / ".join(document.options),
        _condition(document.when),
        document.only_if,
        document.note,
        document.reason,
        _via(document.via),
    )
    return f"{document.name} [{details}]"


def source_rows(procedure: Procedure) -> list[tuple[str, str]]:
    """The rows of an unread procedure as the dump has them: what each says, and how many of it."""
    told = {row: ("", "") for skipped in procedure.skipped for row in skipped.rows}
    for document in procedure.documents:
        count = _joined(_counts(document.originals, document.copies), document.note)
        told |= {row: (document.name, count) for row in document.rows}
    for note in procedure.notes:
        told |= {row: (note.text, "") for row in note.rows}
    return [told[row] for row in sorted(told)]


def told_rows(procedure: Procedure) -> Mapping[int, str]:
    """What we made of each row of the source."""
    told: dict[int, str] = {}
    for skipped in procedure.skipped:
        told |= {row: f"(left out: {skipped.why})" for row in skipped.rows}
    for note in procedure.notes:
        told |= {row: f"(note) {note.text}" for row in note.rows}
    for document in procedure.documents:
        told |= {row: document_text(document) for row in document.rows}
    return told


def fingerprint(text: str) -> str:
    """Ten letters that stay the same when only capitals, diacritics or punctuation change."""
    return hashlib.blake2s(plain(text).encode(), digest_size=5).hexdigest()


def _deadline(entry: Deadline) -> str:
    span = f"{entry.count or ''} {entry.kind.replace('_', ' ')}".strip()
    usual = "usually" if entry.usual else ""
    return _told(
        span, usual, _condition(entry.when), _via(entry.via), _days(entry.since, entry.until), entry.note
    )


def _fee(entry: Fee) -> str:
    level = f"{entry.amount} {entry.unit}" if entry.amount is not None else entry.level.replace("_", " ")
    limits = (_condition(entry.when), _via(entry.via), _days(entry.since, entry.until))
    return _told(f"{entry.name}: {level}", *limits, entry.note, entry.basis)


def _told(text: str, *details: str | None) -> str:
    return f"{text} [{_joined(*details)}]" if any(details) else text


def _case(case: Case) -> str:
    return f"{case.question} {' / '.join(value.label for value in case.values)}"


def _counts(originals: int | None, copies: int | None) -> str:
    known = [(originals, "original"), (copies, "copy")]
    return " + ".join(f"{count} {what}" for count, what in known if count)


def _condition(when: Condition) -> str:
    return ", ".join(f"{case}={'|'.join(values)}" for case, values in sorted(when.items()))


def _via(via: tuple[Via, ...]) -> str:
    return ", ".join(sorted(via))


def _days(since: object, until: object) -> str:
    return " ".join(f"{word} {day}" for word, day in (("from", since), ("to", until)) if day)


def _joined(*details: str | None) -> str:
    return "; ".join(filter(None, details))
