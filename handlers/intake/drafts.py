"""A form from its first word to its last: opened with a consent, put aside, gone on with, erased."""

import re
from dataclasses import replace

from handlers.intake.actions import BeginForm, DeleteForm
from handlers.intake.asking import CARD, go_on, mine, open_draft, opened
from handlers.intake.consent import CURRENT, consent_text
from handlers.ports.drafts import Draft, shown_code
from handlers.ports.errors import StaleButton
from handlers.turn import guessing
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.effects import Consent, DeleteDraft, Guessed
from handlers.turn.messages import Reply, State, Turn
from handlers.turn.pending import Confirm, DraftFactorAsked, FormConsent, FormQuestion
from handlers.turn.retention import DRAFT_DAYS, PRINTED_DAYS
from handlers.turn.shared import OpenForm, ResumeDraft, backups, menu_choice
from knowledge.dossiers.guesses import WHOLE
from knowledge.intake.form import Form
from knowledge.intake.interview import Interview
from knowledge.intake.path import id_numbers
from knowledge.reading import consent
from knowledge.reading.answers import yes_no
from knowledge.reading.answers.answers import NotOffered, answers, asks
from knowledge.reading.answers.options import Option, Question
from knowledge.reading.answers.standing import meaning

MEANT = 0.5  # chance from which a way to agree is taken for meant
KEPT = 20  # drafts that a person's list holds
LOOK_ALIKE = str.maketrans("OIL", "011")  # letters that no code has; each way to write one is the same code
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
        meaning(Option("no", ctx.tr("Không đồng ý"), said.refuse), "refuse"),
    )
    found = answers(text, Question(options, no="no", kind="consent"))
    if isinstance(found, NotOffered) or not found or found[0].how == "words" and asks(text):
        return None  # who asks first has agreed to nothing, and refused nothing
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
    """Starts a new draft; the tap that led here is the consent. Raises StaleButton as `open_form`.

    The same tap once more, while its form is open, starts no second one.
    """
    form, interview = _usable(form_id, ctx), Interview(by_hand=how != CARD)
    begun = None if isinstance(ctx.state.pending, FormConsent) else open_draft(ctx)
    if begun and (begun.form, begun.interview.by_hand) == (form_id, interview.by_hand):
        return go_on(begun, ctx, keep=False)
    draft = Draft(ctx.world.drafts.new_code(), form.id, interview, procedure=_procedure(form, ctx))
    turn = go_on(draft, ctx.with_state(drafts=(draft.code, *ctx.state.drafts)[:KEPT]))
    return replace(turn, effects=(Consent(CARD if how == CARD else "form", CURRENT), *turn.effects))


def desk_code(text: str) -> str:
    """The code that was written: "7K3F92QX" of "hs-7k3f 92qx"; empty if the text is none."""
    found = DESK_CODE.fullmatch(text.strip(" ."))
    return "".join(found.groups()).upper().translate(LOOK_ALIKE) if found else ""


def resume(code: str, ctx: Context) -> Turn:
    """Goes on with the person's own draft; with another one, also one that is none, asks for a fact first."""
    if code not in ctx.state.drafts and not is_own(code, ctx):
        return _ask_fact(code, ctx)
    draft = ctx.world.drafts.find(code)
    if draft is None or draft.form not in ctx.world.forms:
        text = ctx.tr(
            "Không có tờ khai nào với mã này, hoặc đã quá hạn và được xóa. Bạn xem lại mã giúp mình."
        )
        return ctx.turn(Reply(text, choices=(menu_choice(ctx.tr),)), outcome="declined")
    return _resumed(draft, ctx)


def prove(text: str, ctx: Context) -> Turn | None:
    """The end of an ID number in the form that waits for it; None if nothing waits, or no number was typed.

    A code that is none and the form of somebody else get the same words.
    """
    pending, said = ctx.state.pending, "".join(c for c in text if c.isdecimal())
    if not isinstance(pending, DraftFactorAsked) or any(c.isalpha() for c in text):
        return None
    verdict = guessing.verdict(shown_code(pending.draft), ctx)
    if verdict.wait_hours or len(said) < verdict.digits:
        return _ask_fact(pending.draft, ctx)
    draft = ctx.world.drafts.find(pending.draft)
    held = id_numbers(ctx.world.forms[draft.form], draft.interview) if draft else frozenset()
    end = said[-verdict.digits :]
    fits = any(number.endswith(end) for number in held)
    turn = _resumed(draft, ctx) if draft and fits else _mismatch(ctx)
    guessed = Guessed(shown_code(pending.draft), fits, verdict)
    return replace(turn, effects=(guessed, *turn.effects))


def is_own(code: str, ctx: Context) -> bool:
    """Whether this person began the draft; where that was not kept, whether he knew it then."""
    began = ctx.world.drafts.is_of(code, ctx.person)
    return code in ctx.state.drafts if began is None else began


def _resumed(draft: Draft, ctx: Context) -> Turn:
    own = (draft.code, *(c for c in ctx.state.drafts if c != draft.code))[:KEPT]
    return go_on(draft, ctx.with_state(drafts=own), keep=False)


def _ask_fact(code: str, ctx: Context) -> Turn:
    verdict, tr = guessing.verdict(shown_code(code), ctx), ctx.tr
    if verdict.wait_hours:
        return ctx.turn(guessing.wait(verdict.wait_hours, ctx), outcome="declined")
    fact = tr("đủ một số căn cước")
    if verdict.digits < WHOLE:
        fact = tr("{digits} số cuối của một số căn cước").format(digits=verdict.digits)
    text = tr(
        "Tờ khai {code} không do tài khoản này bắt đầu. Để người lạ không mở được, bạn cho biết {fact} "
        "đã ghi trong tờ khai đó."
    ).format(code=shown_code(code), fact=fact)
    asking = ctx.with_state(pending=DraftFactorAsked(code, verdict.digits))
    return asking.turn(Reply(text, choices=(menu_choice(tr),)), outcome="asked")


def _mismatch(ctx: Context) -> Turn:
    text = ctx.tr(
        "Mã và số này không khớp với tờ khai nào, hoặc tờ khai đã quá hạn và được xóa. "
        "Bạn xem lại cả hai, hoặc đọc mã cho cán bộ ở quầy."
    )
    return ctx.turn(Reply(text, choices=(menu_choice(ctx.tr),)), outcome="asked")


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
        "Đã để dành {form}. Muốn làm tiếp, bạn chọn mục dưới đây; từ tài khoản khác thì gõ mã {code} rồi cho "
        "biết số cuối của một số căn cước trong tờ khai. {days} ngày không dùng thì tờ khai tự xóa.",
        days,
    ).format(form=form.short, code=shown_code(draft.code), days=days)
    choices = (Choice(ctx.tr("Làm tiếp"), ResumeDraft(draft.code)), menu_choice(ctx.tr))
    aside = ctx.with_state(draft="", pending=None)
    return aside.turn(Reply(text, choices=choices), outcome="answered")


def ask_delete(draft: Draft, ctx: Context) -> Turn:
    """Asks once before the draft is erased; whoever did not begin it only leaves it."""
    form, tr = ctx.world.forms[draft.form], ctx.tr
    if not is_own(draft.code, ctx):
        text = tr("Tờ khai này do tài khoản khác bắt đầu, nên chỉ tài khoản đó xóa được.")
        choices = (Choice(tr("Làm tiếp"), ResumeDraft(draft.code)), menu_choice(tr))
        return ctx.with_state(pending=None).turn(Reply(text, choices=choices), outcome="declined")
    text = tr("Xóa hẳn {form} đã in?") if draft.printed else tr("Xóa hẳn {form} đang làm?")
    yes, no = DeleteForm(), ResumeDraft(draft.code)
    choices = (Choice(tr("Xóa"), yes), Choice(tr("Không, làm tiếp"), no))
    asked = ctx.with_state(pending=Confirm(str(yes), str(no)))
    return asked.turn(Reply(text.format(form=form.short), choices=choices), outcome="asked")


def delete(ctx: Context) -> Turn:
    """The open draft is erased. Raises StaleButton if none is open, or another account began it."""
    draft = opened(ctx)
    if not is_own(draft.code, ctx):
        raise StaleButton(draft.code)
    others = tuple(code for code in ctx.state.drafts if code != draft.code)
    text = ctx.tr("Đã xóa tờ khai và các tệp của nó. Không còn gì được giữ lại ở đây.")
    text += " " + backups(ctx.tr)
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
