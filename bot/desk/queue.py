"""Which dossiers want a clerk today: how each stands with its day, and the lists that are asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bot.dossiers.due_dates import DueDates
from bot.dossiers.record import DossierRecord, national
from knowledge.dossiers import phones
from knowledge.dossiers.deadlines import HolidaysUnknown, after_pauses, lateness, working_days
from knowledge.office.calendar import Holidays
from knowledge.procedures.catalogue import Catalogue
from knowledge.text import plain

UNFETCHED = timedelta(days=7)  # a result that lies so long wants a call

Pace = Literal["papers", "fee", "late", "today", "left", "ready", "over", "unknown"]


class Standing(NamedTuple):
    """How a dossier stands with its day; while papers or a fee are awaited its clock stands."""

    pace: Pace
    due: date | None
    days: int = 0  # working days late, or left


@dataclass(frozen=True)
class Desk:
    """What the lists are made with."""

    promises: DueDates
    holidays: Holidays
    catalogue: Catalogue
    today: date

    def standing(self, held: DossierRecord) -> Standing:
        """As of today."""
        state, due = held.state, self.promises.due_of(held)
        if state and state.awaits:
            return Standing(state.awaits, due)
        if state and not state.is_open:
            return Standing("over" if state.is_over else "ready", due)
        if due is None:
            return Standing("unknown", None)
        try:
            last = after_pauses(due, held.received or due, national(held.steps), self.holidays) or due
            late = lateness(last, self.today, self.holidays)
            left = working_days(self.today, last, self.holidays)
        except HolidaysUnknown:
            return Standing("unknown", due)
        if late:
            return Standing("late", last, late)
        return Standing("today", last) if last <= self.today else Standing("left", last, left)

    def of_field(self, held: DossierRecord, field: str) -> bool:
        """Whether its procedure is of that field."""
        found = next((each for each in self.catalogue.fields if each.id == field), None)
        return found is not None and any(each.code == held.procedure for each in found.procedures)

    def title(self, held: DossierRecord) -> str:
        """Its procedure in few words."""
        found = self.catalogue.procedures.get(held.procedure or "")
        return found.short if found else held.title or held.procedure or ""


Wanted = Callable[[Desk, DossierRecord], bool]

# The lists by the name of their option: two at once want both.
LISTS: Mapping[str, Wanted] = {
    "due_today": lambda desk, held: desk.standing(held).pace == "today",
    "late": lambda desk, held: desk.standing(held).pace == "late",
    "waiting": lambda desk, held: desk.standing(held).pace in ("papers", "fee"),
    "online": lambda desk, held: held.state is not None and held.state.code == 1,
    "signature": lambda desk, held: held.stage == "signature",
    "ready": lambda desk, held: desk.standing(held).pace == "ready" and not held.postal,
    "unfetched": lambda desk, held: _lies(held, desk.today),
    "came_back": lambda desk, held: held.postal == "came-back",
    "for_others": lambda desk, held: bool(held.competent),
    "open": lambda desk, held: held.is_open,
}


def wanted(
    desk: Desk, dossiers: Iterable[DossierRecord], lists: Iterable[str], field: str = "", text: str = ""
) -> list[DossierRecord]:
    """Those that all of these lists hold, the earliest day first."""
    chosen = [LISTS[name] for name in lists]
    found = [
        held
        for held in dossiers
        if all(holds(desk, held) for holds in chosen)
        and (not field or desk.of_field(held, field))
        and (not text or says(desk, held, text))
    ]
    return sorted(found, key=lambda held: (desk.standing(held).due or date.max, held.code))


def says(desk: Desk, held: DossierRecord, text: str) -> bool:
    """Whether it is of that person or phone, or its code or procedure holds the text, marks or none."""
    if phones.is_number(phones.first(text)):
        return held.phone == phones.dialled(phones.first(text))
    words = plain(text)
    return any(words in plain(told) for told in (held.code, held.name or "", desk.title(held)))


def _lies(held: DossierRecord, today: date) -> bool:
    """Whether a result has waited long for who should fetch it."""
    state = held.state
    is_here = state is not None and state.phase == "done" and held.postal in (None, "came-back")
    return is_here and (held.finished is None or today - held.finished > UNFETCHED)
