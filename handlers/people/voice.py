"""Voice messages: what was probably said is offered, and counts once the person confirms it."""

from dataclasses import replace

from handlers.intake.asking import open_draft, say_first
from handlers.office.talk import ATTACHMENTS, menu_choices
from handlers.turn.choosing import chosen
from handlers.turn.i18n import Translate
from handlers.turn.messages import Choice, Incoming, Reply, State, Turn
from handlers.turn.ports import World

YES, NO = "heard", "misheard"


def taken_up(incoming: Incoming, state: State) -> tuple[Incoming, State]:
    """The message and the state as if there had been no voice message, or it had been typed.

    What was heard is forgotten, whatever the message says to it.
    """
    if not state.heard:
        return incoming, state
    before = replace(state, heard="", amid=(), offered=state.amid)
    said = incoming.choice or chosen(incoming.text, state.offered)
    if said == YES:
        return replace(incoming, choice="", text=state.heard), before
    return (replace(incoming, choice=NO) if said == NO else incoming), before


def heard(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The transcript as a suggestion; if it is uncertain or there is none, what to do instead."""
    if not incoming.heard:
        sentence = ATTACHMENTS["voice"]
        return _instead(_(sentence), state, world, incoming, _)
    if not incoming.heard_sure:
        return _instead(_("Mình nghe chưa rõ, mời bạn gõ hoặc chọn."), state, world, incoming, _)
    text = _("Mình nghe là: “{words}”. Đúng không?").format(words=incoming.heard)
    choices = (Choice(_("Đúng"), YES), Choice(_("Không, tôi gõ lại"), NO))
    waiting = replace(state, heard=incoming.heard, amid=state.offered)
    return Turn((Reply(text, choices=choices),), waiting, "asked")


def misheard(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """It was something else."""
    return _instead(_("Mình nghe nhầm rồi. Mời bạn gõ lại hoặc chọn."), state, world, incoming, _)


def _instead(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Says so, with what can be chosen; an open form repeats its question."""
    draft = open_draft(state, world)
    if draft:
        return say_first(text, draft, state, world, incoming, _)
    return Turn((Reply(text, choices=state.offered or menu_choices(state, _)),), state)
