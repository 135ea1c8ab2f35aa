"""Messages as they are kept: with their content until they are answered, then two days by their ids."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from bot.channels.zalo.platform.updates import Received
from bot.storage.resealing import Sealed
from bot.storage.sealing import Vault

KEPT = timedelta(days=2)  # for which a repeat is known
LEASE = timedelta(minutes=5)  # longer than any answer takes; a killed process's are taken by others then

PUT = text(
    "INSERT INTO zalobot_update (address, message_id, at, until, sent, done_at, content)"
    " VALUES (:address, :message_id, :now, 0, 0, 0, :content) ON CONFLICT (address, message_id) DO NOTHING"
)
FIRST = text(  # the oldest open one of each person, unless somebody has it in hand
    "SELECT id, address, at, until, sent, content FROM zalobot_update AS u WHERE done_at = 0"
    " AND until <= :now AND id = (SELECT min(id) FROM zalobot_update AS o WHERE o.done_at = 0"
    " AND o.address = u.address) ORDER BY id LIMIT :most"
)
TAKE = text("UPDATE zalobot_update SET until = :until WHERE id = :id AND until = :before AND done_at = 0")
LATER = text("UPDATE zalobot_update SET until = :until WHERE id = :id")
SENT = text("UPDATE zalobot_update SET sent = :sent WHERE id = :id")
DONE = text("UPDATE zalobot_update SET done_at = :now, content = :empty WHERE id = :id")
ERASE = text("DELETE FROM zalobot_update WHERE address = :address")
FORGET = text("DELETE FROM zalobot_update WHERE at < :before")

SEALED_COLUMN = Sealed("zalobot_update", "content", ("id", "address"), lambda row: _place(row.address))


@dataclass(frozen=True)
class Taken:
    """A message in hand."""

    id: int
    received: Received
    sent: int  # messages of its answer that are out
    at: int  # Unix seconds; when it came


def put(connection: Connection, vault: Vault, address: str, received: Received, now: datetime) -> bool:
    """Keeps it; False for one that came before."""
    content = vault.seal(json.dumps(asdict(received)).encode(), _place(address))
    values = {"address": address, "message_id": received.message_id, "content": content}
    return connection.execute(PUT, {**values, "now": int(now.timestamp())}).rowcount == 1


def take(connection: Connection, vault: Vault, most: int, now: datetime) -> Sequence[Taken]:
    """Up to so many messages, one a person, the oldest first; nobody else takes them. Raises WrongKey."""
    at = int(now.timestamp())
    rows = connection.execute(FIRST, {"now": at, "most": most}).all()
    until = at + int(LEASE.total_seconds())
    mine = [
        row
        for row in rows
        if connection.execute(TAKE, {"id": row.id, "before": row.until, "until": until}).rowcount
    ]
    return [Taken(row.id, _opened(vault, row.content, row.address), row.sent, row.at) for row in mine]


def later(connection: Connection, number: int, until: datetime) -> None:
    """It is given back, and nobody takes it before."""
    connection.execute(LATER, {"id": number, "until": int(until.timestamp())})


def note_sent(connection: Connection, number: int, sent: int) -> None:
    """So many messages of its answer are out."""
    connection.execute(SENT, {"id": number, "sent": sent})


def finish(connection: Connection, number: int, now: datetime) -> None:
    """It is answered: what it said is gone."""
    connection.execute(DONE, {"id": number, "now": int(now.timestamp()), "empty": b""})


def erase(connection: Connection, address: str) -> None:
    """What this person wrote."""
    connection.execute(ERASE, {"address": address})


def forget(connection: Connection, now: datetime) -> int:
    """Deletes what came so long ago that nobody repeats it; how many."""
    return connection.execute(FORGET, {"before": int((now - KEPT).timestamp())}).rowcount


def _opened(vault: Vault, content: bytes, address: str) -> Received:
    return Received(**json.loads(vault.open(bytes(content), _place(address))))


def _place(address: str) -> str:
    return f"zalobot_update/{address}"
