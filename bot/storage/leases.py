"""What only one process may do at a time: a row that it renews, and that ends by itself when it dies."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

TAKE = text(
    "INSERT INTO lease (name, holder, until) VALUES (:name, :holder, :until)"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
    " WHERE lease.until <= :now OR lease.holder = excluded.holder"
)
GIVE_BACK = text("DELETE FROM lease WHERE name = :name AND holder = :holder")


def take(connection: Connection, name: str, holder: str, now: datetime, lasts: timedelta) -> bool:
    """Takes or renews it; False while another process holds it."""
    at = int(now.timestamp())
    until = at + int(lasts.total_seconds())
    values = {"name": name, "holder": holder, "now": at, "until": until}
    return connection.execute(TAKE, values).rowcount == 1


def give_back(connection: Connection, name: str, holder: str) -> None:
    """The next may have it at once."""
    connection.execute(GIVE_BACK, {"name": name, "holder": holder})
