"""A typed answer to the yes or no that is asked before something is done that cannot be undone."""

import re
from dataclasses import replace

from handlers.buttons import tapped
from handlers.people.welcome import CONFIRMED
from handlers.turn.actions import decode
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import Confirm
from handlers.turn.shared import Menu
from handlers.turn.words import yes_or_no
from knowledge.reading.answers.answers import NotOffered, answers
from knowledge.reading.answers.options import Option, Question
from knowledge.reading.answers.standing import meaning
from knowledge.text import fold

MEANT = 0.6  # chance from which a choice is taken for meant
# What a question has: it is never taken for the yes to what cannot be undone.
ASKS = re.compile(
    r"\b(gi|sao|ha|nao|ai|khong|chua|may|bao nhieu|bao gio|why|what|which|who|how|when|if|can)\b"
)


def typed(text: str, ctx: Context) -> Turn | None:
    """A typed yes or no, where one is asked for."""
    pending = ctx.state.pending
    if not isinstance(pending, Confirm):
        return None
    said = yes_or_no(text)
    if said is not None:
        return tapped(decode(pending.yes), ctx) if said else _kept(pending, ctx)
    labels = {choice.value: choice.label for choice in ctx.state.offered}
    options = tuple(Option(value, label) for value, label in labels.items())
    options = tuple(meaning(each, "keep") if each.value == pending.no else each for each in options)
    found = (
        answers(text, Question(options, yes=pending.yes, no=pending.no, kind="confirm")) if options else ()
    )
    if isinstance(found, NotOffered) or not found or found[0].chance < MEANT:
        return None
    if found[0].value == pending.no:
        return _kept(pending, ctx)
    if found[0].value == pending.yes and (ASKS.search(fold(text)) or "?" in text):
        return again(ctx)
    return tapped(decode(found[0].value), ctx)


def again(ctx: Context) -> Turn:
    """Neither yes nor no: what waits is asked once more, with all that it is about."""
    said, pending = ctx.tr("Mình chưa làm gì cả. Bạn chọn giúp mình:"), ctx.state.pending
    known = CONFIRMED.get(decode(pending.yes)) if isinstance(pending, Confirm) else None
    if known is None:
        return ctx.turn(Reply(said, choices=ctx.state.offered), outcome="asked")
    turn = tapped(known[1], ctx)
    first, *others = turn.replies
    return replace(turn, replies=(first.after(said), *others))


def _kept(pending: Confirm, ctx: Context) -> Turn:
    """As if no were tapped, and said so."""
    turn = tapped(decode(pending.no), ctx)
    if pending.no != str(Menu()):  # it says so itself
        return turn
    first, *others = turn.replies
    return replace(turn, replies=(first.after(ctx.tr("Vâng, mình giữ nguyên, chưa làm gì cả.")), *others))
