"""What a move of a dossier is worth: which notices it owes to those who follow it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection

from bot.dossiers.record import DossierRecord
from bot.notices import follows
from bot.notices.recipients import phone_mark
from bot.outbox import enqueue
from bot.outbox.store import Owed
from bot.storage.sealing import Vault
from knowledge.notices.kinds import BY_POST, of_status

Move = tuple[DossierRecord | None, DossierRecord]  # a dossier before and after its news


def announce(connection: Connection, vault: Vault, moves: Iterable[Move], now: datetime) -> int:
    """Writes a notice for each follower of each dossier that moved, in the caller's transaction; how many.

    The same move again owes nothing more. Older notices on the same dossier that still wait are superseded.
    Also remembers the phones that the desk was given.
    """
    moved = list(moves)
    remember_phones(connection, vault, moved, now)
    followers: dict[str, list[str]] = {}
    for code, address in follows.followers(connection, sorted({after.code for _, after in moved})):
        followers.setdefault(code, []).append(address)
    owed = [
        Owed(f"{after.code}/{kind}/{mark}", after.code, address, kind)
        for before, after in moved
        if after.code in followers
        for kind, mark in worth(before, after)
        for address in followers[after.code]
    ]
    return enqueue.write(connection, owed, now)


def tell(connection: Connection, code: str, kind: str, event: str, now: datetime) -> int:
    """Writes a notice for each follower of one dossier, of what no change of it tells; how many are new."""
    followers = follows.followers(connection, [code])
    return enqueue.write(connection, [Owed(event, code, address, kind) for _, address in followers], now)


def remember_phones(connection: Connection, vault: Vault, moved: Iterable[Move], now: datetime) -> None:
    """Whoever shows later that an open dossier's phone is his will follow it."""
    phones = (
        (phone_mark(vault, after.phone), after.code)
        for before, after in moved
        if after.phone and after.is_open and (before is None or before.phone != after.phone)
    )
    follows.remember_phones(connection, phones, now)


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
