"""Photographs of ID cards: read, told, and not kept."""

from dataclasses import replace

from handlers.drafts import Draft
from handlers.i18n import Translate
from handlers.intake.asking import CARD, go_on, open_draft, say_first
from handlers.intake.texts import card_problem
from handlers.messages import Choice, Incoming, Reply, State, Turn
from handlers.ports import World
from knowledge import id_card, intake
from knowledge.form import Form, Question
from knowledge.oddities import contradictions
from knowledge.path import path


def scanned(state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A photo while a form is open: the card that is asked for. None if no form is open."""
    draft = open_draft(state, world)
    if draft is None:
        return None
    form = world.forms[draft.form]
    question = intake.next_question(form, draft.answers)
    card = next(filter(None, map(id_card.parse, incoming.scanned)), None)
    if question is None or question.type != CARD:
        return _which_card(draft, form, state, world, incoming, _) if card else None
    if card is None:
        return _unread(draft, question, state, incoming, world, _)
    today = incoming.at.date()
    answers = intake.read_card(form, draft.answers, question.id, card, today)
    if any(odd.code == "same_number" for odd in contradictions(form, answers, today)):
        again = _("Thẻ này đã dùng cho người khác trong tờ khai. Bạn chụp thẻ của đúng người giúp mình.")
        return _erasing(say_first(again, draft, state, world, incoming, _))
    read = _("Đã đọc thẻ của {name}. Ảnh không được lưu.").format(name=card.name)
    return _erasing(say_first(read, replace(draft, answers=answers), state, world, incoming, _, keep=True))


def _which_card(
    draft: Draft, form: Form, state: State, world: World, incoming: Incoming, _: Translate
) -> Turn:
    """A card that was not asked for: whose it is has to be said first, as nothing of it is kept."""
    cards = [s.question for s in path(form, draft.answers) if s.question.type == CARD and s.how != "same"]
    choices = tuple(Choice(question.label, f"fq:{question.id}") for question in cards)
    text = _(
        "Mình chưa dùng thẻ này và không giữ lại gì. Bạn muốn thay thẻ của ai thì bấm vào, rồi chụp lại:"
    )
    turn = go_on(draft, state, world, incoming, _, keep=False)
    return _erasing(replace(turn, replies=(Reply(text, choices=choices), *turn.replies)))


def _unread(
    draft: Draft, question: Question, state: State, incoming: Incoming, world: World, _: Translate
) -> Turn:
    unread = state.unread + 1
    text = card_problem(unread, bool(incoming.scanned), incoming.attachment, _)
    turn = say_first(text, draft, replace(state, unread=unread), world, incoming, _)
    return _erasing(turn)


def _erasing(turn: Turn) -> Turn:
    first, *others = turn.replies
    return replace(turn, replies=(replace(first, erases=True), *others))
