"""Questions in English find their procedure, and only they are taken for English."""

from pathlib import Path

import pytest

from knowledge.procedures import english, loading
from knowledge.search.english import EnglishIndex
from tests import ROOT

QUESTIONS = [
    line.split("\t") for line in Path(__file__).with_name("english.tsv").read_text("utf-8").splitlines()
]
FIRST, AMONG_THREE, WRONG_OUTRIGHT = 0.94, 0.98, 0.04  # shares of the questions; they only get better


@pytest.fixture(scope="module")
def index() -> EnglishIndex:
    plain = {p.code: p.variant_of for p in loading.load().procedures.values()}
    return EnglishIndex(english.load(), plain)


def test_every_procedure_has_an_english_name(world) -> None:
    assert set(english.load().by_code) == set(world.catalogue.procedures)


def test_questions_find_their_procedure(index: EnglishIndex) -> None:
    found = [(index.find(text), code) for text, code in QUESTIONS]
    first = sum(f.hits[0].id == code for f, code in found if f.hits)
    three = sum(code in [hit.id for hit in f.hits[:3]] for f, code in found)
    wrong = sum(f.decision == "answer" and f.hits[0].id != code for f, code in found)
    assert first >= FIRST * len(found)
    assert three >= AMONG_THREE * len(found)
    assert wrong <= WRONG_OUTRIGHT * len(found)


@pytest.mark.parametrize("text", ["what is the weather", "", "hello", "where is my dossier"])
def test_what_is_no_procedure_is_declined(index: EnglishIndex, text: str) -> None:
    assert index.find(text).decision == "decline"


def test_english_is_told_from_vietnamese_without_marks(index: EnglishIndex) -> None:
    vietnamese = (ROOT / "tests" / "questions.tsv").read_text("utf-8").splitlines()[1:]
    assert [line for line in vietnamese if index.is_english(line.split("\t")[2])] == []
    assert [text for text, _ in QUESTIONS if not index.is_english(text)] == []


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("How much is it?", "fee"),
        ("how long do I have to wait", "deadline"),
        ("are you open on Sunday?", "hours"),
        ("can my brother hand it in for me", "proxy"),
        ("where is the office", "where"),
        ("is it possible online", "online"),
        ("thank you", ""),
    ],
)
def test_a_question_about_the_open_matter_is_understood(index: EnglishIndex, text: str, aspect: str) -> None:
    assert index.aspect(text) == aspect
