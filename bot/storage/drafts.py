"""Drafts of forms in the database: found by their desk code, opened with the Vault, deleted on a clock."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, text

from bot.clock import vietnam_now
from bot.storage import database, draft_content
from bot.storage.resealing import Sealed
from bot.storage.sealing import Vault
from handlers.ports.drafts import Draft
from handlers.turn import retention

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: a code is read aloud
LETTERS = 8  # of 5 bits
KEPT = timedelta(days=retention.DRAFT_DAYS)  # after the last touch
KEPT_PRINTED = timedelta(days=retention.PRINTED_DAYS)  # the same, once it was handed over on paper

EXPIRED = "touched_at < :touched AND (printed_at = 0 OR touched_at < :printed)"
FIND = text(
    f"SELECT form, version, printed_at, content FROM draft WHERE code_mark = :mark AND NOT ({EXPIRED})"
)
PURGE = text(f"DELETE FROM draft WHERE {EXPIRED}")
NEW = text(
    "INSERT INTO draft (code_mark, form, version, touched_at, printed_at, content, owner_mark)"
    " VALUES (:mark, :form, 1, :now, :printed_at, :content, :owner) ON CONFLICT DO NOTHING"
)
CHANGED = text(
    "UPDATE draft SET form = :form, version = version + 1, touched_at = :now, content = :content,"
    " printed_at = CASE WHEN printed_at > 0 THEN printed_at ELSE :printed_at END"
    " WHERE code_mark = :mark AND version = :version"
)
DELETE = text("DELETE FROM draft WHERE code_mark = :mark")
OWNER = text("SELECT owner_mark FROM draft WHERE code_mark = :mark")
ERASE = text("DELETE FROM draft WHERE owner_mark = :owner")
MOVE = text("UPDATE draft SET owner_mark = :new WHERE owner_mark = :owner")
# from before owners were kept: of whoever knew the code
ERASE_OLD = text("DELETE FROM draft WHERE code_mark = :mark AND length(owner_mark) = 0")


SEALED_COLUMN = Sealed("draft", "content", ("code_mark",), lambda row: draft_place(bytes(row.code_mark)))


class Stale(Exception):
    """Somebody else has changed a draft since the turn read it: the turn has to be made again."""


class DraftsTable:
    """The port `Drafts` on our own table; for many threads at once."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime] = vietnam_now) -> None:
        self._engine, self._vault, self._now = engine, vault, now

    def new_code(self) -> str:
        """A desk code that nobody can guess (40 bits)."""
        return random_code()

    def find(self, code: str) -> Draft | None:
        """The draft with that code, however it is written; None if there is none.

        Raises WrongKey, and ValueError for what a later version of this program has kept.
        """
        plain = normal(code)
        mark = draft_mark(self._vault, plain)
        with database.reading(self._engine) as connection:
            row = connection.execute(FIND, {"mark": mark, **_limits(self._now())}).one_or_none()
        if row is None:
            return None
        held = draft_content.read(self._vault.open(bytes(row.content), draft_place(mark)))
        return Draft(
            code=plain,
            form=row.form,
            interview=held.interview,
            version=row.version,
            procedure=held.procedure,
            printed=row.printed_at > 0,
        )

    def is_of(self, code: str, person: str) -> bool | None:
        """Whether this person began it; None where that was not kept, or there is no such draft."""
        with database.reading(self._engine) as connection:
            owner = connection.scalar(OWNER, {"mark": draft_mark(self._vault, normal(code))})
        return bytes(owner) == owner_mark(self._vault, person) if owner else None


def random_code() -> str:
    """Eight letters and digits that are read aloud."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(LETTERS))


def normal(code: str) -> str:
    """A code as it is kept: "HS-7K3F-92QX" is "7K3F92QX", and O, I and L are read as the digits they look."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    own = letters.removeprefix("HS") if len(letters) > LETTERS else letters  # a code may begin with HS itself
    return own.translate(str.maketrans("OIL", "011"))


def save(connection: Connection, vault: Vault, draft: Draft, now: datetime, person: str) -> None:
    """Keeps a draft; its version is the one that was read, 0 for one that `person` begins. Raises Stale."""
    mark, at = draft_mark(vault, draft.code), int(now.timestamp())
    values = {
        "mark": mark,
        "form": draft.form,
        "version": draft.version,
        "now": at,
        "printed_at": at if draft.printed else 0,
        "content": vault.seal(draft_content.written(draft), draft_place(mark)),
        "owner": owner_mark(vault, person),
    }
    if connection.execute(CHANGED if draft.version else NEW, values).rowcount != 1:
        raise Stale


def delete(connection: Connection, vault: Vault, code: str) -> None:
    """Erases a draft."""
    connection.execute(DELETE, {"mark": draft_mark(vault, code)})


def erase(connection: Connection, vault: Vault, person: str, known: Iterable[str]) -> None:
    """All drafts that this person began, and of those known to him the ones whose owner was not kept."""
    connection.execute(ERASE, {"owner": owner_mark(vault, person)})
    for code in known:
        connection.execute(ERASE_OLD, {"mark": draft_mark(vault, code)})


def move(connection: Connection, vault: Vault, old: str, new: str) -> None:
    """What one address began is another's of the same person."""
    connection.execute(MOVE, {"owner": owner_mark(vault, old), "new": owner_mark(vault, new)})


def owner_mark(vault: Vault, person: str) -> bytes:
    """By which the drafts that a person began are found."""
    return vault.keyed_hash("draft owner", person)


def draft_mark(vault: Vault, code: str) -> bytes:
    """By which a draft is found."""
    return vault.keyed_hash("draft", code)


def draft_place(mark: bytes) -> str:
    """Where the answers of a draft are sealed."""
    return f"draft/{mark.hex()}"


def purge(connection: Connection, now: datetime) -> int:
    """Deletes the drafts whose time is over; tells how many."""
    return connection.execute(PURGE, _limits(now)).rowcount


def _limits(now: datetime) -> dict[str, int]:
    return {
        "touched": int((now - KEPT).timestamp()),
        "printed": int((now - KEPT_PRINTED).timestamp()),
    }
