"""The table `last_change`, and its only owner: how a dossier was before a clerk touched it last."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, bindparam, delete, select
from sqlmodel import col

from bot.dossiers import store
from bot.dossiers.record import DossierRecord
from bot.storage.resealing import Sealed
from bot.storage.schema.guard import LastChange
from bot.storage.sealing import Vault
from bot.storage.statements import upsert

KEPT = timedelta(days=30)  # a slip that nobody has seen by then is corrected as any other mistake

Act = Literal["moved", "corrected", "deleted"]

OF_CODE = col(LastChange.code) == bindparam("about")
FIND = select(LastChange.act, LastChange.at, LastChange.after, LastChange.content).where(OF_CODE)  # type: ignore[call-overload]
FORGET = delete(LastChange).where(OF_CODE)
FORGET_OLD = delete(LastChange).where(col(LastChange.at) < bindparam("before"))


class Change(NamedTuple):
    """The last thing that a clerk did to a dossier."""

    act: Act
    at: int  # Unix seconds
    after: int  # as of LastChange
    before: DossierRecord
    reason: str


def remember(
    connection: Connection, vault: Vault, before: DossierRecord, change: tuple[Act, int, str], now: datetime
) -> None:
    """Keeps how it was; `change` is what was done, the `changed_at` that it left, and why."""
    act, after, reason = change
    content = to_json({"before": store.packed(before), "reason": reason})
    values = {
        "code": before.code,
        "act": act,
        "at": int(now.timestamp()),
        "after": after,
        "content": vault.seal(content, _place(before.code)),
    }
    connection.execute(upsert(connection, LastChange, ("code",), "act", "at", "after", "content"), values)


def find(connection: Connection, vault: Vault, code: str) -> Change | None:
    """What was done last, of the last KEPT; None if nothing was, or it was taken back. Raises WrongKey."""
    row = connection.execute(FIND, {"about": code}).one_or_none()
    if row is None:
        return None
    told = from_json(vault.open(bytes(row.content), _place(code)))
    return Change(row.act, row.at, row.after, store.unpacked(told["before"]), told["reason"])


def drop(connection: Connection, code: str) -> None:
    """It was taken back."""
    connection.execute(FORGET, {"about": code})


def forget(connection: Connection, now: datetime) -> int:
    """Deletes what its clock has ended; how many."""
    return connection.execute(FORGET_OLD, {"before": int((now - KEPT).timestamp())}).rowcount


def _place(code: str) -> str:
    return f"last_change/{code}"


SEALED_COLUMN = Sealed("last_change", "content", ("code",), lambda row: _place(row.code))
