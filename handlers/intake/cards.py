"""Photographs of ID cards: read, told, and not kept."""

from dataclasses import replace

from handlers.dossiers import status
from handlers.intake.asking import BY_HAND, CARD, go_on, open_draft, opened, say_first
from handlers.intake.steps import after_aside
from handlers.intake.texts import CONSENT, card_problem
from handlers.turn.drafts import Draft
from handlers.turn.effects import Consent
from handlers.turn.i18n import Translate
from handlers.turn.messages import Choice, Incoming, Reply, State, Turn
from handlers.turn.ports import World
from knowledge.intake import id_card, interview
from knowledge.intake.form import Form, Question
from knowledge.intake.id_card import IdCard
from knowledge.intake.path import Answers, path
from knowledge.intake.plausibility import contradictions
from knowledge.places import places


def scanned(state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A photo while a form is open: the card asked for, or something else. None if no form is open."""
    draft = open_draft(state, world)
    if draft is None:
        return None
    card = next(filter(None, map(id_card.parse, incoming.scanned)), None)
    dossier = None if card else status.scanned(state, world, incoming, _)
    if dossier:
        return after_aside(dossier, draft, world, incoming, _)
    form = world.forms[draft.form]
    question = interview.next_question(form, draft.answers)
    if question is None or question.type != CARD:
        return _not_asked(card, draft, form, state, world, incoming, _)
    if card is None:
        return _unread(draft, state, world, incoming, _)
    if BY_HAND in draft.answers:
        return _unagreed(draft, state, world, incoming, _)
    return _read(card, draft, question, state, world, incoming, _)


def agree(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Who began by hand agrees that cards are read; the tap is the consent."""
    draft = opened(state, world)
    answers = {key: value for key, value in draft.answers.items() if key != BY_HAND}
    turn = go_on(replace(draft, answers=answers), state, world, incoming, _)
    return replace(turn, effects=(Consent(CARD, CONSENT), *turn.effects))


def _read(
    card: IdCard,
    draft: Draft,
    question: Question,
    state: State,
    world: World,
    incoming: Incoming,
    _: Translate,
) -> Turn:
    form, today = world.forms[draft.form], incoming.at.date()
    answers = interview.read_card(form, draft.answers, question.id, card, today)
    if any(odd.code == "same_number" for odd in contradictions(form, answers, today)):
        again = _("Thẻ này đã dùng cho người khác trong tờ khai. Bạn chụp thẻ của đúng người giúp mình.")
        return _erasing(say_first(again, draft, state, world, incoming, _))
    read = _("Đã đọc thẻ của {name}. Ảnh không được lưu.").format(name=card.name)
    moved = _moved(card, answers.get(f"{question.id}.residence", ""), _)
    text = "\n".join(filter(None, (read, moved)))
    turn = say_first(text, replace(draft, answers=answers), state, world, incoming, _, keep=True)
    return _erasing(_changeable(turn, f"{question.person}.residence", _) if moved else turn)


def _moved(card: IdCard, residence: str, _: Translate) -> str:
    """How the address was written in today's two levels, to be confirmed; empty if the card has them."""
    if not residence or not places.read(card.residence).converted:
        return ""
    return _("Nơi cư trú ghi theo địa danh mới: {place}. Chưa đúng thì bấm “Sửa nơi cư trú”.").format(
        place=residence
    )


def _changeable(turn: Turn, question_id: str, _: Translate) -> Turn:
    *others, last = turn.replies
    button = Choice(_("Sửa nơi cư trú"), f"fq:{question_id}")
    return replace(turn, replies=(*others, replace(last, choices=(*last.choices, button))))


def _not_asked(
    card: IdCard | None,
    draft: Draft,
    form: Form,
    state: State,
    world: World,
    incoming: Incoming,
    _: Translate,
) -> Turn:
    """A photo where none is asked for; of a card it has to be said whose it is, as nothing of it is kept."""
    if card is None:
        text = _("Câu này không cần ảnh, nên mình không giữ lại ảnh. Bạn gõ hoặc bấm giúp mình:")
        return _erasing(say_first(text, draft, state, world, incoming, _))
    if BY_HAND in draft.answers:
        return _unagreed(draft, state, world, incoming, _)
    choices = _cards(form, draft.answers)
    text = _(
        "Mình chưa dùng thẻ này và không giữ lại gì. Bạn muốn thay thẻ của ai thì bấm vào, rồi chụp lại:"
    )
    turn = go_on(draft, state, world, incoming, _, keep=False)
    return _erasing(replace(turn, replies=(Reply(text, choices=choices), *turn.replies)))


def _cards(form: Form, answers: Answers) -> tuple[Choice, ...]:
    cards = (s.question for s in path(form, answers) if s.question.type == CARD and s.how != "same")
    return tuple(Choice(question.label, f"fq:{question.id}") for question in cards)


def _unagreed(draft: Draft, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """A card of somebody who chose to write by hand: nothing is read without his word."""
    text = _(
        "Bạn đã chọn tự gõ, nên mình không đọc thẻ này và không giữ lại gì. "
        "Đồng ý cho mình đọc thẻ thì bấm “Đồng ý, chụp thẻ”, rồi chụp lại."
    )
    turn = say_first(text, draft, state, world, incoming, _)
    *others, last = turn.replies
    button = Choice(_("Đồng ý, chụp thẻ"), "fy")
    return _erasing(replace(turn, replies=(*others, replace(last, choices=(*last.choices, button)))))


def _unread(draft: Draft, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    unread = state.unread + 1
    text = card_problem(unread, bool(incoming.scanned), incoming.attachment, _)
    turn = say_first(text, draft, replace(state, unread=unread), world, incoming, _)
    return _erasing(turn)


def _erasing(turn: Turn) -> Turn:
    first, *others = turn.replies
    return replace(turn, replies=(replace(first, erases=True), *others))
