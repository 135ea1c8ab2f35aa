"""A line that nothing explains: what is open is asked again, and the third time a human is offered."""

from dataclasses import replace

from handlers import confirming
from handlers.anew import is_far_fetched
from handlers.dossiers import questions
from handlers.office import danger as help_first
from handlers.office import not_understood
from handlers.procedures import about, case_answer
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.pending import Confirm


def lost(turn: Turn, ctx: Context) -> Turn:
    """Nothing was found: what is open is asked again, a procedure keeps its ways; the third time a human."""
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
    return replace(turn, state=replace(turn.state, misses=missed.state.misses))
