"""The only reader of the environment: what can be set, what it defaults to, and what is wrong with it."""

import base64
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from bot.network import LOOPBACK, Network
from bot.settings import keyfile
from bot.settings.values import BadSettings, Unfit
from bot.settings.variables import ATTRIBUTES, FILE, TABLE, TOGETHER
from knowledge.notices.quiet_hours import USUAL, QuietHours

DATA = Path("data")


@dataclass(frozen=True)
class Settings:
    """The settings of this process, checked."""

    secret_key: bytes = field(repr=False)  # seals, signs cookies, hashes addresses in the logs
    old_keys: tuple[bytes, ...] = field(default=(), repr=False)  # they open what is not sealed anew yet
    telegram_bot_token: str = field(default="", repr=False)  # empty: no Telegram
    telegram_api_url: str = "https://api.telegram.org/bot"  # the token follows without a slash
    telegram_webhook_secret: str = field(default="", repr=False)
    zalo_app_id: str = ""
    zalo_app_secret: str = field(default="", repr=False)  # asks for tokens
    zalo_oa_id: str = ""  # empty: no Official Account
    zalo_oa_secret: str = field(default="", repr=False)  # signs webhooks; not the app's secret
    zalo_signs_with_oa_id: bool = False  # takes such signatures too
    zalo_calls_a_minute: int = 60
    zalo_api_url: str = "https://openapi.zalo.me"
    zalo_oauth_url: str = "https://oauth.zaloapp.com"
    zalo_template_url: str = "https://business.openapi.zalo.me"
    zalo_templates: Path | None = None  # None: no template messages
    zalo_domain_proof: Path | None = None  # served at the root under its name
    zalo_bot_token: str = field(default="", repr=False)  # empty: no bot of the Bot Platform
    zalo_bot_api_url: str = "https://bot-api.zaloplatforms.com"
    zalo_bot_secret: str = field(default="", repr=False)
    public_url: str = ""  # without the last slash; empty: Telegram by long polling
    widget_origins: tuple[str, ...] = ()  # sites that may show the page in a frame
    database_url: str = field(default="sqlite:///data/motcua.db", repr=False)  # as SQLAlchemy reads it
    listen: str = "127.0.0.1"  # an address of this machine
    port: int = 8080
    retention_days: int = 180
    sync_keys: tuple[str, ...] = field(default=(), repr=False)  # of one-stop software
    pull_url: str = ""  # empty: nothing is pulled
    pull_user: str = ""
    pull_password: str = field(default="", repr=False)
    pull_unit: str = ""
    poll_minutes: int = 15  # 0: the one-stop software is asked only when a citizen looks up
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
    """What works only together."""
    for names, what in TOGETHER:
        missing = [name for name in names if ATTRIBUTES[name] not in values]
        if missing and len(missing) < len(names):
            yield f"{', '.join(missing)}: not set; {what}, or none"


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
        "zalo_bot_secret": values.get("zalo_bot_secret") or _derived(key, "zalo bot webhook"),
    }
    return Settings(**{**values, **made_here})  # type: ignore[arg-type]  # the parsers give the right types


def _derived(key: bytes, purpose: str) -> str:
    """A secret of 43 letters, digits, `-` and `_` that only the holder of the key can tell."""
    return base64.urlsafe_b64encode(hmac.digest(key, purpose.encode(), "sha256")).decode().rstrip("=")
