"""State in the database: kept with an optimistic version, and answered messages are known again.

Both hold what people say of themselves, so they are sealed. Plain SQL, as every message passes here;
tables.py declares the same tables.
"""

import logging
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json
from sqlalchemy import Connection, text

from bot.storage.resealing import Sealed
from bot.storage.sealing import Vault
from handlers.turn.actions import VERSION
from handlers.turn.choices import Choice
from handlers.turn.messages import Reply, State

logger = logging.getLogger(__name__)

LOAD = text("SELECT state, version FROM conversation WHERE address = :address")
SEEN = text("SELECT seen_at FROM conversation WHERE address = :address")
EXISTS = text("SELECT 1 FROM conversation WHERE address = :address")
INSERT = text(
    "INSERT INTO conversation (address, state, version, seen_at) VALUES (:address, :state, 1, :now)"
    " ON CONFLICT DO NOTHING"
)
UPDATE = text(
    "UPDATE conversation SET state = :state, version = version + 1, seen_at = :now"
    " WHERE address = :address AND version = :version"
)
OFFER = text(
    "UPDATE conversation SET state = :state, version = version + 1"
    " WHERE address = :address AND version = :version"
)
HANDLED = text("SELECT replies FROM handled WHERE address = :address AND message_id = :message_id")
RECORD = text(
    "INSERT INTO handled (address, message_id, replies, handled_at, draft_mark)"
    " VALUES (:address, :message_id, :replies, :now, :draft)"
)
ABOUT = text(
    "SELECT address, message_id FROM handled WHERE (address = :address OR draft_mark = :draft)"
    " AND NOT (address = :address AND message_id = :message_id)"
)
BLANK = text("UPDATE handled SET replies = :replies WHERE address = :address AND message_id = :message_id")
PURGE = text("DELETE FROM conversation WHERE seen_at < :before OR (version = 1 AND seen_at < :once)")
ONCE = timedelta(days=1)  # who wrote a single message and never came back
ON_SCREEN = ("offered", "pending", "undone")  # of a state: they hold actions
ERASE = [text(f"DELETE FROM {table} WHERE address = :address") for table in ("handled", "conversation")]
FORGET = text("DELETE FROM handled WHERE handled_at < :before")


SEALED_COLUMNS = (
    Sealed("conversation", "state", ("address",), lambda row: _place(row.address), is_text=True),
    Sealed(
        "handled",
        "replies",
        ("address", "message_id"),
        lambda row: _place(f"{row.address}/{row.message_id}"),
        is_text=True,
    ),
)


def load(connection: Connection, vault: Vault, address: str) -> tuple[State, int]:
    """The state and its version; a new person has an empty state of version 0. Raises WrongKey."""
    row = connection.execute(LOAD, {"address": address}).one_or_none()
    return (_state(_opened(vault, row.state, address)), row.version) if row else (State(), 0)


def exists(connection: Connection, address: str) -> bool:
    """Whether anything is remembered of that person."""
    return connection.scalar(EXISTS, {"address": address}) is not None


def seen(connection: Connection, address: str) -> datetime | None:
    """When that person wrote last; None: not known any more."""
    at = connection.scalar(SEEN, {"address": address})
    return None if at is None else datetime.fromtimestamp(at, UTC)


def save(
    connection: Connection, vault: Vault, address: str, state: State, version: int, now: datetime
) -> bool:
    """Keeps the state that followed from `version`; False if another message was faster."""
    values = {
        "address": address,
        "state": _sealed(vault, _dumped(state), address),
        "version": version,
        "now": int(now.timestamp()),
    }
    return connection.execute(UPDATE if version else INSERT, values).rowcount == 1


def offer(connection: Connection, vault: Vault, address: str, choices: tuple[Choice, ...]) -> bool:
    """Whether a number typed next will mean one of these, which a message that nobody asked for offers.

    Not while a question is open: the number answers that. It is no sign of life of the person.
    """
    state, version = load(connection, vault, address)
    if state.pending or not version:
        return False
    sealed = _sealed(vault, _dumped(replace(state, offered=choices)), address)
    return connection.execute(OFFER, {"state": sealed, "address": address, "version": version}).rowcount == 1


def replies_to(
    connection: Connection, vault: Vault, address: str, message_id: str
) -> tuple[Reply, ...] | None:
    """What was answered to this message; None if it was not handled yet, or more than two days ago."""
    replies = connection.scalar(HANDLED, {"address": address, "message_id": message_id})
    if replies is None:
        return None
    return _replies().validate_json(_opened(vault, replies, f"{address}/{message_id}"))


def record(
    connection: Connection,
    vault: Vault,
    address: str,
    message_id: str,
    replies: tuple[Reply, ...],
    now: datetime,
    draft_mark: bytes = b"",
) -> None:
    """Notes that a message is handled; belongs into the transaction that saves the state.

    `draft_mark`: of the form that was open, of which the replies tell.
    """
    values = {
        "address": address,
        "message_id": message_id,
        "replies": _sealed(vault, _replies().dump_json(replies), f"{address}/{message_id}"),
        "now": int(now.timestamp()),
        "draft": draft_mark,
    }
    connection.execute(RECORD, values)


def blank(connection: Connection, vault: Vault, address: str, message_id: str, draft_mark: bytes) -> None:
    """Nothing more is known of what was answered to this person before, and to others about that form.

    Only that it was answered, lest a message that comes again is taken for a new one.
    """
    about = {"address": address, "message_id": message_id, "draft": draft_mark}
    for row in connection.execute(ABOUT, about).all():
        empty = _sealed(vault, _replies().dump_json(()), f"{row.address}/{row.message_id}")
        connection.execute(BLANK, {"replies": empty, "address": row.address, "message_id": row.message_id})


def purge(connection: Connection, before: datetime, now: datetime) -> int:
    """Deletes the conversations without a message since then, or with one in all; tells how many."""
    values = {"before": int(before.timestamp()), "once": int((now - ONCE).timestamp())}
    return connection.execute(PURGE, values).rowcount


def forget(connection: Connection, before: datetime) -> int:
    """Deletes what was answered before then, which no channel delivers again; tells how many messages."""
    return connection.execute(FORGET, {"before": int(before.timestamp())}).rowcount


def erase(connection: Connection, address: str) -> None:
    """All that was said with this person."""
    for statement in ERASE:
        connection.execute(statement, {"address": address})


def _sealed(vault: Vault, content: bytes, place: str) -> str:
    return b64encode(vault.seal(content, _place(place))).decode()


def _opened(vault: Vault, stored: str, place: str) -> str:
    if stored.startswith(("{", "[")):  # JSON as the first version kept it; sealed text never starts so
        return stored
    return vault.open(b64decode(stored), _place(place)).decode()


def _place(of: str) -> str:
    return f"conversation/{of}"


@cache
def _states() -> TypeAdapter[State]:
    return TypeAdapter(State)


@cache
def _replies() -> TypeAdapter[tuple[Reply, ...]]:
    return TypeAdapter(tuple[Reply, ...])


def _dumped(state: State) -> bytes:
    """With the version of the actions in it: `offered` and `pending` hold their wire forms."""
    return to_json({"actions": VERSION, **_states().dump_python(state, mode="json")})


def _state(stored: str) -> State:
    """A state of an older or newer program: what still fits is kept, the rest starts anew."""
    try:
        values = dict(from_json(stored))
    except (ValueError, TypeError):  # no JSON, or no object
        logger.warning("stored state does not fit", extra={"keys": []})
        return State()
    if values.pop("actions", 0) != VERSION:  # what was open is asked again
        values = {key: value for key, value in values.items() if key not in ON_SCREEN}
    try:
        return _states().validate_python(values)
    except ValidationError as error:
        unfit = {problem["loc"][0] for problem in error.errors() if problem["loc"]}
        logger.warning("stored state does not fit", extra={"keys": sorted(map(str, unfit))})
        return _states().validate_python({key: v for key, v in values.items() if key not in unfit})
