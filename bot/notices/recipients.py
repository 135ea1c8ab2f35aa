"""The table `recipient`: how a person wants to be told, and which addresses are one person's."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from bot.notices import links
from bot.storage.schema.outbox import Notice
from bot.storage.schema.tables import Conversation, ExpiryRow, Follow, Recipient
from bot.storage.sealing import Vault
from bot.storage.statements import insert_new
from knowledge.dossiers import phones
from knowledge.notices import quiet_hours
from knowledge.notices.quiet_hours import QuietHours

PHONE = "phone"  # what a keyed hash is of

OF_PERSON = col(Recipient.address) == bindparam("person")
IS_KNOWN = func.length(Recipient.phone_mark) > 0
CHANGE = update(Recipient).where(OF_PERSON)
SET_QUIET = CHANGE.values(quiet=bindparam("new"))
SET_DETAILED = CHANGE.values(detailed=bindparam("new"))
SET_LANGUAGE = CHANGE.values(language=bindparam("new"))
SET_PHONE = CHANGE.values(phone_mark=bindparam("mark"), language=bindparam("new"))
WANTS = select(col(Recipient.quiet), col(Recipient.language), col(Recipient.detailed)).where(OF_PERSON)
OWN = aliased(Recipient)
SAME = (
    select(col(Recipient.address))
    .join(OWN, col(OWN.phone_mark) == col(Recipient.phone_mark))
    .where(col(OWN.address).in_(bindparam("persons", expanding=True)), IS_KNOWN)
)
SHARED = select(col(Recipient.phone_mark), col(Recipient.address)).where(IS_KNOWN).order_by(Recipient.address)
HAS_PHONE = select(col(Recipient.address)).where(
    col(Recipient.address).in_(bindparam("persons", expanding=True)),
    col(Recipient.phone_mark) == bindparam("mark"),
)
SHARES = select(col(Recipient.address)).where(
    col(Recipient.address).in_(bindparam("persons", expanding=True)), IS_KNOWN
)
ERASE = delete(Recipient).where(OF_PERSON)
# Nobody talks with that address, tells it anything, or has to answer for what it was told.
FORGOTTEN = delete(Recipient).where(
    *(
        ~exists().where(col(table.address) == col(Recipient.address))
        for table in (Conversation, Follow, ExpiryRow, Notice)
    )
)


class Wants(NamedTuple):
    """How somebody wants to be told."""

    quiet: QuietHours | None = None  # None: as the office has it
    language: str = ""
    detailed: bool = False  # with the procedure's name


def phone_mark(vault: Vault, phone: str) -> bytes:
    """By which a phone is known in `recipient`, `phone_follow` and `licence`, however it is written."""
    return vault.keyed_hash(PHONE, phones.dialled(phone))


def wants(connection: Connection, address: str) -> Wants:
    """What this person has chosen."""
    row = connection.execute(WANTS, {"person": address}).one_or_none()
    return Wants(quiet_hours.chosen(row.quiet), row.language, bool(row.detailed)) if row else Wants()


def set_quiet(connection: Connection, address: str, hours: QuietHours) -> None:
    """Chooses the hours without notices."""
    _change_all(connection, SET_QUIET, address, new=str(hours))


def set_detailed(connection: Connection, address: str, detailed: bool) -> None:
    """Chooses whether notices name the procedure."""
    _change_all(connection, SET_DETAILED, address, new=int(detailed))


def set_language(connection: Connection, address: str, language: str) -> None:
    """Chooses the language of notices that are of no dossier."""
    _change_all(connection, SET_LANGUAGE, address, new=language)


def set_phone(connection: Connection, address: str, mark: bytes, language: str) -> None:
    """Notes that the phone with that mark is this person's own."""
    _change(connection, SET_PHONE, address, mark=mark, new=language)


def has_phone(connection: Connection, address: str, mark: bytes) -> bool:
    """Whether this person has shown that the phone with that mark is his own, on any linked channel."""
    values = {"persons": links.addresses(connection, address), "mark": mark}
    return connection.execute(HAS_PHONE, values).first() is not None


def shares_phone(connection: Connection, address: str) -> bool:
    """Whether this person has shown any phone as his own, on any linked channel."""
    return connection.execute(SHARES, {"persons": links.addresses(connection, address)}).first() is not None


def same_person(connection: Connection, address: str) -> list[str]:
    """All addresses with this one's phone, and those linked to it, itself among them; none without either."""
    own = links.addresses(connection, address)
    of_phone = connection.execute(SAME, {"persons": own}).scalars()
    return sorted({*of_phone, *(own if len(own) > 1 else ())})


def of_both(connection: Connection, kept: str, given: str) -> Wants:
    """Two persons turn out to be one: what the second has chosen holds, else what the first has.

    Titles are shown only where both wanted them.
    """
    first, second = wants(connection, kept), wants(connection, given)
    return Wants(
        first.quiet if second.quiet is None else second.quiet,
        second.language or first.language,
        first.detailed and second.detailed,
    )


def by_phone(connection: Connection) -> Mapping[bytes, list[str]]:
    """The addresses of each phone that somebody shared."""
    found: dict[bytes, list[str]] = defaultdict(list)
    for row in connection.execute(SHARED):
        found[bytes(row.phone_mark)].append(row.address)
    return found


def erase(connection: Connection, address: str) -> None:
    """What this person has chosen."""
    connection.execute(ERASE, {"person": address})


def purge(connection: Connection) -> int:
    """Deletes what people chose of whom nothing else is kept; how many."""
    return connection.execute(FORGOTTEN).rowcount


def _change_all(connection: Connection, statement: object, address: str, **values: object) -> None:
    """On all channels of the person: a notice is held by the hours of its address."""
    for each in links.addresses(connection, address):
        _change(connection, statement, each, **values)


def _change(connection: Connection, statement: object, address: str, **values: object) -> None:
    """Changes the person's row, made if need be."""
    new = {"address": address, "phone_mark": b"", "quiet": "", "language": "", "detailed": 0, "digest": 1}
    connection.execute(insert_new(connection, Recipient, ("address",)), new)
    connection.execute(statement, {"person": address, **values})  # type: ignore[call-overload]
