"""A signed event as a value: what it is, of whom, and when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from bot.channels.zalo.templates import reports
from handlers.turn.messages import Attachment

# What is done with an event; "report": what became of something of ours; "ignored": nothing is to be done.
Kind = Literal["said", "greet", "unfollow", "withdraw", "anonymous", "human", "report", "ignored", "unknown"]
KINDS: Mapping[str, Kind] = {
    "follow": "greet",
    "user_click_chatnow": "greet",
    "unfollow": "unfollow",
    "user_withdraw": "withdraw",
    "user_submit_info": "said",
    **dict.fromkeys(
        ("user_seen_message", "user_reacted_message", "oa_reacted_message"),
        "ignored",
    ),
    **dict.fromkeys((reports.ARRIVED, *reports.CHANGES), "report"),
}
STARTS: Mapping[str, Kind] = {"user_send_": "said", "anonymous_send_": "anonymous", "oa_send_": "human"}
NO_MESSAGES = frozenset(("oa_send_consent",))  # named like messages
ATTACHMENTS: Mapping[str, Attachment] = {
    "user_send_image": "photo",
    "user_send_file": "file",
    "user_send_audio": "voice",
    "user_send_location": "location",
    "user_send_business_card": "contact",
    "user_send_link": "other",  # its text may be more than the link
    # the person types it into a form that Zalo shows: nobody has checked that the number is his
    "user_submit_info": "contact",
    "anonymous_send_image": "photo",
    "anonymous_send_file": "file",
}
FETCHED: frozenset[Attachment] = frozenset(("photo", "file", "voice"))
PERSON = re.compile("[0-9A-Za-z_-]{1,40}", re.ASCII)


@dataclass(frozen=True)
class File:
    """Something that was sent along, still at Zalo."""

    url: str
    name: str = ""
    size: int = 0  # bytes as told; 0: not told


@dataclass(frozen=True)
class Event:
    """An event of the Official Account. Never log what it holds of a person."""

    name: str  # "user_send_text"
    kind: Kind
    oa: tuple[str, ...]  # ids among which ours has to be
    person: str = ""  # of this OA; of an anonymous visitor
    conversation: str = ""  # of an anonymous visitor
    message: str = ""  # Zalo's id of the message
    at_ms: int = 0  # Unix milliseconds; 0: not told
    text: str = ""
    attachment: Attachment = ""
    file: File | None = None

    def key(self, raw: bytes) -> tuple[str, ...]:
        """What tells it from all others: a repeat has the same."""
        if not self.message:
            return "body", sha256(raw).hexdigest()
        return self.name, self.message, self.person


def read(body: Mapping[str, Any]) -> Event:
    """The event; what does not fit its name is "unknown"."""
    name = str(body.get("event_name", ""))
    message, sender, recipient = _part(body, "message"), _part(body, "sender"), _part(body, "recipient")
    kind = _kind(name, is_by_somebody=bool(sender.get("admin_id")))
    stamp = str(body.get("timestamp", ""))
    person = _person(body, kind, sender, recipient)
    needs_person = kind not in ("report", "ignored", "unknown")
    text, attachment = str(message.get("text", "")), ATTACHMENTS.get(name, "")
    return Event(
        name=name,
        kind="unknown" if needs_person and not PERSON.fullmatch(person) else kind,
        oa=tuple(
            str(each) for each in (*_ids(body, "oa_id", "oaId"), *_ids(sender, "id"), *_ids(recipient, "id"))
        ),
        person=person,
        conversation=str(message.get("conversation_id", "")),
        message=str(message.get("msg_id") or message.get("message_id") or ""),
        at_ms=int(stamp) if stamp.isascii() and stamp.isdecimal() and len(stamp) < 16 else 0,
        text=text,
        attachment=attachment or ("other" if kind in ("said", "anonymous") and not text else ""),
        file=_file(message) if attachment in FETCHED else None,
    )


def _kind(name: str, *, is_by_somebody: bool) -> Kind:
    """`is_by_somebody`: a person wrote it in the OA's own chat; else what the OA sends is an echo of ours."""
    starts = () if name in NO_MESSAGES else STARTS.items()
    meant = [kind for start, kind in starts if name.startswith(start)]
    kind: Kind = KINDS.get(name, "unknown") if not meant else meant[0]
    return "ignored" if kind == "human" and not is_by_somebody else kind


def _person(
    body: Mapping[str, Any], kind: Kind, sender: Mapping[str, Any], recipient: Mapping[str, Any]
) -> str:
    """Who it is about: of what the OA sent, the recipient."""
    among = recipient if kind == "human" else sender
    return str(among.get("id") or _part(body, "follower").get("id") or body.get("user_id") or "")


def _file(message: Mapping[str, Any]) -> File | None:
    attachments = message.get("attachments")
    first = attachments[0] if isinstance(attachments, list) and attachments else None
    payload = _part(first, "payload") if isinstance(first, dict) else {}
    url, size = payload.get("url"), str(payload.get("size", ""))
    if not isinstance(url, str) or not url:
        return None
    is_number = size.isascii() and size.isdecimal() and len(size) < 16
    return File(url, str(payload.get("name", "")), int(size) if is_number else 0)


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _ids(body: Mapping[str, Any], *names: str) -> tuple[object, ...]:
    return tuple(body[name] for name in names if body.get(name))
