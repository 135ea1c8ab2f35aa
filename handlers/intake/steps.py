"""One step in a form: an answer, the way back, a change, a choice between two things told."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.intake import drafts, producing, review
from handlers.intake.actions import TakeOffer
from handlers.intake.asking import CARD, go_on, opened, say_first, taken_back, unfinished
from handlers.intake.texts import PROBLEMS, STILL_OPEN
from handlers.ports.drafts import Draft
from handlers.ports.errors import StaleButton
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.pending import SecondFactorAsked
from handlers.turn.shared import OpenForm, ResumeDraft
from handlers.turn.words import Step
from knowledge.intake import course
from knowledge.intake.answers import BadAnswer
from knowledge.intake.course import Occasion
from knowledge.intake.form import Advice
from knowledge.intake.interview import Interview
from knowledge.intake.plausibility import inconsistencies

OPTIONS = 8  # places of the same name that are offered


def tapped(question_id: str, value: str, ctx: Context) -> Turn:
    """A button with an answer; that of an older question changes it."""
    draft = opened(ctx)
    try:
        interview = _with_answer(draft, question_id, value, ctx)
    except BadAnswer as error:
        return _refused(error, draft, ctx)
    return _accepted(draft, interview, "", ctx)


def typed(draft: Draft, question_id: str, text: str, ctx: Context, line: str = "") -> Turn:
    """An answer in the person's own words; it is read back where it may be misunderstood.

    `line` is all that was typed, where the answer was cut out of it.
    """
    try:
        interview = _with_answer(draft, question_id, text, ctx)
    except BadAnswer as error:
        return _refused(error, draft, ctx)
    said = review.echo(ctx.world.forms[draft.form], interview, question_id, line or text, ctx.tr)
    return _accepted(draft, interview, said, ctx)


def put_right(draft: Draft, question_id: str, text: str, ctx: Context) -> Turn | None:
    """Another answer to what was answered before; None if it is none."""
    try:
        interview = _with_answer(draft, question_id, text, ctx)
    except BadAnswer:
        return None
    said = review.echo(ctx.world.forms[draft.form], interview, question_id, ctx.incoming.text, ctx.tr)
    return _accepted(draft, interview, said, ctx)


def offered(do: TakeOffer, ctx: Context) -> Turn:
    """A button with a text that was offered last; an older one means nothing any more."""
    draft = opened(ctx)
    label = next((choice.label for choice in ctx.state.offered if choice.action == do), "")
    if not label:
        return say_first(ctx.tr("Mục này đã cũ. Bạn trả lời câu dưới đây giúp mình:"), draft, ctx)
    return tapped(do.question, label, ctx)


def step(word: Step, ctx: Context) -> Turn:
    """Back, skip, review, later, cancel: the same in a word and by a tap. Raises StaleButton as `opened`."""
    return STEPS[word](opened(ctx), ctx)


def change(question_id: str, ctx: Context) -> Turn:
    """Asks that question again; its answer holds until there is another."""
    draft = opened(ctx)
    interview = course.change(ctx.world.forms[draft.form], draft.interview, question_id)
    return go_on(replace(draft, interview=interview), ctx)


def settle(question_id: str, keep: str, ctx: Context) -> Turn:
    """What the card says, or what was answered; an old button asks on."""
    draft = opened(ctx)
    found = course.conflicts(ctx.world.forms[draft.form], draft.interview)
    conflict = next((c for c in found if c.question.id == question_id), None)
    if conflict is None:
        return go_on(draft, ctx, keep=False)
    interview = course.settle(draft.interview, conflict, "card" if keep == CARD else "answer")
    return go_on(replace(draft, interview=interview), ctx)


def keep(code: str, ctx: Context) -> Turn:
    """What seems wrong is so; an old button asks on."""
    draft = opened(ctx)
    found = inconsistencies(ctx.world.forms[draft.form], draft.interview, ctx.today)
    meant = next((one for one in found if one.code == code), None)
    if meant is None:
        return go_on(draft, ctx, keep=False)
    return go_on(replace(draft, interview=draft.interview.acknowledge(meant)), ctx)


def produce(code: str, ctx: Context) -> Turn:
    """The paper, unless something is still open. Raises StaleButton for a draft that is not this person's."""
    if code not in ctx.state.drafts:
        raise StaleButton(code)
    ctx = ctx.with_state(draft=code)
    draft = _unchanging(opened(ctx))
    if unfinished(ctx.world.forms[draft.form], draft.interview, ctx.today):
        return say_first(ctx.tr(STILL_OPEN), draft, ctx, keep=True)
    return producing.produce(draft, ctx)


def after_interjection(said: Turn, draft: Draft, ctx: Context) -> Turn:
    """Something else was asked in between; then the form goes on."""
    if isinstance(said.state.pending, SecondFactorAsked):  # the second fact comes first
        *others, last = said.replies
        button = Choice(ctx.tr("Làm tiếp tờ khai"), ResumeDraft(draft.code))
        return replace(said, replies=(*others, replace(last, choices=(button, *last.choices))))
    following = go_on(draft, ctx.after(said), keep=False)
    return replace(said, replies=(*said.replies, *following.replies), state=following.state)


def _with_answer(draft: Draft, question_id: str, text: str, ctx: Context) -> Interview:
    """The interview with that answer. Raises BadAnswer."""
    occasion = Occasion(ctx.today, ctx.world.office.province)
    return course.accept(ctx.world.forms[draft.form], draft.interview, question_id, text, occasion)


def _accepted(draft: Draft, interview: Interview, said: str, ctx: Context) -> Turn:
    """Goes on with the answer, and with what has to be known from it on."""
    new = course.advice(ctx.world.forms[draft.form], draft.interview, interview)
    text = "\n\n".join(filter(None, (said, *(one.text for one in new[-1:]))))
    turn = say_first(text, replace(draft, interview=interview), ctx, keep=True)
    return _advised(turn, new[-1], draft, ctx) if new else turn


def _advised(turn: Turn, advice: Advice, draft: Draft, ctx: Context) -> Turn:
    """With the form that is the right one to tap, and the way on with this one."""
    right = [form for form in ctx.world.usable_forms(ctx.today) if form.id == advice.form]
    ways = [Choice(form.short, OpenForm(form.id)) for form in right]
    ways.append(Choice(ctx.tr("Vẫn làm"), ResumeDraft(draft.code)))
    first, *others = turn.replies
    return replace(turn, replies=(replace(first, choices=(*ways, *first.choices)), *others))


def _refused(error: BadAnswer, draft: Draft, ctx: Context) -> Turn:
    """What is wrong with the answer; with a button for each thing that may have been meant."""
    turn = say_first(ctx.tr(PROBLEMS[error.code]), draft, ctx)
    if not error.options:
        return turn
    first, *others = turn.replies
    ways = tuple(choice for choice in first.choices if not isinstance(choice.action, TakeOffer))
    places = error.options[:OPTIONS]
    meant = tuple(Choice(text, TakeOffer(error.question, n)) for n, text in enumerate(places))
    return replace(turn, replies=(replace(first, choices=(*meant, *ways)), *others))


def _unchanging(draft: Draft) -> Draft:
    """Without the wish to change an answer."""
    return replace(draft, interview=replace(draft.interview, changing=""))


def _back(draft: Draft, ctx: Context) -> Turn:
    before = taken_back(ctx.world.forms[draft.form], draft.interview)
    return go_on(replace(draft, interview=before), ctx)


def _skip(draft: Draft, ctx: Context) -> Turn:
    question = course.next_question(ctx.world.forms[draft.form], draft.interview)
    return tapped(question.id, "", ctx) if question else go_on(draft, ctx, keep=False)


def _review(draft: Draft, ctx: Context) -> Turn:
    draft = _unchanging(draft)
    is_open = course.next_question(ctx.world.forms[draft.form], draft.interview)
    return say_first(ctx.tr(STILL_OPEN) if is_open else "", draft, ctx, keep=True)


STEPS: Mapping[Step, Callable[[Draft, Context], Turn]] = {
    "back": _back,
    "skip": _skip,
    "review": _review,
    "later": drafts.later,
    "cancel": drafts.ask_delete,
}
