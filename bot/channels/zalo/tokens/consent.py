"""The consent of the Official Account's administrator: the link to click, and what he brings back.

The console keeps one challenge and one callback for good; a challenge made for each login fails at the token.
"""

import json
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.settings.settings import Settings

PERMISSION = "/v4/oa/permission"
CALLBACK = "/zalo/callback"
VERIFIER_BYTES = 32  # 43 characters
TOKEN = re.compile(r"[\w.~+/=-]{20,}", re.ASCII)  # what a token or a code may look like


class NotUnderstood(Exception):
    """Neither a link with a code, nor a code, nor a pair of tokens."""


@dataclass(frozen=True)
class Code:
    """What Zalo hands back after the click: good for ten minutes, and once."""

    code: str = field(repr=False)


@dataclass(frozen=True)
class Pasted:
    """A pair of tokens of unknown age, as the API Explorer gives one."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)


def new_verifier() -> str:
    """A secret of 43 characters."""
    return secrets.token_urlsafe(VERIFIER_BYTES)


def challenge(verifier: str) -> str:
    """What of it the console is told."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def callback_url(settings: Settings) -> str:
    """Where Zalo sends the administrator back to, to the last letter; "" without a public address."""
    return settings.public_url + CALLBACK if settings.public_url else ""


def link(settings: Settings, verifier: str) -> str:
    """What the administrator clicks."""
    asked = {
        "app_id": settings.zalo_app_id,
        "redirect_uri": callback_url(settings),
        "code_challenge": challenge(verifier),
    }
    return f"{settings.zalo_oauth_url}{PERMISSION}?{urlencode(asked)}"


def read(brought: str) -> Code | Pasted:
    """What was brought: the link of the page that opened after the click, its code, or two tokens.

    Two tokens stand in JSON, or the access token before the refresh token. Raises NotUnderstood.
    """
    brought = brought.strip()
    if brought.startswith("{"):
        return _of_json(brought)
    if found := parse_qs(urlsplit(brought).query).get("code"):
        return Code(found[0])
    match TOKEN.findall(brought):
        case [code] if code == brought:
            return Code(code)
        case [access, refresh] if "://" not in brought:
            return Pasted(access, refresh)
    raise NotUnderstood


def _of_json(brought: str) -> Pasted:
    try:
        told = json.loads(brought)
        return Pasted(str(told["access_token"]), str(told["refresh_token"]))
    except (ValueError, KeyError) as error:
        raise NotUnderstood from error
