"""A file that a phone's calendar opens: one day, with reminders before it (iCalendar, RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

LINE = 75  # bytes, RFC 5545 3.1
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_file(uid: str, day: date, what: str, why: str, days_before: Iterable[int], today: date) -> str:
    """The text of an `.ics` file; the same `uid` again replaces the entry that was opened before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mot Cua//VI",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{what.translate(ESCAPED)}",
        f"DESCRIPTION:{why.translate(ESCAPED)}",
        "TRANSP:TRANSPARENT",
        *(line for days in days_before for line in _alarm(days, what)),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line))


def _alarm(days: int, what: str) -> list[str]:
    shown = f"DESCRIPTION:{what.translate(ESCAPED)}"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{days}D", shown, "END:VALARM"]


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 bytes, each after the first begun by a blank; no letter is torn."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece
