"""Going on with a checklist after something else was answered in its middle."""

from dataclasses import replace

from handlers.procedures import checklist
from handlers.turn.i18n import Translate
from handlers.turn.messages import Choice, State, Turn
from handlers.turn.ports import World
from knowledge.procedures.checklist import next_case


def going_on(turn: Turn, before: State, world: World, _: Translate) -> Turn:
    """The turn with the question that it interrupted: asked again after an answer, else behind a button."""
    procedure = world.catalogue.procedures.get(before.procedure)
    if procedure is None or not _is_asked(before):
        return turn
    case = next_case(procedure, before.answers, before.via)
    if case is None:
        return turn
    *others, last = turn.replies
    if turn.outcome == "answered":  # a typed number must mean one thing only
        again = checklist.case_question(procedure, case, _)
        return replace(turn, replies=(*others, replace(last, choices=()), again))
    label = _("Làm tiếp: {procedure}").format(procedure=procedure.short)
    button = Choice(label, f"v:{procedure.code}:{before.via}")
    return replace(turn, replies=(*others, replace(last, choices=(button, *last.choices))))


def _is_asked(state: State) -> bool:
    """Whether the last thing offered was a case of the checklist, or the way back to it."""
    marks = tuple(f"{verb}:{state.procedure}:" for verb in "av")
    return any(choice.value.startswith(marks) for choice in state.offered)
