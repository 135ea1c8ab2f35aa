"""The date that a dossier is promised for, where nobody named one."""

from datetime import date, datetime, time
from functools import lru_cache

from bot.clock import VIETNAM
from bot.dossiers.record import DossierRecord
from knowledge.dossiers.deadlines import LAST_HOUR, HolidaysUnknown, due
from knowledge.office.calendar import Holidays
from knowledge.procedures.catalogue import Catalogue, Deadline, Procedure


class DueDates:
    """Due dates from the catalogue's deadlines."""

    def __init__(self, catalogue: Catalogue, holidays: Holidays) -> None:
        self._procedures, self._holidays = catalogue.procedures, holidays
        self._due = lru_cache(maxsize=20_000)(self._counted)

    def due_of(self, record: DossierRecord) -> date | None:
        """The date it was promised for; without one, the last day by the catalogue."""
        if record.due or not record.received:
            return record.due
        moments = (datetime.fromtimestamp(at, VIETNAM) for _, at, _ in record.steps[:1])
        morning = datetime.combine(record.received, time(8), VIETNAM)
        received = next((m for m in moments if m.date() == record.received), morning)
        return self.due(record.procedure or "", received)

    def due(self, procedure: str, received: datetime) -> date | None:
        """The last day by the procedure's longest time; None without days, or a calendar."""
        known = self._procedures.get(procedure)
        return self._due(known.code, received.date(), received.time() > LAST_HOUR) if known else None

    def _counted(self, code: str, day: date, is_late: bool) -> date | None:
        received = datetime.combine(day, time(16 if is_late else 8), VIETNAM)
        try:
            days = [due(received, each, self._holidays) for each in _holding(self._procedures[code], day)]
        except HolidaysUnknown:
            return None
        return max((each for each in days if each), default=None)


def _holding(procedure: Procedure, day: date) -> list[Deadline]:
    return [deadline for deadline in procedure.deadlines if deadline.holds_on(day)]
