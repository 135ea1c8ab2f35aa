"""`motcua keys`: who may push dossiers (add, list, revoke), and the key that seals (rotate)."""

import re
import sys
from argparse import Namespace
from datetime import datetime

from bot.channels.telegram.incoming import kept
from bot.channels.web import stored as inbox
from bot.channels.web.push import subscriptions
from bot.channels.zalo.kept import store as zalo_events
from bot.channels.zalo.tokens import table as zalo_tokens
from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.desk import changes
from bot.dossiers import apologies
from bot.dossiers import store as dossiers
from bot.dossiers.take_in import take_ins
from bot.notices import expiry_store, lost_follows
from bot.one_stop import keys
from bot.outbox import store as outbox
from bot.people import short_links
from bot.settings import keyfile
from bot.storage import conversations, database, drafts, keyring
from bot.storage.resealing import reseal

NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,63}", re.ASCII)

OWNERS = (
    expiry_store, lost_follows, dossiers, changes, apologies, drafts, outbox, inbox, kept, take_ins,
    zalo_events, subscriptions, short_links,
)  # fmt: skip  # of a table with one sealed column
SEALED_COLUMNS = (
    *(owner.SEALED_COLUMN for owner in OWNERS),
    *conversations.SEALED_COLUMNS,
    *zalo_tokens.SEALED_COLUMNS,
)
ROUNDS = 5  # each finds what a process with the old key has written during the one before
NEXT = "Restart every process of this database now, then run `motcua keys rotate` once more: it seals anew."


def add(given: Namespace, command: Command) -> int:
    """Prints a new key, this once."""
    name = given.name
    if not NAME.fullmatch(name):
        return _fail(f"{name!r}: use letters without diacritics, digits, . _ and -, at most 64")
    with database.writing(command.engine) as connection:
        try:
            key = keys.add(connection, name, vietnam_now())
        except keys.NameTaken:
            return _fail(f"{name}: there is such a key; add one under another name, then revoke this one")
    print(key)
    print("Keep it now: it is not shown again.", file=sys.stderr)
    return 0


def show(_given: Namespace, command: Command) -> int:
    """Prints the names of the keys, when they were made and last used."""
    with database.reading(command.engine) as connection:
        known = keys.listed(connection)
    print("made        used        name")
    for key in known:
        print(f"{key.made_at:%Y-%m-%d}  {_day(key.used_at)}  {key.name}")
    if of_settings := command.settings.sync_keys:
        print(f"and {len(of_settings)} of {keys.OF_SETTINGS}")
    return 0


def revoke(given: Namespace, command: Command) -> int:
    """Ends a key at once."""
    name = given.name
    with database.writing(command.engine) as connection:
        if not keys.revoke(connection, name):
            return _fail(f"{name}: no such key; `motcua keys list` shows them")
    print(f"{name}: revoked")
    return 0


def rotate(_given: Namespace, command: Command) -> int:
    """Brings in a new key, or, once all processes have it, seals everything with it and ends the others."""
    vault, engine = command.vault, command.engine
    with database.reading(engine) as connection:
        known = keyring.numbers(connection)
    if len(known) == 1:
        return _bring_in(command)
    for _ in range(ROUNDS):
        count = sum(reseal(engine, vault, sealed) for sealed in SEALED_COLUMNS)
        if not count:
            break
        print(f"sealed anew: {count}")
    else:
        return _fail("a process still seals with the old key: restart every process, then run this again")
    with database.writing(engine) as connection:
        keyring.end_old(connection)
    print(f"key {known[0]} is the only one now; copies of the database from before still need the old one")
    if file := command.settings.key_file:
        keyfile.keep_newest(file)
    else:
        print("Unset MOTCUA_OLD_KEYS on every host.")
    return 0


def _bring_in(command: Command) -> int:
    file = command.settings.key_file
    if file is None:
        return _fail(
            "MOTCUA_SECRET_KEY is set: on every host move it to MOTCUA_OLD_KEYS and set a new one "
            "(`openssl rand -hex 32`), restart every process, then run this again"
        )
    keyfile.add(file)
    print(f"{file}: a new key stands first. {NEXT}")
    return 0


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else "never     "


def _fail(what: str) -> int:
    print(f"motcua: {what}", file=sys.stderr)
    return 2
