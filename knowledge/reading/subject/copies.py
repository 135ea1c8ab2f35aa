"""What so many copies of so many pages cost, where a fee is counted by the page or the copy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.procedures.catalogue import Fee, Procedure
from knowledge.reading.answers.numbers import spoken

_AMOUNT = r"([\d.,]+)"
_LATER_PAGES = re.compile(rf"(?:[Tt]ừ trang thứ|[Ff]rom page) (\d+)[^\d]*{_AMOUNT} (?:đồng/trang|VND/page)")
_AT_MOST = re.compile(rf"(?:tối đa|at most) {_AMOUNT} (?:đồng/bản|VND/copy)")
COUNTED = (
    "trang",
    "bản",
    "bản sao",
    "tờ",
    "trích lục",
    "page",
    "copy",
    "extract",
)  # what a fee is paid for each of
_SETS = re.compile(r"(\d+|\w+)\s+(?:bộ|bản|tờ|cái|cuốn|quyển|bo|ban|to|copies|copy)\b")
_PAGES = re.compile(r"(\d+|\w+)\s+(?:trang|mặt|pages|page)\b")


@dataclass(frozen=True)
class Cost:
    """A computed fee."""

    total: int  # đồng
    copies: int
    pages: int | None  # of each copy; None where they do not count
    fee: Fee


def cost(text: str, procedure: Procedure) -> Cost | None:
    """What the copies and pages that a line names cost; None if it names none or no fee is counted so."""
    lowered = text.lower()
    copies, pages = _number(_SETS, lowered), _number(_PAGES, lowered)
    fee = next((fee for fee in procedure.fees if fee.amount is not None and _counted(fee)), None)
    if fee is None or (copies is None and pages is None):
        return None
    if not _by_page(fee):
        return Cost((fee.amount or 0) * (copies or 1), copies or 1, None, fee) if copies else None
    if pages is None:
        return None
    return Cost(_of_pages(fee, pages) * (copies or 1), copies or 1, pages, fee)


def _of_pages(fee: Fee, pages: int) -> int:
    """One copy: the first pages at the fee, later ones at what its note says, and at most what it says."""
    note, each = fee.note or "", fee.amount or 0
    later = _LATER_PAGES.search(note)
    if later:
        first = int(later[1]) - 1
        total = each * min(pages, first) + _dong(later[2]) * max(pages - first, 0)
    else:
        total = each * pages
    most = _AT_MOST.search(note)
    return min(total, _dong(most[1])) if most else total


def _counted(fee: Fee) -> bool:
    return (fee.unit or "").rpartition("/")[2].strip() in COUNTED


def _by_page(fee: Fee) -> bool:
    return (fee.unit or "").endswith(("trang", "page"))


def _dong(amount: str) -> int:
    return int(re.sub("[.,]", "", amount))


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    for found in pattern.finditer(text):
        numbers: Sequence[int] = [int(found[1])] if found[1].isdecimal() else spoken(found[1])
        if numbers:
            return numbers[0]
    return None
