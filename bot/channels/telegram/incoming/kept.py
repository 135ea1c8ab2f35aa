"""Updates that Telegram may forget before they are answered: kept, so that a stop of ours loses none."""

import asyncio
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection, Engine, TextClause, text

from bot.storage import database
from bot.storage.resealing import Sealed
from bot.storage.sealing import Vault

if TYPE_CHECKING:  # the worker, which purges, needs no library of Telegram's
    from bot.channels.telegram.incoming.updates import Received

KEPT = timedelta(days=1)  # Telegram itself gives up an update then

PUT = text(
    "INSERT INTO telegram_update (number, address, album, content, at)"
    " VALUES (:number, :address, :album, :content, :now) ON CONFLICT DO NOTHING"
)
WAITING = text("SELECT address, content FROM telegram_update WHERE at <= :before ORDER BY number")
ALBUM = text(
    "SELECT address, content FROM telegram_update WHERE address = :address AND album = :album ORDER BY number"
)
DROP = text("DELETE FROM telegram_update WHERE number = :number")
ERASE = text("DELETE FROM telegram_update WHERE address = :address")
FORGET = text("DELETE FROM telegram_update WHERE at < :before")

SEALED_COLUMN = Sealed("telegram_update", "content", ("number", "address"), lambda row: _place(row.address))


class Keeping(Protocol):
    """Where updates wait that are not answered yet."""

    async def put(self, updates: Collection["Received"]) -> None:
        """Keeps them; Telegram may forget them afterwards."""

    async def drop(self, numbers: Iterable[int]) -> None:
        """These are answered."""

    async def waiting(self, older_s: float) -> list[Mapping[str, Any]]:
        """What came at least so long ago and is not answered, as it came, oldest first."""

    async def album(self, address: str, album: str) -> list[Mapping[str, Any]]:
        """The parts that came of a person's album, in their order."""


class KeptInDatabase:
    """Keeps them in our database, sealed."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._now = engine, vault, now

    async def put(self, updates: Collection["Received"]) -> None:
        """Keeps them, in one transaction."""
        await asyncio.to_thread(self._put, updates)

    async def drop(self, numbers: Iterable[int]) -> None:
        """These are answered."""
        await asyncio.to_thread(self._drop, list(numbers))

    async def waiting(self, older_s: float) -> list[Mapping[str, Any]]:
        """What came at least so long ago and is not answered, oldest first. Raises WrongKey."""
        before = int(self._now().timestamp() - older_s)
        return await asyncio.to_thread(self._read, WAITING, before=before)

    async def album(self, address: str, album: str) -> list[Mapping[str, Any]]:
        """The parts that came of a person's album, to whichever process. Raises WrongKey."""
        return await asyncio.to_thread(self._read, ALBUM, address=address, album=album)

    def _read(self, statement: TextClause, **values: str | int) -> list[Mapping[str, Any]]:
        with database.reading(self._engine) as connection:
            rows = connection.execute(statement, values).all()
        return [json.loads(self._vault.open(bytes(row.content), _place(row.address))) for row in rows]

    def _put(self, updates: Collection["Received"]) -> None:
        with database.writing(self._engine) as connection:
            put(connection, self._vault, updates, self._now())

    def _drop(self, numbers: Iterable[int]) -> None:
        with database.writing(self._engine) as connection:
            connection.execute(DROP, [{"number": number} for number in numbers])


def put(connection: Connection, vault: Vault, updates: Iterable["Received"], now: datetime) -> None:
    """Keeps them; one that is kept already stays as it is."""
    rows = [
        {
            "number": update.number,
            "address": update.address,
            "album": update.album,
            "content": vault.seal(json.dumps(update.raw).encode(), _place(update.address)),
            "now": int(now.timestamp()),
        }
        for update in updates
    ]
    connection.execute(PUT, rows)


def erase(connection: Connection, address: str) -> None:
    """What this person wrote and was not answered yet."""
    connection.execute(ERASE, {"address": address})


def forget(connection: Connection, now: datetime) -> int:
    """Deletes what came so long ago that an answer would surprise; how many."""
    return connection.execute(FORGET, {"before": int((now - KEPT).timestamp())}).rowcount


def _place(address: str) -> str:
    return f"telegram_update/{address}"
