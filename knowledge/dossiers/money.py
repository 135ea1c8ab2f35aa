"""Amounts in đồng as programs and clerks write them."""

import re

_UNIT = re.compile(r"\s|đồng|vnđ|vnd|đ")
_WHOLE = re.compile(r"(\d{1,15})(?:\.0+)?", re.ASCII)  # 15000, 15000.0
_DOUBTFUL = re.compile(r"[1-9]\d{0,2}\.000", re.ASCII)  # 15, or 15 thousand?
_WRITTEN = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,]0{1,2})?", re.ASCII)  # 15.000, 1,500,000.00, 15000


def whole(written: str) -> int | None:
    """The amount of a program: "15000", "15000.0"; None if it is none, or may be two."""
    found = _WHOLE.fullmatch(written)
    return int(found[1]) if found and not _DOUBTFUL.fullmatch(written) else None


def dong(written: str) -> int | None:
    """An amount written by hand: "15.000 đ", "15000"; None if there is none: "miễn phí", "theo quy định"."""
    found = _WRITTEN.fullmatch(_UNIT.sub("", written.lower()))
    return whole(re.sub("[.,]", "", found[1])) if found else None
