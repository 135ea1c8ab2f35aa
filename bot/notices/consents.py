"""The table `consent`: what people agreed to and took back. Only added to, and erased with the person.

No clock deletes it: a yes is the proof on which every later notice stands, and a no has to be kept to be
obeyed when the clerk's table names the same person again. It knows people by a keyed hash alone.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlmodel import col

from bot.storage.sealing import Vault
from bot.storage.tables import Consent
from handlers.turn.effects import Consent as Given

NEWEST_FIRST = col(Consent.id).desc()
OF_PERSON = col(Consent.address_hash) == bindparam("person")
OF_PURPOSE = (OF_PERSON, col(Consent.purpose) == bindparam("about"))
PROOF = select(col(Consent.id)).where(*OF_PURPOSE, col(Consent.given) == 1).order_by(NEWEST_FIRST).limit(1)
LAST_WORD = select(col(Consent.given)).where(*OF_PURPOSE).order_by(NEWEST_FIRST).limit(1)
ALL = (
    select(col(Consent.purpose), col(Consent.text_version), col(Consent.given), col(Consent.at))
    .where(OF_PERSON)
    .order_by(col(Consent.id))
)
ERASE = delete(Consent).where(OF_PERSON)


def person(vault: Vault, address: str) -> bytes:
    """By which the proofs of a person's consent are found."""
    return vault.keyed_hash("consent", address)


def note(connection: Connection, vault: Vault, address: str, said: Given, now: datetime) -> None:
    """Keeps a yes or a no."""
    row = {
        "address_hash": person(vault, address),
        "purpose": said.purpose,
        "text_version": said.text,
        "given": int(said.given),
        "at": int(now.timestamp()),
    }
    connection.execute(insert(Consent), row)


def proof(connection: Connection, vault: Vault, address: str, purpose: str) -> int:
    """The id of the newest yes; 0: none."""
    values = {"person": person(vault, address), "about": purpose}
    return int(connection.execute(PROOF, values).scalar() or 0)


def is_taken_back(connection: Connection, vault: Vault, address: str, purpose: str) -> bool:
    """Whether the person's last word on it was a no."""
    values = {"person": person(vault, address), "about": purpose}
    return connection.execute(LAST_WORD, values).scalar() == 0


def every(connection: Connection, vault: Vault, address: str) -> Sequence[Any]:
    """Rows of purpose, text_version, given and at, oldest first."""
    return connection.execute(ALL, {"person": person(vault, address)}).all()


def erase(connection: Connection, vault: Vault, address: str) -> None:
    """All proofs of this person."""
    connection.execute(ERASE, {"person": person(vault, address)})
