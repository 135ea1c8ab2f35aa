"""Several tabs of one person are one talk: a line answers what its own tab asks, or nothing."""

from dataclasses import replace

from handlers.people.welcome import first_open
from handlers.turn import shown
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.shared import Menu


def asking_again(ctx: Context) -> Context | None:
    """The tap that asks again what is open, if a line was typed under another question; else None.

    Another tab of the person went on meanwhile, or the line was sent before the question was seen.
    """
    incoming = ctx.incoming
    if incoming.shows is None or not incoming.text or incoming.text.startswith("/"):
        return None
    if shown.same_question(incoming.shows, ctx.state):
        return None
    waiting = first_open(ctx)
    tap = str(waiting.goes_on if waiting else Menu())
    return replace(ctx, incoming=replace(incoming, text="", choice=tap))


def noted(turn: Turn, ctx: Context) -> Turn:
    """What is asked again, with why."""
    note = ctx.tr("Câu vừa rồi được gửi trước khi thấy điều đang mở dưới đây, nên mình chưa ghi gì.")
    first, *others = turn.replies
    return replace(turn, replies=(first.after(note), *others))


def as_shown(ctx: Context) -> Context:
    """A typed number means none of the choices that only another tab shows."""
    incoming = ctx.incoming
    fits = incoming.shows is None or not incoming.text or shown.same_choices(incoming.shows, ctx.state)
    return ctx if fits else ctx.with_state(offered=(), choosing=False)


def marked(turn: Turn) -> Turn:
    """With what is open now, which the tab tells with the next line."""
    *others, last = turn.replies
    return replace(turn, replies=(*others, replace(last, asks=shown.mark(turn.state))))
