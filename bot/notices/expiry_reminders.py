"""Papers about to expire: owed to their owners some days before, each day once."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

from pydantic_core import to_json
from sqlalchemy import Connection, text

from bot.clock import VIETNAM
from bot.notices import digest
from bot.outbox import enqueue
from bot.outbox.enqueue import Owed
from bot.storage.sealing import Vault
from knowledge.notices.expiries import Licences

KIND = "expiring"

OVER = text("DELETE FROM licence WHERE expires_on < :today")
# A paper that the clerk knows by a phone is its owner's, who shared that number and is told something.
FOUND = text(
    "SELECT l.id, r.address FROM licence AS l JOIN recipient AS r ON r.phone_mark = l.phone_mark"
    " WHERE l.address = '' AND length(l.phone_mark) > 0"
    " AND EXISTS (SELECT 1 FROM follow AS f WHERE f.address = r.address) ORDER BY l.id, r.address"
)
LAST_WORD = text(
    "SELECT given FROM consent WHERE address_hash = :person AND purpose = 'expiry' ORDER BY id DESC LIMIT 1"
)
BIND = text("UPDATE licence SET address = :address WHERE id = :id AND address = ''")
NEAR = text(
    "SELECT address, kind, expires_on FROM licence WHERE address <> '' AND expires_on <= :furthest"
    " ORDER BY address, expires_on, id"
)
OWED = text("SELECT key FROM notice WHERE address = :address AND code = '' AND kind = :kind")


def owe_due(connection: Connection, vault: Vault, licences: Licences, now: datetime) -> int:
    """Owes what has come due, one notice or one digest a person; how many papers are told.

    To call it again owes nothing more. Papers that have expired are deleted.
    """
    today = now.astimezone(VIETNAM).date()
    connection.execute(OVER, {"today": today.isoformat()})
    bind(connection, vault)
    furthest = date.fromordinal(today.toordinal() + max(licences.days_before))
    rows = connection.execute(NEAR, {"furthest": furthest.isoformat()}).all()
    return sum(
        _owe(connection, vault, [_owed(row, licences, today) for row in papers], now)
        for _address, papers in groupby(rows, key=lambda row: row.address)
    )


def bind(connection: Connection, vault: Vault) -> None:
    """Gives papers known by a phone to the account that shared it, unless reminders were stopped there."""
    for row in connection.execute(FOUND).all():
        person = vault.keyed_hash("consent", row.address)
        if connection.execute(LAST_WORD, {"person": person}).scalar() != 0:
            connection.execute(BIND, {"id": row.id, "address": row.address})


def _owed(row: Any, licences: Licences, today: date) -> tuple[Owed, Mapping[str, str]]:
    days = licences.reached(date.fromisoformat(row.expires_on), today)
    facts = {"paper": row.kind, "expires_on": row.expires_on}
    # not by its number: the same paper, entered again, is not told again
    return Owed(f"licence/{row.kind}/{row.expires_on}/{days}", "", row.address, KIND), facts


def _owe(
    connection: Connection, vault: Vault, papers: list[tuple[Owed, Mapping[str, str]]], now: datetime
) -> int:
    """One paper has its own notice with its file for the calendar; several share a digest."""
    known = connection.execute(OWED, {"address": papers[0][0].address, "kind": KIND}).scalars()
    told = set(known)
    new = {owed.key: (owed, facts) for owed, facts in papers if owed.key not in told}
    if len(new) != 1:
        return sum(digest.remind(connection, vault, owed, facts, now) for owed, facts in new.values())
    [(owed, facts)] = new.values()
    sealed = vault.seal(to_json(facts), f"notice/{owed.key}")
    return enqueue.write(connection, [owed._replace(content=sealed)], now)
