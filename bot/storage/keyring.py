"""Which keys open this database: the table `seal_key`, a row a key, with which it is known at the start.

A key that is set anew before the ones so far gets the next number; `motcua keys rotate` seals everything
with it and ends the others.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, select
from sqlmodel import col

from bot.clock import vietnam_now
from bot.storage import database
from bot.storage.schema.tables import Dossier, SealKey
from bot.storage.sealing import Vault, WrongKey, lasting_key, proof_place
from bot.storage.statements import insert_new

KNOWN = select(col(SealKey.number), col(SealKey.proof), col(SealKey.made_at)).order_by(
    col(SealKey.number).desc()
)
END = delete(SealKey).where(col(SealKey.number) < bindparam("newest"))
SOME_DOSSIER = select(col(Dossier.code), col(Dossier.content)).limit(1)


def unlocked(engine: Engine, keys: Sequence[bytes]) -> Vault:
    """The Vault of these keys, the newest first; a database that knows no key yet takes the first.

    Raises WrongKey if one that is still needed is not among them.
    """
    with database.reading(engine) as connection:
        vault = _opened(connection.execute(KNOWN).all(), keys)
    if vault is None:
        with database.writing(engine) as connection:
            _take(connection, keys)
            vault = _opened(connection.execute(KNOWN).all(), keys)
    if vault is None:  # another process has put its key in at the same moment
        raise WrongKey("another key was put into this database just now; start again")
    return vault


def numbers(connection: Connection) -> list[int]:
    """The numbers of the keys with which something may be sealed, the newest first."""
    return [row.number for row in connection.execute(KNOWN)]


def is_newest(connection: Connection, vault: Vault) -> bool:
    """Whether this Vault seals with the newest key: a process that was not restarted does not."""
    known = connection.execute(KNOWN).first()
    return known is None or bytes(known.proof) == vault.proof(known.number)


def end_old(connection: Connection) -> None:
    """Forgets all keys but the newest."""
    connection.execute(END, {"newest": numbers(connection)[0]})


def _opened(known: Sequence[Any], keys: Sequence[bytes]) -> Vault | None:
    """None if the first key has no number yet. Raises WrongKey if a needed one is missing."""
    if not known:
        return None
    fitting = {row.number: _fitting(row, keys) for row in known}
    for row in known:
        if fitting[row.number] is None:
            raise WrongKey(
                f"MOTCUA_SECRET_KEY (data/secret.key): this database is sealed with its key {row.number}, "
                "which is not the one set; put that key back. Nothing was changed"
            )
    newest = known[0].number
    if fitting[newest] != keys[0]:
        if keys[0] in fitting.values():
            raise WrongKey(f"MOTCUA_SECRET_KEY: key {newest} is newer than the first one set; set it first")
        return None
    used = [key for key in fitting.values() if key is not None]
    return Vault(*used, lasting=_lasting(known[0], used[0]))


def _fitting(row: Any, keys: Sequence[bytes]) -> bytes | None:
    for key in keys:
        try:
            _lasting(row, key)
        except WrongKey:
            continue
        return key
    return None


def _lasting(row: Any, key: bytes) -> bytes:
    return Vault(key).open(bytes(row.proof), proof_place(row.number))


def _take(connection: Connection, keys: Sequence[bytes]) -> None:
    """Gives the first key the next number."""
    known = connection.execute(KNOWN).all()
    if known:
        lasting = _lasting(known[0], _fitting(known[0], keys) or keys[0])
        number = known[0].number + 1
    else:
        _check_unnumbered(connection, keys[0])
        lasting, number = lasting_key(keys[0]), 1
    new = {
        "number": number,
        "proof": Vault(keys[0], lasting=lasting).proof(number),
        "made_at": int(vietnam_now().timestamp()),
    }
    connection.execute(insert_new(connection, SealKey, ("number",)), new)


def _check_unnumbered(connection: Connection, key: bytes) -> None:
    """A database from before keys had numbers: what is sealed in it tells. Raises WrongKey."""
    for row in connection.execute(SOME_DOSSIER):
        Vault(key).open(bytes(row.content), f"dossier/{row.code}")
