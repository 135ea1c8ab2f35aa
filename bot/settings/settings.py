"""The only reader of the environment: what can be set, what it defaults to, and what is wrong with it."""

import base64
import hmac
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from bot.network import LOOPBACK, Network
from bot.settings import keyfile
from bot.settings import values as parse
from bot.settings.values import LEVELS, BadSettings, Unfit
from knowledge.notices.quiet_hours import USUAL, QuietHours

DATA = Path("data")
FILE = "MOTCUA_SETTINGS"


@dataclass(frozen=True)
class Settings:
    """The settings of this process, checked."""

    secret_key: bytes = field(repr=False)  # seals, signs cookies, hashes addresses in the logs
    old_keys: tuple[bytes, ...] = field(default=(), repr=False)  # they open what is not sealed anew yet
    telegram_bot_token: str = field(default="", repr=False)  # empty: no Telegram
    telegram_api_url: str = "https://api.telegram.org/bot"  # the token follows without a slash
    telegram_webhook_secret: str = field(default="", repr=False)
    public_url: str = ""  # without the last slash; empty: Telegram by long polling
    database_url: str = field(default="sqlite:///data/motcua.db", repr=False)  # as SQLAlchemy reads it
    listen: str = "127.0.0.1"  # an address of this machine
    port: int = 8080
    retention_days: int = 180
    sync_keys: tuple[str, ...] = field(default=(), repr=False)  # of one-stop software
    pull_url: str = ""  # empty: nothing is pulled
    pull_user: str = ""
    pull_password: str = field(default="", repr=False)
    pull_unit: str = ""
    trusted_proxies: tuple[Network, ...] = LOOPBACK  # whose X-Forwarded-For is believed
    unlimited: tuple[Network, ...] = ()  # whose requests no limit counts: for checks on the own machine
    open_state: bool = False  # a bare dossier code shows procedure and state
    quiet_hours: QuietHours = USUAL  # in which nobody is written to
    voice_model: Path | None = None  # None: voice messages are not listened to
    clerk: str = ""  # who runs commands; empty: the login
    log_level: str = "info"
    data_dir: Path = DATA
    office: Path | None = None  # None: the office file that ships
    settings: Path | None = None  # the file that was read besides the environment
    key_file: Path | None = None  # None: the key is set in the environment

    @property
    def keys(self) -> tuple[bytes, ...]:
        """The newest first."""
        return (self.secret_key, *self.old_keys)


@dataclass(frozen=True)
class Variable:
    """A row of the settings table: one variable of the environment."""

    name: str
    default: str  # as told in the README
    unit: str
    meaning: str
    parse: Callable[[str], object] = field(repr=False)
    secret: bool = False  # its value is never shown
    may_be_empty: bool = False  # an empty value is one, and not the default

    @property
    def attribute(self) -> str:
        """Its name in Settings."""
        return self.name.removeprefix("MOTCUA_").lower()


def read(environ: Mapping[str, str], data_dir: Path = DATA) -> Settings:
    """Checks the variables of the table; an empty one counts as unset where it cannot be.

    Makes the data folder with the key file in it if no key is set. Raises BadSettings with all problems.
    """
    values = verify(environ)
    values.setdefault("data_dir", data_dir)
    return _complete(values)


def of_demo(environ: Mapping[str, str]) -> Settings:
    """The same with a database and a key of its own: what is invented never meets what is true.

    Raises BadSettings.
    """
    values = verify(environ)
    if "database_url" in values:
        raise BadSettings("DATABASE_URL is set: --demo has a database of its own; unset it for a try")
    folder = values.get("data_dir", DATA)
    assert isinstance(folder, Path)
    return _complete({**values, "data_dir": folder / "demo"})


def verify(environ: Mapping[str, str]) -> dict[str, object]:
    """The variables that are set, parsed, by attribute; makes nothing. Raises BadSettings as `read`."""
    environ = {**_of_file(environ.get(FILE, "").strip()), **environ}
    problems = [*_unknown(environ)]
    values: dict[str, object] = {}
    for variable in TABLE:
        text = environ.get(variable.name, "").strip()
        try:
            if text or (variable.may_be_empty and variable.name in environ):
                values[variable.attribute] = variable.parse(text)
        except Unfit as expected:
            shown = f"({len(text)} characters)" if variable.secret else repr(text)
            problems.append(f"{variable.name}={shown}: {expected}")
    problems += _half_set(values)
    if problems:
        raise BadSettings("\n".join(problems))
    return values


def _of_file(name: str) -> dict[str, str]:
    """The lines of a settings file, as `EnvironmentFile=` of systemd has them. Raises BadSettings."""
    if not name:
        return {}
    try:
        with Path(name).open(encoding="utf-8") as file:
            lines = dotenv_values(stream=file, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{FILE}={name!r}: {error}; make it readable, or unset the variable") from error
    return {key: value or "" for key, value in lines.items()}


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


def _complete(values: dict[str, object]) -> Settings:
    data_dir = values["data_dir"]
    assert isinstance(data_dir, Path)
    database_url = str(values.get("database_url") or f"sqlite:///{data_dir / 'motcua.db'}")
    if "secret_key" not in values:
        values["key_file"] = file = data_dir / keyfile.NAME
        values["secret_key"], *old = keyfile.read(file, database_url)
        values["old_keys"] = (*old, *values.get("old_keys", ()))  # type: ignore[misc]
    key = values["secret_key"]
    assert isinstance(key, bytes)
    made_here = {
        "database_url": database_url,
        "telegram_webhook_secret": values.get("telegram_webhook_secret") or _derived(key, "telegram webhook"),
    }
    return Settings(**{**values, **made_here})  # type: ignore[arg-type]  # the parsers give the right types


def _derived(key: bytes, purpose: str) -> str:
    """A secret of 43 letters, digits, `-` and `_` that only the holder of the key can tell."""
    return base64.urlsafe_b64encode(hmac.digest(key, purpose.encode(), "sha256")).decode().rstrip("=")


TABLE = (
    Variable("TELEGRAM_BOT_TOKEN", "none", "", "starts the Telegram channel", parse.token, secret=True),
    Variable("TELEGRAM_API_URL", "https://api.telegram.org/bot", "URL",
             "another Bot API server, as `http://127.0.0.1:9000/bot`", parse.url),
    Variable("TELEGRAM_WEBHOOK_SECRET", "derived from the secret key", "1-256 of A-Z a-z 0-9 _ -",
             "what Telegram must send with each webhook call", parse.webhook_secret, secret=True),
    Variable("PUBLIC_URL", "none", "https URL",
             "where citizens reach this server; Telegram then uses a webhook", parse.public_url),
    Variable("DATABASE_URL", "sqlite:///data/motcua.db", "URL",
             "`sqlite:///file` or `postgresql://user:password@host/database`", parse.database_url,
             secret=True),
    Variable("MOTCUA_SECRET_KEY", "made once in data/secret.key", "32 characters or more",
             "signs cookies and hashes addresses; the same on every host of one database", parse.key,
             secret=True),
    Variable("MOTCUA_OLD_KEYS", "none", "32 characters or more each, commas between",
             "keys that `motcua keys rotate` has not ended yet", parse.secret_keys, secret=True),
    Variable("MOTCUA_RETENTION_DAYS", "180", "days", "a conversation silent for so long is deleted",
             parse.between(1, 3650)),
    Variable("MOTCUA_SYNC_KEYS", "none", "32 characters or more each, commas between",
             "with these one-stop software may push dossiers, beside `motcua keys add`", parse.keys,
             secret=True),
    Variable("MOTCUA_PULL_URL", "none", "URL",
             "the one-stop system's look-up, as `https://host/mapi`; the four of them or none", parse.url),
    Variable("MOTCUA_PULL_USER", "none", "", "its account", str),
    Variable("MOTCUA_PULL_PASSWORD", "none", "", "its password", str, secret=True),
    Variable("MOTCUA_PULL_UNIT", "none", "", "the unit's code (madonvi), as `000.00.00.H15`", str),
    Variable("MOTCUA_UNLIMITED", "none", "networks, commas between",
             "whose requests no limit counts, for checks on the own machine, as `127.0.0.0/8`",
             parse.networks),
    Variable("MOTCUA_TRUSTED_PROXIES", "127.0.0.0/8, ::1", "networks, commas between",
             "of the proxies before this server, whose `X-Forwarded-For` says where a citizen's request came "
             "from", parse.networks),
    Variable("MOTCUA_OPEN_STATE", "no", "yes or no",
             "a dossier's code alone shows procedure and state; the rest after the second fact",
             parse.yes_or_no),
    Variable("MOTCUA_QUIET_HOURS", "21:00-07:00", "hours, office time",
             "notices wait until they are over; seven from Monday on where days differ; empty: none",
             parse.quiet_hours, may_be_empty=True),
    Variable("MOTCUA_VOICE_MODEL", "none", "folder",
             "a Whisper model in CTranslate2 format, for `motcua[voice]`: voice messages become text",
             parse.folder),
    Variable("MOTCUA_CLERK", "the login", "",
             "who runs commands, as the trace of what was opened names it", str),
    Variable("MOTCUA_LOG_LEVEL", "info", ", ".join(LEVELS), "how much is logged", parse.level),
    Variable("MOTCUA_DATA_DIR", "data", "folder", "where database and key are, for every command", Path),
    Variable("MOTCUA_OFFICE", "the one that ships", "file", "an office.toml of your own", parse.file),
    Variable(FILE, "none", "file", "more of these settings, NAME=value lines, as `/etc/motcua.env`",
             parse.file),
    Variable("MOTCUA_LISTEN", "127.0.0.1", "IP address",
             "where the web server listens; `0.0.0.0` or `::` opens it to others without a proxy",
             parse.address),
    Variable("PORT", "8080", "TCP port", "where the web server listens; 0: any free one",
             parse.between(0, 65535)),
)  # fmt: skip
"""What can be set. The README's table is compared with it."""
