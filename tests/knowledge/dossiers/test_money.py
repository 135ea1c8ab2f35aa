"""Amounts in đồng, by hand and by program: a wrong one is paid."""

import pytest

from knowledge.dossiers import money


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("15000", 15000),
        ("15.000 đ", 15000),
        ("15,000 VNĐ", 15000),
        ("1.500.000đồng", 1_500_000),
        ("1,500,000.00", 1_500_000),
        ("15000.0", 15000),  # a spreadsheet's number as text: not 150.000
        ("15000.5", None),
        ("0", 0),
        ("miễn phí", None),
        ("8.000 - 15.000", None),
        ("8000/bản", None),
        ("", None),
    ],
)
def test_an_amount_by_hand(written: str, amount: int | None) -> None:
    assert money.dong(written) == amount


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("15000", 15000),
        ("15000.0", 15000),
        ("0", 0),
        ("15.000", None),  # 15, or 15 thousand?
        ("-5", None),
        ("15,000", None),
        ("9" * 16, None),
        ("", None),
    ],
)
def test_an_amount_of_a_program(written: str, amount: int | None) -> None:
    assert money.whole(written) == amount
