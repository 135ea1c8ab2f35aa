"""A line that nothing explains: what is open is asked again, and the third time a human is offered."""

from dataclasses import replace

from handlers import confirming
from handlers.anew import is_far_fetched
from handlers.dossiers import questions
from handlers.language.i18n import N_
from handlers.office import danger as help_first
from handlers.office import not_understood
from handlers.procedures import about, case_answer
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import Confirm
from handlers.turn.shared import OpenProcedure

CHOOSE_FIRST = N_("Mình chưa rõ câu này. Bạn chọn việc trước giúp mình, rồi mình trả lời tiếp:")


def lost(turn: Turn, ctx: Context) -> Turn:
    """Nothing was found: what is open is asked again, a procedure keeps its ways; the third time a human."""
    if turn.outcome == "talked" and case_answer.is_open(ctx):  # a word in between leaves no question unasked
        return case_answer.again(ctx, turn.replies[0].text)
    is_waiting = isinstance(ctx.state.pending, Confirm) and turn.outcome in ("talked", "offered")
    if turn.outcome != "declined" and not is_waiting and not is_far_fetched(turn, ctx):
        return turn
    return help_first.perhaps(_missed(turn, ctx), ctx)


def _missed(turn: Turn, ctx: Context) -> Turn:
    missed = ctx.with_state(misses=ctx.state.misses + 1)
    if missed.state.misses >= not_understood.PATIENCE:
        return replace(not_understood.human(missed), unmet=turn.unmet)
    if isinstance(missed.state.pending, Confirm):
        return confirming.again(missed)
    if case_answer.is_open(missed):
        again = missed.tr("Mình chưa hiểu câu này. Bạn chọn một mục, gõ số, hoặc nói cách khác giúp mình:")
        return replace(case_answer.again(missed, again), unmet=turn.unmet)
    if missed.state.dossier in missed.state.proved and (told := questions.unknown(missed)):
        return replace(told, unmet=turn.unmet)
    if missed.state.procedure in missed.world.catalogue.procedures:
        return replace(about.unknown(missed), unmet=turn.unmet)
    if missed.state.choosing and any(isinstance(c.action, OpenProcedure) for c in missed.state.offered):
        choices = Reply(missed.tr(CHOOSE_FIRST), choices=missed.state.offered)
        return missed.turn(choices, outcome="offered", unmet=turn.unmet)
    return replace(turn, state=replace(turn.state, misses=missed.state.misses))
