"""The interview: which question comes next is computed from the answers, never stored.

The answers hold only what the citizen gave, in the order given: what was typed or tapped by question id, and
what a card said under `<person>.card.<field>`. The rest (who is the same person, what is usual) follows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.intake import answers as types
from knowledge.intake.answers import BadAnswer
from knowledge.intake.form import Choice, Form, Question
from knowledge.intake.id_card import IdCard
from knowledge.intake.path import UNSURE, Answers, Step, allowed, known, path

ASKED_AGAIN = "?"  # key of the question that the citizen is changing


@dataclass(frozen=True)
class Conflict:
    """An answer that is not what the person's card says."""

    question: Question
    answer: str
    card: str


def next_question(form: Form, answers: Answers) -> Question | None:
    """What to ask now; None when all is known and the review follows."""
    again = answers.get(ASKED_AGAIN)
    due = (s.question for s in path(form, answers) if s.how == "missing" or s.question.id == again)
    return next(due, None)


def choices(form: Form, answers: Answers, question: Question) -> tuple[Choice, ...]:
    """The choices of a question that these answers leave."""
    return allowed(question, known(form, answers))


def accept(form: Form, answers: Answers, question_id: str, text: str, today: date, home: str = "") -> Answers:
    """With that answer; an empty text skips an optional question. `home` is the office's province.

    Raises BadAnswer, with code "not_asked" for a question that these answers do not lead to.
    """
    step = _step(form, answers, question_id)
    try:
        value = _value(form, answers, step.question, text, today, home)
    except BadAnswer as error:
        raise BadAnswer(error.code, question_id, error.options) from error
    return {**_without(answers, question_id), question_id: value}


def read_card(form: Form, answers: Answers, question_id: str, card: IdCard, today: date) -> Answers:
    """With what the card tells of the person; the rest will be asked. Raises BadAnswer as `accept`."""
    asked = _step(form, answers, question_id).question
    if asked.type != "card":
        raise BadAnswer("not_asked", question_id)
    scanned = {**_without(answers, question_id), question_id: "scanned"}
    if card.sex:
        scanned[f"{question_id}.sex"] = card.sex
    person = re.sub(r"\.\d+$", "", asked.person)  # the second member's questions are written once for all
    for question in form.questions:
        if question.person == person and question.card and question.card != "sex":
            scanned |= _told(card, question, f"{question_id}.{question.card}", today)
    return scanned


def back(form: Form, answers: Answers) -> Answers:
    """Without the answer given last, or without the wish to change one; the same if there is nothing left.

    A card is one step with all that it told.
    """
    if ASKED_AGAIN in answers:
        return _without(answers, "")
    given = {s.question.id for s in path(form, answers) if s.how == "answered"}
    last = next((key for key in reversed(list(answers)) if key in given), None)
    return _without(answers, last) if last else answers


def change(form: Form, answers: Answers, question_id: str) -> Answers:
    """That question is asked again, its answer holds until then. An old button changes nothing."""
    step = next((s for s in path(form, answers) if s.question.id == question_id), None)
    return {**answers, ASKED_AGAIN: step.source or question_id} if step else answers


def conflicts(form: Form, answers: Answers) -> tuple[Conflict, ...]:
    """Answers that are not what the card says: the citizen chooses, with `settle`."""
    pairs = (
        (s.question, answers.get(_card_key(s.question))) for s in path(form, answers) if s.how == "answered"
    )
    return tuple(
        Conflict(question, answers[question.id], said)
        for question, said in pairs
        if said and said.casefold() != answers[question.id].casefold() and _is_scanned(answers, question)
    )


def settle(answers: Answers, conflict: Conflict, keep: Literal["answer", "card"]) -> Answers:
    """With one of the two forgotten."""
    forgotten = _card_key(conflict.question) if keep == "answer" else conflict.question.id
    return {key: value for key, value in answers.items() if key != forgotten}


def filled(form: Form, given: Mapping[str, str], today: date) -> Answers:
    """The answers of a whole form from a file, each as a citizen would write it; cards are typed.

    Raises BadAnswer for the first that will not do, or is missing; its `question` tells which.
    """
    answers: Answers = {}
    while step := next((s for s in path(form, answers) if _is_open(s, answers, given)), None):
        question = step.question
        usual = "no" if question.repeat and question.type == "yes_no" else ""
        usual = "manual" if question.type == "card" else usual
        answers = accept(form, answers, question.id, given.get(question.id, usual), today)
    return answers


def progress(form: Form, answers: Answers) -> tuple[int, int]:
    """How many questions are answered, and how many there are on this path as far as it can be seen."""
    ways = [step.how for step in path(form, answers)]
    answered = ways.count("answered")
    return answered, answered + ways.count("missing")


def _is_open(step: Step, answers: Answers, given: Mapping[str, str]) -> bool:
    is_given = step.question.id in given and step.how in ("preset", "card")
    return step.how == "missing" or (is_given and step.question.id not in answers)


def _step(form: Form, answers: Answers, question_id: str) -> Step:
    for step in path(form, answers):
        if step.question.id == question_id and step.how != "same":
            return step
    raise BadAnswer("not_asked", question_id)


def _value(form: Form, answers: Answers, question: Question, text: str, today: date, home: str) -> str:
    if not text.strip():
        if question.optional:
            return ""
        raise BadAnswer("empty")
    if question.type in ("choice", "card"):
        own = [(choice.value, choice.label) for choice in choices(form, answers, question)]
        return types.chosen(text, [*own, ("manual", "manual")] if question.type == "card" else own)
    return types.read(question.type, text, today, question, home)


def _told(card: IdCard, question: Question, key: str, today: date) -> Answers:
    """What the card says to that question; nothing if it does not, or says something impossible."""
    said = {
        "name": card.name,
        "birth": card.birth.isoformat() if card.birth else "",
        "residence": card.residence,
        "id_number": card.number,
        "id_issued": card.issued.isoformat() if card.issued else "",
        "old_number": card.old_number,
    }.get(question.card or "", "")
    try:
        return {key: types.read(question.type, said, today, question)}
    except BadAnswer as error:
        return {f"{key}{UNSURE}": said} if error.options else {}


def _card_key(question: Question) -> str:
    return f"{question.person}.card.{question.card}"


def _is_scanned(answers: Answers, question: Question) -> bool:
    return answers.get(f"{question.person}.card") == "scanned"


def _without(answers: Answers, question_id: str) -> dict[str, str]:
    """Without that answer, what came with it, and the wish to change one."""
    told = f"{question_id}." if question_id.endswith(".card") else question_id
    forgotten = (ASKED_AGAIN, question_id)
    return {
        key: value
        for key, value in answers.items()
        if key not in forgotten and not (told != question_id and key.startswith(told))
    }
