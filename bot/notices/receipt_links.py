"""The table `receipt_link`, and its only owner: which link of a dossier's receipts is good.

A link's number is no part of its text, which has no room for it: it is where the text was sealed for.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select, text
from sqlmodel import col

from bot.storage.schema.one_stop import ReceiptLink
from handlers.notices.follow import LINK

KEPT = timedelta(days=730)  # a dossier is over by then, and with it all of its links

RENEW = text(
    "INSERT INTO receipt_link (code, number, made_at) VALUES (:code, 1, :at)"
    " ON CONFLICT (code) DO UPDATE SET number = receipt_link.number + 1, made_at = :at RETURNING number"
)
NUMBER = select(col(ReceiptLink.number)).where(col(ReceiptLink.code) == bindparam("about"))
HIGHEST = select(func.max(col(ReceiptLink.number)))


def renew(connection: Connection, code: str, now: datetime) -> int:
    """From now on links before this number open nothing."""
    values = {"code": code, "at": int(now.timestamp())}
    return int(connection.execute(RENEW, values).scalar_one())


def number(connection: Connection, code: str) -> int:
    """Of the link that is good; 0: the first."""
    return int(connection.execute(NUMBER, {"about": code}).scalar() or 0)


def numbers(connection: Connection) -> Iterator[int]:
    """All that a link may have."""
    return iter(range(int(connection.execute(HIGHEST).scalar() or 0) + 1))


def place(number: int) -> str:
    """Where the text of a link with this number belongs."""
    return f"{LINK}{number}" if number else LINK


def forget(connection: Connection, now: datetime) -> int:
    """Deletes what its clock has ended; how many."""
    old = delete(ReceiptLink).where(col(ReceiptLink.made_at) < int((now - KEPT).timestamp()))
    return connection.execute(old).rowcount
