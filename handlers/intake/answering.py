"""What is typed while a form is open: an answer, a button's number or words, or something else."""

from handlers.dossiers import status
from handlers.intake import acting, buttons, changes, drafts, reading, steps
from handlers.intake.asking import go_on, open_draft, say_first, unfinished
from handlers.intake.texts import PROBLEMS
from handlers.notices import follow
from handlers.ports.drafts import Draft
from handlers.ports.errors import StaleButton
from handlers.turn.actions import Action
from handlers.turn.choices import chosen
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.pending import FormQuestion
from handlers.turn.words import AT_REVIEW, BEGINNING, NO_CARD, STEPS, STEPS_WITH_MARKS, STOP, Step
from knowledge.intake import course
from knowledge.intake.form import Question
from knowledge.reading.answers.answers import NotOffered, answers
from knowledge.reading.answers.options import Option
from knowledge.reading.answers.options import Question as Asked
from knowledge.text import fold

TAKES = (
    "xuất file",
    "xuất tờ khai ra",
    "gửi file",
    "tải về",
    "chốt",
    "lấy luôn",
)  # of who agrees to all answers
NUMERIC = ("number", "time")  # a typed number is the answer, not a button's
FREE = ("text", "long_text")  # where something wrong may be what one has to tell
AGREED = 0.5  # chance from which all answers are taken for right, or for wrong
CHOSEN = ("choice", "yes_no")  # types of which a part of a label will do


def typed(text: str, ctx: Context) -> Turn | None:
    """A text while a form is being filled in, or a desk code; None if it leaves the form, or none is open."""
    code = drafts.desk_code(text)
    if code:
        return drafts.resume(code, ctx)
    draft = open_draft(ctx)
    if draft is None:
        return drafts.prove(text, ctx)
    interjected = status.interjection(text, ctx)
    if interjected:
        return steps.after_interjection(interjected, draft, ctx)
    said = _said(text)
    if said in BEGINNING:
        return None
    if said in STOP:
        return _stopped(draft, ctx)
    question = course.next_question(ctx.world.forms[draft.form], draft.interview)
    step = _step(text, question)
    return steps.step(step, ctx) if step else _answered(draft, question, text, ctx)


def _said(text: str) -> str:
    return fold(text).strip(" .!")


def _stopped(draft: Draft, ctx: Context) -> Turn:
    """No more notices; whoever gets none means the form."""
    followers = ctx.world.followers
    if not (followers.followed(ctx.person) or followers.reminders(ctx.person)):
        return steps.step("later", ctx)
    return steps.after_interjection(follow.stop((), ctx), draft, ctx)


def _step(text: str, question: Question | None) -> Step | None:
    """The step that the words mean; "Huy" is a name where one is asked for."""
    written, said = text.strip(" .!").casefold(), _said(text)
    if written in STEPS_WITH_MARKS:
        return STEPS_WITH_MARKS[written]
    if question and question.type == "name" and said == "huy":
        return None
    return STEPS.get(written) or STEPS.get(said)  # folding takes the "now" of "not now" for Telex


def _answered(draft: Draft, question: Question | None, text: str, ctx: Context) -> Turn | None:
    """A button's number or label, an answer in own words, an act, or what is written into a blank."""
    action = _button(text, question, ctx)
    if action:
        return _pressed(action, draft, ctx)
    form, said = ctx.world.forms[draft.form], _said(text)
    if question and question.type == "card" and said in NO_CARD:
        text = "manual"
    if question and not course.conflicts(form, draft.interview):
        return _to_question(text, question, draft, ctx)
    told = acting.act(text, None, draft, ctx)
    if told:
        return told
    if unfinished(form, draft.interview, ctx.today):
        pressed = PROBLEMS["not_a_choice"]
        return say_first(ctx.tr(pressed), draft, ctx)
    return _at_review(text, draft, ctx)


def _to_question(text: str, question: Question, draft: Draft, ctx: Context) -> Turn:
    """A line while a question is open."""
    if text == "manual":
        return steps.typed(draft, question.id, text, ctx)
    if question.type not in FREE and not draft.interview.changing:
        told = acting.put_right(text, draft, ctx)
        if told:
            return told
    if question.type in (*CHOSEN, "card", "ethnic"):
        told = reading.choice(text, question, draft, ctx) or acting.act(text, question, draft, ctx)
        if told:
            return told
        if question.type in CHOSEN:
            return reading.question_within(text, draft, ctx) or steps.typed(draft, question.id, text, ctx)
    return reading.written(text, question, draft, ctx)


def _at_review(text: str, draft: Draft, ctx: Context) -> Turn | None:
    """Yes, that is right; or something to be changed; or a question."""
    said = AT_REVIEW.get(_said(text)) or _agreed(text)
    if said == "right":
        return steps.produce(draft.code, ctx)
    if said == "wrong":
        return changes.page(0, ctx)
    return reading.question_within(text, draft, ctx)


def _agreed(text: str) -> str:
    """Whether the line agrees with all that was shown: "right", "wrong", or empty if it says neither."""
    options = (
        Option("right", "Đúng hết rồi, in ra, lấy tờ khai", TAKES),
        Option("wrong", "Sai rồi, sửa lại"),
    )
    found = answers(text, Asked(options, yes="right", no="wrong", kind="confirm"))
    if isinstance(found, NotOffered) or not found or found[0].chance < AGREED:
        return ""
    return found[0].value


def _button(text: str, question: Question | None, ctx: Context) -> Action | None:
    """What the offered button does that the text names; None if it is an answer of its own."""
    pending, offered = ctx.state.pending, ctx.state.offered
    is_asked = isinstance(pending, FormQuestion) and question is not None and pending.question == question.id
    asked = question if is_asked else None  # else another screen is shown
    if text.strip(" .)").isdecimal():
        named = None if asked and asked.type in NUMERIC else chosen(text, offered)
        return named.action if named else None
    exact = next((choice.action for choice in offered if fold(choice.label) == fold(text)), None)
    if exact or (asked and asked.type not in CHOSEN):
        return exact
    part = chosen(text, offered)
    is_other = part and asked and not isinstance(part.action, buttons.ANSWERS)
    return part.action if part and not is_other else None


def _pressed(action: Action, draft: Draft, ctx: Context) -> Turn | None:
    """As if it were tapped; None for a button of another journey."""
    do = buttons.ACTIONS.get(type(action))
    if do is None:
        return None
    try:
        return do(action, ctx)
    except StaleButton:  # another editor was faster: it is not asked any more
        return go_on(draft, ctx, keep=False)
