"""What does not fit together within one procedure."""

from collections.abc import Iterator, Mapping

from knowledge.procedures.catalogue import Case, Condition, Procedure


def problems_of(p: Procedure) -> Iterator[str]:
    """A line for each rule between its parts that a procedure breaks."""
    if p.place == "other" and not p.where:
        yield "place other needs where"
    yield from _doubles("document", [d.id for d in p.documents])
    yield from _doubles("case", [c.id for c in p.cases])
    known: dict[str, set[str]] = {}
    for case in p.cases:
        yield from _unknown_values(f"case {case.id}", case.when, known)
        known[case.id] = {v.id for v in case.values}
        yield from _unknown_answers(case)
    for kind, entries in (("deadline", p.deadlines), ("fee", p.fees), ("note", p.notes), ("spot", p.spots)):
        for entry in entries:
            yield from _unknown_values(kind, entry.when, known)
    for document in p.documents:
        yield from _unknown_values(f"document {document.id}", document.when, known)


def _unknown_answers(case: Case) -> Iterator[str]:
    values = {v.id for v in case.values}
    yield from (f"case {case.id}: no value {v}" for v in (case.yes, case.no) if v and v not in values)
    if case.unit is None and any((v.least, v.most) != (None, None) for v in case.values):
        yield f"case {case.id}: least and most need a unit"
    said = [phrase.casefold() for value in case.values for phrase in {*value.says, value.label}]
    yield from _doubles(f"case {case.id}: phrase", said)


def _doubles(kind: str, ids: list[str]) -> Iterator[str]:
    return (f"{kind} {i} stands twice" for i in sorted({i for i in ids if ids.count(i) > 1}))


def _unknown_values(who: str, when: Condition, known: Mapping[str, set[str]]) -> Iterator[str]:
    for case_id, values in when.items():
        if case_id not in known:
            yield f"{who}: when names {case_id}, which is no (earlier) case"
        else:
            yield from (f"{who}: {case_id} has no value {v}" for v in values if v not in known[case_id])
