"""Answers to the questions of a form, typed and tapped, and the words that lead through it."""

from collections.abc import Callable
from dataclasses import replace

from handlers import status
from handlers.choosing import chosen
from handlers.drafts import Draft
from handlers.i18n import Translate
from handlers.intake import drafts, review
from handlers.intake.asking import CARD, go_on, open_draft, opened, say_first
from handlers.intake.texts import PROBLEMS, WORDS
from handlers.messages import Choice, Incoming, State, Turn
from handlers.ports import World
from knowledge import intake
from knowledge.answers import BadAnswer
from knowledge.form import Question
from knowledge.oddities import acknowledge, contradictions
from knowledge.path import path
from knowledge.text import fold

OPTIONS = 8  # places of the same name that are offered
NUMERIC = ("number", "date", "id_number", "phone", "time")  # a typed number is the answer, not a button's


def typed(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A text while a form is being filled in; None if there is no such form, or the text leaves it."""
    draft = open_draft(state, world)
    if draft is None:
        return None
    aside = status.aside(text, state, world, incoming, _)
    if aside:
        return _after_aside(aside, draft, world, incoming, _)
    word = WORDS.get(fold(text).strip(" .!"))
    if word:
        return step(word, state, world, incoming, _)
    question = intake.next_question(world.forms[draft.form], draft.answers)
    if question is None:
        return None
    return _answered(draft, question, text, state, world, incoming, _)


def tapped(
    question_id: str, value: str, state: State, world: World, incoming: Incoming, _: Translate
) -> Turn:
    """A button with an answer; that of an older question changes it. Raises KeyError if it is not asked."""
    draft = opened(state, world)
    if question_id not in _path_ids(draft, world):
        raise KeyError(question_id)
    return _accepted(draft, question_id, value, state, world, incoming, _)


def offered(
    question_id: str, number: str, state: State, world: World, incoming: Incoming, _: Translate
) -> Turn:
    """A button with a text that was offered last; raises StopIteration for an older one."""
    value = f"fo:{question_id}:{number}"
    label = next(choice.label for choice in state.offered if choice.value == value)
    return _accepted(opened(state, world), question_id, label, state, world, incoming, _)


def step(word: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Back, skip, review, later, cancel: the same in a word and by a tap."""
    draft = opened(state, world)
    form = world.forms[draft.form]
    if word == "back":
        return go_on(replace(draft, answers=intake.back(form, draft.answers)), state, world, incoming, _)
    if word == "later":
        return drafts.later(draft, form, state, _)
    if word == "cancel":
        return drafts.ask_cancel(form, state, _)
    question = intake.next_question(form, draft.answers)
    if word == "skip" and question:
        return _accepted(draft, question.id, "", state, world, incoming, _)
    if question and word == "review":
        return say_first(_("Còn câu chưa trả lời, nên mình hỏi tiếp:"), draft, state, world, incoming, _)
    return go_on(draft, state, world, incoming, _, keep=False)


def change(question_id: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Asks that question again; its answer holds until there is another."""
    draft = opened(state, world)
    answers = intake.change(world.forms[draft.form], draft.answers, question_id)
    return go_on(replace(draft, answers=answers), state, world, incoming, _)


def settle(question_id: str, keep: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What the card says, or what was answered. Raises StopIteration if they agree by now."""
    draft = opened(state, world)
    found = intake.conflicts(world.forms[draft.form], draft.answers)
    conflict = next(c for c in found if c.question.id == question_id)
    answers = intake.settle(draft.answers, conflict, "card" if keep == CARD else "answer")
    return go_on(replace(draft, answers=answers), state, world, incoming, _)


def agree(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What seems odd is so. Raises StopIteration if it is odd no more."""
    draft = opened(state, world)
    found = contradictions(world.forms[draft.form], draft.answers, incoming.at.date())
    odd = next(odd for odd in found if odd.code == code)
    return go_on(replace(draft, answers=acknowledge(draft.answers, odd)), state, world, incoming, _)


def _answered(
    draft: Draft, question: Question, text: str, state: State, world: World, incoming: Incoming, _: Translate
) -> Turn:
    """A typed answer: a button's number or label, or the answer itself."""
    is_number = text.strip(" .)").isdecimal()
    if not (is_number and question.type in NUMERIC):
        tapped_value = chosen(text, state.offered)
        verb, *arguments = tapped_value.split(":")
        if verb in BY_WORD:
            return BY_WORD[verb](*arguments, state, world, incoming, _)
    return _accepted(draft, question.id, text, state, world, incoming, _, echo=True)


def _accepted(
    draft: Draft,
    question_id: str,
    text: str,
    state: State,
    world: World,
    incoming: Incoming,
    _: Translate,
    echo: bool = False,
) -> Turn:
    form = world.forms[draft.form]
    try:
        answers = intake.accept(
            form, draft.answers, question_id, text, incoming.at.date(), world.office.province
        )
    except BadAnswer as error:
        turn = say_first(_(PROBLEMS[error.code]), draft, state, world, incoming, _)
        return _with_options(turn, question_id, error.options)
    said = review.echo(form, answers, question_id, text, _) if echo else ""
    return say_first(said, replace(draft, answers=answers), state, world, incoming, _, keep=True)


def _after_aside(aside: Turn, draft: Draft, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Something else was asked in between; then the form goes on."""
    if aside.state.dossier:  # the second fact comes first
        *others, last = aside.replies
        button = Choice(_("Làm tiếp tờ khai"), f"fd:{draft.code}")
        return replace(aside, replies=(*others, replace(last, choices=(button, *last.choices))))
    following = go_on(draft, aside.state, world, incoming, _, keep=False)
    return replace(aside, replies=(*aside.replies, *following.replies), state=following.state)


def _path_ids(draft: Draft, world: World) -> set[str]:
    return {s.question.id for s in path(world.forms[draft.form], draft.answers)}


def _with_options(turn: Turn, question_id: str, options: tuple[str, ...]) -> Turn:
    """With a button for each thing that may have been meant, instead of the usual ones."""
    if not options:
        return turn
    first, *others = turn.replies
    ways = tuple(choice for choice in first.choices if not choice.value.startswith("fo:"))
    meant = tuple(Choice(text, f"fo:{question_id}:{n}") for n, text in enumerate(options[:OPTIONS]))
    return replace(turn, replies=(replace(first, choices=(*meant, *ways)), *others))


# Buttons that may also be typed: their number, or their label.
BY_WORD: dict[str, Callable[..., Turn]] = {
    "fa": tapped,
    "fo": offered,
    "fs": lambda question, *here: tapped(question, "", *here),
}
