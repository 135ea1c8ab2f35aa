"""What a citizen has to know once some answers are given: said when they come to hold, and not again."""

import pytest

from knowledge.intake import course
from knowledge.intake.forms import load
from knowledge.intake.interview import Interview
from tests.knowledge.intake.interviews import NOW, TODAY

FORMS = load()
STATUS = FORMS["tinh-trang-hon-nhan"]
MARRYING = {
    **STATUS.example,
    "purpose": "marry",
    "partner.name": "Trần Thị Bé",
    "partner.birth": "",
    "partner.nationality": "Việt Nam",
    "partner.where": "Ủy ban nhân dân phường Tiến Thành",
}


def told(**changed: str) -> Interview:
    given = {**MARRYING, **{key.replace("__", "."): value for key, value in changed.items()}}
    return course.filled(STATUS, given, TODAY)


def said(before: Interview, question: str, text: str) -> list[str | None]:
    """The forms that are advised, once this is answered."""
    after = course.accept(STATUS, before, question, text, NOW)
    return [advice.form for advice in course.advice(STATUS, before, after)]


@pytest.mark.parametrize(("purpose", "forms"), [("marry", ["ket-hon"]), ("loan", []), ("work", [])])
def test_to_marry_at_home_the_paper_is_not_needed(purpose: str, forms: list[str]) -> None:
    before = told().without("partner.nationality").without("purpose")
    assert said(before, "purpose", purpose) == forms


@pytest.mark.parametrize("nationality", ["Việt Nam", "việt nam", "VIET NAM", "VN"])
def test_two_vietnamese_are_told_once_more(nationality: str) -> None:
    assert said(told().without("partner.nationality"), "partner.nationality", nationality) == ["ket-hon"]


@pytest.mark.parametrize("nationality", ["Hàn Quốc", "Hoa Kỳ", "Úc"])
def test_with_a_foreigner_it_is_needed(nationality: str) -> None:
    assert said(told().without("partner.nationality"), "partner.nationality", nationality) == []


def test_a_foreigner_who_asks_is_not_sent_away() -> None:
    before = told(person__nationality="Lào").without("purpose")
    assert said(before, "purpose", "marry") == []


def test_what_was_said_is_not_said_again() -> None:
    assert said(told(), "partner.name", "Lê Thị Hoa") == []
    assert said(told(), "purpose", "marry") == []


def test_a_purpose_changed_to_marrying_is_told() -> None:
    assert said(told(purpose="loan"), "purpose", "marry") == ["ket-hon"]
