"""Photographs of ID cards: read, told, and not kept."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.dossiers import status
from handlers.intake import consent
from handlers.intake.actions import AgreeToCards, ChangeAnswer
from handlers.intake.asking import CARD, go_on, open_draft, opened, say_first
from handlers.intake.steps import after_interjection
from handlers.intake.texts import card_problem
from handlers.ports.drafts import Draft
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.effects import Consent
from handlers.turn.messages import Reply, Turn
from knowledge.intake import course, id_card
from knowledge.intake.form import Form, Question
from knowledge.intake.id_card import IdCard
from knowledge.intake.interview import Interview
from knowledge.intake.path import path
from knowledge.intake.plausibility import inconsistencies
from knowledge.places import places


def scanned(ctx: Context) -> Turn | None:
    """A photo while a form is open: the card asked for, or something else. None if no form is open."""
    draft = open_draft(ctx)
    if draft is None:
        return None
    card = next(_in_pictures(ctx), None)
    dossier = None if card else status.scanned(ctx)
    if dossier:
        return after_interjection(dossier, draft, ctx)
    question = course.next_question(ctx.world.forms[draft.form], draft.interview)
    if question is None or question.type != CARD:
        return _not_asked(card, draft, ctx)
    if card is None:
        return _unread(draft, ctx)
    return _unagreed(draft, ctx) if draft.interview.by_hand else _read(card, draft, question, ctx)


def _in_pictures(ctx: Context) -> Iterator[IdCard]:
    return filter(None, map(id_card.parse, ctx.incoming.scanned))


def agree(ctx: Context) -> Turn:
    """Who began by hand agrees that cards are read; the tap is the consent. Raises StaleButton."""
    draft = opened(ctx)
    turn = go_on(replace(draft, interview=replace(draft.interview, by_hand=False)), ctx)
    return replace(turn, effects=(Consent(CARD, consent.CURRENT), *turn.effects))


def _read(card: IdCard, draft: Draft, question: Question, ctx: Context) -> Turn:
    form = ctx.world.forms[draft.form]
    interview = course.read_card(form, draft.interview, question.id, card, ctx.today)
    if any(one.code == "same_number" for one in inconsistencies(form, interview, ctx.today)):
        again = ctx.tr("Thẻ này đã dùng cho người khác trong tờ khai. Bạn chụp thẻ của đúng người giúp mình.")
        return _erasing(say_first(again, draft, ctx))
    read = ctx.tr("Đã đọc thẻ của {name}. Ảnh không được lưu.").format(name=card.name)
    if len({other.number for other in _in_pictures(ctx)}) > 1:  # of an album
        read += " " + ctx.tr("Thẻ của người khác trong các ảnh thì mình chưa dùng: bạn gửi lại khi mình hỏi.")
    moved = _moved(card, interview.cards[question.id].told.get("residence", ""), ctx)
    text = "\n".join(filter(None, (read, moved)))
    turn = say_first(text, replace(draft, interview=interview), ctx, keep=True)
    change = Choice(ctx.tr("Sửa nơi cư trú"), ChangeAnswer(f"{question.person}.residence"))
    return _erasing(_offering(turn, change) if moved else turn)


def _moved(card: IdCard, residence: str, ctx: Context) -> str:
    """How the address was written in today's two levels, to be confirmed; empty if the card has them."""
    if not residence or not places.read(card.residence).converted:
        return ""
    text = ctx.tr("Nơi cư trú ghi theo địa danh mới: {place}. Chưa đúng thì chọn “Sửa nơi cư trú”.")
    return text.format(place=residence)


def _not_asked(card: IdCard | None, draft: Draft, ctx: Context) -> Turn:
    """A photo where none is asked for; of a card it has to be said whose it is, as nothing of it is kept."""
    if card is None:
        text = ctx.tr("Câu này không cần ảnh, nên mình không giữ lại ảnh. Bạn gõ hoặc chọn giúp mình:")
        return _erasing(say_first(text, draft, ctx))
    if draft.interview.by_hand:
        return _unagreed(draft, ctx)
    text = ctx.tr(
        "Mình chưa dùng thẻ này và không giữ lại gì. Bạn muốn thay thẻ của ai thì chọn người đó, "
        "rồi chụp lại:"
    )
    choices = _cards(ctx.world.forms[draft.form], draft.interview)
    turn = go_on(draft, ctx, keep=False)
    return _erasing(replace(turn, replies=(Reply(text, choices=choices), *turn.replies)))


def _cards(form: Form, interview: Interview) -> tuple[Choice, ...]:
    cards = (s.question for s in path(form, interview) if s.question.type == CARD and s.how != "same")
    return tuple(Choice(question.label, ChangeAnswer(question.id)) for question in cards)


def _unagreed(draft: Draft, ctx: Context) -> Turn:
    """A card of somebody who chose to write by hand: nothing is read without his word."""
    text = ctx.tr(
        "Bạn đã chọn tự gõ, nên mình không đọc thẻ này và không giữ lại gì. "
        "Đồng ý cho mình đọc thẻ thì chọn “Đồng ý, chụp thẻ”, rồi chụp lại."
    )
    agreed = Choice(ctx.tr("Đồng ý, chụp thẻ"), AgreeToCards())
    return _erasing(_offering(say_first(text, draft, ctx), agreed))


def _unread(draft: Draft, ctx: Context) -> Turn:
    """A photo without a card's code; those in a row are counted."""
    unread, incoming = ctx.state.unread + 1, ctx.incoming
    text = card_problem(unread, bool(incoming.scanned), incoming.attachment, ctx.tr)
    return _erasing(say_first(text, draft, ctx.with_state(unread=unread)))


def _offering(turn: Turn, choice: Choice) -> Turn:
    """With one more button."""
    *others, last = turn.replies
    return replace(turn, replies=(*others, replace(last, choices=(*last.choices, choice))))


def _erasing(turn: Turn) -> Turn:
    """The photo is taken off the chat where the channel can."""
    first, *others = turn.replies
    return replace(turn, replies=(replace(first, erases=True), *others))
