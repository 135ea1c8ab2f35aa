"""What stands in a variable of the environment -> its value, or what is expected there instead."""

import hashlib
import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from bot.network import Network
from knowledge.notices import quiet_hours as quiet
from knowledge.notices.quiet_hours import QuietHours

LOOPBACK = ("localhost", "127.0.0.1", "::1")
LEVELS = ("debug", "info", "warning", "error")
YES_OR_NO = {"yes": True, "no": False}
KEY_LENGTH = 32  # characters at least; `openssl rand -hex 32` gives 64


class BadSettings(Exception):
    """Settings that cannot be used; one line a problem: the variable, its value, and what to do."""


class Unfit(Exception):
    """A value that cannot be; says what is expected instead."""


def key(text: str) -> bytes:
    """A key for signing and hashing, 32 bytes whatever its length was."""
    if len(text) < KEY_LENGTH:
        raise Unfit(f"use at least {KEY_LENGTH} random characters, as from `openssl rand -hex 32`")
    return hashlib.sha256(text.encode()).digest()


def secret_keys(text: str) -> tuple[bytes, ...]:
    """Keys as `key` takes them, a comma between two."""
    return tuple(key(each.strip()) for each in text.split(",") if each.strip())


def token(text: str) -> str:
    """A bot's token as @BotFather gives it."""
    if not re.fullmatch(r"\d+:[\w-]+", text, re.ASCII):
        raise Unfit("copy the whole token that @BotFather gave, like 123456:ABC-def")
    return text


def secret(text: str) -> str:
    """A secret that somebody else made: letters and signs without a gap."""
    if not re.fullmatch(r"[!-~]{8,512}", text):
        raise Unfit("copy the whole of it, at least 8 letters, digits and signs without a space")
    return text


def digits(text: str) -> str:
    """A number that only names something; its zeros in front count."""
    if not re.fullmatch(r"\d{1,32}", text, re.ASCII):
        raise Unfit("use the digits only, as the console shows them")
    return text


def keys(text: str) -> tuple[str, ...]:
    """Keys of one-stop software, a comma between two."""
    found = tuple(key.strip() for key in text.split(",") if key.strip())
    if not found or not all(re.fullmatch(rf"[!-+\--~]{{{KEY_LENGTH},256}}", each) for each in found):
        raise Unfit(f"use keys of {KEY_LENGTH} to 256 random letters and digits, a comma between two")
    return found


def webhook_secret(text: str) -> str:
    """What Telegram may send in its header."""
    if not re.fullmatch(r"[\w-]{1,256}", text, re.ASCII):  # https://core.telegram.org/bots/api#setwebhook
        raise Unfit("use 1 to 256 letters, digits, - and _")
    return text


def long_webhook_secret(text: str) -> str:
    """What the Bot Platform may send in its header."""
    if len(webhook_secret(text)) < 8:
        raise Unfit("use 8 to 256 letters, digits, - and _")
    return text


def url(text: str) -> str:
    """An address without the last slash."""
    parts = _split(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise Unfit("use an address like https://motcua.example.vn")
    return text.rstrip("/")


def public_url(text: str) -> str:
    """An address that citizens reach: encrypted, unless it is on this machine."""
    address = url(text)
    if not address.startswith("https://") and urlsplit(address).hostname not in LOOPBACK:
        raise Unfit("use https:// (http:// is for this machine only)")
    return address


ORIGIN = re.compile(r"https?://([a-z0-9-]+\.)*[a-z0-9-]+(:\d{1,5})?")  # it goes into a header as it is


def origins(text: str) -> tuple[str, ...]:
    """Sites as browsers name them, a comma between two."""
    named = tuple(url(each.strip()).lower() for each in text.split(","))
    if not all(map(ORIGIN.fullmatch, named)):
        raise Unfit("use sites without a path like https://tienthanh.example.vn, a comma between two")
    return named


def database_url(text: str) -> str:
    """SQLAlchemy's form; hosts of programs hand out `postgres://`, which it does not know."""
    parts = _split(text)
    if parts.scheme in ("postgres", "postgresql", "postgresql+psycopg") and len(parts.path) > 1:
        return f"postgresql+psycopg:{text.partition(':')[2]}"
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1 and ":memory:" not in text:
        return text
    raise Unfit("use sqlite:///path/to/file.db or postgresql://user:password@host:5432/database")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # only asking for the port checks it
    except ValueError as error:
        raise Unfit(f"no address ({error})") from error
    return parts


def between(low: int, high: int) -> Callable[[str], int]:
    """A parser of whole numbers in these bounds."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not low <= int(text) <= high:
            raise Unfit(f"use a whole number from {low} to {high}")
        return int(text)

    return parse


def quiet_hours(text: str) -> QuietHours:
    """Hours in which nobody is written to, of every day or of each from Monday on; empty for none."""
    try:
        return quiet.parse(text)
    except quiet.BadHours as error:
        raise Unfit("use hours like 21:00-07:00, seven of them where days differ, empty for none") from error


def folder(text: str) -> Path:
    """A folder that is there."""
    if not Path(text).is_dir():
        raise Unfit("no such folder; make it, or unset the variable")
    return Path(text)


def file(text: str) -> Path:
    """A file that is there."""
    if not Path(text).is_file():
        raise Unfit("no such file; make it, or unset the variable")
    return Path(text)


def proof(text: str) -> Path:
    """A file whose name may stand in an address, and hides no page of ours."""
    found = file(text)
    if not re.fullmatch(r"zalo_verifier[\w-]+\.html", found.name, re.ASCII):
        raise Unfit("keep the name that Zalo gave it, like zalo_verifierAbC123.html")
    return found


def address(text: str) -> str:
    """An address of this machine to listen on."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as error:
        raise Unfit("use an address like 127.0.0.1, 0.0.0.0 or ::1") from error


def networks(text: str) -> tuple[Network, ...]:
    """Networks of addresses, a comma between two."""
    try:
        return tuple(ipaddress.ip_network(each.strip()) for each in text.split(","))
    except ValueError as error:
        raise Unfit("use networks like 127.0.0.0/8, a comma between two") from error


def level(text: str) -> str:
    """How much is logged."""
    if text.lower() not in LEVELS:
        raise Unfit(f"use one of {', '.join(LEVELS)}")
    return text.lower()


def yes_or_no(text: str) -> bool:
    """A choice of the administrator."""
    if text.lower() not in YES_OR_NO:
        raise Unfit(f"use one of {', '.join(YES_OR_NO)}")
    return YES_OR_NO[text.lower()]
