"""Amounts in đồng, by hand and by program: a wrong one is paid."""

import pytest

from knowledge.dossiers import money


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("15000", 15_000),
        ("15.000 đ", 15_000),
        ("15,000 VNĐ", 15_000),
        ("15 000", 15_000),
        ("25.000", 25_000),  # also of a program: there is no part of a đồng
        ("1.500.000đồng", 1_500_000),
        ("1,500,000.00", 1_500_000),
        ("25.000,00", 25_000),
        ("25,000.00 VND", 25_000),
        ("15000.0", 15_000),  # a spreadsheet's number as text: not 150.000
        ("150000.000", 150_000),
        ("15k", 15_000),
        ("15 nghìn", 15_000),
        ("1,5 triệu", 1_500_000),
        ("1.5 tr", 1_500_000),
        ("1,25 triệu đồng", 1_250_000),
        ("0", 0),
        ("miễn phí", 0),
        ("", None),
        ("200", 200),
    ],
)
def test_an_amount(written: str, amount: int | None) -> None:
    assert money.read(written) == amount


@pytest.mark.parametrize(
    ("written", "slip"),
    [
        ("15000.5", "part_of_dong"),
        ("15.5", "part_of_dong"),
        ("15", "amount_too_small"),  # thousand?
        ("199", "amount_too_small"),
        ("15.000 x 2", "sum_of_amounts"),
        ("8.000 + 2.000", "sum_of_amounts"),
        ("8.000 - 15.000", "sum_of_amounts"),
        ("15.000đ/bản", "sum_of_amounts"),
        ("2 bản x 8000", "sum_of_amounts"),
        ("25.000.00", "no_amount"),
        ("1.500k", "no_amount"),  # 1,5 thousand, or 1500?
        ("đã thu", "no_amount"),
        ("-5000", "no_amount"),
        ("9" * 15, "amount_too_large"),
    ],
)
def test_what_is_no_one_amount_is_refused(written: str, slip: str) -> None:
    with pytest.raises(money.BadAmount) as refused:
        money.read(written)
    assert refused.value.slip == slip
