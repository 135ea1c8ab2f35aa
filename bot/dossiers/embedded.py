"""Our own desk: dossiers in our database, looked up by code, changed by news of any age and order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Engine

from bot.clock import vietnam_now
from bot.dossiers import announce, marks, store
from bot.dossiers.due_dates import DueDates
from bot.dossiers.reader import Reader
from bot.dossiers.record import DossierRecord, Update, believed, differs, merged
from bot.dossiers.views import CLOSED, Glimpses, owner_view, public_view
from bot.storage.sealing import Vault
from handlers.ports.dossiers import Dossier
from handlers.ports.guesses import Guesser
from knowledge.dossiers import second_factor
from knowledge.dossiers.second_factor import SecondFactor


class Embedded:
    """The port `Dossiers` on our own table; for many threads at once."""

    def __init__(
        self, engine: Engine, vault: Vault, due_dates: DueDates, glimpses: Glimpses = CLOSED
    ) -> None:
        self._reader, self._vault = Reader(engine), vault
        self._due_dates, self._glimpses = due_dates, glimpses
        self._hot = store.hot(engine.dialect)

    def find(self, code: str) -> Dossier | None:
        """The dossier with that normalised code. Raises WrongKey."""
        record = self._record(code)
        return owner_view(record, self._due_dates.due_of(record)) if record else None

    def matches(self, code: str, digits: str) -> bool:
        """Whether these last digits end the phone or ID number given at the desk."""
        return marks.end_fits(self._marks(code, len(digits)), code, digits, self._vault)

    def matches_phone(self, code: str, phone: str) -> bool:
        """Whether this is the phone number given at the desk, however it is written."""
        return marks.phone_fits(
            self._marks(code, second_factor.SECOND_FACTOR.digits), code, phone, self._vault
        )

    def glimpse(self, code: str, who: Guesser, now: datetime) -> Dossier | None:
        """Procedure and state alone, if the office opens them. Raises WrongKey."""
        record = self._record(code) if self._glimpses.allows(code, who, now) else None
        return public_view(record) if record else None

    def _record(self, code: str) -> DossierRecord | None:
        row = self._reader.one(self._hot.find, (code,))
        return store.record_of(row, self._vault) if row else None

    def _marks(self, code: str, digits: int) -> bytes:
        """As much work for a code that does not exist: the next one's row is taken in its place."""
        found, stored = self._reader.one(self._hot.marks, (code,)) or ("", marks.nobody())
        stored = bytes(stored)
        if marks.factor_of(stored).digits != digits >= second_factor.SECOND_FACTOR.digits:
            # made when others were asked for: what they were made of is sealed beside them
            record = self._record(found)
            stored = marks.of(record, self._vault, SecondFactor(digits)) if record else marks.nobody()
        return stored if found == code else marks.nobody()


@dataclass(frozen=True)
class Recorded:
    """What news did to a dossier."""

    before: DossierRecord | None  # None: it is new
    after: DossierRecord

    @property
    def outcome(self) -> Literal["new", "changed", "unchanged"]:
        """In a word; to hear the same again at a later time changes nothing."""
        if self.before is None:
            return "new"
        return "changed" if differs(self.before, self.after) else "unchanged"


def record(connection: Connection, vault: Vault, update: Update, hold_s: int = 0) -> Recorded:
    """Takes in news of any age, within the caller's transaction; see `record.merged` for the rules.

    What the followers of the dossier are to be told is written with it, and held back for so many seconds.
    """
    now = vietnam_now()
    recorded = _recorded(connection, vault, update, now)
    if recorded.before != recorded.after:
        announce.announce(connection, vault, [(recorded.before, recorded.after)], now, hold_s)
    return recorded


def _recorded(connection: Connection, vault: Vault, update: Update, now: datetime) -> Recorded:
    after = merged(None, update)
    # first, so that two programs that tell of a new dossier at once end with one
    if store.add(connection, vault, after):
        return Recorded(None, after)
    found = store.find(connection, vault, update.code, hold=True)
    before = believed(found, now) if found else None
    after = merged(before, update)
    if after != before:
        store.change(connection, vault, after)
    return Recorded(before, after)


def read(connection: Connection, vault: Vault, code: str) -> DossierRecord | None:
    """A dossier with the person's data in clear: for the clerk at the desk only."""
    return store.find(connection, vault, code)
