"""Kept lists of papers whose procedure has changed: owed to those who follow their list."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b

from pydantic_core import to_json
from sqlalchemy import Connection

from bot.notices import follows, links
from bot.outbox.store import Owed
from bot.storage import conversations
from bot.storage.sealing import Vault
from handlers.procedures.lists import Change, change_of
from handlers.turn.messages import SavedList
from knowledge.procedures.catalogue import Catalogue

KIND = "list-changed"


def owe_changes(connection: Connection, vault: Vault, catalogue: Catalogue, now: datetime) -> int:
    """Owes what has changed in followed lists since their owners saw them last; how many.

    To call it again owes nothing more.
    """
    owed = (
        _owed(vault, links.address_of(connection, address), saved, change)
        for address, saved in _followed(connection, vault, catalogue)
        if (change := change_of(saved, catalogue.procedures[saved.code])) != Change(saved.code)
    )
    return links.owe(connection, list(owed), now)


def _followed(connection: Connection, vault: Vault, catalogue: Catalogue) -> Iterator[tuple[str, SavedList]]:
    for code, address in follows.lists(connection):
        if code in catalogue.procedures:
            state, _version = conversations.load(connection, vault, address)
            yield from ((address, saved) for saved in state.lists if saved.code == code)


def _owed(vault: Vault, address: str, saved: SavedList, change: Change) -> Owed:
    told = to_json({"dropped": change.dropped, "added": change.added})
    event = f"list/{saved.code}/{saved.saved_on}/{blake2b(told, digest_size=8).hexdigest()}"
    owed = Owed(event, saved.code, address, KIND)
    return owed._replace(content=vault.seal(told, f"notice/{owed.key}"))
