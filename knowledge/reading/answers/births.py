"""A year of birth where an age is asked for."""

import re

from knowledge.reading.answers.numbers import AGE
from knowledge.reading.answers.options import Option, Question

_BORN = re.compile(
    r"\b((?:19|20)\d\d)\b(?! *(?:đ|đồng|k\b))|\b(?:sinh|sanh|sn|đẻ)(?: năm| nam)? (\d\d)\b(?! *(?:tuổi|tuoi|/|-))",
    re.I,
)


def of_birth(text: str, question: Question) -> tuple[Option, ...]:
    """The choices that a year of birth leaves: two of them where it depends on the birthday."""
    may_be = ages(text, question.year) if question.unit == AGE else ()
    return tuple(each for each in question.options if any(_holds(each, age) for age in may_be))


def _holds(option: Option, age: int) -> bool:
    if option.least is None and option.most is None:
        return False
    return (option.least or 0) <= age <= (age if option.most is None else option.most)


def ages(text: str, year: int) -> tuple[int, ...]:
    """Both ages that a year of birth may mean in `year`, before and after the birthday; empty if none is told."""
    found = _BORN.search(text) if year else None
    if not found:
        return ()
    told = int(found[1] or found[2])
    born = told if told >= 100 else told + (year // 100 - (told > year % 100)) * 100
    return (year - born - 1, year - born) if born < year else ()
