"""The table `desk_word`: what this office means by a heading or a state, as a clerk once said."""

from collections.abc import Mapping
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, select
from sqlmodel import col

from bot.storage.schema.tables import DeskWord
from bot.storage.statements import upsert

Kind = Literal["column", "state"]

OF_KIND = select(col(DeskWord.written), col(DeskWord.means)).where(col(DeskWord.kind) == bindparam("of"))
FORGET = delete(DeskWord).where(col(DeskWord.written) == bindparam("said"))


def known(connection: Connection, kind: Kind) -> dict[str, str]:
    """Plain words -> what they mean."""
    return {row.written: row.means for row in connection.execute(OF_KIND, {"of": kind})}


def remember(connection: Connection, kind: Kind, said: Mapping[str, str]) -> None:
    """Keeps what was said this time for the next."""
    rows = [{"kind": kind, "written": written, "means": means} for written, means in said.items()]
    if rows:
        connection.execute(upsert(connection, DeskWord, ("kind", "written"), "means"), rows)


def forget(connection: Connection, written: str) -> bool:
    """These plain words mean nothing of this office any more; False if they did not."""
    return bool(connection.execute(FORGET, {"said": written}).rowcount)
