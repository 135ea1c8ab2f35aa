"""Days and moments as clerks and programs write them; never a guess."""

import re
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

YEARS = range(2000, 2100)
SERIALS = range(36_526, 73_051)  # the days of these years as workbooks count them
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # day 0 of those numbers, in no zone

Order = Literal["day", "month", "either"]

_DAY = (
    r"(?P<d>\d{1,2})(?P<gap>[/.-])(?P<m>\d{1,2})(?P=gap)(?P<y>\d{4}|\d\d)"
    r"|(?P<Y>\d{4})(?P<sep>[/.-])(?P<M>\d{1,2})(?P=sep)(?P<D>\d{1,2})"
)
_CLOCK = r"(?P<h>\d{1,2})[:h](?P<min>\d\d)?(?::(?P<s>\d\d))?(?:\.\d+)? ?(?P<half>sa|ch|am|pm|sáng|chiều)?"
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ]|\Z)", re.ASCII)
_FORMS = (
    # 06/07/2026 15:30, 6.7.26, 2026-07-06T15:30, 02/11/2026 2:05 CH
    re.compile(rf"(?:{_DAY})(?:[t ,-]+{_CLOCK})?", re.ASCII),
    re.compile(rf"{_CLOCK}[ ,-]+(?:ngày )?(?:{_DAY})", re.ASCII),  # 15h30 06/07/2026
    # 20260706083000, as the national messages have it
    re.compile(r"(?P<Y>\d{4})(?P<M>\d\d)(?P<D>\d\d)(?:(?P<h>\d\d)(?P<min>\d\d)(?P<s>\d\d)?)?", re.ASCII),
)
_ORDERED = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d\d)(?!\d)", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?", re.ASCII)
_VIETNAMESE = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {
    **{name: number for names in (_VIETNAMESE, _ENGLISH) for number, name in enumerate(names, 1)},
    "giêng": 1,
    "bốn": 4,
    "chạp": 12,
}
_NAMED = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = re.compile(r"\A(?:(?:thứ \w+|chủ nhật|cn|t[2-7])[ ,]+)?(?:ngày )?")
# ngày 5 tháng 11 năm 2026; 05-thg 11-26; 5/Thg11/2026; 05-Nov-2026
_IN_WORDS = re.compile(
    rf"(\d{{1,2}})[ ,./-]*(?:(?:tháng|thg)\.? ?(\d{{1,2}}|{_NAMED})|({_NAMED}))"
    r"[ ,./-]*(?:năm )?(\d{4}|\d\d)\b"
)
_HOUR = re.compile(r"(\d{1,2}) ?giờ(?: ?(\d\d?) ?(?:phút)?)?")


def read(written: str, zone: tzinfo, month_first: bool = False) -> datetime:
    """The moment in that zone, midnight for a day alone. Two digits of a year are of this century.

    Day before month, unless its column has it the other way. A text with a zone of its own
    ("2026-07-06T02:30:00Z") is moved; a number of five digits is a day of a workbook. Raises ValueError for
    all else, and for years outside YEARS.
    """
    return _read(written, zone, month_first)


@lru_cache(maxsize=4096)
def _read(written: str, zone: tzinfo, month_first: bool) -> datetime:
    found = _iso(written) or _serial(written) or _by_hand(_plainer(written), zone, month_first)
    at = checked(found)  # before it is moved, which may leave the calendar
    return checked(at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone))


def checked(moment: datetime) -> datetime:
    """The moment itself; raises ValueError if its year is none that a dossier can have."""
    if moment.year not in YEARS:
        raise ValueError(f"year {moment.year}")
    return moment


@lru_cache(maxsize=4096)
def order(written: str) -> Order | None:
    """What a day in figures says of its order: 25/11/2026 "day", 11/25/2026 "month"; None for other forms."""
    found = _ORDERED.search(written)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    if first == second or max(first, second) > 31:
        return None
    return "day" if first > 12 else "month" if second > 12 else "either"


def _iso(written: str) -> datetime | None:
    if not _ISO.match(written):  # `fromisoformat` takes more than it should: any sign before the time
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(written)
    return None


def _serial(written: str) -> datetime | None:
    found = _SERIAL.fullmatch(written)
    if not found or int(found[1]) not in SERIALS:
        return None
    seconds = round(float(f"0.{found[2] or 0}") * 86_400)
    return EPOCH + timedelta(days=int(found[1]), seconds=seconds)


def _plainer(written: str) -> str:
    """Words turned into figures."""
    text = _WEEKDAY.sub("", " ".join(written.lower().split()), count=1)
    if not text.isascii() or not text[:1].isdigit() or "g" in text or text.count("-") == 2:
        text = _IN_WORDS.sub(lambda found: f"{found[1]}/{_month(found[2] or found[3])}/{found[4]}", text)
        text = _HOUR.sub(lambda found: f"{found[1]}h{(found[2] or '').zfill(2) if found[2] else ''}", text)
    return text


def _month(written: str) -> int:
    return int(written) if written.isdecimal() else _MONTHS[written]


def _by_hand(written: str, zone: tzinfo, month_first: bool) -> datetime:
    found = next((match for form in _FORMS if (match := form.fullmatch(written))), None)
    if not found:
        raise ValueError("no date")
    groups = found.groupdict()
    number = {name: int(value) for name, value in groups.items() if value and value.isdigit()}
    year, month, day = (number.get(capital, number.get(capital.lower(), 0)) for capital in "YMD")
    if month_first and "m" in number:
        month, day = day, month
    century = 2000 if "y" in number and len(found["y"]) == 2 else 0
    hour, minute, second = (number.get(name, 0) for name in ("h", "min", "s"))
    hour = _of_day(hour, groups.get("half"))
    return datetime(year + century, month, day, hour, minute, second, tzinfo=zone)


def _of_day(hour: int, half: str | None) -> int:
    """The hour of a clock with two halves; 15:30 CH, as some programs write it, stays."""
    if half in ("ch", "pm", "chiều") and hour < 12:
        return hour + 12
    return 0 if half in ("sa", "am") and hour == 12 else hour
