"""The law's forms: what the desk knows stands on them, the rest is for the hand; nothing is made up."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from handlers.desk import law_forms, refusals
from handlers.desk.law_forms import Facts
from handlers.language.i18n import translator
from handlers.ports.world import World
from knowledge.intake.paper import WordLine


@pytest.fixture
def facts(world: World) -> Facts:
    procedure = world.catalogue.procedures["1.001193"]
    return Facts(
        "H36.99-261123-0001",
        world.office,
        procedure,
        procedure.name,
        name="Nguyễn Thử An",
        phone="0901234567",
        received=datetime(2026, 11, 23, 9, 5),
        due=date(2026, 11, 23),
    )


def written(number: str, facts: Facts) -> list[str]:
    lines = law_forms.FORMS[number](facts).lines
    return ["".join(s.text for s in line.segments) for line in lines if isinstance(line, WordLine)]


def test_the_receipt_tells_who_what_and_when(facts: Facts) -> None:
    lines = written("01", facts)
    assert "Tiếp nhận hồ sơ của: Nguyễn Thử An Số định danh: " in lines
    assert "Thời gian nhận hồ sơ: 09 giờ 05, ngày 23/11/2026" in lines
    assert "Thời gian trả kết quả: 23/11/2026" in lines


def test_an_hour_that_nobody_noted_is_not_told(facts: Facts) -> None:
    lines = written("01", replace(facts, received=datetime(2026, 11, 23)))
    assert "Thời gian nhận hồ sơ: 23/11/2026" in lines


def test_each_paper_that_is_missing_has_its_line(facts: Facts) -> None:
    asked = replace(facts, papers="Giấy chứng sinh; Tờ khai", papers_until=date(2026, 12, 7))
    lines = written("02", asked)
    assert [line for line in lines if line[0].isdecimal()] == ["1. Giấy chứng sinh", "2. Tờ khai"]
    assert "hạn bổ sung: 07/12/2026" in law_forms.FORMS["02"](asked).notes[0]


def test_the_apology_names_both_days_and_the_reason(facts: Facts) -> None:
    sorry = replace(facts, reason="Máy hỏng", new_due=date(2026, 11, 30))
    lines = written("04", sorry)
    assert "Thời gian hẹn trả kết quả: 23/11/2026" in lines
    assert "Đến nay chưa giải quyết xong hồ sơ. Lý do: Máy hỏng" in lines
    assert law_forms.FORMS["04"](sorry).addressee == "Nguyễn Thử An"


@pytest.mark.parametrize("number", law_forms.FORMS)
def test_each_form_names_the_decrees_that_hold(facts: Facts, number: str) -> None:
    told = " ".join(law_forms.FORMS[number](facts).notes)
    assert all(decree in told for decree in ("118/2025", "367/2025", "309/2026"))
    assert "61/2018" not in told


def test_no_form_is_both_known_and_unknown() -> None:
    assert sorted([*law_forms.FORMS, *law_forms.UNKNOWN]) == [f"{n:02}" for n in range(1, 8)]


def test_every_refusal_has_its_english() -> None:
    tr = translator("en")
    assert [code for code, text in refusals.TEXTS.items() if tr(text) == text] == []
