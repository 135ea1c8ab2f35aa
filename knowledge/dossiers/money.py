"""Amounts in đồng, whoever writes them: tables, commands and messages are read by the same rule."""

import re
from typing import Literal

LEAST = 200  # đồng, the smallest note in use: "15" and "15.5" are thousands, or a slip
MOST = 10**12

Slip = Literal["no_amount", "part_of_dong", "amount_too_small", "amount_too_large", "sum_of_amounts"]

_FREE = frozenset(["miễn phí", "miễn", "không thu", "không thu phí", "không mất phí", "free"])
_UNIT = re.compile(r"(?:đồng|vnđ|vnd|đ|₫)\.?$")
_SCALES = (
    (re.compile(r"(?:nghìn|ngàn|ng|k)$"), 1_000),
    (re.compile(r"(?:triệu|tr)$"), 1_000_000),
)
# 15.000, 1,500,000, 25 000, with the zeros of a part of a đồng behind the other sign
_GROUPED = re.compile(
    r"(\d{1,3}(?:(?P<gap>[., ])\d{3})(?:(?P=gap)\d{3})*)(?:(?!(?P=gap))[.,](\d{1,2}))?", re.ASCII
)
_PLAIN = re.compile(r"(\d{1,15})(?:[.,](\d+))?", re.ASCII)  # 15000, 15000.0, 150000,00
_SUM = re.compile(r"\d\D*(?:[x×*+/]|\bvà\b|-)\s*(?:\d|bản|trang)")


class BadAmount(ValueError):
    """No one amount; `slip` says why."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip)
        self.slip = slip


def read(written: str) -> int | None:
    """Đồng: "15.000 đ", "25,000.00", "15000.0", "15k", "1,5 triệu", "miễn phí"; None for nothing.

    Three digits behind a point or comma are thousands, whoever writes them: there is no part of a đồng.
    Raises BadAmount.
    """
    text = " ".join(written.lower().split())
    if not text:
        return None
    if text in _FREE:
        return 0
    scale, number = _scaled(_UNIT.sub("", text).rstrip())
    return _checked(_scaled_number(number, scale) if scale > 1 else _whole(number, text))


def _scaled(text: str) -> tuple[int, str]:
    for word, scale in _SCALES:
        if (found := word.search(text)) and found.start():
            return scale, text[: found.start()].rstrip()
    return 1, text


def _whole(number: str, text: str) -> int:
    if found := _GROUPED.fullmatch(number):
        return _no_part(re.sub("[., ]", "", found[1]), found[3])
    if found := _PLAIN.fullmatch(number):
        return _no_part(found[1], found[2])
    raise BadAmount("sum_of_amounts" if _SUM.search(text) else "no_amount")


def _no_part(digits: str, part: str | None) -> int:
    if part and part.strip("0"):
        raise BadAmount("part_of_dong")
    return int(digits)


def _scaled_number(number: str, scale: int) -> int:
    """ "1,5" million; three digits behind the sign could be thousands of them: refused."""
    found = re.fullmatch(r"(\d{1,6})(?:[.,](\d{1,2}))?", number, re.ASCII)
    if not found:
        raise BadAmount("sum_of_amounts" if _SUM.search(number) else "no_amount")
    return int(found[1]) * scale + (int(found[2].ljust(2, "0")) * scale // 100 if found[2] else 0)


def _checked(amount: int) -> int:
    if 0 < amount < LEAST:
        raise BadAmount("amount_too_small")
    if amount > MOST:
        raise BadAmount("amount_too_large")
    return amount
