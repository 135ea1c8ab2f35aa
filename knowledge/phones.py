"""Phone numbers of Viet Nam as people write them, in one form."""

import re

_COUNTRY = "84"
_NO_DIGIT = re.compile(r"\D", re.ASCII)
_WRITTEN = re.compile(r"\+?[\d .\-()/]+", re.ASCII)
# Mobile numbers have 10 digits, those of a house 10 or 11. Source: Thông tư 22/2014/TT-BTTTT and the change
# of 11 to 10 digits of 2018, from memory.
_NATIONAL = re.compile(r"0[35789]\d{8}|02\d{8,9}", re.ASCII)


def dialled(text: str) -> str:
    """The digits as dialled within the country, whatever number it is: "+84 901 234 567" is "0901234567"."""
    digits = _NO_DIGIT.sub("", text)
    abroad = digits.removeprefix("00")
    is_with_country = abroad.startswith(_COUNTRY) and len(abroad) >= 11
    return f"0{abroad.removeprefix(_COUNTRY).removeprefix('0')}" if is_with_country else digits


def national(text: str) -> str | None:
    """The number a citizen can be called at, "0901234567"; None for any other text."""
    number = dialled(text) if _WRITTEN.fullmatch(text.strip()) else ""
    return number if _NATIONAL.fullmatch(number) else None
