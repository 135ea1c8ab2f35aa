"""Apologies for dossiers that miss their day: the clerk drafts one, and releases it to those who follow."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, text, update
from sqlmodel import col

from bot.clock import VIETNAM
from bot.dossiers import announce, embedded
from bot.dossiers.announce import Told
from bot.dossiers.due_dates import DueDates
from bot.dossiers.record import DossierRecord, Update, national
from bot.outbox import store
from bot.storage.resealing import Sealed
from bot.storage.schema import tables
from bot.storage.sealing import Vault
from handlers.notices import notice
from knowledge.dossiers.deadlines import HolidaysUnknown, after_pauses, lateness, working_days
from knowledge.dossiers.statuses import state_of
from knowledge.office.calendar import Holidays
from knowledge.scrub import of_others

KIND = "late"
SOON = 1  # working day before the due date: from then on an apology is due

OF_CODE = col(tables.Apology.code) == bindparam("about")
ALL = select(
    col(tables.Apology.code), col(tables.Apology.reason), col(tables.Apology.first_due),
    col(tables.Apology.new_due), col(tables.Apology.released_at), col(tables.Apology.times),
)  # fmt: skip
FIND = ALL.where(OF_CODE)
# the date that was promised first stays: by it the dossier is rated
DRAFT = text(
    "INSERT INTO apology (code, reason, first_due, new_due, drafted_at, released_at, times)"
    " VALUES (:code, :reason, :first_due, :new_due, :now, 0, 0)"
    " ON CONFLICT (code) DO UPDATE SET reason = excluded.reason, new_due = excluded.new_due,"
    " first_due = CASE WHEN apology.times > 0 THEN apology.first_due ELSE excluded.first_due END,"
    " drafted_at = excluded.drafted_at, released_at = 0"
)
RELEASE = (
    update(tables.Apology)
    .where(OF_CODE, col(tables.Apology.released_at) == 0)
    .values(released_at=bindparam("now"), times=col(tables.Apology.times) + 1)
)


class Apology(NamedTuple):
    """One apology as the clerk sees it."""

    code: str
    reason: str
    first_due: date | None  # as promised before any apology
    new_due: date
    is_released: bool = False
    times: int = 0  # how often one was released


class Wanting(NamedTuple):
    """A dossier whose followers should be told that it is, or will be, late."""

    code: str
    status: str
    due: date  # without the days on which papers were awaited
    days_late: int  # working days; 0: due today or on the next one
    is_drafted: bool
    times: int  # apologies before


def find(connection: Connection, vault: Vault, code: str) -> Apology | None:
    """The newest apology for a dossier, drafted or released. Raises WrongKey."""
    row = connection.execute(FIND, {"about": code}).one_or_none()
    return _apology(row, vault) if row else None


def told(connection: Connection, vault: Vault, code: str) -> notice.Apology | None:
    """What the followers may be told; None until it is released."""
    found = find(connection, vault, code)
    if found is None or not found.is_released:
        return None
    return notice.Apology(of_others(found.reason), found.new_due)


def waiting(connection: Connection, code: str) -> int:
    """How many followers are still to be told of the apology released last."""
    return store.open_count(connection, code, KIND)


def draft(connection: Connection, vault: Vault, wanted: Apology, now: datetime) -> None:
    """Writes an apology in place of the one before, of which all followers have to be told by then."""
    values = {
        "code": wanted.code,
        "reason": vault.seal(wanted.reason.encode(), _place(wanted.code)),
        "first_due": wanted.first_due.isoformat() if wanted.first_due else "",
        "new_due": wanted.new_due.isoformat(),
        "now": int(now.timestamp()),
    }
    connection.execute(DRAFT, values)


def release(connection: Connection, vault: Vault, held: DossierRecord, now: datetime) -> Told | None:
    """Gives the dossier its new date and owes its followers the apology, or the clerk a call.

    None if there is no draft, or another clerk has just released it.
    """
    found = find(connection, vault, held.code)
    released = {"about": held.code, "now": int(now.timestamp())}
    if not found or not connection.execute(RELEASE, released).rowcount:
        return None
    # whatever came before, the clerk's word is the newest
    at = max(now, datetime.fromtimestamp(held.changed_at + 1, VIETNAM))
    embedded.record(connection, vault, Update(held.code, at, due=found.new_due))
    event = f"{held.code}/{KIND}/{found.new_due}"
    return announce.tell(connection, held, KIND, event, now)


def first_dues(connection: Connection) -> dict[str, date]:
    """The dates promised first, of dossiers whose date an apology has moved."""
    rows = connection.execute(ALL)
    return {row.code: date.fromisoformat(row.first_due) for row in rows if row.times and row.first_due}


class Watch:
    """Finds the dossiers that want an apology today."""

    def __init__(self, promises: DueDates, holidays: Holidays, today: date) -> None:
        self._promises, self._holidays, self._today = promises, holidays, today

    def wanting(self, dossiers: Iterable[DossierRecord], apologies: Mapping[str, Apology]) -> list[Wanting]:
        """Late ones and those due within SOON, the latest first; `apologies` by code."""
        found = (self._of(held, apologies.get(held.code)) for held in dossiers)
        return sorted(filter(None, found), key=lambda each: (each.due, each.code))

    def _of(self, held: DossierRecord, apology: Apology | None) -> Wanting | None:
        state, due = state_of(held.status), self._promises.due_of(held)
        if due is None or held.finished or (state and (state.is_over or state.acts or state.phase == "done")):
            return None
        try:
            last = after_pauses(due, held.received or due, national(held.steps), self._holidays)
            if last is None or working_days(self._today, last, self._holidays) > SOON:
                return None
            late = lateness(last, self._today, self._holidays)
        except HolidaysUnknown:
            return None
        if apology and apology.is_released and not late:
            return None
        is_drafted = bool(apology and not apology.is_released)
        return Wanting(held.code, held.status, last, late, is_drafted, apology.times if apology else 0)


def every(connection: Connection, vault: Vault) -> Iterator[Apology]:
    """All of them. Raises WrongKey."""
    return (_apology(row, vault) for row in connection.execute(ALL))


def _apology(row: Any, vault: Vault) -> Apology:
    first = date.fromisoformat(row.first_due) if row.first_due else None
    reason = vault.open(bytes(row.reason), _place(row.code)).decode()
    return Apology(row.code, reason, first, date.fromisoformat(row.new_due), row.released_at > 0, row.times)


def _place(code: str) -> str:
    return f"apology/{code}"


SEALED_COLUMN = Sealed("apology", "reason", ("code",), lambda row: _place(row.code))
