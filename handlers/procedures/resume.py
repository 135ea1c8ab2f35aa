"""Going on with a checklist after something else was answered in its middle."""

from dataclasses import replace

from handlers.procedures.actions import ChangeWay
from handlers.procedures.checklist import case_question
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Turn
from handlers.turn.pending import CaseQuestion, interrupted
from knowledge.procedures.checklist import next_case


def going_on(turn: Turn, before: Context) -> Turn:
    """The turn with the question that it interrupted: asked again after an answer, else behind a button."""
    asked = interrupted(before.state.pending)
    if not isinstance(asked, CaseQuestion):
        return turn
    procedure = before.world.catalogue.procedures.get(asked.procedure)
    case = next_case(procedure, before.state.answers, before.state.via) if procedure else None
    if procedure is None or case is None:
        return turn
    *others, last = turn.replies
    if turn.outcome == "answered":  # a typed number must mean one thing only
        again = case_question(procedure, case, before)
        state = replace(turn.state, pending=CaseQuestion(procedure.code, case.id))
        return replace(turn, replies=(*others, replace(last, choices=()), again), state=state)
    label = before.tr("Làm tiếp: {procedure}").format(procedure=procedure.short)
    button = Choice(label, ChangeWay(procedure.code, before.state.via))
    return replace(turn, replies=(*others, replace(last, choices=(button, *last.choices))))
