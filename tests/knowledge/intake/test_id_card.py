"""The text behind the QR of an ID card. All persons are invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake.id_card import IdCard, issuer, kind, odd_number, parse

HOME = "12 Trần Phú, Tiến Thành, Phan Thiết, Bình Thuận"
OLD = f"060198001234|260123456|Nguyễn Thị Hoài Phương|14031998|Nữ|{HOME}|20052022"
NEW = "060095004321||Trần Văn Bình|02111995|Nam|Thôn Tiến Hòa, Tiến Thành, Lâm Đồng|15082024"


def test_a_card_of_2021_is_read_by_position() -> None:
    assert parse(OLD) == IdCard(
        number="060198001234",
        name="Nguyễn Thị Hoài Phương",
        birth=date(1998, 3, 14),
        sex="female",
        residence=HOME,
        issued=date(2022, 5, 20),
        old_number="260123456",
    )


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_read(month: int) -> None:
    card = parse(NEW.replace("02111995", f"05{month:02}1990").replace("15082024", f"05{month:02}2024"))
    assert card is not None
    assert (card.birth, card.issued) == (date(1990, month, 5), date(2024, month, 5))


@pytest.mark.parametrize(
    ("written", "sex"), [("Nam", "male"), ("Nữ", "female"), ("NỮ", "female"), ("nam", "male"), ("?", "")]
)
def test_the_sex_is_read_as_written(written: str, sex: str) -> None:
    card = parse(NEW.replace("|Nam|", f"|{written}|"))
    assert card is not None
    assert card.sex == sex


def test_a_card_that_ends_before_its_day_of_issue_is_read() -> None:
    card = parse(NEW.rpartition("|")[0])
    assert card is not None
    assert (card.name, card.residence, card.issued) == (
        "Trần Văn Bình", "Thôn Tiến Hòa, Tiến Thành, Lâm Đồng", None,
    )  # fmt: skip


@pytest.mark.parametrize("birth", ["1995", ""])
def test_of_whom_only_the_year_is_known_the_card_is_read_without_a_birth(birth: str) -> None:
    card = parse(NEW.replace("02111995", birth))
    assert card is not None
    assert card.birth is None


@pytest.mark.parametrize("name", ["", "B", "Trần Văn 2", "Trần_Văn"])
def test_without_a_name_it_is_no_card(name: str) -> None:
    assert parse(NEW.replace("Trần Văn Bình", name)) is None


@pytest.mark.parametrize("name", ["An", "Y-Bình Niê", "K’Brêu", "H'Hen Niê", "Trần V. Bình"])
def test_names_of_every_people_are_names(name: str) -> None:
    card = parse(NEW.replace("Trần Văn Bình", name))
    assert card is not None
    assert card.name == name


@pytest.mark.parametrize(
    "more",
    [
        "260123456|060095000001|Trần Văn An|Lê Thị Bé",
        "060095000001||Trần Văn An|Lê Thị Bé|260123456",
        "Trần Văn An|Lê Thị Bé|060095000001|260123456|",
        "||Trần Văn An|Lê Thị Bé|260123456|060095000001|??|12",
    ],
)
def test_what_a_card_of_2024_has_more_is_read_by_its_shape(more: str) -> None:
    card = parse(f"{NEW}|{more}")
    assert card is not None
    assert (card.old_number, card.cancelled, card.parents) == (
        "260123456",
        "060095000001",
        ("Trần Văn An", "Lê Thị Bé"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HS-7K3F-92QX",
        "https://example.vn/a|b|c|d|e|f|g",
        "1|2|3|4|5|6|7",
        NEW.replace("|", ";"),
        NEW[1:],
        "|" * 7,
    ],
)
def test_another_code_is_no_card(text: str) -> None:
    assert parse(text) is None


def test_an_impossible_birth_is_no_card() -> None:
    assert parse(NEW.replace("02111995", "31021995")) is None


@pytest.mark.parametrize(
    ("number", "sex", "year", "odd"),
    [
        ("060095004321", "male", 1995, ()),
        ("060195004321", "female", 1995, ()),
        ("060205004321", "male", 2005, ()),
        ("060305004321", "female", 2005, ()),
        ("060305004321", "male", 1905, ("id_year", "id_sex")),
        ("060095004321", "", None, ()),
        ("260123456", "male", 1995, ()),
    ],
)
def test_digits_four_to_six(number: str, sex: str, year: int | None, odd: tuple[str, ...]) -> None:
    assert odd_number(number, sex, year) == odd


def test_who_issued_it_follows_from_the_day() -> None:
    before, since = date(2024, 6, 30), date(2024, 7, 1)
    assert (kind(before), issuer(before)) == (
        "Căn cước công dân",
        "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    )
    assert (kind(since), issuer(since)) == ("Căn cước", "Bộ Công an")


@given(st.text())
def test_any_text_is_a_card_or_none(text: str) -> None:
    assert parse(text) is None
    parse(f"{NEW}|{text}")
    parse(NEW.replace("Tiến Thành", text))
