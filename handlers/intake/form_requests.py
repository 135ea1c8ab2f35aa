"""A form reached by asking: "viết giùm đơn xin xác nhận độc thân"."""

from dataclasses import replace

from handlers.intake import drafts
from handlers.intake.asking import form_for, usable
from handlers.procedures import checklist
from handlers.turn.i18n import Translate
from handlers.turn.messages import Incoming, State, Turn
from handlers.turn.ports import World
from knowledge.intake.form import Form
from knowledge.search.search import Found
from knowledge.text import fold

PAPERS = frozenset(("khai", "don", "mau", "phieu", "form"))  # words for a form


def asked_for(
    text: str, found: Found, state: State, world: World, incoming: Incoming, _: Translate
) -> Turn | None:
    """The form that the words name, or all there are; None if the search has something to say to it."""
    kind = found.hits[0].kind if found.hits else ""
    if found.decision == "answer" and kind == "procedure":
        return None
    form = _named(text, world, incoming)
    if form:
        return drafts.open_form(form.id, state, world, incoming, _)
    is_vague = (found.decision == "decline" or kind == "talk") and PAPERS & set(fold(text).split())
    return drafts.my_forms(state, world, incoming, _) if is_vague else None


def for_procedure(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The form of the procedure talked about; its list of papers where no form is filled in here (yet)."""
    form = form_for(state.procedure, world, incoming.at.date())
    if form:
        return drafts.open_form(form.id, state, world, incoming, _)
    turn = checklist.proceed(state, world, incoming, _)
    sorry = _("Tờ khai của thủ tục này mình chưa điền giúp được, bạn xem giấy tờ cần chuẩn bị nhé.")
    first, *others = turn.replies
    first = replace(first, text=f"{sorry}\n\n{first.text}", replaces=False)
    return replace(turn, replies=(first, *others))


def _named(text: str, world: World, incoming: Incoming) -> Form | None:
    """The form whose id stands in the text, the longest first: "khai sinh lại" before "khai sinh"."""
    said = f" {fold(text)} "
    forms = sorted(usable(world, incoming.at.date()), key=lambda form: -len(form.id))
    return next((form for form in forms if f" {form.id.replace('-', ' ')} " in said), None)
