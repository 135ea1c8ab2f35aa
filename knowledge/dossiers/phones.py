"""Phone numbers, however they are written: the one way in which they are compared and kept."""

import re

DIGITS = range(8, 12)  # of a number dialled within the country, the leading zero counted
LONGEST = 15  # digits of any number in the world, E.164

# Mobile numbers have 10 digits, those of a house 10 or 11. Source: Thông tư 22/2014/TT-BTTTT and the change
# of 11 to 10 digits of 2018, from memory.
_NATIONAL = re.compile(r"0[35789]\d{8}|02\d{8,9}", re.ASCII)
_NO_DIGIT = re.compile(r"[^0-9]+")
_WRITTEN = re.compile(rf"\+?(?:[ .()-]*\d){{{DIGITS.start},{LONGEST}}}[ .)]*", re.ASCII)
_BETWEEN = re.compile(r"[/,;]| - |\n")
_OF_SHEET = re.compile(r"(\d{8,12})(?:[.,]0+)?", re.ASCII)  # 901234573.0, as exports write a number
_POWER = re.compile(r"(\d)(?:[.,](\d+))?e\+?(\d+)", re.ASCII | re.IGNORECASE)  # 9.01234573E+08
_WITHIN = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)", re.ASCII)
_MOBILE = ("03", "05", "07", "08", "09")
MOBILE_DIGITS = 10


def dialled(text: str) -> str:
    """A number as dialled within the country, digits only: "+84 901 234 567" -> "0901234567"; "" for none."""
    digits = text if text.isdecimal() and text.isascii() else _NO_DIGIT.sub("", text)
    if not digits.startswith(("84", "00")):
        return digits
    abroad = digits.removeprefix("00")
    if not abroad.startswith("84") or len(abroad) < 11:
        return digits
    return "0" + abroad[2:].removeprefix("0")  # "+84 (0)901 234 567", as on many cards


def national(text: str) -> str | None:
    """The number a citizen can be called at, "0901234567"; None for any other text."""
    number = dialled(text) if is_written(text.strip()) else ""
    return number if _NATIONAL.fullmatch(number) else None


def first(text: str) -> str:
    """The first number of several, as dialled, with the zero that a spreadsheet dropped; "" for none."""
    digits = dialled(_BETWEEN.split(text)[0])
    return f"0{digits}" if digits and not digits.startswith("0") and len(digits) in (9, 10) else digits


def mended(text: str) -> str:
    """What a spreadsheet made of a number is a number again: 901234573.0, 9.01234573E+08; else the text.

    A power of ten that has lost digits stays as it is: no number can be made of it.
    """
    if whole := _OF_SHEET.fullmatch(text):
        return whole[1]
    found = _POWER.fullmatch(text)
    digits = found[1] + (found[2] or "") if found else ""
    return digits if found and len(digits) == int(found[3]) + 1 else text


def many(text: str) -> int:
    """How many numbers stand in a text."""
    return sum(is_number(first(part)) for part in _BETWEEN.split(text))


def within(text: str) -> str:
    """The numbers within an address or a remark, " / " between them: "Tổ 3, ĐT 0901234567"."""
    return " / ".join(found for part in _WITHIN.findall(text) if (found := national(part)))


def is_whole(digits: str) -> bool:
    """Whether no digit was lost or gained on the way: a mobile number has ten."""
    return len(digits) == MOBILE_DIGITS if digits.startswith(_MOBILE) else is_number(digits)


def is_number(digits: str) -> bool:
    """Whether digits as dialled can be a phone number."""
    return len(digits) in DIGITS


def is_written(text: str) -> bool:
    """Whether a text is one phone number and nothing else, also of another country."""
    return _WRITTEN.fullmatch(text) is not None
