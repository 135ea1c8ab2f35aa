"""The table `phone_follow`: which codes wait for the owner of a phone that the desk was given."""

from collections.abc import Collection, Iterable
from datetime import datetime

from pydantic_core import to_json
from sqlalchemy import Connection, bindparam, delete, select, text
from sqlmodel import col

from bot.storage.schema.tables import PhoneFollow

PROMISE = "INSERT INTO phone_follow (phone_mark, code, since) {} ON CONFLICT DO NOTHING"
OF_PHONE = col(PhoneFollow.phone_mark) == bindparam("mark")
WAITING = (
    select(col(PhoneFollow.code)).where(OF_PHONE).order_by(col(PhoneFollow.since).desc(), PhoneFollow.code)
)
FORGET_CODE = delete(PhoneFollow).where(col(PhoneFollow.code) == bindparam("about"))
FORGET_CODES = "DELETE FROM phone_follow WHERE code {among}"
FORGET_PHONES = delete(PhoneFollow).where(col(PhoneFollow.since) < bindparam("before"))


def remember_phones(connection: Connection, phones: Iterable[tuple[bytes, str]], now: datetime) -> None:
    """Whoever shows later that a phone is his will follow the code beside its mark."""
    rows = sorted((mark, code, int(now.timestamp())) for mark, code in phones)  # in the tree's order
    if rows and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(PROMISE.format("VALUES (?, ?, ?)"), rows)
    elif rows:  # one statement for all: an import has thousands
        marks, codes, (at, *_) = map(list, zip(*rows, strict=True))
        each = "SELECT unnest(%s::bytea[]), unnest(%s::text[]), %s"
        connection.exec_driver_sql(PROMISE.format(each), (marks, codes, at))


def waiting_for(connection: Connection, mark: bytes) -> tuple[str, ...]:
    """The codes that wait for the owner of a phone, newest first."""
    return tuple(connection.execute(WAITING, {"mark": mark}).scalars())


def forget_code(connection: Connection, code: str) -> None:
    """No phone waits for that dossier any more."""
    connection.execute(FORGET_CODE, {"about": code})


def forget_phones(connection: Connection, before: datetime) -> int:
    """Deletes what was remembered for phones before then; how many."""
    return connection.execute(FORGET_PHONES, {"before": int(before.timestamp())}).rowcount


def forget_codes(connection: Connection, codes: Collection[str]) -> None:
    """What was remembered for phones about dossiers that should not have been taken in."""
    if connection.dialect.name == "sqlite":
        query = text(FORGET_CODES.format(among="IN (SELECT value FROM json_each(:codes))"))
        connection.execute(query, {"codes": to_json(list(codes)).decode()})
    else:
        connection.execute(text(FORGET_CODES.format(among="= ANY(:codes)")), {"codes": list(codes)})
