"""What a change of a dossier owes to whom, written in the transaction of the change; and stop."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic_core import to_json
from sqlalchemy import Connection, text

from bot.notices import kinds
from bot.notices.kinds import Move
from bot.storage.sealing import Vault
from knowledge.dossiers import phones

PHONE = "phone"  # what a mark is of
STOP = "stop"  # the kind of a line of the ledger that says: this person wants no more about this
HEAD_START_S = 86_400  # an urgent notice goes before all others that are due

# The followers stay as they are until the notices are written: who stops meanwhile stops those too.
FOLLOWERS = "SELECT code, address FROM follow WHERE code {among} ORDER BY code, address{lock}"
OWE = text(
    "INSERT INTO notice (key, code, address, channel, kind, urgent, state, owed_at, not_before, first_at,"
    " claimed_by, lease_until, tries, receipt, sent_at, ack_by, acked_at, call_at, reminder, content)"
    " VALUES (:key, :code, :address, :channel, :kind, :urgent, 'waiting', :now, :not_before, 0,"
    " '', 0, 0, '', 0, 0, 0, 0, 0, :content) ON CONFLICT (key) DO NOTHING"
)
# What the newer one makes untrue: it is not sent any more, and nobody has to be called about it.
SUPERSEDE = text(
    "UPDATE notice SET state = CASE WHEN state IN ('waiting', 'doubtful') THEN 'superseded' ELSE state END,"
    " call_at = CASE WHEN state = 'refused' THEN call_at ELSE 0 END, ack_by = 0"
    " WHERE address = :address AND code = :code AND kind <> 'stop' AND key <> :key"
    " AND id < (SELECT id FROM notice WHERE key = :key)"
    " AND (state IN ('waiting', 'doubtful') OR call_at > 0 OR ack_by > 0)"
)
PROMISE = "INSERT INTO phone_follow (phone_mark, code, since) {} ON CONFLICT DO NOTHING"
FORGET = text("DELETE FROM phone_follow WHERE since < :before")
UNFOLLOW = "DELETE FROM follow WHERE address = :address{which}"
STOPPED = (
    "UPDATE notice SET state = 'stopped', call_at = 0, ack_by = 0"
    " WHERE address = :address{which}"
    " AND (state IN ('waiting', 'claimed', 'doubtful') OR call_at > 0 OR ack_by > 0)"
)
RESUME = text("DELETE FROM notice WHERE key = :key")


class Owed(NamedTuple):
    """A notice to be written."""

    event: str  # what happened, the same for each of its readers: "H15.50-260706-1377/done/1783300000"
    code: str
    address: str
    kind: str
    urgent: bool = False
    content: bytes = b""  # sealed for the place `notice/<key>`

    @property
    def key(self) -> str:
        """One notice an event and person."""
        return f"{self.event}/{self.address}"


def owe(connection: Connection, vault: Vault, moves: Iterable[Move], now: datetime) -> int:
    """Writes a notice for each follower of each dossier that moved, in the caller's transaction; how many.

    The same move again owes nothing more. Older notices on the same dossier that still wait are superseded.
    Also notes the phones that the desk was given, so that their owners follow from their first contact.
    """
    moved = list(moves)
    promise(connection, vault, moved, now)
    followers: dict[str, list[str]] = {}
    for code, address in _followers(connection, sorted({after.code for _, after in moved})):
        followers.setdefault(code, []).append(address)
    events = [
        (after.code, kind, f"{after.code}/{kind}/{mark}")
        for before, after in moved
        if after.code in followers
        for kind, mark in kinds.owed(before, after)
    ]
    return write(
        connection,
        [
            Owed(event, code, address, kind, kind in kinds.URGENT)
            for code, kind, event in events
            for address in followers[code]
        ],
        now,
    )


def tell(connection: Connection, code: str, kind: str, event: str, now: datetime) -> int:
    """Writes a notice for each follower of one dossier, of what no change of it tells; how many are new."""
    followers = _followers(connection, [code])
    return write(connection, [Owed(event, code, address, kind) for _, address in followers], now)


def write(connection: Connection, owed: Sequence[Owed], now: datetime) -> int:
    """Writes notices; those that are written already stay as they are. How many are new."""
    new = [each for each in owed if connection.execute(OWE, row(each, now)).rowcount]
    # what has no code of its own (a digest) makes nothing else untrue
    older = [{"address": each.address, "code": each.code, "key": each.key} for each in new if each.code]
    if older:
        connection.execute(SUPERSEDE, older)
    return len(new)


def promise(connection: Connection, vault: Vault, moved: Sequence[Move], now: datetime) -> None:
    """Whoever shows later that an open dossier's phone is his will follow it."""
    at = _seconds(now)
    rows = [
        (vault.keyed_hash(PHONE, after.phone), after.code, at)
        for before, after in moved
        if after.phone and after.is_open and (before is None or before.phone != after.phone)
    ]
    if rows and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(PROMISE.format("VALUES (?, ?, ?)"), sorted(rows))  # in the tree's order
    elif rows:  # one statement for all: an import has thousands
        marks, codes, _ = map(list, zip(*rows, strict=True))
        each = "SELECT unnest(%s::bytea[]), unnest(%s::text[]), %s"
        connection.exec_driver_sql(PROMISE.format(each), (marks, codes, at))


def forget(connection: Connection, before: datetime) -> None:
    """Deletes what was promised to phones before then."""
    connection.execute(FORGET, {"before": _seconds(before)})


def phone_mark(vault: Vault, phone: str) -> bytes:
    """By which a phone is known in `recipient`, `phone_follow` and `licence`, however it is written."""
    return vault.keyed_hash(PHONE, phones.dialled(phone))


def stop(connection: Connection, address: str, now: datetime, code: str = "") -> int:
    """This person is told no more about that dossier, or about anything; how many he followed.

    A notice that is on its way this moment arrives; nothing after it does.
    """
    which = " AND code = :code" if code else ""
    values = {"address": address, "code": code}
    codes = [code] if code else _followed(connection, address)
    gone = connection.execute(text(UNFOLLOW.format(which=which)), values).rowcount
    connection.execute(text(STOPPED.format(which=which)), values)
    for each in codes:
        line = Owed(f"{STOP}/{each}", each, address, STOP)
        connection.execute(RESUME, {"key": line.key})
        connection.execute(OWE, row(line, now))
        connection.execute(STOP_LINE, {"key": line.key})
    return gone


STOP_LINE = text("UPDATE notice SET state = 'stopped' WHERE key = :key")


def resume(connection: Connection, address: str, code: str) -> None:
    """Forgets a stop, when this person follows that dossier again."""
    connection.execute(RESUME, {"key": Owed(f"{STOP}/{code}", code, address, STOP).key})


def _followed(connection: Connection, address: str) -> list[str]:
    rows = connection.execute(
        text("SELECT code FROM follow WHERE address = :a ORDER BY code"), {"a": address}
    )
    return list(rows.scalars())


def _followers(connection: Connection, codes: list[str]) -> Iterable[Any]:
    if connection.dialect.name == "sqlite":
        query = text(FOLLOWERS.format(among="IN (SELECT value FROM json_each(:codes))", lock=""))
        return connection.execute(query, {"codes": to_json(codes).decode()})
    query = text(FOLLOWERS.format(among="= ANY(:codes)", lock=" FOR KEY SHARE"))
    return connection.execute(query, {"codes": codes})


def row(owed: Owed, now: datetime) -> dict[str, object]:
    at = _seconds(now)
    return {
        "key": owed.key,
        "code": owed.code,
        "address": owed.address,
        "channel": owed.address.partition(":")[0],
        "kind": owed.kind,
        "urgent": int(owed.urgent),
        "now": at,
        "not_before": at - HEAD_START_S * owed.urgent,
        "content": owed.content,
    }


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
