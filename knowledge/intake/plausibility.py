"""What in the answers contradicts itself. It is asked about, and never corrected."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from knowledge.intake import form as forms
from knowledge.intake.dates import stored
from knowledge.intake.form import Check, Form
from knowledge.intake.id_card import odd_number
from knowledge.intake.interview import Inconsistency, Interview
from knowledge.intake.path import Step, Values, holds, path
from knowledge.intake.path import known as all_known

Code = (
    forms.Code
    | Literal[
        "id_year",  # the number says another year of birth
        "id_sex",  # or another sex
        "other_sex",  # the card of the "father" is a woman's
        "same_number",  # two persons with one number: the same card photographed twice
        "one_word_name",
    ]
)


def inconsistencies(form: Form, interview: Interview, today: date) -> tuple[Inconsistency, ...]:
    """What does not go together and has not been acknowledged, each once."""
    known = all_known(form, interview)
    steps = path(form, interview)
    own = {s.question.id: s.value for s in steps if s.value and s.how != "same"}
    sources = {s.question.id: s.source for s in steps if s.how == "same"}
    found = (
        *_wrong_days(form, known, today),
        *_wrong_persons(form, own, known),
        *_doubles(own),
        *_names(steps),
    )
    asked = (replace(one, questions=tuple(sources.get(q, q) for q in one.questions)) for one in found)
    return tuple(dict.fromkeys(one for one in asked if one not in interview.acknowledged))


def _found(code: Code, known: Values, *questions: str) -> Inconsistency:
    return Inconsistency(code, questions, tuple(known[question] for question in questions))


def _wrong_days(form: Form, known: Values, today: date) -> Iterator[Inconsistency]:
    days = {**known, "today": today.isoformat()}
    for check in form.checks:
        if holds(check.when, known) and _is_too_near(check, days):
            asked = (day for day in (check.earlier, check.later) if day != "today")
            yield replace(_found(check.code, known, *asked), years=check.years)


def _is_too_near(check: Check, days: Values) -> bool:
    """Only if it is certain: of a mere year both ends are given the benefit of the doubt."""
    if not days.get(check.earlier) or not days.get(check.later):
        return False
    earlier, later = stored(days[check.earlier]).first, stored(days[check.later]).last
    return (later.year - check.years, later.month, later.day) < (earlier.year, earlier.month, earlier.day)


def _wrong_persons(form: Form, own: Values, known: Values) -> Iterator[Inconsistency]:
    for question, number in own.items():
        person, _, field = question.rpartition(".")
        if field != "id_number" or not person:
            continue
        birth = known.get(f"{person}.birth")
        sex = known.get(f"{person}.sex") or known.get(f"{person}.card.sex") or form.sexes.get(person) or ""
        for code in odd_number(number, sex, stored(birth).year if birth else None):
            other = f"{person}.birth" if code == "id_year" else f"{person}.sex"
            yield _found(code, known, question, *([other] if other in own else []))
    for person, sex in form.sexes.items():
        if known.get(f"{person}.card.sex", sex) != sex:
            yield _found("other_sex", known, f"{person}.card")


def _doubles(own: Values) -> Iterator[Inconsistency]:
    numbers = {question: value for question, value in own.items() if question.endswith(".id_number")}
    for question, number in numbers.items():
        first = next(name for name, value in numbers.items() if value == number)
        if first != question:
            yield _found("same_number", own, first, question)


def _names(steps: Iterable[Step]) -> Iterator[Inconsistency]:
    for step in steps:
        if step.question.type == "name" and step.how == "answered" and len((step.value or " ").split()) == 1:
            yield Inconsistency("one_word_name", (step.question.id,), (step.value or "",))
