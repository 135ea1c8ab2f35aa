"""The file of the secret key: made once, never beside a database that another key has sealed."""

import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.settings.values import KEY_LENGTH, BadSettings, Unfit, key

NAME = "secret.key"
SQLITE = "sqlite:///"


def read(path: Path, database_url: str) -> list[bytes]:
    """The keys of the file, a line each, the newest first; made if there is neither file nor database.

    Raises BadSettings.
    """
    try:
        if not path.exists():
            _check_no_database(path, database_url)
            _write(path, [secrets.token_hex(32)])
        lines = path.read_text(encoding="ascii").split()
        is_open = bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: {error}; make it readable, or set MOTCUA_SECRET_KEY") from error
    if is_open:
        raise BadSettings(f"{path}: others can read it; chmod 600 {path}")
    try:
        return [key(line) for line in lines or [""]]
    except Unfit as error:
        raise BadSettings(
            f"{path}: a line has fewer than {KEY_LENGTH} characters; put back the file as it was"
        ) from error


def add(path: Path) -> None:
    """Puts a new key before those of the file."""
    lines = path.read_text(encoding="ascii").split()
    _write(path, [secrets.token_hex(32), *lines], replace=True)


def keep_newest(path: Path) -> None:
    """Takes all keys but the first out of the file."""
    _write(path, path.read_text(encoding="ascii").split()[:1], replace=True)


def _check_no_database(path: Path, database_url: str) -> None:
    file = Path(database_url.removeprefix(SQLITE))
    if database_url.startswith(SQLITE) and file.exists() and file.stat().st_size:
        raise BadSettings(
            f"{path}: not there, and {file} is sealed with it; put the key back (or set MOTCUA_SECRET_KEY). "
            f"A new key could read nothing in it; only to begin anew, move {file} away"
        )


def _write(path: Path, lines: Sequence[str], *, replace: bool = False) -> None:
    """Complete or not at all: two processes that start together end with the same key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", encoding="ascii", dir=path.parent, prefix=".secret-", delete=not replace
    ) as own:  # mode 0600
        own.write("\n".join(lines) + "\n")
        own.flush()
        os.fsync(own.fileno())
        if replace:
            os.replace(own.name, path)
        else:
            with suppress(FileExistsError):  # the other process was first; its key counts
                os.link(own.name, path)
