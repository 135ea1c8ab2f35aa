"""What a line does while a form is open: back, skip, later, another answer to an earlier question ..."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.intake import changes, steps
from handlers.intake.asking import say_first
from handlers.intake.texts import AT_REVIEW, SAID
from handlers.office import small_talk
from handlers.ports.drafts import Draft
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.retention import DRAFT_DAYS
from handlers.turn.words import Step
from knowledge.intake import course
from knowledge.intake.form import Form, Question
from knowledge.intake.path import path
from knowledge.reading.acts import Act, Where, acts
from knowledge.reading.answers.options import Option
from knowledge.reading.shape.corrected import corrected
from knowledge.reading.shape.shape import Kind

ACTS = 0.8  # chance from which an act is
STEP: Mapping[str, Step] = {"back": "back", "skip": "skip", "later": "later", "leave": "later"}
PUT_RIGHT = ("name", "date", "id_number", "phone", "place")  # types whose answers look like nothing else
SHAPES: Mapping[str, Kind] = {
    "name": "name", "place": "place", "id_number": "id_number", "phone": "phone", "date": "date",
    "number": "number", "text": "text", "long_text": "text", "ethnic": "text", "time": "date",
}  # fmt: skip  # type of a question -> shape of its answer


def act(text: str, question: Question | None, draft: Draft, ctx: Context) -> Turn | None:
    """What the line does; None if it does nothing surely."""
    where: Where = "form" if question else "review"
    found = acts(text, (where,), _targets(ctx.world.forms[draft.form], draft))
    return do(found[0], question, draft, ctx) if found and found[0].chance >= ACTS else None


def do(done: Act, question: Question | None, draft: Draft, ctx: Context) -> Turn | None:
    """What comes of an act; None for one that does nothing in a form."""
    if done.act in STEP:
        return steps.step(STEP[done.act], ctx)
    if done.act in ACTED:
        return ACTED[done.act](done, draft, ctx)
    if done.act in SAID and question:
        said = ctx.tr(SAID[done.act]).format(days=DRAFT_DAYS) if SAID[done.act] else ""
        return say_first(said, draft, ctx)
    if done.act in AT_REVIEW:
        return say_first(ctx.tr(AT_REVIEW[done.act]), draft, ctx)
    return None


def put_right(text: str, draft: Draft, ctx: Context, named: str = "") -> Turn | None:
    """The answer given before that a line puts right, the last it can be; None if it puts none right."""
    answers = draft.interview.answers
    steps_so_far = path(ctx.world.forms[draft.form], draft.interview)
    for question in (step.question for step in reversed(steps_so_far) if step.how == "answered"):
        if question.type not in PUT_RIGHT or (named and question.id != named):
            continue
        value = corrected(text, SHAPES[question.type], answers[question.id])
        if value and (turn := steps.put_right(draft, question.id, value, ctx)):
            return turn
    return None


def without_choices(turn: Turn) -> Turn:
    """The turn with its buttons taken off: those of the form come after it."""
    return replace(turn, replies=tuple(replace(reply, choices=()) for reply in turn.replies))


def _targets(form: Form, draft: Draft) -> tuple[Option, ...]:
    """What can be changed: the questions that were answered."""
    asked = [step.question for step in path(form, draft.interview)]
    return tuple(Option(q.id, q.label, (q.ask,)) for q in asked)


def _change(done: Act, draft: Draft, ctx: Context) -> Turn:
    """The answer that the line itself puts right; else what it names is asked again, or the last one."""
    turn = put_right(ctx.incoming.text, draft, ctx, done.target)
    if turn:
        return turn
    if done.target:
        return steps.change(done.target, ctx)
    if course.next_question(ctx.world.forms[draft.form], draft.interview):
        return steps.step("back", ctx)
    return changes.page(0, ctx)


def _human(done: Act, draft: Draft, ctx: Context) -> Turn:
    return steps.after_interjection(without_choices(small_talk.talk("human", ctx)), draft, ctx)


def _progress(done: Act, draft: Draft, ctx: Context) -> Turn:
    form = ctx.world.forms[draft.form]
    left = sum(1 for step in path(form, draft.interview) if step.how == "missing")
    return say_first(ctx.tr.plural("Còn khoảng {count} câu nữa.", left).format(count=left), draft, ctx)


ACTED: Mapping[str, Callable[[Act, Draft, Context], Turn]] = {
    "change": _change,
    "human": _human,
    "progress": _progress,
}
