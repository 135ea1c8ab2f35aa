"""Rows into the store, or only beside it: what each would do, found out the same way for both."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from bot.dossiers import announce, bulk, store
from bot.dossiers.bulk import Done
from bot.dossiers.record import NAMES, DossierRecord, Update, believed, differs, merged
from bot.dossiers.take_in.people import is_other
from bot.notices import follows
from bot.spreadsheets.pages import Row
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.desk.values import Change, Counts, Reason, Told
from knowledge.dossiers import statuses

SHOWN = 10  # changes that are shown
CODES = 5  # codes that are named of each kind of notice


class Ref(NamedTuple):
    """Where a row stands."""

    sheet: int  # place among the sheets that are read
    row: int  # from 1


Full = tuple[Ref, Update, Row]  # with what stands in it
Held = dict[str, DossierRecord]
Object = Callable[[Ref, Reason, Row], None]  # told of rows that must not be taken
Keep = Callable[[Connection, Done], None]  # notes what a batch wrote, in its transaction


@dataclass
class Outcome:
    """What becomes of the rows."""

    numbers: Counter[str] = field(default_factory=Counter)  # as in Counts
    changes: list[Change] = field(default_factory=list)  # the first
    owed: Counter[str] = field(default_factory=Counter)  # notices by kind
    owed_codes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def counts(self) -> Counts:
        """The numbers, without those of refused rows."""
        return Counts(**self.numbers)

    def told(self) -> tuple[Told, ...]:
        """The notices, kind by kind."""
        return tuple(Told(kind, count, tuple(self.owed_codes[kind])) for kind, count in self.owed.items())


@dataclass
class Taking:
    """Goes through the rows, batch by batch."""

    engine: Engine
    vault: Vault
    backward: bool  # whether rows may take a dossier back
    twice: frozenset[int]  # hashes of codes that stand in several rows
    object_: Object
    now: datetime
    outcome: Outcome = field(default_factory=Outcome)
    _so_far: Held = field(default_factory=dict)  # of codes of several rows: what the rows above leave

    def look(self, rows: Iterable[Full]) -> None:
        """Writes nothing. Raises WrongKey and what reading raises."""
        for batch in _batches(rows):
            with database.reading(self.engine) as connection:
                held = self._held(connection, batch)
                self._chosen(connection, held, batch)

    def take(self, rows: Iterable[Full], keep: Keep) -> None:
        """Writes what is not objected to. Raises as `look`; the batches before an error are kept."""
        for batch in _batches(rows):
            with database.writing(self.engine) as connection:
                store.lock(connection)
                held = self._held(connection, batch)
                good = self._chosen(connection, held, batch)
                keep(connection, bulk.write(connection, self.vault, held, good))
        if self.outcome.numbers["new"] or self.outcome.numbers["changed"]:
            store.settle(self.engine)

    def _held(self, connection: Connection, batch: list[Full]) -> Held:
        found = store.among(connection, self.vault, [update.code for _, update, _ in batch])
        return {code: believed(held, self.now) for code, held in found.items()}

    def _chosen(self, connection: Connection, held: Held, batch: list[Full]) -> list[Update]:
        """The rows that may be taken; what they do is counted."""
        good, moves, numbers, so_far = [], [], self.outcome.numbers, self._so_far
        for ref, update, row in batch:
            code = update.code
            before = so_far.get(code) or held.get(code)
            is_twice = hash(code) in self.twice
            if before is None:
                numbers["new"] += 1
                if is_twice:
                    so_far[code] = merged(None, update)
                good.append(update)
                continue
            after = merged(before, update)
            if why := self._objection(before, after, update):
                self.object_(ref, why, row)
                continue
            self._count(before, after, update)
            if before != after:
                moves.append((before, after))
            if is_twice:
                so_far[code] = after
            good.append(update)
        self._owe(connection, moves)
        return good

    def _objection(self, before: DossierRecord, after: DossierRecord, update: Update) -> Reason | None:
        if is_other(before, update):
            return Reason("other_person", written=update.name or "", facts=(("held", before.name or ""),))
        was, state = before.state, after.state
        if not was or not state or state.rank >= was.rank:
            return None
        self.outcome.numbers["backward"] += 1
        return None if self.backward else Reason("backward", written=state.name, facts=(("held", was.name),))

    def _count(self, before: DossierRecord, after: DossierRecord, update: Update) -> None:
        is_change = differs(before, after)
        self.outcome.numbers["changed" if is_change else "unchanged"] += 1
        if is_change and len(self.outcome.changes) < SHOWN:
            self.outcome.changes.append(_change(before, after))
        self.outcome.numbers["older"] += int(update.at.timestamp()) < before.changed_at

    def _owe(self, connection: Connection, moves: Iterable[tuple[DossierRecord, DossierRecord]]) -> None:
        """What the followers of these are told."""
        owing = [(after.code, kind) for before, after in moves for kind, _ in announce.worth(before, after)]
        people = Counter(code for code, _ in follows.followers_of(connection, {code for code, _ in owing}))
        for code, kind in owing:
            if people[code]:
                self.outcome.owed[kind] += people[code]
                if len(codes := self.outcome.owed_codes.setdefault(kind, [])) < CODES:
                    codes.append(code)


def _change(before: DossierRecord, after: DossierRecord) -> Change:
    fields = tuple(name for name in NAMES if getattr(before, name) != getattr(after, name))
    return Change(after.code, _state(before), _state(after), fields)


def _state(record: DossierRecord) -> str:
    state = statuses.state_of(record.status)
    return state.name if state else record.status


def _batches(rows: Iterable[Full]) -> Iterator[list[Full]]:
    """Read without the collector too: rows refer to nothing that refers to them."""
    with bulk.without_collector():
        yield from bulk.batches(rows)
