"""The guided forms as they are written, and what a badly written one is told."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.datafile import BadDataFile
from knowledge.intake.form import Blank, Question, split
from knowledge.intake.forms import load, offered
from knowledge.procedures.catalogue import Catalogue
from knowledge.procedures.loading import load as load_catalogue

FORMS = load()

GOOD = """
id = "loan"
title = "Loan of a book"
short = "Loan"
procedures = []
source = "invented"
grade = "A"
addressee = "{office.unit}"
signatures = [{ role = "Reader", name = "{reader.name}" }]
same = [{ person = "payer", as = "reader", when = { who = ["self"] } }]
groups = [{ title = "Reader", of = ["reader", "who"] }, { title = "Payer", of = ["payer"] }]
checks = [{ code = "wrong_order", earlier = "reader.birth", later = "today", years = 6 }]

[[questions]]
id = "who"
type = "choice"
label = "Who"
ask = "For whom?"
choices = [{ value = "self", label = "Myself" }, { value = "child", label = "My child" }]

[[questions]]
id = "reader.card"
type = "card"
label = "Card"
ask = "A photo, please."

[[questions]]
id = "reader.name"
type = "name"
card = "name"
label = "Name"
ask = "What is the name?"

[[questions]]
id = "reader.birth"
type = "date"
label = "Birth"
ask = "Born when?"
when = { who = ["child"] }

[[questions]]
id = "payer.name"
type = "name"
label = "Payer"
ask = "Who pays?"
offers = ["{reader.name}"]

[[lines]]
text = "{reader.name.caps}, {reader.birth.words}, {payer.name}: {who=self} myself"

[example]
who = "self"
"reader.name" = "Nguyễn Văn An"
"""

ADVICE = """[[advice]]
text = "Another paper is the right one."
when = { who = ["child"], "reader.name" = ["Lê Bé"] }
source = "invented"
"""


def problems(tmp_path: Path, text: str, name: str = "loan.toml") -> str:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadDataFile) as caught:
        load(tmp_path)
    return str(caught.value)


def test_a_good_form_is_read(tmp_path: Path) -> None:
    (tmp_path / "loan.toml").write_text(GOOD, encoding="utf-8")
    assert list(load(tmp_path)) == ["loan"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('grade = "A"', 'grade = "B"', "grade B needs doubt"),
        ('who = ["child"]', 'who = ["uncle"]', "question reader.birth: when: who is never 'uncle'"),
        ('who = ["child"]', '"payer.name" = [""]', "when: payer.name is no earlier question"),
        (
            'offers = ["{reader.name}"]',
            'offers = ["{reader.nam}"]',
            "offers: reader.nam is no earlier question",
        ),
        ("{reader.birth.words}", "{reader.birth.caps}", "line 0: there is no blank reader.birth.caps"),
        ("{payer.name}:", "{payer.name:", "line 0: a brace that is no blank"),
        ("{who=self}", "{who=uncle}", "line 0: who is never 'uncle'"),
        ("{who=self}", "{payer.1.name=x}", "line 0: there is no blank payer.1.name"),
        (
            'id = "reader.card"',
            'id = "readers.card"',
            "question reader.name: card: there is no earlier reader.card",
        ),
        ('id = "payer.name"', 'id = "reader.name"', "question 'reader.name' stands 2 times"),
        ('earlier = "reader.birth"', 'earlier = "reader.name"', "check wrong_order: reader.name is no date"),
        ('as = "reader"', 'as = "lender"', "same: lender is not asked before payer"),
        ('id = "loan"', 'id = "loans"', "loan.toml: id: is not the file's name (value 'loans')"),
        ('"reader.name" = "N', '"reader.nam" = "N', "example: there is no question reader.nam"),
        ('card = "name"', 'cards = "name"', "questions.2(reader.name).cards: Extra inputs are not permitted"),
        ('type = "name"\ncard', 'type = "nam"\ncard', "questions.2(reader.name).type: Input should be"),
        (
            'offers = ["{reader.name}"]',
            'presets = [{ value = "" }]',
            "only an optional question may be left empty",
        ),
        (
            'offers = ["{reader.name}"]',
            'repeat = "payer"',
            "group payer: the first question is a plain yes_no",
        ),
        (
            'offers = ["{reader.name}"]',
            'repeat = "buyer"',
            "group buyer: its questions are those named buyer.*",
        ),
        ("text =", 'heading = "Two things"\ntext =', "a line is exactly one of text, heading, table, boxes"),
        ("text =", 'boxes = { label = "No", blank = "reader.no" } #', "line 0: there is no blank reader.no"),
        (
            "text =",
            'table = { group = "x", columns = [{ title = "A", text = "a" }] } #',
            "there is no group x",
        ),
        ('"reader", "who"]', '"reader"]', "groups: who is in none"),
        ('"reader", "who"]', '"reader", "who", "payer"]', "groups: name 'payer' stands 2 times"),
        ('of = ["payer"]', 'of = ["payer", "payee"]', "groups: payee is no person and no question of nobody"),
        ("[[lines]]", f"{ADVICE}form = 'loans'\n[[lines]]", "advice: there is no form 'loans'"),
        (
            "[[lines]]",
            ADVICE.replace("child", "uncle") + "[[lines]]",
            "advice 0: when: who is never 'uncle'",
        ),
    ],
)
def test_a_bad_form_is_told_what_is_wrong(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert GOOD.count(before) == 1
    said = problems(tmp_path, GOOD.replace(before, after))
    assert said.startswith("loan.toml: ")
    assert told in said


def test_all_bad_forms_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("id = 1", encoding="utf-8")
    said = problems(tmp_path, GOOD.replace('grade = "A"', ""))
    assert "a.toml: " in said
    assert "loan.toml: grade: Field required" in said


def test_an_uncertain_form_waits_for_an_officer() -> None:
    form = next(iter(FORMS.values())).model_copy(update={"id": "mai-tang", "grade": "B"})
    forms = {"mai-tang": form}
    assert (list(offered(forms, ())), list(offered(forms, ("mai-tang",)))) == ([], ["mai-tang"])


every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@every_form
def test_the_procedures_of_a_form_are_ours(form: Any, catalogue: Catalogue) -> None:
    assert set(form.procedures) <= set(catalogue.procedures)


@every_form
def test_a_question_is_one_sentence_and_a_button_is_short(form: Any) -> None:
    asks = [question.ask for question in form.questions]
    labels = [choice.label for question in form.questions for choice in question.choices]
    assert [ask for ask in asks if len(ask) > 160 or not re.search(r"[.?]$", ask)] == []
    assert [label for label in labels if len(label) > 48] == []


def test_a_text_is_split_into_its_blanks() -> None:
    cut: Callable[[str], object] = split
    assert cut("Có {copies!=0} Tên: {a.name.caps}.") == (
        "Có ",
        Blank("copies", "!=", "0"),
        " Tên: ",
        Blank("a.name.caps", "", ""),
        ".",
    )


BIRTHPLACES = [q for form in FORMS.values() for q in form.questions if q.label == "Nơi sinh"]


@pytest.mark.parametrize("question", BIRTHPLACES, ids=lambda q: q.id)
def test_a_birth_place_is_a_hospital_with_its_address_and_never_the_office_itself(question: Question) -> None:
    assert question.address
    assert question.offers == ("{office.birth_places}",)
