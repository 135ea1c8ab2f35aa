"""A thought in several short messages: what nothing was made of is read once more with the next line."""

from dataclasses import replace
from datetime import timedelta

from handlers.turn.context import Context
from handlers.turn.messages import Turn
from knowledge.search.search import Found

MOMENT = timedelta(seconds=30)  # between the pieces of one thought
MOST = 3  # pieces that are remembered
NAMED = 0.88  # confidence of a matter that a line names by itself
UNSETTLED = ("offered", "declined")  # outcomes of a line that may go on


def whole(text: str, ctx: Context) -> tuple[str, Context]:
    """The line with those before it, where that says more than the line does; else the line."""
    pieces = _pieces(ctx)
    if not pieces or _is_named(alone := ctx.find(text)):
        return text, ctx
    joined = " ".join((*pieces, text))
    found = ctx.find(joined)
    if found.decision != "answer" and found.confidence <= alone.confidence:
        return text, ctx
    return joined, replace(ctx, incoming=replace(ctx.incoming, text=joined))


def noted(turn: Turn, before: Context) -> Turn:
    """The turn with what the next line may go on with."""
    text, state = before.incoming.text, turn.state
    pieces: tuple[str, ...] = ()
    is_open = state.pending is not None or state.procedure or state.draft or state.dossier
    if text and not is_open and turn.outcome in UNSETTLED:
        pieces = (*_pieces(before), text)[-MOST:]
    elif text and not is_open and turn.outcome == "talked":  # "dạ", "cho mình hỏi"
        pieces = _pieces(before)
    spoken = before.incoming.at if pieces else None
    return replace(turn, state=replace(state, pieces=pieces, pieces_at=spoken))


def _pieces(ctx: Context) -> tuple[str, ...]:
    """The lines of just now."""
    at = ctx.state.pieces_at
    return ctx.state.pieces if at and ctx.incoming.at - at <= MOMENT else ()


def _is_named(found: Found) -> bool:
    is_matter = bool(found.hits) and found.hits[0].kind != "talk"
    return is_matter and found.decision == "answer" and found.confidence >= NAMED
