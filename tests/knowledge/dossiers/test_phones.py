"""Phone numbers as people write them. None of these is anybody's."""

import pytest

from knowledge.dossiers import phones


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0901 234 567", "0901234567"),
        ("+84901234567", "0901234567"),
        ("0084.901.234.567", "0901234567"),
        ("84901234567", "0901234567"),
        ("8490123", "8490123"),  # too short for a country before it
        ("không có", ""),
        ("", ""),
    ],
)
def test_numbers_are_compared_as_dialled_here(written: str, digits: str) -> None:
    assert phones.dialled(written) == digits


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0901234567 / 0907654321", "0901234567"),
        ("0901234567; 0907654321", "0901234567"),
        ("0901234567 - 0907654321", "0901234567"),
        ("090-123-4567", "0901234567"),
        ("901234567", "0901234567"),  # Excel dropped the zero
        ("2363123456", "02363123456"),
        ("12", "12"),
        ("-", ""),
    ],
)
def test_the_first_of_several_is_taken(written: str, digits: str) -> None:
    assert phones.first(written) == digits


@pytest.mark.parametrize(("digits", "is_one"), [("0901234567", True), ("12", False), ("0" * 12, False)])
def test_a_number_has_its_length(digits: str, is_one: bool) -> None:
    assert phones.is_number(digits) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("+84 (90) 123-4567", True),
        ("+66 2 123 4567", True),
        ("ring me", False),
        ("090123", False),
        ("gọi 0901234567", False),
    ],
)
def test_a_text_is_one_number_and_nothing_else(text: str, is_one: bool) -> None:
    assert phones.is_written(text) is is_one


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("901234573.0", "0901234573"),  # not 09012345730
        ("84901234573.0", "0901234573"),
        ("9.01234573E+08", "0901234573"),
        ("9.01E+08", "90108"),  # digits are lost: no number
    ],
)
def test_what_a_spreadsheet_made_of_a_number(written: str, digits: str) -> None:
    assert phones.first(phones.mended(written)) == digits


@pytest.mark.parametrize(
    ("digits", "is_one"), [("0901234567", True), ("09012345730", False), ("02363123456", True), ("12", False)]
)
def test_a_mobile_number_has_ten_digits(digits: str, is_one: bool) -> None:
    assert phones.is_whole(digits) is is_one


def test_numbers_within_a_text() -> None:
    assert phones.within("Tổ 3, KP 2, ĐT: 0901 234 567") == "0901234567"
    assert phones.within("Số nhà 123, đường 30/4") == ""
