"""The usual case of a procedure, for paper that cannot ask: the first answers that lead to a list."""

from collections.abc import Iterator

from knowledge.procedures.catalogue import Procedure, Via
from knowledge.procedures.checklist import Answers, needs, next_case


def leaves(procedure: Procedure, via: Via, answers: Answers | None = None) -> Iterator[Answers]:
    """Every way through the questions, in the order of their buttons."""
    answers = answers or {}
    case = next_case(procedure, answers, via)
    if case is None:
        yield answers
        return
    for value in case.values:
        yield from leaves(procedure, via, {**answers, case.id: value.id})


def usual_case(procedure: Procedure, via: Via) -> Answers:
    """The first case in which papers are wanted; the very first where none are in any."""
    first = next(leaves(procedure, via))
    with_papers = (a for a in leaves(procedure, via) if needs(procedure, a, via).sure)
    return next(with_papers, first)
