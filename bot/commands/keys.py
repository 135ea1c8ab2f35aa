"""`motcua keys add`, `list` and `revoke`: who may push dossiers."""

import re
import sys
from argparse import Namespace
from datetime import datetime

from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.one_stop import keys
from bot.storage import database

NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,63}", re.ASCII)


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


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else "never     "


def _fail(what: str) -> int:
    print(f"motcua: {what}", file=sys.stderr)
    return 2
