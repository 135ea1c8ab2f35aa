"""The text behind the QR of a Vietnamese ID card. It is unsigned: a help to write, no proof of identity."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.text import plain, tidy

Sex = Literal["", "male", "female"]
Odd = Literal["id_year", "id_sex"]

MINISTRY_SINCE = date(2024, 7, 1)  # Luật Căn cước: cards of that day and later are issued by the ministry
BEFORE = "Cục Cảnh sát quản lý hành chính về trật tự xã hội"
SINCE = "Bộ Công an"

_SEXES: dict[str, Sex] = {"nam": "male", "nu": "female"}


@dataclass(frozen=True)
class IdCard:
    """What a card tells; an empty text or None for what it does not."""

    number: str  # 12 digits
    name: str  # as printed behind the QR: "Nguyễn Văn An"
    birth: date | None = None
    sex: Sex = ""
    residence: str = ""
    issued: date | None = None
    old_number: str = ""  # 9 digits, of the paper before it
    cancelled: str = ""  # 12 digits, a personal number that holds no more
    parents: tuple[str, ...] = ()  # names, on the cards of children


def parse(payload: str) -> IdCard | None:
    """The card; None for the text of another code.

    Fields 0 to 6 stand at their places (number | old number | name | birth | sex | residence | issued). The
    cards since 1/7/2024 have more, in an order that is published nowhere: they are told by their shape.
    """
    fields = [tidy(field, 300) for field in payload.split("|")]
    if len(fields) < 6 or not re.fullmatch(r"\d{12}", fields[0], re.ASCII) or not _is_name(fields[2]):
        return None
    birth = _day(fields[3])
    if birth is None and not re.fullmatch(r"\d{4}|", fields[3], re.ASCII):
        return None
    more = fields[7:]
    return IdCard(
        number=fields[0],
        name=fields[2],
        birth=birth,
        sex=_SEXES.get(plain(fields[4]), ""),
        residence=fields[5],
        issued=_day(fields[6]) if len(fields) > 6 else None,
        old_number=next((f for f in (fields[1], *more) if re.fullmatch(r"\d{9}", f, re.ASCII)), ""),
        cancelled=next((f for f in more if re.fullmatch(r"\d{12}", f, re.ASCII)), ""),
        parents=tuple(field for field in more if _is_name(field)),
    )


def odd_number(number: str, sex: str, year: int | None) -> tuple[Odd, ...]:
    """What the fourth to sixth of 12 digits contradict. To be asked about, never refused.

    The fourth is century and sex (0 and 1: born 19xx, male and female; 2 and 3: 20xx ...), then the year's
    last two digits.
    Source: Nghị định 137/2015/NĐ-CP Điều 13, Thông tư 07/2016/TT-BCA.
    """
    if len(number) != 12:
        return ()
    century, parity = divmod(int(number[3]), 2)
    says_year = 1900 + 100 * century + int(number[4:6])
    found: list[Odd] = []
    if year is not None and year != says_year:
        found.append("id_year")
    if sex and sex != ("male", "female")[parity]:
        found.append("id_sex")
    return tuple(found)


def issuer(issued: date) -> str:
    """Who issued a card on that day; no card tells it."""
    return SINCE if issued >= MINISTRY_SINCE else BEFORE


def kind(issued: date) -> str:
    """What a card of that day is called."""
    return "Căn cước" if issued >= MINISTRY_SINCE else "Căn cước công dân"


def _is_name(field: str) -> bool:
    return len(field) > 1 and all(c.isalpha() or c in " '’ʼ-." for c in field)


def _day(digits: str) -> date | None:
    """The day of ddmmyyyy."""
    if not re.fullmatch(r"\d{8}", digits, re.ASCII):
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
