"""`motcua backup FILE`: a copy of the SQLite database while the server runs."""

import os
import sqlite3
import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bot.commands.context import Command


def write(given: Namespace, command: Command) -> int:
    """Copies the database, checks the copy, and then replaces what is at `file` in one step."""
    url, out = make_url(command.settings.database_url), given.file
    if url.get_backend_name() != "sqlite":
        print("motcua: DATABASE_URL is no SQLite file; back a server up with pg_dump", file=sys.stderr)
        return 2
    if not Path(url.database or "").exists():
        print(f"motcua: {url.database}: no such file; start the server once", file=sys.stderr)
        return 2
    partial = out.with_name(out.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    try:
        _copy(Path(url.database or ""), partial)
        os.replace(partial, out)
    finally:
        partial.unlink(missing_ok=True)
    print(f"{out}: {out.stat().st_size} bytes, checked. Keep the secret key elsewhere: it opens the copy.")
    return 0


def _copy(source: Path, target: Path) -> None:
    """SQLite's own online copy: sound while others write. Raises OSError if the copy is not."""
    reading = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
    with closing(reading) as running, closing(sqlite3.connect(target)) as copy:
        running.backup(copy)
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise OSError(f"{target}: the copy is damaged ({found}); the database itself may be")
