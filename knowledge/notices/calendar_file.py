"""A file that a phone's calendar opens: one day, with reminders before it (iCalendar, RFC 5545)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

RINGS_AT = 8  # o'clock: at midnight nobody wants to be told
LINE = 75  # bytes, RFC 5545 3.1
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Entry:
    """A whole day in a calendar."""

    uid: str  # the same again replaces the entry that was opened before
    day: date
    title: str
    text: str
    days_before: tuple[int, ...] = ()  # when the phone reminds


def calendar_file(entry: Entry, today: date) -> str:
    """The text of an `.ics` file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mot Cua//VI",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{entry.title.translate(ESCAPED)}",
        f"DESCRIPTION:{entry.text.translate(ESCAPED)}",
        "TRANSP:TRANSPARENT",
        *(line for days in entry.days_before for line in _alarm(days, entry.title)),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line))


def _alarm(days: int, title: str) -> list[str]:
    # Before the midnight with which the day begins; in the phone's own time.
    trigger = f"-P{days - 1}DT{24 - RINGS_AT}H" if days else f"PT{RINGS_AT}H"
    shown = f"DESCRIPTION:{title.translate(ESCAPED)}"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}", shown, "END:VALARM"]


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 bytes, each after the first begun by a blank; no letter is torn."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece
