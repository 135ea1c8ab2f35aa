"""What a blank asks for looks like something; what does not is not written down."""

import pytest

from knowledge.intake import forms
from knowledge.reading.shape.shape import Kind, Shape, shape
from knowledge.reading.shape.syllables import is_vietnamese
from tests.knowledge.reading.lines import plain, share, table

ROWS = table("shapes.tsv")


def test_answers_are_taken_and_others_are_not() -> None:
    found = [(value, shape(line, kind)) for kind, value, _, line in ROWS]  # type: ignore[arg-type]
    assert [
        (value, got) for value, got in found if got.fits != bool(value) or (value and got.value != value)
    ] == []


def test_why_a_line_is_no_answer_is_told() -> None:
    told = [(why, shape(line, kind).why) for kind, value, why, line in ROWS if not value]  # type: ignore[arg-type]
    assert share([why == got for why, got in told]) >= 0.95


def test_names_of_the_forms_examples_are_names() -> None:
    names = [
        f.example[q.id]
        for f in forms.load().values()
        for q in f.questions
        if q.type == "name" and q.id in f.example
    ]
    assert [name for name in names if shape(name, "name") != Shape(True, name)] == []


def test_what_people_say_elsewhere_is_seldom_a_name() -> None:
    said = [
        line
        for line in plain("harmless.txt")
        if not line.istitle() and " Văn " not in line and " Thị " not in line
    ]
    said += [row[-1] for name in ("acts.tsv", "replies.tsv", "distress.tsv") for row in table(name)]
    taken = [line for line in said if shape(line, "name").fits]
    assert len(taken) <= 0.003 * len(said), taken


@pytest.mark.parametrize(
    ("line", "doubts"),
    [
        ("nguyen thi thuy", ("no-marks",)), ("Nguyễn Thị Thủy", ()), ("Cao Mai Lan", ()), ("John Smith", ()),
        ("tran van hai", ("no-marks",)), ("K'Brèo", ()),
    ],
)  # fmt: skip
def test_a_name_is_doubted_where_something_may_be_missing(line: str, doubts: tuple[str, ...]) -> None:
    found = shape(line, "name")
    assert (found.fits, set(found.doubts) - {"no-family"}) == (True, set(doubts))


@pytest.mark.parametrize("kind", ["name", "place", "date", "id_number", "phone", "number"])
@pytest.mark.parametrize("line", ["", " ", "?", "...", "👍", "\u200b"])  # zero width space
def test_nothing_is_no_answer(kind: Kind, line: str) -> None:
    assert not shape(line, kind).fits or kind == "date"


@pytest.mark.parametrize(
    "word",
    [
        "khai",
        "sinh",
        "nguyễn",
        "quỳnh",
        "giếng",
        "gì",
        "quyển",
        "khuya",
        "nghiêng",
        "thuỷ",
        "thủy",
        "ký",
        "kí",
        "xoong",
        "quốc",
    ],
)
def test_these_are_syllables(word: str) -> None:
    assert is_vietnamese(word)


@pytest.mark.parametrize("word", ["ngiêng", "kanh", "két̀", "tuyêt", "kêch", "brian", "cê", "ghan"])
def test_these_are_none(word: str) -> None:
    """No ng before i, no k before a, two tones, a closed syllable without its tone."""
    assert not is_vietnamese(word)
