"""A dossier's code as the text of a transfer: banks keep letters and digits only, and few of them."""

import re
from itertools import product

LONGEST = 25  # letters of a VietQR code: EMVCo Merchant-Presented Mode 1.1, object 62-08
# After the office's digits a letter: how they were grouped, and whether the year had two digits or four.
SHORT_YEAR, LONG_YEAR = "ABC", "DEF"  # no O, I, L: they are read as digits

_CODE = re.compile(
    r"(?:(?P<new>[A-Z][0-9]{2})(?P<levels>(?:\.[0-9]{2,3}){0,3})"
    r"|(?P<old>[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}))"
    r"-(?P<century>20)?(?P<date>[0-9]{6})-(?P<number>[0-9]{4,7})"
)
_TEXT = re.compile(
    r"(?<![A-Z0-9])(?:(?P<new>[A-Z][0-9]{2})(?P<levels>[0-9]{0,9})|(?P<old>[0-9]{7}[A-Z][0-9]{2}))"
    r"(?P<shape>[A-F])(?P<date>[0-9]{6})(?P<number>[0-9]{4,7})(?![A-Z0-9])"
)


def transfer_text(code: str) -> str:
    """The text by which a payment of that dossier is known; empty if its code is of no form that we know.

    Another code has another text.
    """
    found = _CODE.fullmatch(code)
    if found is None:
        return ""
    levels = found["levels"].split(".")[1:] if found["levels"] else []
    shape = _groupings(sum(map(len, levels))).index(tuple(map(len, levels)))
    letter = (LONG_YEAR if found["century"] else SHORT_YEAR)[shape]
    unit = (found["old"] or found["new"]).replace(".", "") + "".join(levels)
    text = f"{unit}{letter}{found['date']}{found['number']}"
    return text if len(text) <= LONGEST else ""


def codes_told(text: str) -> str:
    """A text, in capitals, with each transfer text in it as the code that it stands for."""
    return _TEXT.sub(lambda found: _code(found) or found[0], text)


def _code(found: re.Match[str]) -> str:
    """The dossier's code; empty if no dossier has such a text."""
    is_long = found["shape"] in LONG_YEAR
    shape = (LONG_YEAR if is_long else SHORT_YEAR).index(found["shape"])
    groupings = _groupings(len(found["levels"] or ""))
    if shape >= len(groupings):
        return ""
    unit = found["new"] or re.sub(r"(...)(..)(..)(...)", r"\1.\2.\3.\4", found["old"])
    digits = iter(found["levels"] or "")
    for length in groupings[shape]:
        unit += "." + "".join(next(digits) for _ in range(length))
    return f"{unit}-{'20' if is_long else ''}{found['date']}-{found['number']}"


def _groupings(digits: int) -> list[tuple[int, ...]]:
    """The ways in which levels of two or three digits make up so many."""
    ways = (way for count in range(4) for way in product((2, 3), repeat=count))
    return [way for way in ways if sum(way) == digits]
