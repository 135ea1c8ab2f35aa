"""A form from its first word to its last: opened with a consent, put aside, gone on with, erased."""

import re
from dataclasses import replace

from handlers import status
from handlers.deeds import Consent, DropDraft
from handlers.drafts import Draft, shown_code
from handlers.i18n import Translate
from handlers.intake.asking import BY_HAND, CARD, go_on, menu_choice, mine, opened, usable
from handlers.intake.texts import CONSENT, CONSENT_TEXT
from handlers.messages import Choice, Incoming, Reply, State, Turn
from handlers.ports import World
from knowledge.form import Form

KEPT = 20  # drafts that a person's list holds
DESK_CODE = re.compile(r"HS[- ]?([0-9A-TV-Z]{4})[- ]?([0-9A-TV-Z]{4})", re.IGNORECASE)


def open_form(form_id: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What the form is, and the consent before its first question. Raises StopIteration for a form we lack.

    An unfinished one may be gone on with.
    """
    form = next(form for form in usable(world, incoming.at.date()) if form.id == form_id)
    parts = [form.doubt or "", _(CONSENT_TEXT)]
    choices = [
        Choice(_("Đồng ý, chụp thẻ"), f"fb:{form_id}:card"),
        Choice(_("Đồng ý, tự gõ"), f"fb:{form_id}:hand"),
    ]
    begun = next((d for d in mine(state, world) if d.form == form_id and not d.printed), None)
    if begun:
        choices.insert(0, Choice(_("Làm tiếp tờ đang dở"), f"fd:{begun.code}"))
    text = "\n\n".join(filter(None, parts))
    return Turn((Reply(text, form.title, (*choices, menu_choice(_))),), state, "asked")


def begin(form_id: str, how: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Starts a new draft; the tap that led here is the consent."""
    form = world.forms[form_id]
    answers = {} if how == CARD else {BY_HAND: "yes"}
    draft = Draft(world.drafts.new_code(), form.id, answers, procedure=_procedure(form, state, world))
    begun = replace(state, draft=draft.code, drafts=(draft.code, *state.drafts)[:KEPT])
    turn = go_on(draft, begun, world, incoming, _)
    return replace(turn, deeds=(Consent(CARD if how == CARD else "form", CONSENT), *turn.deeds))


def desk_code(text: str) -> str:
    """The code that was written: "7K3F92QX" of "hs-7k3f 92qx"; empty if the text is none."""
    found = DESK_CODE.fullmatch(text.strip(" ."))
    return "".join(found.groups()).upper() if found else ""


def resume(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Goes on with a draft whose code the person has; an unknown code counts as a wrong try."""
    if status.waits(state, incoming.at):
        return status.wait(state, _)
    draft = world.drafts.find(code)
    if draft is None or draft.form not in world.forms:
        text = _("Không có tờ khai nào với mã này, hoặc đã quá hạn và được xóa. Bạn xem lại mã giúp mình.")
        tries = (*status.recent(state, incoming.at), int(incoming.at.timestamp()))
        return Turn((Reply(text, choices=(menu_choice(_),)),), replace(state, wrong_tries=tries), "declined")
    drafts = (draft.code, *(c for c in state.drafts if c != draft.code))[:KEPT]
    state = replace(state, draft=draft.code, drafts=drafts, dossier="")
    return go_on(draft, state, world, incoming, _, keep=False)


def my_forms(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The person's own drafts, and all forms that can be filled in here."""
    own = mine(state, world)
    label = _("Làm tiếp: {form} ({code})")
    choices = [
        Choice(label.format(form=world.forms[d.form].short, code=shown_code(d.code)), f"fd:{d.code}")
        for d in own
    ]
    choices += [Choice(form.short, f"form:{form.id}") for form in usable(world, incoming.at.date())]
    text = _("Mình điền giúp được các tờ khai này. Bạn chọn một tờ, hoặc gõ mã để làm tiếp:")
    return Turn((Reply(text, choices=(*choices, menu_choice(_))),), state, "offered")


def later(draft: Draft, form: Form, state: State, _: Translate) -> Turn:
    """Puts the form aside."""
    text = _(
        "Đã để dành {form}. Muốn làm tiếp, bạn bấm nút dưới đây, hoặc gõ mã {code} ở bất cứ kênh nào "
        "của mình. Ai có mã này đều mở được, nên bạn giữ kỹ; 14 ngày không dùng thì tờ khai tự xóa."
    ).format(form=form.short, code=shown_code(draft.code))
    choices = (Choice(_("Làm tiếp"), f"fd:{draft.code}"), menu_choice(_))
    return Turn((Reply(text, choices=choices),), replace(state, draft=""), "answered")


def ask_cancel(form: Form, state: State, _: Translate) -> Turn:
    """Asks once before the draft is erased."""
    text = _("Xóa hẳn {form} đang làm?").format(form=form.short)
    choices = (Choice(_("Xóa"), "fx"), Choice(_("Không, làm tiếp"), f"fd:{state.draft}"))
    return Turn((Reply(text, choices=choices),), state, "asked")


def cancel(state: State, world: World, _: Translate) -> Turn:
    """The draft is erased."""
    draft = opened(state, world)
    others = tuple(code for code in state.drafts if code != draft.code)
    text = _("Đã xóa tờ khai. Không còn gì được giữ lại.")
    turn = Turn(
        (Reply(text, choices=(menu_choice(_),)),), replace(state, draft="", drafts=others), "answered"
    )
    return replace(turn, deeds=(DropDraft(draft.code),))


def _procedure(form: Form, state: State, world: World) -> str:
    known = [code for code in form.procedures if code in world.catalogue.procedures]
    return state.procedure if state.procedure in known else next(iter(known), "")


def left(state: State) -> State:
    """The state of somebody who turned to something else: the form waits."""
    return replace(state, draft="") if state.draft else state
