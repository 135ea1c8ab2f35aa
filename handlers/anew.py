"""Whether a line leaves what is open for another matter."""

from handlers.procedures import case_answer
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from knowledge.reading.matters import leaves, turns, unframed
from knowledge.search.search import Found

NAMED, NAMED_ANEW = 0.88, 0.6  # confidence of a new matter that leaves the open one; with a word that says so
HINTED = 0.4  # the same with such a word where nothing else is said
FAR = 0.45  # confidence under which what is offered is no reason to leave the open matter
ALL = 0.95  # part of a line that names another matter and asks for its papers: "khai tử cần gì"
EXPLAINED = 0.7  # part of a line that a new matter has to explain


def is_named_anew(text: str, found: Found, is_framed: bool, ctx: Context) -> bool:
    """Whether another matter is surely named; `is_framed`: it asks for a paper that one is named after."""
    first = found.hits[0] if found.hits else None
    is_leaving = leaves(text)
    if first is None or first.kind == "talk" or first.id == ctx.state.procedure:
        return False
    if is_framed and not is_leaving:
        return False
    alone = unframed(text)
    is_turning = is_leaving or turns(text) or (alone != text and ctx.explained(alone, first) >= EXPLAINED)
    explained = ctx.explained(text, first)
    if is_turning:
        least = HINTED if explained >= ALL else NAMED_ANEW
        return found.decision != "decline" and found.confidence >= least
    if found.confidence >= NAMED_ANEW and explained >= ALL and ctx.aspect(text) == "documents":
        return True
    return found.confidence >= NAMED and explained >= EXPLAINED


def is_far_fetched(turn: Turn, ctx: Context) -> bool:
    """Whether other matters are offered on little ground, while one is talked about."""
    text, state = ctx.incoming.text, ctx.state
    is_open = state.procedure in ctx.world.catalogue.procedures or state.dossier in state.proved
    least = NAMED_ANEW if case_answer.is_open(ctx) else FAR
    return turn.outcome == "offered" and is_open and not turns(text) and ctx.find(text).confidence < least
