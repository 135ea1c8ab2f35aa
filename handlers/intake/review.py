"""The last look at all answers, and what has to be settled before it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from handlers.intake.actions import (
    AskDelete,
    ChangeAnswer,
    KeepInconsistency,
    ListAnswers,
    ListGroup,
    MakePaper,
    PutAside,
    SettleConflict,
)
from handlers.language.i18n import N_, Translate
from handlers.ports.drafts import Draft
from handlers.turn.blocks import Block, Heading, Item, Items, Span, Text
from handlers.turn.choices import Choice
from handlers.turn.messages import Reply
from knowledge.intake.blanks import shown
from knowledge.intake.course import Conflict
from knowledge.intake.form import Form, Question
from knowledge.intake.forms import owner
from knowledge.intake.interview import Inconsistency, Interview
from knowledge.intake.path import path

Given = tuple[Question, str]  # a question and what is known of it

ECHOED = ("date", "time", "name", "place", "ethnic", "phone")  # types that are read back as understood

SENTENCES: Mapping[str, str] = {
    "parent_too_young": N_("Tính ra cha hoặc mẹ hơn con chưa đến {years} tuổi."),
    "too_young_to_marry": N_("Tính ra chưa đủ tuổi kết hôn (từ đủ {years} tuổi)."),
    "death_before_birth": N_("Ngày mất đứng trước ngày sinh."),
    "issued_before_birth": N_("Ngày cấp giấy đứng trước ngày sinh."),
    "wrong_order": N_("Hai ngày đứng ngược thứ tự."),
    "id_year": N_("Số căn cước cho thấy năm sinh khác."),
    "id_sex": N_("Số căn cước cho thấy giới tính khác."),
    "other_sex": N_("Thẻ này là của người khác giới với người được hỏi."),
    "same_number": N_("Hai người có cùng một số căn cước."),
    "one_word_name": N_("Họ tên chỉ có một chữ."),
}  # by the codes of knowledge.intake.plausibility


def review(form: Form, draft: Draft, tr: Translate) -> Reply:
    """All answers on one screen, in groups, each with its way to a change."""
    body: list[Block] = [Text(tr("Đã đủ. Bạn xem lại từng dòng, đúng hết thì chọn “Lấy tờ khai”:"))]
    choices = [
        Choice(tr("Lấy tờ khai"), MakePaper(draft.code)),
        Choice(tr("Sửa một câu"), ListAnswers(0)),
    ]
    for number, group in enumerate(form.groups):
        if given := given_of(form, draft.interview, number):
            body += [Heading(group.title), Items(tuple(_items(given, tr)))]
            choices.append(Choice(tr("Sửa: {label}").format(label=group.title), ListGroup(number)))
    choices += [Choice(tr("Để sau"), PutAside()), Choice(tr("Xóa tờ khai này"), AskDelete())]
    return Reply(tuple(body), form.title, tuple(choices))


def conflict(found: Conflict, tr: Translate) -> Reply:
    """The card and an answer tell different things: the citizen chooses."""
    question = found.question
    card, answer = shown(question, found.card), shown(question, found.answer)
    text = tr("{label}: thẻ ghi “{card}”, bạn trả lời “{answer}”. Lấy theo cái nào?")
    choices = (
        Choice(tr("Theo thẻ: {value}").format(value=card), SettleConflict(question.id, "card")),
        Choice(tr("Theo câu trả lời: {value}").format(value=answer), SettleConflict(question.id, "answer")),
    )
    return Reply(text.format(label=question.label, card=card, answer=answer), choices=choices)


def inconsistency(found: Inconsistency, form: Form, interview: Interview, tr: Translate) -> Reply:
    """Answers that do not go together: the citizen says that it is so, or changes one."""
    steps = {step.question.id: step for step in path(form, interview)}
    asked = [steps[name].question for name in found.questions if name in steps]
    items = [Item(line(q, steps[q.id].value or "", tr)) for q in asked if q.type != "card"]
    sentence = tr(SENTENCES[found.code]).format(years=found.years)
    text = tr("{oddity} Bạn xem lại giúp mình:").format(oddity=sentence)
    choices = [Choice(tr("Sửa: {label}").format(label=q.label), ChangeAnswer(q.id)) for q in asked]
    choices.append(Choice(tr("Đúng như vậy, giữ nguyên"), KeepInconsistency(found.code)))
    body: list[Block] = [Text(text), *([Items(tuple(items))] if items else [])]
    return Reply(tuple(body), choices=tuple(choices))


def echo(form: Form, interview: Interview, question_id: str, typed: str, tr: Translate) -> str:
    """How a typed answer was understood, where that may differ from what was meant."""
    asked = next((s for s in path(form, interview) if s.question.id == question_id), None)
    if asked is None:
        return ""
    understood = shown(asked.question, asked.value or "")
    is_cut = asked.question.type == "name" and len(typed.split()) > len(understood.split())
    if asked.question.type not in ECHOED and not asked.question.spot and not is_cut:
        return ""
    if understood == typed.strip() or not understood:
        return ""
    return tr("Mình ghi: {value}.").format(value=understood)


def label(question: Question, tr: Translate) -> str:
    """What the question is called among others, with the number of the member it is about."""
    if not question.repeat:
        return question.label
    number = question.person.rpartition(".")[2]
    return tr("{label} (người {number})").format(label=question.label, number=number)


def line(question: Question, value: str, tr: Translate) -> tuple[Span, ...]:
    """A question by its label, and the answer."""
    return Span(f"{question.label}: "), Span(shown(question, value) or tr("(để trống)"), "strong")


def given(form: Form, interview: Interview) -> Iterator[Given]:
    """What is known, without what only repeats another person."""
    for step in path(form, interview):
        if step.value is not None and step.how != "same" and step.question.type != "card":
            yield step.question, step.value


def given_of(form: Form, interview: Interview, group: int) -> list[Given]:
    """What is known of one group."""
    names = form.groups[group].of
    return [one for one in given(form, interview) if _owner(one[0]) in names]


def _owner(question: Question) -> str:
    """The person, or the question of nobody, by which a group names it; of all members it is the group's."""
    return question.repeat or owner(question)


def _items(answers: Iterable[Given], tr: Translate) -> Iterator[Item]:
    """An answer a line; of a group of people each member is one."""
    for member, asked in groupby(answers, lambda one: one[0].repeat and one[0].person):
        told = list(asked)
        if not member or (len(told) == 1 and member.endswith(".1")):
            yield from (
                Item(line(question, value, tr), value=str(ChangeAnswer(question.id)))
                for question, value in told
            )
        elif len(told) > 1:  # else only that there is nobody more
            yield Item(_member(member, told, tr))


def _member(member: str, told: list[Given], tr: Translate) -> str:
    text = tr("Người {number}: {answers}")
    answers = " · ".join(shown(question, value) for question, value in told[1:] if value)
    return text.format(number=member.rpartition(".")[2], answers=answers)
