"""How many last digits prove whose dossier it is."""

import pytest

from knowledge.dossiers.second_factor import SECOND_FACTOR, SecondFactor

FOUR, SIX = SecondFactor(4), SecondFactor(6)


def test_four_digits_are_asked_for() -> None:
    assert SECOND_FACTOR.digits == 4


@pytest.mark.parametrize(
    ("factor", "number", "end"),
    [(FOUR, "0901234567", "4567"), (SIX, "0901234567", "234567"), (FOUR, "567", ""), (FOUR, "", "")],
)
def test_it_is_the_end_of_a_number(factor: SecondFactor, number: str, end: str) -> None:
    assert factor.of(number) == end


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("4567", "4567"),
        (" 4567. ", "4567"),
        ("0901 234 567", "4567"),  # the whole number will do
        ("45-67", "4567"),
        ("567", ""),
        ("số 4567", ""),
        ("", ""),
    ],
)
def test_it_is_typed_without_letters(text: str, typed: str) -> None:
    assert FOUR.typed(text) == typed


def test_among_other_answers_only_bare_digits_are_taken_for_it() -> None:
    assert FOUR.is_bare("4567")
    assert SIX.is_bare("234567")
    assert not FOUR.is_bare("45 67")
    assert not FOUR.is_bare("34567")
    assert not SIX.is_bare("4567")
