"""Phone numbers as people write them."""

import pytest

from knowledge.dossiers.phones import dialled, national


@pytest.mark.parametrize(
    "written",
    [
        "0901234567",
        "0901 234 567",
        "0901.234.567",
        "090-123-4567",
        "(090) 123 4567",
        "+84 901 234 567",
        "84901234567",
        "0084901234567",
        "+84 (0)901 234 567",  # as on many business cards
        " 0901234567 ",
    ],
)
def test_a_mobile_number_is_one_however_it_is_written(written: str) -> None:
    assert (dialled(written), national(written)) == ("0901234567", "0901234567")


@pytest.mark.parametrize(
    ("written", "number"),
    [("0252 3821 234", "02523821234"), ("024 3825 1234", "02438251234"), ("+84 252 3821234", "02523821234")],
)
def test_a_house_has_a_number_too(written: str, number: str) -> None:
    assert national(written) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "113",
        "0123456789",
        "090123456",
        "09012345678",
        "số 0901234567",
        "0901234567 0901234568",
        "+1 202 555 0123",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert national(text) is None


@pytest.mark.parametrize(
    ("text", "digits"),
    [("0901 234 567", "0901234567"), ("84", "84"), ("0084", "0084"), ("1900 1234", "19001234"), ("", "")],
)
def test_any_number_is_told_in_digits(text: str, digits: str) -> None:
    assert dialled(text) == digits
