"""Whether a webhook comes from Zalo: SHA-256 over app id, raw body, timestamp and the OA secret key.

It is no HMAC, and the OA secret key is not the app's secret.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

HEADER = "X-ZEvent-Signature"
TIMESTAMP_HEADER = "X-ZEvent-Timestamp"  # a fall-back of several clients; the body has always had one so far

Verdict = Literal["signed", "signed_by_oa_id", "unsigned", "wrong"]
Mistake = Literal["", "app secret", "oa id"]  # with what a wrong signature would be right


@dataclass(frozen=True)
class Keys:
    """What signatures are made of."""

    app_id: str
    oa_id: str
    oa_secret: str = field(repr=False)
    app_secret: str = field(repr=False)
    takes_oa_id: bool = False  # whether one that begins with the OA's id is right too


@dataclass(frozen=True)
class Signed:
    """A delivery as it came."""

    raw: bytes
    timestamp: str
    given: str  # 64 hex digits, if it is a signature at all
    body: Mapping[str, Any] | None  # None: no JSON object

    def fits(self, first: str, secret: str) -> bool:
        """Whether it was signed with these."""
        parts = (first.encode(), self.raw, self.timestamp.encode(), secret.encode())
        right = sha256(b"".join(parts)).hexdigest()
        return hmac.compare_digest(right.encode(), self.given.encode(errors="surrogateescape"))


def read(raw: bytes, headers: Mapping[str, str]) -> Signed:
    """The delivery, taken apart; nothing of it is to be believed yet."""
    given = headers.get(HEADER, "").strip().removeprefix("mac=").lower()
    body = parsed(raw)
    return Signed(raw, _timestamp(body) or headers.get(TIMESTAMP_HEADER, ""), given, body)


def judge(delivery: Signed, keys: Keys) -> Verdict:
    """What is to be done with it: only what is signed may be processed."""
    if not delivery.given:
        return "unsigned"
    if delivery.body is not None and delivery.body.get("app_id", keys.app_id) != keys.app_id:
        return "wrong"
    if delivery.fits(keys.app_id, keys.oa_secret):
        return "signed"
    is_right = delivery.fits(keys.oa_id, keys.oa_secret) and keys.takes_oa_id
    return "signed_by_oa_id" if is_right else "wrong"


def mistake(delivery: Signed, keys: Keys) -> Mistake:
    """Why a signature is wrong, as far as that can be told; noted for `motcua check`, never believed."""
    if delivery.fits(keys.app_id, keys.app_secret):
        return "app secret"
    return "oa id" if delivery.fits(keys.oa_id, keys.oa_secret) else ""


def parsed(raw: bytes) -> Mapping[str, Any] | None:
    """The JSON object; None if it is none."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _timestamp(body: Mapping[str, Any] | None) -> str:
    """As it was hashed: a number by its decimal digits."""
    stamp = (body or {}).get("timestamp", "")
    return str(stamp) if isinstance(stamp, str | int) and not isinstance(stamp, bool) else ""
