"""Rows of the table `dossier`: what stands in them in clear, what is sealed, and the SQL of both engines."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from hmac import compare_digest
from typing import Any

from pydantic_core import from_json, to_json

from bot.dossiers.held import Held, phone_digits
from bot.storage.sealing import HASH, Vault

COLUMNS = ("code", "procedure", "status", "received", "due", "finished", "changed_at", "facts", "content")
SEALED = (
    "title", "postal", "missing", "note", "fee_due", "tracking",
    "name", "phone", "id_number", "steps", "stated_at",
)  # fmt: skip
SEALED_DAYS = ("ended", "missing_until")
NO_HASH = bytes(HASH)  # no value has this mark
NO_FACTS = NO_HASH * 3

Row = tuple[str, str, str, str, str, str, int, bytes, bytes]  # as COLUMNS


@cache
def statements(dialect: str) -> dict[str, str]:
    """The SQL for one engine, for `exec_driver_sql`."""
    mark, lock, among = "%s", " FOR UPDATE", "= ANY(%s)"
    if dialect == "sqlite":
        mark, lock, among = "?", "", "IN (SELECT value FROM json_each(?))"
    columns, marks = ", ".join(COLUMNS), ", ".join([mark] * len(COLUMNS))
    select, insert = f"SELECT {columns} FROM dossier", f"INSERT INTO dossier ({columns}) VALUES ({marks})"
    return {
        "find": f"{select} WHERE code = {mark}",
        "hold": f"{select} WHERE code = {mark}{lock}",
        "among": f"{select} WHERE code {among}",
        "all": f"{select} ORDER BY code",
        "open": f"{select} WHERE finished = '' ORDER BY code",
        # of the next code where there is none: to find nothing would take less time
        "facts": f"SELECT code, facts FROM dossier WHERE code >= {mark} ORDER BY code LIMIT 1",
        "insert": insert,
        "insert if new": f"{insert} ON CONFLICT DO NOTHING",
        "update": f"UPDATE dossier SET {', '.join(f'{c} = {mark}' for c in COLUMNS)} WHERE code = {mark}",
        "copy": f"COPY dossier ({columns}) FROM STDIN (FORMAT BINARY)",
    }


def row(held: Held, vault: Vault) -> Row:
    """What is written."""
    content = {name: value for name in SEALED if (value := getattr(held, name))}
    for name in SEALED_DAYS:
        if day := getattr(held, name):
            content[name] = day.isoformat()
    return (
        held.code,
        held.procedure,
        held.status,
        _iso(held.received),
        _iso(held.due),
        _iso(held.finished),
        held.changed_at,
        facts(held, vault),
        vault.seal(to_json(content), _place(held.code)),
    )


def held(stored: Sequence[Any], vault: Vault) -> Held:
    """What is read back; raises WrongKey."""
    code, procedure, status, received, due, finished, changed_at, _, content = stored
    rest = from_json(vault.open(bytes(content), _place(code)))
    rest["steps"] = tuple((s, at, note) for s, at, note in rest.get("steps", ()))
    return Held(
        code=code,
        changed_at=changed_at,
        status=status,
        procedure=procedure,
        received=_day(received),
        due=_day(due),
        finished=_day(finished),
        ended=_day(rest.pop("ended", "")),
        missing_until=_day(rest.pop("missing_until", "")),
        **rest,
    )


def facts(held: Held, vault: Vault) -> bytes:
    """Three marks, keyed by the code: the ends of phone and ID number, and the whole phone."""
    return (
        end_mark(held.code, held.phone[-4:], vault)
        + end_mark(held.code, held.id_number[-4:], vault)
        + phone_mark(held.code, held.phone, vault)
    )


def end_fits(facts: bytes, code: str, digits: str, vault: Vault) -> bool:
    """Whether these four digits end the phone or ID number; as much work for any facts."""
    wanted = end_mark(code, digits, vault)
    phone_fits = compare_digest(facts[:HASH], wanted)
    id_fits = compare_digest(facts[HASH : 2 * HASH], wanted)
    return phone_fits | id_fits and wanted != NO_HASH


def phone_fits(facts: bytes, code: str, phone: str, vault: Vault) -> bool:
    """Whether this is the whole phone number, however it is written."""
    wanted = phone_mark(code, phone_digits(phone), vault)
    return compare_digest(facts[2 * HASH :], wanted) and wanted != NO_HASH


def end_mark(code: str, digits: str, vault: Vault) -> bytes:
    """The mark of four last digits of a dossier's phone or ID number."""
    mark = vault.keyed_hash("dossier end", code, digits)  # even for nothing, which must take no less time
    return mark if len(digits) == 4 else NO_HASH


def phone_mark(code: str, phone: str, vault: Vault) -> bytes:
    """The mark of a dossier's whole phone number, in digits as `phone_digits` gives them."""
    mark = vault.keyed_hash("dossier phone", code, phone)
    return mark if phone else NO_HASH


def _place(code: str) -> str:
    return f"dossier/{code}"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
