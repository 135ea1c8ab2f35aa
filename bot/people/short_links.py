"""The table `short_link`: a few letters on a receipt, to type where no link can be scanned."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import Connection, bindparam, delete, select
from sqlmodel import col

from bot.storage.drafts import CROCKFORD, LETTERS, normal
from bot.storage.resealing import Sealed
from bot.storage.schema.guard import ShortLink
from bot.storage.sealing import Vault
from bot.storage.statements import upsert

KEPT = timedelta(days=2 * 365)  # after it was last printed; what it opens has ended long before

OF_MARK = col(ShortLink.mark) == bindparam("known_as")
FIND = select(col(ShortLink.payload)).where(OF_MARK)
FORGET = delete(ShortLink).where(col(ShortLink.at) < bindparam("before"))
SEALED_COLUMN = Sealed("short_link", "payload", ("mark",), lambda row: _place(bytes(row.mark)))


def code_for(connection: Connection, vault: Vault, payload: str, now: datetime) -> str:
    """The letters that stand for a deep link's payload, the same each time; kept from now on."""
    for code in _codes(vault, payload):
        held = find(connection, vault, code)
        if held in ("", payload):
            mark = _mark(vault, code)
            row = {"mark": mark, "payload": vault.seal(payload.encode(), _place(mark))}
            statement = upsert(connection, ShortLink, ("mark",), "at")
            connection.execute(statement, {**row, "at": int(now.timestamp())})
            return code
    raise AssertionError("codes have no end")


def find(connection: Connection, vault: Vault, code: str) -> str:
    """What the letters stand for, however they are written; "" for nothing. Raises WrongKey."""
    mark = _mark(vault, normal(code))
    held = connection.execute(FIND, {"known_as": mark}).scalar()
    return vault.open(bytes(held), _place(mark)).decode() if held else ""


def forget(connection: Connection, now: datetime) -> int:
    """Deletes what was not printed for long; how many."""
    return connection.execute(FORGET, {"before": int((now - KEPT).timestamp())}).rowcount


def _codes(vault: Vault, payload: str) -> Iterator[str]:
    """Nobody can make them from the payload alone. Each has a digit, or it might be two words."""
    for number in count():
        drawn = int.from_bytes(vault.keyed_hash("short link", payload, str(number)))
        code = "".join(CROCKFORD[drawn >> 5 * place & 31] for place in range(LETTERS))
        if any(letter.isdigit() for letter in code):
            yield code


def _mark(vault: Vault, code: str) -> bytes:
    return vault.keyed_hash("short link mark", code)


def _place(mark: bytes) -> str:
    return f"short_link/{mark.hex()}"
