"""What people ask that a passage answers."""

import unicodedata
from typing import get_args

import pytest

from knowledge.procedures import loading
from knowledge.procedures.catalogue import Procedure, Via
from knowledge.reading.subject.about import about, nearest
from knowledge.reading.subject.passages import passages
from knowledge.reading.subject.questions import Asked, heading, load
from tests.knowledge.reading.lines import table

CATALOGUE = loading.load()
OWN_FIRST, ANSWERED = 0.97, 0.75


@pytest.fixture(scope="module")
def asked():
    """Each procedure with what is asked of it."""
    return {code: (Asked(_all(each), each), each) for code, each in CATALOGUE.procedures.items()}


def _all(procedure: Procedure):
    return [each for via in get_args(Via) for each in passages(procedure, {}, via)]


def test_each_heading_is_a_passage_of_the_catalogue():
    held = {heading(each, known) for known in CATALOGUE.procedures.values() for each in _all(known)}
    assert sorted(set(load()) - held) == []


def test_questions_are_lines_of_text():
    for title, questions in load().items():
        assert title, questions
        assert len(set(questions)) == len(questions), title
        assert all(unicodedata.is_normalized("NFC", each) and each == each.strip() for each in questions)


def test_every_procedure_is_asked_something(asked):
    assert [code for code, (known, _) in asked.items() if not known.find("cần gì không")] == []


def test_a_question_finds_the_passage_it_stands_below(asked):
    tried = right = 0
    for known, procedure in asked.values():
        for passage in {each for each, _ in known.find("a")}:
            for question in load()[heading(passage, procedure)]:
                tried += 1
                right += heading(known.find(question)[0][0], procedure) == heading(passage, procedure)
    assert right >= OWN_FIRST * tried, (right, tried)


def test_questions_of_others_are_answered_by_what_they_ask_for():
    """Of people whose questions stand in no file."""
    rows = table("asked_of.tsv")
    missed = [row for row in rows if not _is_told(*row)]
    assert len(missed) <= (1 - ANSWERED) * len(rows), missed


def _is_told(code: str, line: str, told: str) -> bool:
    procedure = CATALOGUE.procedures[code]
    found = about(line, procedure, {}, "desk")
    found = found if found and found.aspect else nearest(line, procedure, {}, "desk")
    return found is not None and any(told in each.text for each in found.passages[:2])


def test_what_is_no_question_about_it_is_answered_by_nothing():
    procedure = CATALOGUE.procedures["1.013962"]
    for text in ("có cần mang theo con mèo không", "hôm nay trời đẹp quá"):
        assert nearest(text, procedure, {}, "desk") is None, text
