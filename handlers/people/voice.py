"""Voice messages: what was probably said is offered, and counts once the person confirms it."""

from dataclasses import replace

from handlers.intake.asking import open_draft, say_first
from handlers.office.greeting import menu_choices
from handlers.office.not_understood import ATTACHMENTS
from handlers.people.actions import HeardRight, Misheard
from handlers.turn.choices import Choice, chosen
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import VoiceGuess
from handlers.turn.words import yes_or_no
from knowledge.text import tidy


def taken_up(ctx: Context) -> Context:
    """The context as if there had been no voice message, or it had been typed.

    What was heard is forgotten, whatever the message says to it.
    """
    guess = ctx.state.pending
    if not isinstance(guess, VoiceGuess):
        return ctx
    before = ctx.with_state(pending=guess.before, offered=guess.offered)
    said = ctx.incoming.choice or _typed(ctx)
    if said == str(HeardRight()):
        return replace(before, incoming=replace(ctx.incoming, choice="", text=guess.heard))
    if said == str(Misheard()):
        return replace(before, incoming=replace(ctx.incoming, choice=said))
    return before


def heard(ctx: Context) -> Turn:
    """The transcript as a suggestion; if it is uncertain or there is none, what to do instead."""
    incoming, tr = ctx.incoming, ctx.tr
    heard = tidy(incoming.heard)  # a listener may give half a letter, which nothing can keep
    if not heard:
        sentence = ATTACHMENTS["voice"]
        return _instead(tr(sentence), ctx)
    if not incoming.heard_sure:
        return _instead(tr("Mình nghe chưa rõ, mời bạn gõ hoặc chọn."), ctx)
    text = tr("Mình nghe là: “{words}”. Đúng không?").format(words=heard)
    choices = (Choice(tr("Đúng"), HeardRight()), Choice(tr("Không, tôi gõ lại"), Misheard()))
    guess = VoiceGuess(heard, ctx.state.pending, ctx.state.offered)
    return ctx.with_state(pending=guess).turn(Reply(text, choices=choices), outcome="asked")


def misheard(ctx: Context) -> Turn:
    """It was something else."""
    return _instead(ctx.tr("Mình nghe nhầm rồi. Mời bạn gõ lại hoặc chọn."), ctx)


def _typed(ctx: Context) -> str:
    """The wire form of what a typed text says to the guess; empty if it says something else."""
    said = yes_or_no(ctx.incoming.text)
    if said is not None:
        return str(HeardRight() if said else Misheard())
    choice = chosen(ctx.incoming.text, ctx.state.offered)
    return choice.value if choice else ""


def _instead(text: str, ctx: Context) -> Turn:
    """Says so, and repeats what is asked, or what can be done."""
    draft = open_draft(ctx)
    if draft:
        return say_first(text, draft, ctx)
    if ctx.state.offered:
        return ctx.turn(Reply(text, choices=ctx.state.offered), outcome="asked")
    return ctx.turn(Reply(text, choices=menu_choices(ctx)))
