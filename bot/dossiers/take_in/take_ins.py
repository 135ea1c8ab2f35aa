"""The tables `take_in` and `take_in_part`: what a table found, so that all of it can be undone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlmodel import col

from bot.clock import VIETNAM
from bot.dossiers import store
from bot.dossiers.bulk import Done
from bot.dossiers.record import DossierRecord
from bot.storage.resealing import Sealed
from bot.storage.schema.tables import TakeIn, TakeInPart
from bot.storage.sealing import Vault

KEPT = timedelta(days=30)  # as long as a take-in can be undone
SHOWN = 20  # take-ins that are listed

LISTED = select(TakeIn).order_by(col(TakeIn.id).desc()).limit(SHOWN)
OF_ID = col(TakeIn.id) == bindparam("number")
PARTS = (
    select(col(TakeInPart.part), col(TakeInPart.content))
    .where(col(TakeInPart.take_in) == bindparam("number"))
    .order_by(col(TakeInPart.part))
)
COUNTED = (
    update(TakeIn)
    .where(OF_ID)
    .values(new=TakeIn.new + bindparam("more_new"), changed=TakeIn.changed + bindparam("more_changed"))
)
UNDONE = update(TakeIn).where(OF_ID).values(undone_at=bindparam("now"))
FORGET = delete(TakeIn).where(col(TakeIn.taken_at) < bindparam("before"))
FORGET_PARTS = delete(TakeInPart).where(col(TakeInPart.take_in) == bindparam("number"))


class Listed(NamedTuple):
    """A table that was taken in."""

    id: int
    taken_at: datetime
    as_of: datetime
    new: int
    changed: int
    undone_at: datetime | None


class Part(NamedTuple):
    """What a batch found."""

    new: list[tuple[str, int]]  # code and stamp of what it left
    changed: list[tuple[int, DossierRecord]]  # stamp of what it left, and what was before


def begin(connection: Connection, as_of: datetime, now: datetime) -> int:
    """A new take-in; its number."""
    row = {"taken_at": _seconds(now), "as_of": _seconds(as_of), "new": 0, "changed": 0, "undone_at": 0}
    return int(connection.execute(insert(TakeIn).returning(col(TakeIn.id)), row).scalar_one())


def keep(connection: Connection, vault: Vault, number: int, part: int, done: Done) -> None:
    """Notes what a batch has written, in its transaction."""
    content = {
        "new": [(each.code, store.stamp(each)) for each in done.new],
        "changed": [(store.stamp(after), store.packed(before)) for before, after in done.changed],
    }
    sealed = vault.seal(to_json(content), _place(number, part))
    connection.execute(insert(TakeInPart), {"take_in": number, "part": part, "content": sealed})
    counts = {"number": number, "more_new": len(done.new), "more_changed": len(done.changed)}
    connection.execute(COUNTED, counts)


def every(connection: Connection) -> list[Listed]:
    """The newest, newest first."""
    return [_listed(row) for row in connection.execute(LISTED)]


def find(connection: Connection, number: int) -> Listed | None:
    """One of them."""
    row = connection.execute(select(TakeIn).where(OF_ID), {"number": number}).one_or_none()
    return _listed(row) if row else None


def parts(connection: Connection, vault: Vault, number: int) -> Iterator[Part]:
    """What its batches found. Raises WrongKey."""
    for row in connection.execute(PARTS, {"number": number}).all():
        content = from_json(vault.open(bytes(row.content), _place(number, row.part)))
        changed = [(stamp, store.unpacked(before)) for stamp, before in content["changed"]]
        yield Part([(code, stamp) for code, stamp in content["new"]], changed)


def note_undone(connection: Connection, number: int, now: datetime) -> None:
    """It cannot be undone twice."""
    connection.execute(UNDONE, {"number": number, "now": _seconds(now)})
    connection.execute(FORGET_PARTS, {"number": number})


def forget(connection: Connection, now: datetime) -> int:
    """Deletes those that are too old to be undone; how many."""
    return connection.execute(FORGET, {"before": _seconds(now - KEPT)}).rowcount


def _listed(row: Any) -> Listed:
    undone = _moment(row.undone_at) if row.undone_at else None
    return Listed(row.id, _moment(row.taken_at), _moment(row.as_of), row.new, row.changed, undone)


def _place(number: int, part: int) -> str:
    return f"take_in/{number}/{part}"


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, VIETNAM)


SEALED_COLUMN = Sealed(
    "take_in_part", "content", ("take_in", "part"), lambda row: _place(row.take_in, row.part)
)
