"""Until when a notice that matters should be read, before another way is tried."""

from datetime import datetime, timedelta

from bot.clock import VIETNAM
from bot.outbox.claim import Notice
from knowledge.notices.kinds import must_be_acknowledged
from knowledge.office.calendar import Holidays
from knowledge.office.office import Office

HOURS = timedelta(hours=8)  # of the desk: about a working day
UNKNOWN = timedelta(hours=24)  # where the office's hours are not known
LOOK_AHEAD_DAYS = 31  # longer than any holiday


class Deadlines:
    """Counts the hours in which the desk is open, and so could call."""

    def __init__(self, office: Office, holidays: Holidays) -> None:
        self._office, self._holidays = office, holidays

    def ack_by(self, notice: Notice, now: datetime) -> int:
        """Unix seconds; 0 for a kind that nobody has to acknowledge."""
        return int(self.after(now).timestamp()) if must_be_acknowledged(notice.kind) else 0

    def after(self, now: datetime) -> datetime:
        """The moment at which the desk has been open for HOURS since now."""
        local, left = now.astimezone(VIETNAM), HOURS
        for day in (local.date() + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS)):
            spans = self._office.open_on(day, self._holidays)
            for span in spans or ():
                start = max(local, datetime.combine(day, span.start, VIETNAM))
                open_for = max(datetime.combine(day, span.end, VIETNAM) - start, timedelta())
                if open_for >= left:
                    return start + left
                left -= open_for
        return now + UNKNOWN
