"""What is asked next in a form, and the choices under it."""

from dataclasses import replace
from datetime import date

from handlers.deeds import Deed, KeepDraft
from handlers.drafts import Draft
from handlers.i18n import Translate
from handlers.intake import review
from handlers.intake.texts import ask_text
from handlers.messages import Choice, Incoming, Reply, State, Turn
from handlers.ports import World
from knowledge import intake
from knowledge.blanks import offers, shown
from knowledge.form import Form, Question
from knowledge.oddities import contradictions
from knowledge.path import Answers

BY_HAND = "by_hand"  # key among the answers: the citizen photographs no card
CARD = "card"


def usable(world: World, today: date) -> list[Form]:
    """The forms that are offered and in force."""
    return [form for form in world.forms.values() if form.holds_on(today)]


def form_for(procedure: str, world: World, today: date) -> Form | None:
    """The form that a procedure's list of papers asks for; None if it cannot be filled in here."""
    return next((form for form in usable(world, today) if procedure in form.procedures), None)


def go_on(
    draft: Draft, state: State, world: World, incoming: Incoming, _: Translate, keep: bool = True
) -> Turn:
    """The next question, what has to be settled, or the review; the draft is kept as it is now."""
    form = world.forms[draft.form]
    draft = replace(draft, answers=by_hand(form, draft.answers))
    deeds: tuple[Deed, ...] = (KeepDraft(draft),) if keep else ()
    found = intake.conflicts(form, draft.answers)
    replies: tuple[Reply, ...]
    if found:
        replies = (review.conflict(found[0], _),)
    elif question := intake.next_question(form, draft.answers):
        replies = (_asking(form, draft, question, world, incoming, _),)
    elif odd := contradictions(form, draft.answers, incoming.at.date()):
        replies = (review.oddity(odd[0], form, draft.answers, _),)
    else:
        replies = review.review(form, draft, _)
    return Turn(replies, replace(state, draft=draft.code), "asked", deeds=deeds)


def say_first(
    text: str,
    draft: Draft,
    state: State,
    world: World,
    incoming: Incoming,
    _: Translate,
    keep: bool = False,
) -> Turn:
    """The next question with a sentence before it."""
    turn = go_on(draft, state, world, incoming, _, keep=keep)
    first, *others = turn.replies
    joined = "\n\n".join(filter(None, (text, first.text)))
    return replace(turn, replies=(replace(first, text=joined), *others))


def by_hand(form: Form, answers: Answers) -> Answers:
    """Who photographs no card is not asked for one, unless there is another way to answer."""
    while BY_HAND in answers and (question := intake.next_question(form, answers)):
        if question.type != CARD or question.choices or intake.ASKED_AGAIN in answers:
            break
        answers = {**answers, question.id: "manual"}
    return answers


def unfinished(form: Form, answers: Answers, today: date) -> bool:
    """Whether something has to be answered or settled before the paper."""
    return bool(
        intake.conflicts(form, answers)
        or intake.next_question(form, answers)
        or contradictions(form, answers, today)
    )


def _asking(
    form: Form, draft: Draft, question: Question, world: World, incoming: Incoming, _: Translate
) -> Reply:
    answered, total = intake.progress(form, draft.answers)
    title = _("{form} · câu {number}/{total}").format(form=form.short, number=answered + 1, total=total)
    texts = offers(form, draft.answers, question, incoming.at.date(), world.office)
    choices = [
        Choice(c.label, f"fa:{question.id}:{c.value}") for c in intake.choices(form, draft.answers, question)
    ]
    if question.type == CARD:
        choices.insert(0, Choice(_("Tự gõ"), f"fa:{question.id}:manual"))
    if question.type == "yes_no":
        choices += [Choice(_("Có"), f"fa:{question.id}:yes"), Choice(_("Không"), f"fa:{question.id}:no")]
    choices += [Choice(shown(question, text), f"fo:{question.id}:{n}") for n, text in enumerate(texts)]
    if question.optional:
        choices.append(Choice(_("Bỏ qua"), f"fs:{question.id}"))
    if answered:
        choices.append(back_choice(_))
    choices.append(Choice(_("Để sau"), "fl"))
    by_hand = BY_HAND in draft.answers
    photo = question.type == CARD and not by_hand
    return Reply(ask_text(question, by_hand, _), title, tuple(choices), asks_photo=photo)


def open_draft(state: State, world: World) -> Draft | None:
    draft = world.drafts.find(state.draft) if state.draft else None
    return draft if draft and draft.form in world.forms else None


def opened(state: State, world: World) -> Draft:
    draft = open_draft(state, world)
    if draft is None:
        raise KeyError(state.draft)  # its button is stale
    return draft


def mine(state: State, world: World) -> list[Draft]:
    found = (world.drafts.find(code) for code in state.drafts[:5])
    return [draft for draft in found if draft and draft.form in world.forms]


def back_choice(_: Translate) -> Choice:
    return Choice(_("Quay lại"), "fback")


def menu_choice(_: Translate) -> Choice:
    return Choice(_("Về đầu"), "menu")
