"""One step in a form: an answer, the way back, a change, a choice between two things told."""

from dataclasses import replace

from handlers.intake import drafts, review
from handlers.intake.asking import CARD, by_hand, go_on, opened, say_first, unfinished
from handlers.intake.texts import PROBLEMS, STILL_OPEN
from handlers.turn.drafts import Draft
from handlers.turn.i18n import Translate
from handlers.turn.messages import Choice, Incoming, State, Turn
from handlers.turn.ports import World
from knowledge.intake import interview
from knowledge.intake.answers import BadAnswer
from knowledge.intake.form import Form
from knowledge.intake.path import Answers
from knowledge.intake.plausibility import acknowledge, contradictions

OPTIONS = 8  # places of the same name that are offered


def tapped(
    question_id: str, value: str, state: State, world: World, incoming: Incoming, _: Translate
) -> Turn:
    """A button with an answer; that of an older question changes it."""
    return accepted(opened(state, world), question_id, value, state, world, incoming, _)


def offered(
    question_id: str, number: str, state: State, world: World, incoming: Incoming, _: Translate
) -> Turn:
    """A button with a text that was offered last; an older one means nothing any more."""
    draft = opened(state, world)
    value = f"fo:{question_id}:{number}"
    label = next((choice.label for choice in state.offered if choice.value == value), "")
    if not label:
        old = _("Nút này đã cũ. Bạn trả lời câu dưới đây giúp mình:")
        return say_first(old, draft, state, world, incoming, _)
    return accepted(draft, question_id, label, state, world, incoming, _)


def accepted(
    draft: Draft,
    question_id: str,
    text: str,
    state: State,
    world: World,
    incoming: Incoming,
    _: Translate,
    echo: bool = False,
) -> Turn:
    """The answer is kept, or what is wrong with it is told; `echo` reads back what was typed."""
    form = world.forms[draft.form]
    try:
        answers = interview.accept(
            form, draft.answers, question_id, text, incoming.at.date(), world.office.province
        )
    except BadAnswer as error:
        turn = say_first(_(PROBLEMS[error.code]), draft, state, world, incoming, _)
        return _with_options(turn, question_id, error.options)
    said = review.echo(form, answers, question_id, text, _) if echo else ""
    return say_first(said, replace(draft, answers=answers), state, world, incoming, _, keep=True)


def step(word: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Back, skip, review, later, cancel: the same in a word and by a tap."""
    draft = opened(state, world)
    form = world.forms[draft.form]
    if word == "back":
        return go_on(replace(draft, answers=_back(form, draft)), state, world, incoming, _)
    if word == "later":
        return drafts.later(draft, form, state, _)
    if word == "cancel":
        return drafts.ask_cancel(form, state, _)
    question = interview.next_question(form, draft.answers)
    if word == "skip" and question:
        return accepted(draft, question.id, "", state, world, incoming, _)
    if word == "review":
        draft = _unchanged(form, draft)
        first = _(STILL_OPEN) if interview.next_question(form, draft.answers) else ""
        return say_first(first, draft, state, world, incoming, _, keep=True)
    return go_on(draft, state, world, incoming, _, keep=False)


def change(question_id: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Asks that question again; its answer holds until there is another."""
    draft = opened(state, world)
    answers = interview.change(world.forms[draft.form], draft.answers, question_id)
    return go_on(replace(draft, answers=answers), state, world, incoming, _)


def settle(question_id: str, keep: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What the card says, or what was answered; an old button asks on."""
    draft = opened(state, world)
    found = interview.conflicts(world.forms[draft.form], draft.answers)
    conflict = next((c for c in found if c.question.id == question_id), None)
    if conflict is None:
        return go_on(draft, state, world, incoming, _, keep=False)
    answers = interview.settle(draft.answers, conflict, "card" if keep == CARD else "answer")
    return go_on(replace(draft, answers=answers), state, world, incoming, _)


def agree(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What seems odd is so; an old button asks on."""
    draft = opened(state, world)
    found = contradictions(world.forms[draft.form], draft.answers, incoming.at.date())
    odd = next((odd for odd in found if odd.code == code), None)
    if odd is None:
        return go_on(draft, state, world, incoming, _, keep=False)
    return go_on(replace(draft, answers=acknowledge(draft.answers, odd)), state, world, incoming, _)


def produce(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The paper, unless something is still open. Raises KeyError for a draft that is not this person's."""
    if code not in state.drafts:
        raise KeyError(code)
    state = replace(state, draft=code)
    draft = opened(state, world)
    form = world.forms[draft.form]
    draft = _unchanged(form, draft)
    if unfinished(form, draft.answers, incoming.at.date()):
        return say_first(_(STILL_OPEN), draft, state, world, incoming, _, keep=True)
    return review.produce(draft, state, world, incoming, _)


def after_aside(aside: Turn, draft: Draft, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Something else was asked in between; then the form goes on."""
    if aside.state.dossier:  # the second fact comes first
        *others, last = aside.replies
        button = Choice(_("Làm tiếp tờ khai"), f"fd:{draft.code}")
        return replace(aside, replies=(*others, replace(last, choices=(button, *last.choices))))
    following = go_on(draft, aside.state, world, incoming, _, keep=False)
    return replace(aside, replies=(*aside.replies, *following.replies), state=following.state)


def _back(form: Form, draft: Draft) -> Answers:
    """Without the last answer that was given, and not only without what `by_hand` puts back at once."""
    before = dict(draft.answers)
    answers = interview.back(form, before)
    while dict(by_hand(form, answers)) == before and answers != before:
        shorter = interview.back(form, answers)
        if shorter == answers:
            break
        answers = shorter
    return answers


def _unchanged(form: Form, draft: Draft) -> Draft:
    """Without the wish to change an answer."""
    if interview.ASKED_AGAIN not in draft.answers:
        return draft
    return replace(draft, answers=interview.back(form, draft.answers))


def _with_options(turn: Turn, question_id: str, options: tuple[str, ...]) -> Turn:
    """With a button for each thing that may have been meant, instead of the usual ones."""
    if not options:
        return turn
    first, *others = turn.replies
    ways = tuple(choice for choice in first.choices if not choice.value.startswith("fo:"))
    meant = tuple(Choice(text, f"fo:{question_id}:{n}") for n, text in enumerate(options[:OPTIONS]))
    return replace(turn, replies=(replace(first, choices=(*meant, *ways)), *others))
