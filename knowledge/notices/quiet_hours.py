"""Hours without notices as people ask for them: "đừng nhắn sau 20 giờ"."""

import re

REFUSES = re.compile(
    r"\b(dung|khong|khoan|ngung) (co )?(nhan|nhan tin|bao|bao tin|gui|gui tin|nhac|lam phien)"
    r"( cho)?( toi| em| minh)?( nua)? (sau|truoc|tu|luc)\b"
)
ANYTIME = re.compile(r"\b(nhan|nhan tin|bao|bao tin|gui|gui tin) .*\b(luc nao|gio nao|khi nao) cung duoc\b")
TIME = r"(\d{1,2}) ?(?:gio|h|g)? ?(\d{2}|ruoi)?(?: phut)? ?(sang|trua|chieu|toi|dem)?"
SPAN = re.compile(rf"\btu {TIME} (?:den|toi|cho den) {TIME}\b")
AFTER, BEFORE = re.compile(rf"\bsau {TIME}\b"), re.compile(rf"\btruoc {TIME}\b")
EVENING = 12  # "sau 8 giờ" is said of the evening

Part = str | None


def quiet_hours(said: str, current: str) -> str | None:
    """What folded words ask for: "20:00-07:00", or "none"; None if they ask for nothing of the kind.

    Who names one end only keeps the other one of `current`.
    """
    if ANYTIME.search(said):
        return "none"
    if not REFUSES.search(said):
        return None
    start, _dash, end = current.partition("-")
    if span := SPAN.search(said):
        start, end = _evening(*span.groups()[:3]), _clock(*span.groups()[3:])
    elif after := AFTER.search(said):
        start = _evening(*after.groups())
    elif before := BEFORE.search(said):
        end = _clock(*before.groups())
    else:
        return None
    return f"{start}-{end}" if start and end and start != end else None


def _evening(hour: str, minute: Part, part: Part) -> str:
    if part is None and int(hour) < EVENING:
        part = "toi"
    return _clock(hour, minute, part)


def _clock(hour: str, minute: Part, part: Part) -> str:
    """ "20:30"; empty if there is no such time."""
    hours, minutes = int(hour), 30 if minute == "ruoi" else int(minute or 0)
    if part in ("chieu", "toi", "dem") and hours < 12:
        hours += 12
    if part == "dem" and hours == 12 or hours == 24:
        hours = 0
    return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else ""
