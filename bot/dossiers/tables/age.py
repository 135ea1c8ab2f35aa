"""For which moment a table speaks: as it says itself, else at least for the newest day that it tells of.

Never the file's clock: a copy, a download, a save makes an old table new.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from bot.clock import VIETNAM
from handlers.desk.values import Age
from knowledge.dossiers import moments

# what stands before the day until which a table tells; "Từ ngày ... đến ngày ...": the second
_UNTIL = re.compile(
    r"(?:tính đến|đến hết|đến ngày|cập nhật|ngày xuất|xuất ngày|xuất lúc|ngày in|in ngày|ngày lập|lập ngày"
    r"|thời điểm|ngày kết xuất)\D{0,20}(?P<after>\d.*)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r",\s*ngày (?P<after>\d{1,2} tháng \d{1,2} năm \d{4})", re.IGNORECASE)
_MOMENT = re.compile(
    r"\d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:[ ,-]+\d{1,2}[:h]\d\d(?::\d\d)?)?"
    r"|\d{1,2}[:h]\d\d[ ,-]+(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r"|\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?",
    re.IGNORECASE,
)


def age(lines: Iterable[tuple[int, str]], newest: date | None, given: datetime | None, now: datetime) -> Age:
    """`lines`: what stands above and below the rows. A day alone is meant to its end, never beyond now."""
    if given:
        return Age(min(given, now), "given", newest=newest)
    for number, line in lines:
        if (said := _said(line)) and said[0].year >= 2018:
            return Age(min(said[0], now), "words", said[1], number, newest)
    # the day's beginning: what the desk noted itself later that day is newer
    return Age(datetime.combine(newest or now.date(), time(), VIETNAM), "newest", newest=newest)


def _said(line: str) -> tuple[datetime, str] | None:
    found = _UNTIL.search(line) or _SIGNED.search(line)
    day = _MOMENT.search(found["after"]) if found else None
    if not found or not day:
        return None
    try:
        at = moments.read(day[0], VIETNAM)
    except (ValueError, OverflowError):
        return None
    written = line[found.start() : found.start("after") + day.end()].strip(" ,")
    return (at if at.time() != time() else datetime.combine(at, time(23, 59, 59), VIETNAM)), written
