"""The date that a dossier is promised for, where nobody named one."""

from datetime import date, datetime
from functools import lru_cache

from knowledge.calendar import Holidays
from knowledge.catalogue import Catalogue, Deadline, Procedure
from knowledge.deadlines import LAST_HOUR, HolidaysUnknown, due


class Promises:
    """Due dates from the catalogue's deadlines."""

    def __init__(self, catalogue: Catalogue, holidays: Holidays) -> None:
        self._procedures, self._holidays = catalogue.procedures, holidays
        self._due = lru_cache(maxsize=20_000)(self._counted)

    def due(self, procedure: str, received: datetime) -> date | None:
        """The last day by the procedure's longest time; None if it has no number of days, or we no calendar."""
        known = self._procedures.get(procedure)
        return self._due(known.code, received.date(), received.time() > LAST_HOUR) if known else None

    def _counted(self, code: str, day: date, is_late: bool) -> date | None:
        hour = 16 if is_late else 8
        received = datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001  # office time
        try:
            days = [due(received, each, self._holidays) for each in _holding(self._procedures[code], day)]
        except HolidaysUnknown:
            return None
        return max((each for each in days if each), default=None)


def _holding(procedure: Procedure, day: date) -> list[Deadline]:
    return [deadline for deadline in procedure.deadlines if deadline.holds_on(day)]
