"""Days and moments as clerks and programs write them; never a guess."""

import re
from contextlib import suppress
from datetime import datetime, tzinfo
from functools import lru_cache

YEARS = range(2000, 2100)

_DAY = (
    r"(?P<d>\d{1,2})(?P<gap>[/.-])(?P<m>\d{1,2})(?P=gap)(?P<y>\d{4}|\d\d)"
    r"|(?P<Y>\d{4})-(?P<M>\d\d)-(?P<D>\d\d)"
)
_CLOCK = r"(?P<h>\d{1,2})[:h](?P<min>\d\d)?(?::(?P<s>\d\d))?(?:\.\d+)?"
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ]|\Z)", re.ASCII)
_FORMS = (
    re.compile(rf"(?:{_DAY})(?:[T ,-]+{_CLOCK})?", re.ASCII),  # 06/07/2026 15:30, 6.7.26, 2026-07-06T15:30
    re.compile(rf"{_CLOCK}[ ,-]+(?:{_DAY})", re.ASCII),  # 15h30 06/07/2026
    # 20260706083000, as the national messages have it
    re.compile(r"(?P<Y>\d{4})(?P<M>\d\d)(?P<D>\d\d)(?:(?P<h>\d\d)(?P<min>\d\d)(?P<s>\d\d)?)?", re.ASCII),
)


@lru_cache(maxsize=4096)
def read(written: str, zone: tzinfo) -> datetime:
    """The moment in that zone, midnight for a day alone. Day before month; two digits are of this century.

    A text with a zone of its own ("2026-07-06T02:30:00Z") is moved. Raises ValueError for all else, and for
    years outside YEARS.
    """
    at = checked(_iso(written) or _by_hand(written, zone))  # before it is moved, which may leave the calendar
    return checked(at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone))


def checked(moment: datetime) -> datetime:
    """The moment itself; raises ValueError if its year is none that a dossier can have."""
    if moment.year not in YEARS:
        raise ValueError(f"year {moment.year}")
    return moment


def _iso(written: str) -> datetime | None:
    if not _ISO.match(written):  # `fromisoformat` takes more than it should: any sign before the time
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(written)
    return None


def _by_hand(written: str, zone: tzinfo) -> datetime:
    found = next((match for form in _FORMS if (match := form.fullmatch(written))), None)
    if not found:
        raise ValueError("no date")
    number = {name: int(value) for name, value in found.groupdict().items() if value and value.isdigit()}
    year, month, day = (number.get(capital, number.get(capital.lower(), 0)) for capital in "YMD")
    century = 2000 if "y" in number and len(found["y"]) == 2 else 0
    hour, minute, second = (number.get(name, 0) for name in ("h", "min", "s"))
    return datetime(year + century, month, day, hour, minute, second, tzinfo=zone)
