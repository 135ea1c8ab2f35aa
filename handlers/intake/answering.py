"""What is typed while a form is open: an answer, a button's number or words, or something else."""

from handlers.dossiers import status
from handlers.intake import buttons, drafts, review, steps
from handlers.intake.asking import go_on, open_draft, say_first, unfinished
from handlers.intake.texts import AT_REVIEW, LEAVING, NO_CARD, PROBLEMS, WITH_MARKS, WORDS
from handlers.notices import follow
from handlers.turn.choosing import chosen
from handlers.turn.drafts import Draft
from handlers.turn.i18n import Translate
from handlers.turn.messages import Incoming, State, Turn
from handlers.turn.ports import World
from knowledge.intake import interview
from knowledge.intake.form import Question
from knowledge.text import fold

NUMERIC = ("number", "time")  # a typed number is the answer, not a button's
CHOSEN = ("choice", "yes_no")  # types of which a part of a label will do
ANSWERS = ("fa", "fo", "fs")  # verbs of the buttons that answer a question


def typed(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A text while a form is being filled in, or a desk code; None if it leaves the form, or none is open."""
    code = drafts.desk_code(text)
    if code:
        return drafts.resume(code, state, world, incoming, _)
    draft = open_draft(state, world)
    if draft is None:
        return None
    aside = status.aside(text, state, world, incoming, _)
    if aside:
        return steps.after_aside(aside, draft, world, incoming, _)
    said = fold(text).strip(" .!")
    if said in LEAVING:
        return None
    if said in follow.STOP:
        return _stopped(draft, state, world, incoming, _)
    question = interview.next_question(world.forms[draft.form], draft.answers)
    word = _word(text, said, question)
    if word:
        return steps.step(word, state, world, incoming, _)
    return _answered(draft, question, text, state, world, incoming, _)


def _stopped(draft: Draft, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """No more notices; whoever gets none means the form."""
    followers, address = world.followers, incoming.address
    if not (followers.followed(address) or followers.reminders(address)):
        return steps.step("later", state, world, incoming, _)
    return steps.after_aside(follow.stop("", state, world, incoming, _), draft, world, incoming, _)


def _word(text: str, said: str, question: Question | None) -> str:
    """The step that the words mean; "Huy" is a name where one is asked for."""
    written = text.strip(" .!").casefold()
    if written in WITH_MARKS:
        return WITH_MARKS[written]
    if question and question.type == "name" and said == "huy":
        return ""
    return WORDS.get(written) or WORDS.get(said, "")  # folding takes the "now" of "not now" for Telex


def _answered(
    draft: Draft,
    question: Question | None,
    text: str,
    state: State,
    world: World,
    incoming: Incoming,
    _: Translate,
) -> Turn | None:
    """A button's number or label, or else the answer to what is asked."""
    value = _button(text, question, state)
    if value:
        return _pressed(value, draft, state, world, incoming, _)
    form, today = world.forms[draft.form], incoming.at.date()
    said = fold(text).strip(" .!")
    if question and question.type == "card" and said in NO_CARD:
        text = "manual"
    if question and not interview.conflicts(form, draft.answers):
        return steps.accepted(draft, question.id, text, state, world, incoming, _, echo=True)
    if unfinished(form, draft.answers, today):
        sentence = PROBLEMS["not_a_choice"]
        return say_first(_(sentence), draft, state, world, incoming, _)
    match AT_REVIEW.get(said):
        case "right":
            return steps.produce(draft.code, state, world, incoming, _)
        case "wrong":
            return review.changes(draft, 0, state, world, incoming, _)
    return None


def _button(text: str, question: Question | None, state: State) -> str:
    """The value of the offered button that the text names; empty if it is an answer of its own."""
    is_number = text.strip(" .)").isdecimal()
    verbs = {choice.value.partition(":")[0] for choice in state.offered}
    asked = question if "fl" in verbs and "fp" not in verbs else None  # else another screen is shown
    if is_number:
        return "" if asked and asked.type in NUMERIC else chosen(text, state.offered)
    exact = next((c.value for c in state.offered if fold(c.label) == fold(text)), "")
    if exact or (asked and asked.type not in CHOSEN):
        return exact
    part = chosen(text, state.offered)
    return part if not asked or part.partition(":")[0] in ANSWERS else ""


def _pressed(
    value: str, draft: Draft, state: State, world: World, incoming: Incoming, _: Translate
) -> Turn | None:
    """As if it were tapped; None for a button of another journey."""
    verb, *arguments = value.split(":")
    action = buttons.actions(state, world, incoming, _).get((verb, len(arguments)))
    if action is None:
        return None
    try:
        return action(*arguments)
    except (KeyError, StopIteration, ValueError):  # another editor was faster: it is not asked any more
        return go_on(draft, state, world, incoming, _, keep=False)
