"""The only reader of the environment: what can be set, what it defaults to, and what is wrong with it."""

import base64
import hashlib
import hmac
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import SplitResult, urlsplit

DATA = Path("data")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
LEVELS = ("debug", "info", "warning", "error")
KEY_LENGTH = 32  # characters at least; `openssl rand -hex 32` gives 64


class BadSettings(Exception):
    """Settings that cannot be used; one line a problem: the variable, its value, and what to do."""


class _Unfit(Exception):
    """A value that a parser refuses; says what is expected instead."""


@dataclass(frozen=True)
class Settings:
    """The settings of this process, checked."""

    secret_key: bytes = field(repr=False)  # signs cookies, hashes addresses in the logs
    telegram_bot_token: str = field(default="", repr=False)  # empty: no Telegram
    telegram_api_url: str = "https://api.telegram.org/bot"  # the token follows without a slash
    telegram_webhook_secret: str = field(default="", repr=False)
    public_url: str = ""  # without the last slash; empty: Telegram by long polling
    database_url: str = field(default="sqlite:///data/motcua.db", repr=False)  # as SQLAlchemy reads it
    port: int = 8080
    retention_days: int = 180
    sync_keys: tuple[str, ...] = field(default=(), repr=False)  # of one-stop software
    pull_url: str = ""  # empty: nothing is pulled
    pull_user: str = ""
    pull_password: str = field(default="", repr=False)
    pull_unit: str = ""
    log_level: str = "info"
    data_dir: Path = DATA


@dataclass(frozen=True)
class Variable:
    """A row of the settings table: one variable of the environment."""

    name: str
    default: str  # as told in the README
    unit: str
    meaning: str
    parse: Callable[[str], object] = field(repr=False)
    secret: bool = False  # its value is never shown

    @property
    def attribute(self) -> str:
        """Its name in Settings."""
        return self.name.removeprefix("MOTCUA_").lower()


def read(environ: Mapping[str, str], data_dir: Path = DATA) -> Settings:
    """Checks the variables of the table; an empty one counts as unset.

    Makes `data_dir` with the key file in it if no key is set. Raises BadSettings with all problems.
    """
    return _complete(verify(environ), data_dir)


def verify(environ: Mapping[str, str]) -> dict[str, object]:
    """The variables that are set, parsed, by attribute; makes nothing. Raises BadSettings as `read`."""
    problems = [*_unknown(environ)]
    values: dict[str, object] = {}
    for variable in TABLE:
        text = environ.get(variable.name, "").strip()
        try:
            if text:
                values[variable.attribute] = variable.parse(text)
        except _Unfit as expected:
            shown = f"({len(text)} characters)" if variable.secret else repr(text)
            problems.append(f"{variable.name}={shown}: {expected}")
    problems += _half_set(values)
    if problems:
        raise BadSettings("\n".join(problems))
    return values


def _unknown(environ: Mapping[str, str]) -> Iterator[str]:
    known = [variable.name for variable in TABLE]
    for name in environ:
        if name.startswith("MOTCUA_") and name not in known:
            near = get_close_matches(name, known, n=1)
            advice = f"did you mean {near[0]}?" if near else f"unset it; known are {', '.join(known)}"
            yield f"{name}: no such setting; {advice}"


def _half_set(values: Mapping[str, object]) -> Iterator[str]:
    """Pulling needs all four."""
    missing = [v.name for v in TABLE if v.attribute.startswith("pull_") and v.attribute not in values]
    if missing and len(missing) < 4:
        yield f"{', '.join(missing)}: not set; pulling needs all of MOTCUA_PULL_*, or none"


def _complete(values: dict[str, object], data_dir: Path) -> Settings:
    key = values.setdefault("secret_key", None) or _key_file(data_dir / "secret.key")
    assert isinstance(key, bytes)
    made_here = {
        "secret_key": key,
        "data_dir": data_dir,
        "database_url": values.get("database_url") or f"sqlite:///{data_dir / 'motcua.db'}",
        "telegram_webhook_secret": values.get("telegram_webhook_secret") or _derived(key, "telegram webhook"),
    }
    return Settings(**{**values, **made_here})  # type: ignore[arg-type]  # the parsers give the right types


def _derived(key: bytes, purpose: str) -> str:
    """A secret of 43 letters, digits, `-` and `_` that only the holder of the key can tell."""
    return base64.urlsafe_b64encode(hmac.digest(key, purpose.encode(), "sha256")).decode().rstrip("=")


def _key_file(path: Path) -> bytes:
    try:
        if not path.exists():
            _make_key(path)
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: {error}; make it readable, or set MOTCUA_SECRET_KEY") from error
    if stat.S_IMODE(path.stat().st_mode) & 0o077 or len(text) < KEY_LENGTH:
        raise BadSettings(
            f"{path}: others can read it or it is too short; chmod 600, or delete it for a new one"
        )
    return _key(text)


def _make_key(path: Path) -> None:
    """Two processes that start together end with the same key: the file appears complete or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="ascii", dir=path.parent, prefix=".secret-") as own:  # mode 0600
        own.write(secrets.token_hex(32) + "\n")
        own.flush()
        with suppress(FileExistsError):  # the other process was first; its key counts
            os.link(own.name, path)


def _key(text: str) -> bytes:
    if len(text) < KEY_LENGTH:
        raise _Unfit(f"use at least {KEY_LENGTH} random characters, as from `openssl rand -hex 32`")
    return hashlib.sha256(text.encode()).digest()


def _token(text: str) -> str:
    if not re.fullmatch(r"\d+:[\w-]+", text, re.ASCII):
        raise _Unfit("copy the whole token that @BotFather gave, like 123456:ABC-def")
    return text


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if not keys or not all(re.fullmatch(rf"[!-+\--~]{{{KEY_LENGTH},256}}", key) for key in keys):
        raise _Unfit(f"use keys of {KEY_LENGTH} to 256 random letters and digits, a comma between two")
    return keys


def _webhook_secret(text: str) -> str:
    if not re.fullmatch(r"[\w-]{1,256}", text, re.ASCII):  # https://core.telegram.org/bots/api#setwebhook
        raise _Unfit("use 1 to 256 letters, digits, - and _")
    return text


def _url(text: str) -> str:
    parts = _split(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise _Unfit("use an address like https://motcua.example.vn")
    return text.rstrip("/")


def _public_url(text: str) -> str:
    url = _url(text)
    if not url.startswith("https://") and urlsplit(url).hostname not in LOOPBACK:
        raise _Unfit("use https:// (http:// is for this machine only)")
    return url


def _database_url(text: str) -> str:
    """SQLAlchemy's form; hosts of programs hand out `postgres://`, which it does not know."""
    parts = _split(text)
    if parts.scheme in ("postgres", "postgresql", "postgresql+psycopg") and len(parts.path) > 1:
        return f"postgresql+psycopg:{text.partition(':')[2]}"
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1 and ":memory:" not in text:
        return text
    raise _Unfit("use sqlite:///path/to/file.db or postgresql://user:password@host:5432/database")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # only asking for the port checks it
    except ValueError as error:
        raise _Unfit(f"no address ({error})") from error
    return parts


def _between(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not low <= int(text) <= high:
            raise _Unfit(f"use a whole number from {low} to {high}")
        return int(text)

    return parse


def _level(text: str) -> str:
    if text.lower() not in LEVELS:
        raise _Unfit(f"use one of {', '.join(LEVELS)}")
    return text.lower()


TABLE = (
    Variable("TELEGRAM_BOT_TOKEN", "none", "", "starts the Telegram channel", _token, secret=True),
    Variable("TELEGRAM_API_URL", "https://api.telegram.org/bot", "URL",
             "another Bot API server, as `http://127.0.0.1:9000/bot`", _url),
    Variable("TELEGRAM_WEBHOOK_SECRET", "derived from the secret key", "1-256 of A-Z a-z 0-9 _ -",
             "what Telegram must send with each webhook call", _webhook_secret, secret=True),
    Variable("PUBLIC_URL", "none", "https URL",
             "where citizens reach this server; Telegram then uses a webhook", _public_url),
    Variable("DATABASE_URL", "sqlite:///data/motcua.db", "URL",
             "`sqlite:///file` or `postgresql://user:password@host/database`", _database_url, secret=True),
    Variable("MOTCUA_SECRET_KEY", "made once in data/secret.key", "32 characters or more",
             "signs cookies and hashes addresses; the same on every host of one database", _key, secret=True),
    Variable("MOTCUA_RETENTION_DAYS", "180", "days", "a conversation silent for so long is deleted",
             _between(1, 3650)),
    Variable("MOTCUA_SYNC_KEYS", "none", "32 characters or more each, commas between",
             "with these one-stop software may push dossiers, beside `motcua keys add`", _keys, secret=True),
    Variable("MOTCUA_PULL_URL", "none", "URL",
             "the one-stop system's look-up, as `https://host/mapi`; the four of them or none", _url),
    Variable("MOTCUA_PULL_USER", "none", "", "its account", str),
    Variable("MOTCUA_PULL_PASSWORD", "none", "", "its password", str, secret=True),
    Variable("MOTCUA_PULL_UNIT", "none", "", "the unit's code (madonvi), as `000.00.00.H15`", str),
    Variable("MOTCUA_LOG_LEVEL", "info", ", ".join(LEVELS), "how much is logged", _level),
    Variable("PORT", "8080", "TCP port", "where the web server listens; 0: any free one", _between(0, 65535)),
)  # fmt: skip
"""What can be set. The README's table is compared with it."""
