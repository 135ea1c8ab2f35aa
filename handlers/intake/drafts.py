"""A form from its first word to its last: opened with a consent, put aside, gone on with, erased."""

import re
from dataclasses import replace

from handlers.intake.actions import BeginForm, DeleteForm
from handlers.intake.asking import CARD, go_on, mine, opened
from handlers.intake.consent import CURRENT, consent_text
from handlers.ports.drafts import Draft, shown_code
from handlers.ports.errors import StaleButton
from handlers.turn import guessing
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.effects import Consent, DeleteDraft
from handlers.turn.messages import Reply, State, Turn
from handlers.turn.pending import Confirm, FormConsent, FormQuestion
from handlers.turn.retention import DRAFT_DAYS, PRINTED_DAYS
from handlers.turn.shared import OpenForm, ResumeDraft, menu_choice
from knowledge.intake.form import Form
from knowledge.intake.interview import Interview
from knowledge.reading import consent
from knowledge.reading.answers import yes_no
from knowledge.reading.answers.answers import NotOffered, answers
from knowledge.reading.answers.options import Option, Question

MEANT = 0.5  # chance from which a way to agree is taken for meant
KEPT = 20  # drafts that a person's list holds
DESK_CODE = re.compile(r"HS[- ]?([0-9A-TV-Z]{4})[- ]?([0-9A-TV-Z]{4})", re.IGNORECASE)


def open_form(form_id: str, ctx: Context) -> Turn:
    """What the form is, and the consent before its first question. Raises StaleButton for a form we lack.

    An unfinished one may be gone on with.
    """
    form, tr = _usable(form_id, ctx), ctx.tr
    choices = [
        Choice(tr("Đồng ý, chụp thẻ"), BeginForm(form_id, CARD)),
        Choice(tr("Đồng ý, tự gõ"), BeginForm(form_id, "hand")),
    ]
    begun = next((d for d in mine(ctx) if d.form == form_id and not d.printed), None)
    if begun:
        choices.insert(0, Choice(tr("Làm tiếp tờ đang dở"), ResumeDraft(begun.code)))
    text = "\n\n".join(filter(None, (form.doubt, consent_text(tr))))
    asked = ctx.with_state(pending=FormConsent(form_id))
    return asked.turn(Reply(text, form.title, (*choices, menu_choice(tr))), outcome="asked")


def consenting(text: str, ctx: Context) -> Turn | None:
    """The consent in own words, or a refusal; None if no consent is asked, or the line says neither."""
    pending = ctx.state.pending
    if not isinstance(pending, FormConsent):
        return None
    said = consent.load()
    options = (
        Option(CARD, ctx.tr("Đồng ý, chụp thẻ"), said.card),
        Option("hand", ctx.tr("Đồng ý, tự gõ"), said.hand),
        Option("no", ctx.tr("Không đồng ý"), said.refuse),
    )
    found = answers(text, Question(options, no="no", kind="consent"))
    if isinstance(found, NotOffered) or not found:
        return None
    if yes_no.bare(text) and found[0].how != "label":  # there are two ways to agree
        return _which(pending.form, ctx)
    if found[0].chance >= MEANT:
        return refused(ctx) if found[0].value == "no" else begin(pending.form, found[0].value, ctx)
    agrees = yes_no.bare(text) or found[0].chance + found[1].chance >= MEANT
    return _which(pending.form, ctx) if agrees and found[0].value != "no" else None


def refused(ctx: Context) -> Turn:
    """Who does not agree fills nothing in here: where else it can be done."""
    text = ctx.tr(
        "Vâng, mình không lưu gì. Bạn lấy mẫu và điền tại quầy, cán bộ hướng dẫn; hoặc hỏi bộ phận một cửa."
    )
    over = ctx.with_state(pending=None)
    return over.turn(Reply(text, choices=(menu_choice(ctx.tr),)), outcome="answered")


def _which(form_id: str, ctx: Context) -> Turn:
    choices = (
        Choice(ctx.tr("Đồng ý, chụp thẻ"), BeginForm(form_id, CARD)),
        Choice(ctx.tr("Đồng ý, tự gõ"), BeginForm(form_id, "hand")),
    )
    asked = ctx.with_state(pending=FormConsent(form_id))
    return asked.turn(Reply(ctx.tr("Vâng. Bạn muốn chụp thẻ hay tự gõ?"), choices=choices), outcome="asked")


def begin(form_id: str, how: str, ctx: Context) -> Turn:
    """Starts a new draft; the tap that led here is the consent. Raises StaleButton as `open_form`."""
    form = _usable(form_id, ctx)
    interview = Interview(by_hand=how != CARD)
    draft = Draft(ctx.world.drafts.new_code(), form.id, interview, procedure=_procedure(form, ctx))
    turn = go_on(draft, ctx.with_state(drafts=(draft.code, *ctx.state.drafts)[:KEPT]))
    agreed = Consent(CARD if how == CARD else "form", CURRENT)
    return replace(turn, effects=(agreed, *turn.effects))


def desk_code(text: str) -> str:
    """The code that was written: "7K3F92QX" of "hs-7k3f 92qx"; empty if the text is none."""
    found = DESK_CODE.fullmatch(text.strip(" ."))
    return "".join(found.groups()).upper() if found else ""


def resume(code: str, ctx: Context) -> Turn:
    """Goes on with a draft whose code the person has; an unknown code counts as a wrong try."""
    if guessing.waits(ctx):
        return guessing.wait(ctx)
    draft = ctx.world.drafts.find(code)
    if draft is None or draft.form not in ctx.world.forms:
        text = ctx.tr(
            "Không có tờ khai nào với mã này, hoặc đã quá hạn và được xóa. Bạn xem lại mã giúp mình."
        )
        missed = ctx.with_state(wrong_tries=guessing.with_try(ctx))
        return missed.turn(Reply(text, choices=(menu_choice(ctx.tr),)), outcome="declined")
    own = (draft.code, *(c for c in ctx.state.drafts if c != draft.code))[:KEPT]
    return go_on(draft, ctx.with_state(drafts=own), keep=False)


def my_forms(ctx: Context) -> Turn:
    """The person's own drafts, and all forms that can be filled in here."""
    choices = [Choice(_own_label(draft, ctx), ResumeDraft(draft.code)) for draft in mine(ctx)]
    choices += [Choice(form.short, OpenForm(form.id)) for form in ctx.world.usable_forms(ctx.today)]
    text = ctx.tr("Mình điền giúp được các tờ khai này. Bạn chọn một tờ, hoặc gõ mã để làm tiếp:")
    return ctx.turn(Reply(text, choices=(*choices, menu_choice(ctx.tr))), outcome="offered")


def later(draft: Draft, ctx: Context) -> Turn:
    """Puts the form aside."""
    form, days = ctx.world.forms[draft.form], PRINTED_DAYS if draft.printed else DRAFT_DAYS
    text = ctx.tr.plural(
        "Đã để dành {form}. Muốn làm tiếp, bạn bấm nút dưới đây, hoặc gõ mã {code} ở bất cứ kênh nào "
        "của mình. Ai có mã này đều mở được, nên bạn giữ kỹ; {days} ngày không dùng thì tờ khai tự xóa.",
        days,
    ).format(form=form.short, code=shown_code(draft.code), days=days)
    choices = (Choice(ctx.tr("Làm tiếp"), ResumeDraft(draft.code)), menu_choice(ctx.tr))
    aside = ctx.with_state(draft="", pending=None)
    return aside.turn(Reply(text, choices=choices), outcome="answered")


def ask_delete(draft: Draft, ctx: Context) -> Turn:
    """Asks once before the draft is erased."""
    form, tr = ctx.world.forms[draft.form], ctx.tr
    text = tr("Xóa hẳn {form} đã in?") if draft.printed else tr("Xóa hẳn {form} đang làm?")
    yes, no = DeleteForm(), ResumeDraft(draft.code)
    choices = (Choice(tr("Xóa"), yes), Choice(tr("Không, làm tiếp"), no))
    asked = ctx.with_state(pending=Confirm(str(yes), str(no)))
    return asked.turn(Reply(text.format(form=form.short), choices=choices), outcome="asked")


def delete(ctx: Context) -> Turn:
    """The open draft is erased. Raises StaleButton if none is open."""
    draft = opened(ctx)
    others = tuple(code for code in ctx.state.drafts if code != draft.code)
    text = ctx.tr("Đã xóa tờ khai. Không còn gì được giữ lại.")
    gone = ctx.with_state(draft="", drafts=others, pending=None)
    effects = (DeleteDraft(draft.code),)
    return gone.turn(Reply(text, choices=(menu_choice(ctx.tr),)), outcome="answered", effects=effects)


def left(state: State) -> State:
    """The state of somebody who turned to something else: the form waits."""
    if not state.draft:
        return state
    is_ours = isinstance(state.pending, FormQuestion)
    return replace(state, draft="", pending=None if is_ours else state.pending)


def _usable(form_id: str, ctx: Context) -> Form:
    found = next((form for form in ctx.world.usable_forms(ctx.today) if form.id == form_id), None)
    if found is None:
        raise StaleButton(form_id)
    return found


def _procedure(form: Form, ctx: Context) -> str:
    known = [code for code in form.procedures if code in ctx.world.catalogue.procedures]
    return ctx.state.procedure if ctx.state.procedure in known else next(iter(known), "")


def _own_label(draft: Draft, ctx: Context) -> str:
    text = ctx.tr("Đã in: {form} ({code})") if draft.printed else ctx.tr("Làm tiếp: {form} ({code})")
    return text.format(form=ctx.world.forms[draft.form].short, code=shown_code(draft.code))
