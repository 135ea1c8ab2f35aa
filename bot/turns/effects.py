"""Carries out what a turn wants written, in the transaction that saves its state."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from bot.outbox import claim, enqueue
from bot.storage import draft_content
from bot.storage.sealing import Vault
from handlers.turn.effects import (
    Acknowledge,
    BindPhone,
    Consent,
    DeleteDraft,
    DropReminder,
    Effect,
    Erase,
    Follow,
    KeepReminder,
    SaveDraft,
    SetDetailed,
    SetQuiet,
    Unfollow,
)

CONSENT = text(
    "INSERT INTO consent (address_hash, purpose, text_version, given, at)"
    " VALUES (:person, :purpose, :text, :given, :now)"
)
PROOF = (
    "COALESCE((SELECT MAX(id) FROM consent"
    " WHERE address_hash = :person AND purpose = 'follow' AND given = 1), 0)"
)
DETAILED = "COALESCE((SELECT detailed FROM recipient WHERE address = :address), 0)"
FOLLOW = text(
    "INSERT INTO follow (code, address, language, since, consent, detailed)"
    f" VALUES (:code, :address, :language, :now, {PROOF}, {DETAILED})"
    " ON CONFLICT (code, address) DO UPDATE SET language = excluded.language, consent = excluded.consent"
)
FOLLOW_PHONE = text(
    "INSERT INTO follow (code, address, language, since, consent, detailed)"
    f" SELECT code, :address, :language, :now, {PROOF}, {DETAILED} FROM phone_follow WHERE phone_mark = :mark"
    " ON CONFLICT (code, address) DO NOTHING"
)
RECIPIENT = text(
    "INSERT INTO recipient (address, phone_mark, quiet, language, detailed, digest)"
    " VALUES (:address, :unknown, '', '', 0, 1) ON CONFLICT (address) DO NOTHING"
)
PHONE = text("UPDATE recipient SET phone_mark = :mark, language = :language WHERE address = :address")
LANGUAGE = text("UPDATE recipient SET language = :language WHERE address = :address")
QUIET = text("UPDATE recipient SET quiet = :quiet WHERE address = :address")
SHOWN = text("UPDATE recipient SET detailed = :detailed WHERE address = :address")
SHOWN_EACH = text("UPDATE follow SET detailed = :detailed WHERE address = :address")
READ = text(
    "UPDATE notice SET acked_at = :now, ack_by = 0, call_at = 0"
    " WHERE id = :id AND address = :address AND acked_at = 0 RETURNING code, kind"
)
# The same person's other channels, to which it was passed on or from which it came.
READ_ELSEWHERE = text(
    "UPDATE notice SET acked_at = :now, ack_by = 0, call_at = 0"
    " WHERE code = :code AND kind = :kind AND acked_at = 0 AND address IN ("
    "SELECT other.address FROM recipient AS own JOIN recipient AS other ON other.phone_mark = own.phone_mark"
    " WHERE own.address = :address AND length(own.phone_mark) > 0)"
)
REMIND = text(
    "INSERT INTO licence (address, phone_mark, kind, expires_on, content)"
    " VALUES (:address, :unknown, :kind, :expires_on, :content)"
)
REMINDED = "DELETE FROM licence WHERE address = :address"
FORGET_SAME = text(f"{REMINDED} AND kind = :kind AND expires_on = :expires_on")
FORGET_ONE = text(f"{REMINDED} AND id = :id")
FORGET_ALL = text(REMINDED)
NEW_DRAFT = text(
    "INSERT INTO draft (code_mark, form, version, touched_at, printed_at, content)"
    " VALUES (:mark, :form, 1, :now, :printed_at, :content) ON CONFLICT DO NOTHING"
)
DRAFT = text(
    "UPDATE draft SET form = :form, version = version + 1, touched_at = :now, content = :content,"
    " printed_at = CASE WHEN printed_at > 0 THEN printed_at ELSE :printed_at END"
    " WHERE code_mark = :mark AND version = :version"
)
OWN = ("follow", "notice", "licence", "recipient", "web_inbox", "handled", "conversation")  # by address
FORGET_PACE = text("DELETE FROM pace WHERE key = :address")
FORGET_PROOF = text("DELETE FROM consent WHERE address_hash = :person")
DROP_DRAFT = text("DELETE FROM draft WHERE code_mark = :mark")


class Stale(Exception):
    """Somebody else has changed a draft since the turn read it: the turn has to be made again."""


def apply(
    connection: Connection, vault: Vault, address: str, effects: Iterable[Effect], now: datetime
) -> None:
    """Writes what these effects say, in their order. Raises Stale; the transaction is then to be undone."""
    for effect in effects:
        EFFECTS[type(effect)](connection, vault, address, effect, now)


def draft_mark(vault: Vault, code: str) -> bytes:
    """By which a draft is found."""
    return vault.keyed_hash("draft", code)


def draft_place(mark: bytes) -> str:
    """Where the answers of a draft are sealed."""
    return f"draft/{mark.hex()}"


def person(vault: Vault, address: str) -> bytes:
    """By which the proofs of a person's consent are found."""
    return vault.keyed_hash("consent", address)


def _save_draft(connection: Connection, vault: Vault, address: str, effect: SaveDraft, now: datetime) -> None:
    draft, mark, at = effect.draft, draft_mark(vault, effect.draft.code), int(now.timestamp())
    values = {
        "mark": mark,
        "form": draft.form,
        "version": draft.version,
        "now": at,
        "printed_at": at if draft.printed else 0,
        "content": vault.seal(draft_content.written(draft), draft_place(mark)),
    }
    if connection.execute(DRAFT if draft.version else NEW_DRAFT, values).rowcount != 1:
        raise Stale


def _delete_draft(
    connection: Connection, vault: Vault, address: str, effect: DeleteDraft, now: datetime
) -> None:
    connection.execute(DROP_DRAFT, {"mark": draft_mark(vault, effect.code)})


def _consent(connection: Connection, vault: Vault, address: str, effect: Consent, now: datetime) -> None:
    values = {"person": person(vault, address), "purpose": effect.purpose, "text": effect.text}
    connection.execute(CONSENT, values | {"given": int(effect.given), "now": int(now.timestamp())})


def _follow(connection: Connection, vault: Vault, address: str, effect: Follow, now: datetime) -> None:
    connection.execute(FOLLOW, _follower(vault, address, effect.language, now) | {"code": effect.code})
    enqueue.resume(connection, address, effect.code)


def _unfollow(connection: Connection, vault: Vault, address: str, effect: Unfollow, now: datetime) -> None:
    enqueue.stop(connection, address, now, effect.code)
    if not effect.code:
        connection.execute(FORGET_ALL, {"address": address})


def _set_quiet(connection: Connection, vault: Vault, address: str, effect: SetQuiet, now: datetime) -> None:
    _recipient(connection, address)
    connection.execute(QUIET, {"address": address, "quiet": effect.hours})
    claim.reconsider(connection, address, now)


def _set_detailed(
    connection: Connection, vault: Vault, address: str, effect: SetDetailed, now: datetime
) -> None:
    _recipient(connection, address)
    values = {"address": address, "detailed": int(effect.detailed)}
    connection.execute(SHOWN, values)
    connection.execute(SHOWN_EACH, values)


def _acknowledge(
    connection: Connection, vault: Vault, address: str, effect: Acknowledge, now: datetime
) -> None:
    """Somebody else's notice stays as it is: ids can be guessed."""
    values = {"id": effect.notice, "address": address, "now": int(now.timestamp())}
    if read := connection.execute(READ, values).one_or_none():
        connection.execute(READ_ELSEWHERE, values | {"code": read.code, "kind": read.kind})


def _bind_phone(connection: Connection, vault: Vault, address: str, effect: BindPhone, now: datetime) -> None:
    _recipient(connection, address)
    values = _follower(vault, address, effect.language, now) | {
        "mark": enqueue.phone_mark(vault, effect.phone)
    }
    connection.execute(PHONE, values)
    connection.execute(FOLLOW_PHONE, values)


def _keep_reminder(
    connection: Connection, vault: Vault, address: str, effect: KeepReminder, now: datetime
) -> None:
    _recipient(connection, address)
    connection.execute(LANGUAGE, {"address": address, "language": effect.language})
    values = {"address": address, "kind": effect.kind, "expires_on": effect.expires_on.isoformat()}
    connection.execute(FORGET_SAME, values)
    connection.execute(REMIND, values | {"unknown": b"", "content": b""})


def _drop_reminder(
    connection: Connection, vault: Vault, address: str, effect: DropReminder, now: datetime
) -> None:
    connection.execute(FORGET_ONE, {"address": address, "id": effect.number})


def _erase(connection: Connection, vault: Vault, address: str, effect: Erase, now: datetime) -> None:
    """From every table that knows the person; what the desk holds of his dossiers stays with the desk."""
    for code in effect.drafts:
        connection.execute(DROP_DRAFT, {"mark": draft_mark(vault, code)})
    for table in OWN:
        connection.execute(text(f"DELETE FROM {table} WHERE address = :address"), {"address": address})
    connection.execute(FORGET_PACE, {"address": address})
    connection.execute(FORGET_PROOF, {"person": person(vault, address)})


def _follower(vault: Vault, address: str, language: str, now: datetime) -> dict[str, Any]:
    return {
        "address": address,
        "language": language,
        "now": int(now.timestamp()),
        "person": person(vault, address),
    }


def _recipient(connection: Connection, address: str) -> None:
    """The person's row, made if need be."""
    connection.execute(RECIPIENT, {"address": address, "unknown": b""})


EFFECTS: Mapping[type, Callable[[Connection, Vault, str, Any, datetime], None]] = {
    SaveDraft: _save_draft,
    DeleteDraft: _delete_draft,
    Consent: _consent,
    Follow: _follow,
    Unfollow: _unfollow,
    SetQuiet: _set_quiet,
    SetDetailed: _set_detailed,
    Acknowledge: _acknowledge,
    BindPhone: _bind_phone,
    KeepReminder: _keep_reminder,
    DropReminder: _drop_reminder,
    Erase: _erase,
}
