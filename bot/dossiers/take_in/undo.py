"""A take-in undone as a whole: what it found is held again, while nobody was told."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine

from bot.dossiers import announce, store
from bot.dossiers.record import DossierRecord
from bot.dossiers.take_in import take_ins
from bot.dossiers.take_in.take_ins import Part
from bot.notices import follows, phone_follows
from bot.outbox import taking_back
from bot.outbox.store import Owed
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.desk.refusals import Refused
from knowledge.notices.states import NoticeState

BATCH = 10_000  # dossiers that are looked at together
SHOWN = 5  # codes that are named
UNTOLD = (NoticeState.WAITING, NoticeState.SUPERSEDED, NoticeState.STOPPED)


def undo(engine: Engine, vault: Vault, number: int, now: datetime) -> take_ins.Listed:
    """In one transaction, all or nothing. Raises Refused and WrongKey."""
    with database.writing(engine) as connection:
        store.lock(connection)
        found = take_ins.find(connection, number)
        if found is None:
            raise Refused("no_such_import", number=number)
        if found.undone_at:
            raise Refused("import_undone", number=number)
        parts = list(take_ins.parts(connection, vault, number))
        new = [code for part in parts for code, _ in part.new]
        before = _before(parts)
        _check_unmoved(connection, vault, parts)
        _take_back(connection, [*new, *(each.code for each in before)], before, found.taken_at)
        store.change_all(connection, vault, before)
        for start in range(0, len(new), BATCH):
            store.delete_all(connection, new[start : start + BATCH])
        phone_follows.forget_codes(connection, [*new, *(each.code for each in before)])
        announce.remember_phones(connection, vault, [(None, each) for each in before], now)
        take_ins.note_undone(connection, number, now)
    return found


def _before(parts: Sequence[Part]) -> list[DossierRecord]:
    """Each changed dossier as it was before any batch; those that were new are none of them."""
    new = {code for part in parts for code, _ in part.new}
    found: dict[str, DossierRecord] = {}
    for part in parts:
        for _, record in part.changed:
            found.setdefault(record.code, record)
    return [record for code, record in found.items() if code not in new]


def _check_unmoved(connection: Connection, vault: Vault, parts: Sequence[Part]) -> None:
    """Whatever came after it would be lost with it."""
    stamps = [pair for part in parts for pair in part.new]
    stamps += [(record.code, stamp) for part in parts for stamp, record in part.changed]
    moved: list[str] = []
    last = dict(stamps)  # a code may stand in several batches: what the last one left
    for start in range(0, len(last), BATCH):
        some = dict(list(last.items())[start : start + BATCH])
        held = store.among(connection, vault, list(some))
        moved += [code for code, mark in some.items() if code not in held or store.stamp(held[code]) != mark]
    if moved:
        raise Refused("import_moved_on", count=len(moved), codes=", ".join(moved[:SHOWN]))


def _take_back(
    connection: Connection, codes: Sequence[str], before: Iterable[DossierRecord], since: datetime
) -> None:
    """Its notices, none of which may have left; what they superseded waits again."""
    among = set(codes)
    owed = [each for each in taking_back.owed_since(connection, since) if each[1] in among]
    left = [code for _, code, state in owed if state not in UNTOLD]
    if left:
        raise Refused("import_told", count=len(left), codes=", ".join(sorted(set(left))[:SHOWN]))
    waiting = [number for number, _, state in owed if state is NoticeState.WAITING]
    told = {code for number, code, _ in owed if number in set(waiting)}
    held = {record.code: record for record in before if record.code in told}
    older = [
        Owed(f"{code}/{kind}/{mark}", code, address, kind).key
        for code, address in follows.followers_of(connection, held)
        for kind, mark in announce.worth(None, held[code])
    ]
    taking_back.take_back(connection, waiting, older)
