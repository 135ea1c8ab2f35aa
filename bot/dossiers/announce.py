"""What a move of a dossier is worth: which notices it owes to those who follow it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from bot.dossiers.record import DossierRecord
from bot.notices import follows, links, phone_follows
from bot.notices.recipients import phone_mark
from bot.outbox import enqueue, store, taking_back
from bot.outbox.store import Owed
from bot.storage.sealing import Vault
from knowledge.notices.kinds import BY_POST, calls_strangers, of_status

REMOVED = "removed"  # the kind that says: the desk does not have the dossier any more
SLIP = "corrected"  # the kind that says: what was told was a slip

Move = tuple[DossierRecord | None, DossierRecord]  # a dossier before and after its news


def announce(
    connection: Connection, vault: Vault, moves: Iterable[Move], now: datetime, hold_s: int = 0
) -> int:
    """Writes a notice for each follower of each dossier that moved, in the caller's transaction; how many.

    The same move again owes nothing more. Older notices on the same dossier that still wait are superseded.
    Where nobody follows, what matters comes on the call list. Also remembers the phones given at the desk.
    """
    moved = list(moves)
    remember_phones(connection, vault, moved, now)
    followers: dict[str, list[str]] = {}
    for code, address in follows.followers(connection, sorted({after.code for _, after in moved})):
        followers.setdefault(code, []).append(address)
    owed = [
        Owed(event, after.code, address, kind)
        for before, after in moved
        if after.code in followers
        for event, kind in _events(before, after)
        for address in followers[after.code]
    ]
    calls = [
        Owed(event, after.code, _desk(after.code), kind)
        for before, after in moved
        # a dossier that comes whole is no news of today
        if before and after.phone and after.code not in followers
        for event, kind in _events(before, after)
        if calls_strangers(kind)
    ]
    enqueue.call(connection, calls, now)
    return links.owe(connection, owed, now, hold_s)


class Told(NamedTuple):
    """Whom a notice was owed to that no change of a dossier tells."""

    followers: int
    calls: int  # 1: nobody follows, and the clerk has to call


def tell(connection: Connection, held: DossierRecord, kind: str, event: str, now: datetime) -> Told:
    """Writes a notice for each follower of a dossier; without any the clerk is to call."""
    code = held.code
    followers = [address for _, address in follows.followers(connection, [code])]
    told = links.owe(connection, [Owed(event, code, address, kind) for address in followers], now)
    if followers or not held.phone:
        return Told(told, 0)
    return Told(0, enqueue.call(connection, [Owed(event, code, _desk(code), kind)], now))


def recall(
    connection: Connection, before: DossierRecord, after: DossierRecord, now: datetime
) -> tuple[int, int]:
    """Takes back what a change owed: how many were not told yet, and how many are told that it was a slip."""
    taken_back = [_recall(connection, after.code, event, now) for event, _ in _events(before, after)]
    return sum(stopped for stopped, _ in taken_back), sum(corrected for _, corrected in taken_back)


def removed(connection: Connection, code: str, now: datetime, hold_s: int) -> None:
    """Tells the followers of a dossier that the desk does not have it any more."""
    event = _removal(code, int(now.timestamp()))
    followers = [address for _, address in follows.followers(connection, [code])]
    links.owe(connection, [Owed(event, code, address, REMOVED) for address in followers], now, hold_s)


def recall_removal(connection: Connection, code: str, at: int, now: datetime) -> tuple[int, int]:
    """As `recall`, for a dossier that is back; `at`: Unix seconds of its removal."""
    return _recall(connection, code, _removal(code, at), now)


def _removal(code: str, at: int) -> str:
    return f"{code}/{REMOVED}/{at}"


def _recall(connection: Connection, code: str, event: str, now: datetime) -> tuple[int, int]:
    recalled = taking_back.recall(connection, event)
    owed = [Owed(f"{event}/{SLIP}", code, address, SLIP) for address in recalled.told]
    by_desk = [each for each in owed if each.address == _desk(code)]
    called = enqueue.call(connection, by_desk, now)
    told = enqueue.write(connection, [each for each in owed if each not in by_desk], now)
    return recalled.stopped, called + told


def _events(before: DossierRecord | None, after: DossierRecord) -> Iterator[tuple[str, str]]:
    """Each event of a change, and its kind."""
    return ((f"{after.code}/{kind}/{mark}", kind) for kind, mark in worth(before, after))


def _desk(code: str) -> str:
    return f"{store.DESK}:{code}"


def remember_phones(connection: Connection, vault: Vault, moved: Iterable[Move], now: datetime) -> None:
    """Whoever shows later that an open dossier's phone is his will follow it."""
    phones = (
        (phone_mark(vault, after.phone), after.code)
        for before, after in moved
        if after.phone and after.is_open and (before is None or before.phone != after.phone)
    )
    phone_follows.remember_phones(connection, phones, now)


def worth(before: DossierRecord | None, after: DossierRecord) -> Iterator[tuple[str, str]]:
    """The kind of each notice that this change is worth, and a mark that is the same for the same news."""
    was, kind = before or DossierRecord(after.code), of_status(after.status)
    if after.status != was.status and kind:
        yield kind, str(_since(after))
    elif kind == "fee" and after.fee_due and after.fee_due != was.fee_due:
        yield kind, f"{_since(after)}-{after.fee_due}"
    elif kind == "missing" and after.missing and after.missing != was.missing:
        yield kind, f"{_since(after)}-{after.changed_at}"
    if after.postal and after.postal != was.postal and after.postal in BY_POST:
        yield BY_POST[after.postal], str(after.changed_at)


def _since(record: DossierRecord) -> int:
    """When it came to its state."""
    return max((at for status, at, _ in record.steps if status == record.status), default=record.stated_at)
