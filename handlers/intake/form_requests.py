"""A form reached by asking: "viết giùm đơn xin xác nhận độc thân"."""

from dataclasses import replace

from handlers.intake import drafts
from handlers.procedures import checklist
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.words import MY_FORMS
from knowledge.intake.form import Form
from knowledge.search.search import Found
from knowledge.text import fold

PAPERS = frozenset(("khai", "don", "mau", "phieu", "form"))  # words for a form


def asked_for(text: str, found: Found, ctx: Context) -> Turn | None:
    """The form that the words name, or all there are; None if the search has something to say to it."""
    kind = found.hits[0].kind if found.hits else ""
    if found.decision == "answer" and kind == "procedure":
        return None
    form = _named(text, ctx)
    if form:
        return drafts.open_form(form.id, ctx)
    is_vague = (found.decision == "decline" or kind == "talk") and PAPERS & set(fold(text).split())
    return drafts.my_forms(ctx) if is_vague else None


def own(text: str, ctx: Context) -> Turn | None:
    """The person's own forms, where they are asked for."""
    return drafts.my_forms(ctx) if fold(text) in MY_FORMS else None


def for_procedure(ctx: Context) -> Turn:
    """The form of the procedure talked about; its list of papers where no form is filled in here (yet)."""
    form = ctx.world.form_for(ctx.state.procedure, ctx.today)
    if form:
        return drafts.open_form(form.id, ctx)
    turn = checklist.proceed(ctx)
    sorry = ctx.tr("Tờ khai của thủ tục này mình chưa điền giúp được, bạn xem giấy tờ cần chuẩn bị nhé.")
    first, *others = turn.replies
    return replace(turn, replies=(replace(first.after(sorry), replaces=False), *others))


def _named(text: str, ctx: Context) -> Form | None:
    """The form whose id stands in the text, the longest first: "khai sinh lại" before "khai sinh"."""
    said = f" {fold(text)} "
    forms = sorted(ctx.world.usable_forms(ctx.today), key=lambda form: -len(form.id))
    return next((form for form in forms if f" {form.id.replace('-', ' ')} " in said), None)
