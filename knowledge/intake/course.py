"""The course of an interview: which question comes next is computed from what was told, never stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from knowledge.intake import answers as types
from knowledge.intake.answers import BadAnswer
from knowledge.intake.form import Advice, Choice, Form, Question
from knowledge.intake.id_card import IdCard
from knowledge.intake.interview import CardReading, Interview
from knowledge.intake.path import Step, Values, allowed, card_of, known, path
from knowledge.text import fold


class Occasion(NamedTuple):
    """What an answer is read against."""

    today: date
    home: str = ""  # the office's province: of places that name none


@dataclass(frozen=True)
class Conflict:
    """An answer that is not what the person's card says."""

    question: Question
    answer: str
    card: str


def next_question(form: Form, interview: Interview) -> Question | None:
    """What to ask now; None when all is known and the review follows."""
    again = interview.changing
    due = (s.question for s in path(form, interview) if s.how == "missing" or s.question.id == again)
    return next(due, None)


def choices(form: Form, interview: Interview, question: Question) -> tuple[Choice, ...]:
    """The choices of a question that these answers leave."""
    return allowed(question, known(form, interview))


def accept(form: Form, interview: Interview, question_id: str, text: str, occasion: Occasion) -> Interview:
    """With that answer; an empty text skips an optional question.

    Raises BadAnswer, with code "not_asked" for a question that these answers do not lead to.
    """
    question = _asked(form, interview, question_id)
    try:
        value = _value(question, text, choices(form, interview, question), occasion)
    except BadAnswer as error:
        raise BadAnswer(error.code, question_id, error.options) from error
    return interview.answered(question_id, value)


def read_card(form: Form, interview: Interview, question_id: str, card: IdCard, today: date) -> Interview:
    """With what the card tells of the person; the rest will be asked. Raises BadAnswer as `accept`."""
    asked = _asked(form, interview, question_id)
    if asked.type != "card":
        raise BadAnswer("not_asked", question_id)
    person = re.sub(r"\.\d+$", "", asked.person)  # the second member's questions are written once for all
    own = (question for question in form.questions if question.person == person and question.card)
    reading = CardReading({"sex": card.sex} if card.sex else {})
    for question in own:
        if question.card != "sex":
            reading = _with_told(reading, card, question, today)
    return interview.scanned(question_id, reading)


def back(form: Form, interview: Interview) -> Interview:
    """Without the answer given last, or without the wish to change one; the same if there is nothing left.

    A card is one step with all that it told.
    """
    if interview.changing:
        return replace(interview, changing="")
    given = {s.question.id for s in path(form, interview) if s.how == "answered"}
    last = next((key for key in reversed(list(interview.answers)) if key in given), None)
    return interview.without(last) if last else interview


def change(form: Form, interview: Interview, question_id: str) -> Interview:
    """That question is asked again, its answer holds until then. An old button changes nothing."""
    step = next((s for s in path(form, interview) if s.question.id == question_id), None)
    return replace(interview, changing=step.source or question_id) if step else interview


def conflicts(form: Form, interview: Interview) -> tuple[Conflict, ...]:
    """Answers that are not what the card says: the citizen chooses, with `settle`."""
    answered = (s.question for s in path(form, interview) if s.how == "answered")
    values = known(form, interview)
    pairs = ((question, _card_says(form, interview, question, values)) for question in answered)
    return tuple(
        Conflict(question, interview.answers[question.id], said)
        for question, said in pairs
        if said and said.casefold() != interview.answers[question.id].casefold()
    )


def settle(interview: Interview, conflict: Conflict, keep: Literal["answer", "card"]) -> Interview:
    """With one of the two forgotten."""
    question = conflict.question
    if keep == "card":
        answers = {key: value for key, value in interview.answers.items() if key != question.id}
        return replace(interview, answers=answers)
    reading = interview.cards[f"{question.person}.card"]
    told = {name: said for name, said in reading.told.items() if name != question.card}
    cards = {**interview.cards, f"{question.person}.card": replace(reading, told=told)}
    return replace(interview, cards=cards)


def filled(form: Form, given: Mapping[str, str], today: date) -> Interview:
    """The interview of a whole form from a file, each answer as a citizen would write it; cards are typed.

    Raises BadAnswer for the first that will not do, or is missing; its `question` tells which.
    """
    interview = Interview()
    while step := next((s for s in path(form, interview) if _is_open(s, interview, given)), None):
        question = step.question
        usual = "no" if question.repeat and question.type == "yes_no" else ""
        usual = "manual" if question.type == "card" else usual
        text = given.get(question.id, usual)
        interview = accept(form, interview, question.id, text, Occasion(today))
    return interview


def progress(form: Form, interview: Interview) -> int:
    """How much of the form lies before the open question, in percent; 100 when nothing is open.

    By the place of that question on the form, and not by how many will be asked: that number is known only
    at the end, and a count against it wanders. All members of a group stand where their group begins.
    """
    question = next_question(form, interview)
    if question is None:
        return 100
    group = question.repeat
    plain = re.sub(r"\.\d+(?=\.)", "", question.id)
    before = next(n for n, q in enumerate(form.questions) if (q.repeat == group if group else q.id == plain))
    return 100 * before // len(form.questions)


def advice(form: Form, before: Interview, after: Interview) -> tuple[Advice, ...]:
    """What a citizen has to know from the latest answer on: it holds now, and did not before."""
    old, new = known(form, before), known(form, after)
    return tuple(one for one in form.advice if _holds_of(one, new) and not _holds_of(one, old))


def _holds_of(one: Advice, values: Mapping[str, str]) -> bool:
    """Free answers are compared as they are spoken: "việt nam" is "Việt Nam"."""
    return all(
        name in values and fold(values[name]) in {fold(value) for value in meant}
        for name, meant in one.when.items()
    )


def _is_open(step: Step, interview: Interview, given: Mapping[str, str]) -> bool:
    is_given = step.question.id in given and step.how in ("preset", "card")
    return step.how == "missing" or (is_given and step.question.id not in interview.answers)


def _asked(form: Form, interview: Interview, question_id: str) -> Question:
    for step in path(form, interview):
        if step.question.id == question_id and step.how != "same":
            return step.question
    raise BadAnswer("not_asked", question_id)


def _value(question: Question, text: str, offered: tuple[Choice, ...], occasion: Occasion) -> str:
    if not text.strip():
        if question.optional:
            return ""
        raise BadAnswer("empty")
    if question.type in ("choice", "card"):
        own = [(choice.value, choice.label) for choice in offered]
        return types.chosen(text, [*own, ("manual", "manual")] if question.type == "card" else own)
    return types.read(question.type, text, occasion.today, question, occasion.home)


def _with_told(reading: CardReading, card: IdCard, question: Question, today: date) -> CardReading:
    """With what the card says to that question; the same if it does not, or says something impossible."""
    name, said = question.card or "", _said(card).get(question.card or "", "")
    try:
        value = types.read(question.type, said, today, question)
    except BadAnswer as error:
        return replace(reading, unclear={**reading.unclear, name: said}) if error.options else reading
    return replace(reading, told={**reading.told, name: value})


def _said(card: IdCard) -> Mapping[str, str]:
    return {
        "name": card.name,
        "birth": card.birth.isoformat() if card.birth else "",
        "residence": card.residence,
        "id_number": card.number,
        "id_issued": card.issued.isoformat() if card.issued else "",
        "old_number": card.old_number,
    }


def _card_says(form: Form, interview: Interview, question: Question, values: Values) -> str:
    """What that person's card says to the question; "" if it is not read, or says nothing."""
    return card_of(form, question.person, interview, values).told.get(question.card or "", "")
