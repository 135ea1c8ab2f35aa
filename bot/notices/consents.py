"""The table `consent`: what people agreed to and took back. Only added to, and erased with the person.

Its clock is long: a yes is the proof on which every later notice stands, and a no has to be kept to be
obeyed when the clerk's table names the same person again. It knows people by a keyed hash alone.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update
from sqlmodel import col

from bot.storage.schema.tables import Consent, Follow
from bot.storage.sealing import Vault
from handlers.turn.effects import Consent as Given

NEWEST_FIRST = col(Consent.id).desc()
OF_PERSON = col(Consent.address_hash) == bindparam("person")
OF_PURPOSE = (OF_PERSON, col(Consent.purpose) == bindparam("about"))
PROOF = select(col(Consent.id)).where(*OF_PURPOSE, col(Consent.given) == 1).order_by(NEWEST_FIRST).limit(1)
LAST_WORD = (
    select(col(Consent.given))
    .where(
        col(Consent.address_hash).in_(bindparam("persons", expanding=True)),
        col(Consent.purpose) == bindparam("about"),
    )
    .order_by(NEWEST_FIRST)
    .limit(1)
)
ALL = (
    select(col(Consent.purpose), col(Consent.text_version), col(Consent.given), col(Consent.at))
    .where(OF_PERSON)
    .order_by(col(Consent.id))
)
MOVE = update(Consent).where(OF_PERSON).values(address_hash=bindparam("other"))
ERASE = delete(Consent).where(OF_PERSON)
KEPT = timedelta(days=3 * 365)  # who was told something may ask so long why
KEPT_OF_PAPERS = timedelta(days=16 * 365)  # an ID card is reminded of for up to fifteen years
IS_OF_PAPERS = col(Consent.purpose) == "expiry"
IS_IN_FORCE = exists().where(col(Follow.consent) == col(Consent.id))
FORGET = delete(Consent).where(
    (~IS_OF_PAPERS & ~IS_IN_FORCE & (col(Consent.at) < bindparam("before")))
    | (IS_OF_PAPERS & (col(Consent.at) < bindparam("long_before")))
)


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
    return _last_word(connection, vault, (address,), purpose) == 0


def agrees(connection: Connection, vault: Vault, addresses: Collection[str], purpose: str) -> bool:
    """Whether the last word on it was a yes, of all that one person said under these addresses."""
    return _last_word(connection, vault, addresses, purpose) == 1


def _last_word(connection: Connection, vault: Vault, addresses: Collection[str], purpose: str) -> int | None:
    values = {"persons": [person(vault, each) for each in addresses], "about": purpose}
    return connection.execute(LAST_WORD, values).scalar()


def every(connection: Connection, vault: Vault, address: str) -> Sequence[Any]:
    """Rows of purpose, text_version, given and at, oldest first."""
    return connection.execute(ALL, {"person": person(vault, address)}).all()


def move(connection: Connection, vault: Vault, old: str, new: str) -> None:
    """What was said from one address was said by the person with another."""
    connection.execute(MOVE, {"person": person(vault, old), "other": person(vault, new)})


def erase(connection: Connection, vault: Vault, address: str) -> None:
    """All proofs of this person."""
    connection.execute(ERASE, {"person": person(vault, address)})


def forget(connection: Connection, now: datetime) -> int:
    """Deletes the proofs that nothing stands on any more; how many."""
    before = {"before": now - KEPT, "long_before": now - KEPT_OF_PAPERS}
    seconds = {name: int(at.timestamp()) for name, at in before.items()}
    return connection.execute(FORGET, seconds).rowcount
