"""What is asked about a procedure in words that no phrase knows."""

from pathlib import Path

from knowledge.reading.subject import guess
from knowledge.reading.subject.guess import guesses
from tests.knowledge.reading.lines import share, table

APART = Path(__file__).with_name("asked_apart.tsv")
FIRST, NEAR = 0.85, 0.9  # only go up; of lines that were not learned from


def test_the_newest_lines_were_learned_from() -> None:
    assert guess.is_current(), "run python -m benchmarks.fit_asked"


def test_lines_that_were_not_learned_from_are_understood() -> None:
    learned = {row.split("\t")[1] for row in guess.LINES.read_text(encoding="utf-8").splitlines()}
    rows = [(aspects.split("/"), text) for aspects, text in table(APART.name)]
    assert [text for _, text in rows if text in learned] == []
    found = [(aspects, [each.aspect for each in guesses(text)[:2]]) for aspects, text in rows]
    assert share([two[0] in aspects for aspects, two in found]) >= FIRST
    assert share([bool({*two} & {*aspects}) for aspects, two in found]) >= NEAR


def test_the_chances_of_a_line_add_up() -> None:
    assert abs(sum(each.chance for each in guesses("hết bao nhiêu tiền")) - 1) < 1e-5


def test_words_that_nobody_used_ask_nothing() -> None:
    assert [guesses(text)[0].aspect for text in ("", "xyzzy")] == [guess.NOTHING] * 2
