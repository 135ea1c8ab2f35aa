"""Papers about to expire: owed to their owners some days before, each day once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from pydantic_core import to_json
from sqlalchemy import Connection

from bot.clock import VIETNAM
from bot.notices import consents, digest, expiry_store, follows, links, recipients
from bot.outbox.store import Owed
from bot.storage.sealing import Vault
from knowledge.notices.expiries import Expiries

KIND = "expiring"
PURPOSE = "expiry"  # of the consent


def owe_due(connection: Connection, vault: Vault, expiries: Expiries, now: datetime) -> int:
    """Owes what has come due, one notice or one digest a person; how many papers are told.

    To call it again owes nothing more. Papers that have expired are deleted.
    """
    today = now.astimezone(VIETNAM).date()
    expiry_store.forget_over(connection, today)
    bind(connection, vault)
    furthest = today + timedelta(days=max(expiries.days_before))
    rows = expiry_store.near(connection, furthest)
    return sum(
        _owe(connection, vault, [_owed(row, expiries, today) for row in papers], now)
        for _address, papers in groupby(rows, key=lambda row: row.address)
    )


def bind(connection: Connection, vault: Vault) -> None:
    """Gives what is known by a phone to the account that shared it, unless reminders were stopped there.

    A phone's owner is who shared the number and is told something.
    """
    unbound = expiry_store.unbound(connection)
    accounts = recipients.by_phone(connection) if unbound else {}
    for number, mark in unbound:
        addresses = {links.home(connection, each) for each in accounts.get(mark, [])}
        told = follows.told_anything(connection, addresses) if addresses else set()
        for address in sorted(addresses):
            if address in told and not consents.is_taken_back(connection, vault, address, PURPOSE):
                expiry_store.bind(connection, number, address)


def _owed(row: Any, expiries: Expiries, today: date) -> tuple[Owed, Mapping[str, str]]:
    days = expiries.reached(date.fromisoformat(row.expires_on), today)
    facts = {"paper": row.kind, "expires_on": row.expires_on}
    # not by its number: the same paper, entered again, is not told again
    return Owed(f"licence/{row.kind}/{row.expires_on}/{days}", "", row.address, KIND), facts


def _owe(
    connection: Connection, vault: Vault, papers: list[tuple[Owed, Mapping[str, str]]], now: datetime
) -> int:
    """One paper has its own notice with its file for the calendar; several share a digest."""
    person = papers[0][0].address
    told, address = links.told(connection, person, "", KIND), links.address_of(connection, person)
    new = {o.event: (o._replace(address=address), facts) for o, facts in papers if o.event not in told}
    if len(new) != 1:
        return sum(digest.remind(connection, vault, owed, facts, now) for owed, facts in new.values())
    [(owed, facts)] = new.values()
    sealed = vault.seal(to_json(facts), f"notice/{owed.key}")
    return links.owe(connection, [owed._replace(content=sealed)], now)
