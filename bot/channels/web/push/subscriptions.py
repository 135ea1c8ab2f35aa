"""The table `push_subscription`: at which browsers a person wants to be told, and how to reach them."""

import base64
import binascii
from collections.abc import Collection
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import BaseModel, ConfigDict, StringConstraints, field_validator
from sqlalchemy import Connection, bindparam, delete, select
from sqlmodel import col

from bot.storage.resealing import Sealed
from bot.storage.schema.tables import PushSubscription
from bot.storage.sealing import Vault
from bot.storage.statements import upsert

MOST = 5  # browsers of one person; the longest not seen is dropped
# Who runs browsers runs these; our server sends to nobody else, whatever address a page gives it.
SERVICES = ("fcm.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com")

OF_PERSON = col(PushSubscription.address) == bindparam("person")
FIND = (
    select(col(PushSubscription.mark), col(PushSubscription.content))
    .where(OF_PERSON)
    .order_by(col(PushSubscription.at).desc())
)
DROP = delete(PushSubscription).where(col(PushSubscription.mark) == bindparam("mark_"))
ERASE = delete(PushSubscription).where(OF_PERSON)
FORGET = delete(PushSubscription).where(col(PushSubscription.at) < bindparam("before"))


class Keys(BaseModel):
    """With which only that browser opens what is sent: RFC 8291."""

    model_config = ConfigDict(frozen=True)

    p256dh: Annotated[str, StringConstraints(max_length=100)]
    auth: Annotated[str, StringConstraints(max_length=40)]

    @field_validator("p256dh")
    @classmethod
    def _is_a_point(cls, text: str) -> str:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(text))
        return text

    @field_validator("auth")
    @classmethod
    def _has_its_length(cls, text: str) -> str:
        if len(_decoded(text)) != 16:
            raise ValueError("16 bytes")
        return text


class Subscription(BaseModel):
    """What a browser tells of itself: where news go, and with which keys."""

    model_config = ConfigDict(frozen=True)  # `expirationTime` and what else it tells are not needed

    endpoint: Annotated[str, StringConstraints(max_length=1000)]
    keys: Keys

    def is_at(self, services: Collection[str]) -> bool:
        """Whether it leads to one of these and nowhere else."""
        try:
            parts = urlsplit(self.endpoint)
            host, has_login = parts.hostname or "", "@" in parts.netloc
        except ValueError:
            return False
        known = any(host == service or host.endswith(f".{service}") for service in services)
        return known and parts.scheme == "https" and not has_login


def keep(connection: Connection, vault: Vault, address: str, told: Subscription, now: datetime) -> None:
    """From now on this browser is this person's."""
    mark = _mark(vault, told.endpoint)
    content = vault.seal(told.model_dump_json().encode(), _place(mark))
    row = {"mark": mark, "address": address, "content": content, "at": int(now.timestamp())}
    connection.execute(upsert(connection, PushSubscription, ("mark",), "address", "content", "at"), row)
    for old in connection.execute(FIND, {"person": address}).all()[MOST:]:
        connection.execute(DROP, {"mark_": old.mark})


def of_person(connection: Connection, vault: Vault, address: str) -> list[Subscription]:
    """Where this person wants to be told. Raises WrongKey."""
    rows = connection.execute(FIND, {"person": address})
    opened = (vault.open(bytes(row.content), _place(row.mark)) for row in rows)
    return [Subscription.model_validate_json(content) for content in opened]


def drop(connection: Connection, vault: Vault, endpoint: str) -> None:
    """The browser does not want it any more, or is not there any more."""
    connection.execute(DROP, {"mark_": _mark(vault, endpoint)})


def erase(connection: Connection, address: str) -> None:
    """All of this person."""
    connection.execute(ERASE, {"person": address})


def forget(connection: Connection, before: datetime) -> int:
    """Deletes those whose browser did not open the page since then; how many."""
    return connection.execute(FORGET, {"before": int(before.timestamp())}).rowcount


def _mark(vault: Vault, endpoint: str) -> bytes:
    return vault.keyed_hash("push", endpoint)


def _place(mark: bytes) -> str:
    return f"push_subscription/{bytes(mark).hex()}"


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
    except binascii.Error as error:
        raise ValueError("base64") from error


SEALED_COLUMN = Sealed("push_subscription", "content", ("mark",), lambda row: _place(row.mark))
