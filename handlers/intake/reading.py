"""What a line means while a form is open: an answer in own words, an act, a question, or no answer at all."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.intake import acting, steps
from handlers.intake.acting import SHAPES, act, without_choices
from handlers.intake.asking import say_first
from handlers.intake.texts import ABOUT_FORM, MARKS, NOT_WRITTEN
from handlers.office import hours
from handlers.ports.drafts import Draft
from handlers.procedures import about, ask
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import FormQuestion
from handlers.turn.retention import DRAFT_DAYS
from knowledge.intake import course
from knowledge.intake.form import Choice, Question
from knowledge.reading.acts import Act
from knowledge.reading.answers.answers import Answer, NotOffered, answers, asks
from knowledge.reading.answers.options import Option
from knowledge.reading.answers.options import Question as Asked
from knowledge.reading.answers.yes_no import bare
from knowledge.reading.ongoing import asked
from knowledge.reading.shape.shape import Shape, shape

MEANT = 0.5  # chance from which a choice is taken for meant
ASKED = 0.75  # and in a line that looks like a question
LIKELY, APART = 0.3, 4  # and where the next is so many times less likely
SHORT_NAME = 4  # words of what may be a name after all
NAMED = 0.8  # confidence from which a question is about a matter of its own
NAMED_ALONE, FAR_AHEAD = 0.6, 10  # or from this one, where it is so many times that of the next
EXPLAINED = 0.65  # part of a question that such a matter has to explain, its fee or place left aside

LACKING = ("not-yet", "unknown")  # who has it not, or does not know it, may leave it out where it may be
ASPECTS = {
    "bring": "documents",
    "hand-in": "where",
    "how-many": "documents",
    "cost": "fee",
}  # of its procedure
AS_ACTS = {
    "kept": "privacy", "long": "progress", "print": "print",
    "skip": "skip", "change": "change", "later": "later", "cancel": "leave",
}  # fmt: skip


def choice(text: str, question: Question, draft: Draft, ctx: Context) -> Turn | None:
    """One of the choices in own words; None if the line says nothing of them."""
    form = ctx.world.forms[draft.form]
    asked = _asked(question, course.choices(form, draft.interview, question), ctx)
    if not asked.options:
        return None
    if text in {option.value for option in asked.options}:
        return steps.tapped(question.id, text, ctx)
    found = answers(text, asked)
    if isinstance(found, NotOffered):
        count = len(ctx.state.offered)
        if 1 <= found.number <= count:
            return None
        wrong = ctx.tr("Không có số {number}. Bạn chọn từ 1 đến {count}:")
        return say_first(wrong.format(number=found.number, count=count), draft, ctx)
    if found and _is_meant(found, text):
        turn = steps.tapped(question.id, found[0].value, ctx)
        return _said_back(turn, found[0].label, found[0].how, ctx)
    return None


def _is_meant(found: Sequence[Answer], text: str) -> bool:
    """A choice that is likely; or the only likely one of a line that asks nothing."""
    first, *others = found
    is_apart = first.chance >= LIKELY and not (others and first.chance < APART * others[0].chance)
    if asks(text):
        return first.chance >= ASKED
    return first.chance >= MEANT or (is_apart and bare(text) is None)


def written(text: str, question: Question, draft: Draft, ctx: Context) -> Turn:
    """What of the line answers a blank; a question is answered, and what is no answer is not written."""
    kind = SHAPES.get(question.type)
    seen = shape(text, kind) if kind else Shape(True, text)
    is_name = question.type == "name" and (seen.fits or text.strip(" .") == "Huy")  # folded it is "hủy"
    if not is_name and (done := act(text, question, draft, ctx)):
        return done
    if question.type == "name" and not seen.fits and (_is_one_word(text) or _insists(text.strip(), ctx)):
        seen = Shape(True, text.strip())
    if not seen.fits and question.optional and seen.why in LACKING:
        return steps.step("skip", ctx)
    if not seen.fits:
        asks = seen.why in ("question", "no-name", "command")
        told = question_within(text, draft, ctx) if asks else _as_act(text, draft, ctx)
        return told or _doubting(_why_not(seen, question, ctx), text.strip(), question, draft, ctx)
    if "no-marks" in seen.doubts and not _insists(seen.value, ctx):
        return _doubting(ctx.tr(MARKS), seen.value, question, draft, ctx)
    answer = text if kind == "text" else seen.value or text  # "Số 15/GBT" begins with what leads elsewhere
    return steps.typed(draft, question.id, answer, ctx, text)


def _is_one_word(text: str) -> bool:
    """A name of one word, as some peoples have; the review asks whether it is right."""
    word = text.strip(" .")
    return word.isalpha() and word.istitle()


def _doubting(said: str, value: str, question: Question, draft: Draft, ctx: Context) -> Turn:
    """Asks again; who types the same once more means it."""
    turn = say_first(said, draft, ctx)
    pending = FormQuestion(question.id, doubted=value if len(value.split()) <= SHORT_NAME else "")
    return replace(turn, state=replace(turn.state, pending=pending))


def question_within(text: str, draft: Draft, ctx: Context) -> Turn | None:
    """A question in the middle of a form, answered; then the form goes on. None if it is none we know."""
    turn = _hours(text, ctx) or _of_another(text, draft, ctx)
    if turn is None and (told := _as_act(text, draft, ctx)):
        return told
    if turn is None and (said := _about_form(text, draft, ctx)):
        return say_first(said, draft, ctx)
    turn = turn or _of_procedure(text, draft, ctx)
    return steps.after_interjection(replace(turn, state=ctx.state), draft, ctx) if turn else None


def _hours(text: str, ctx: Context) -> Turn | None:
    if ctx.aspect(text) != "hours":
        return None
    when = hours.hours_text(ctx.world.office, ctx.world.holidays, ctx.incoming.at, ctx.tr)
    return ctx.turn(Reply(when))


def _as_act(text: str, draft: Draft, ctx: Context) -> Turn | None:
    """What is asked in other words than those that are an act by themselves."""
    name = AS_ACTS.get(asked(text, "form") or "")
    question = course.next_question(ctx.world.forms[draft.form], draft.interview)
    return acting.do(Act(name, acting.ACTS), question, draft, ctx) if name else None


def _of_another(text: str, draft: Draft, ctx: Context) -> Turn | None:
    """Of another matter, if it is surely named."""
    found = ctx.find(text)
    first, *others = found.hits or (None,)
    if first is None or first.kind != "procedure" or first.id == draft.procedure:
        return None
    is_apart = not others or first.confidence >= FAR_AHEAD * others[0].confidence
    is_sure = found.confidence >= NAMED or (found.confidence >= NAMED_ALONE and is_apart)
    if not is_sure or ctx.explained(text, first) < EXPLAINED:
        return None
    return without_choices(
        ask.answer(replace(found, decision="answer"), ctx.aspect(text) or "documents", ctx)
    )


def _about_form(text: str, draft: Draft, ctx: Context) -> str:
    """What is said about the form itself, or the question that is open; empty if nothing of that is asked."""
    question = course.next_question(ctx.world.forms[draft.form], draft.interview)
    what = asked(text, "form") or ""
    if what not in ABOUT_FORM:
        return ""
    if what == "which" and (question is None or ctx.aspect(text) not in ("", "form")):
        return ""
    return ctx.tr(ABOUT_FORM[what]).format(label=question.label if question else "", days=DRAFT_DAYS)


def _of_procedure(text: str, draft: Draft, ctx: Context) -> Turn | None:
    """Of the procedure that the form is for."""
    if draft.procedure not in ctx.world.catalogue.procedures:
        return None
    at = ask.about(draft.procedure, ctx)
    heard, aspect = about.heard(text, at), ASPECTS.get(asked(text, "form") or "") or ctx.aspect(text)
    return without_choices(about.reply(heard, aspect, at)) if about.is_answer(heard, aspect) else None


def _why_not(seen: Shape, question: Question, ctx: Context) -> str:
    return ctx.tr(NOT_WRITTEN.get(seen.why, NOT_WRITTEN["command"]))


def _insists(value: str, ctx: Context) -> bool:
    pending = ctx.state.pending
    return isinstance(pending, FormQuestion) and pending.doubted.casefold() == value.casefold()


def _asked(question: Question, choices: tuple[Choice, ...], ctx: Context) -> Asked:
    if question.type == "yes_no":
        both = (Option("yes", ctx.tr("Có")), Option("no", ctx.tr("Không")))
        return Asked(both, question.ask, yes="yes", no="no", kind="form")
    return Asked(tuple(Option(c.value, c.label, c.says) for c in choices), question.ask, kind="form")


def _said_back(turn: Turn, label: str, how: str, ctx: Context) -> Turn:
    """With what was understood, where it was not the label itself."""
    if how in ("label", "number") or not label:
        return turn
    first, *others = turn.replies
    understood = ctx.tr("Mình hiểu: {answer}.").format(answer=label)
    return replace(turn, replies=(first.after(understood), *others))
