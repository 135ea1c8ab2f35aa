"""What is asked next in a form, and the choices under it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from handlers.intake import review
from handlers.intake.actions import AnswerQuestion, GoBack, PutAside, SkipQuestion, TakeOffer
from handlers.intake.texts import ask_text
from handlers.ports.drafts import Draft
from handlers.ports.errors import StaleButton
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.effects import Effect, SaveDraft
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import FormQuestion
from knowledge.intake import course
from knowledge.intake.blanks import offers, shown
from knowledge.intake.form import Form, Question
from knowledge.intake.interview import Interview
from knowledge.intake.plausibility import inconsistencies

CARD = "card"
LISTED = 5  # own drafts that are looked up: those begun or printed last


def go_on(draft: Draft, ctx: Context, keep: bool = True) -> Turn:
    """The next question, what has to be settled, or the review; the draft is kept as it is now."""
    form = ctx.world.forms[draft.form]
    draft = replace(draft, interview=by_hand(form, draft.interview))
    question = _due(form, draft.interview)
    reply = _asking(draft, question, ctx) if question else _settling(draft, ctx)
    effects: tuple[Effect, ...] = (SaveDraft(draft),) if keep else ()
    on_screen = ctx.with_state(draft=draft.code, pending=FormQuestion(question.id if question else ""))
    return on_screen.turn(reply, outcome="asked", effects=effects)


def say_first(text: str, draft: Draft, ctx: Context, keep: bool = False) -> Turn:
    """The next question with a sentence before it."""
    turn = go_on(draft, ctx, keep=keep)
    first, *others = turn.replies
    return replace(turn, replies=(first.after(text) if text else first, *others))


def by_hand(form: Form, interview: Interview) -> Interview:
    """Who photographs no card is not asked for one, unless there is another way to answer."""
    while interview.by_hand and not interview.changing:
        question = course.next_question(form, interview)
        if question is None or question.type != CARD or question.choices:
            break
        interview = interview.answered(question.id, "manual")
    return interview


def taken_back(form: Form, interview: Interview) -> Interview:
    """Without the last answer that was given, and not only without what `by_hand` puts back at once."""
    before = course.back(form, interview)
    while before != interview and by_hand(form, before) == interview:
        shorter = course.back(form, before)
        if shorter == before:
            return interview
        before = shorter
    return before


def unfinished(form: Form, interview: Interview, today: date) -> bool:
    """Whether something has to be answered or settled before the paper."""
    return bool(
        course.conflicts(form, interview)
        or course.next_question(form, interview)
        or inconsistencies(form, interview, today)
    )


def open_draft(ctx: Context) -> Draft | None:
    """The form that is being filled in."""
    draft = ctx.world.drafts.find(ctx.state.draft) if ctx.state.draft else None
    return draft if draft and draft.form in ctx.world.forms else None


def opened(ctx: Context) -> Draft:
    """The form that is being filled in; raises StaleButton if there is none."""
    draft = open_draft(ctx)
    if draft is None:
        raise StaleButton(ctx.state.draft)
    return draft


def mine(ctx: Context) -> list[Draft]:
    """This person's own drafts, newest first."""
    found = (ctx.world.drafts.find(code) for code in ctx.state.drafts[:LISTED])
    return [draft for draft in found if draft and draft.form in ctx.world.forms]


def _due(form: Form, interview: Interview) -> Question | None:
    """The question to be asked now; None while something has to be settled, and when all is answered."""
    return None if course.conflicts(form, interview) else course.next_question(form, interview)


def _settling(draft: Draft, ctx: Context) -> Reply:
    """What does not go together, or the review."""
    form, interview = ctx.world.forms[draft.form], draft.interview
    if conflicts := course.conflicts(form, interview):
        return review.conflict(conflicts[0], ctx.tr)
    if found := inconsistencies(form, interview, ctx.today):
        return review.inconsistency(found[0], form, interview, ctx.tr)
    return review.review(form, draft, ctx.tr)


def _asking(draft: Draft, question: Question, ctx: Context) -> Reply:
    interview = draft.interview
    text = ask_text(question, interview.by_hand, ctx.tr)
    choices = (*_answers(draft, question, ctx), *_ways(draft, question, ctx))
    asks_photo = question.type == CARD and not interview.by_hand
    return Reply(text, _title(draft, ctx), choices, asks_photo=asks_photo)


def _title(draft: Draft, ctx: Context) -> str:
    """The form, and how far it is; of an answer that is changed only that."""
    form, tr = ctx.world.forms[draft.form], ctx.tr
    if draft.interview.changing:
        return tr("{form} · sửa một câu").format(form=form.short)
    percent = course.progress(form, draft.interview)
    return tr("{form} · xong {percent}%").format(form=form.short, percent=percent) if percent else form.short


def _answers(draft: Draft, question: Question, ctx: Context) -> Iterator[Choice]:
    """What can be tapped instead of typed."""
    form, tr = ctx.world.forms[draft.form], ctx.tr
    if question.type == CARD:
        yield Choice(tr("Tự gõ"), AnswerQuestion(question.id, "manual"))
    for choice in course.choices(form, draft.interview, question):
        yield Choice(choice.label, AnswerQuestion(question.id, choice.value))
    if question.type == "yes_no":
        yield Choice(tr("Có"), AnswerQuestion(question.id, "yes"))
        yield Choice(tr("Không"), AnswerQuestion(question.id, "no"))
    offered = offers(form, draft.interview, question, ctx.today, ctx.world.office)
    for number, text in enumerate(offered):
        yield Choice(shown(question, text), TakeOffer(question.id, number))


def _ways(draft: Draft, question: Question, ctx: Context) -> Iterator[Choice]:
    """The ways around the question."""
    form, interview = ctx.world.forms[draft.form], draft.interview
    if question.optional:
        yield Choice(ctx.tr("Bỏ qua"), SkipQuestion(question.id))
    if taken_back(form, interview) != interview:
        yield Choice(ctx.tr("Quay lại"), GoBack())
    yield Choice(ctx.tr("Để sau"), PutAside())
