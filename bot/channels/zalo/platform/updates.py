"""An update of the Bot Platform as a message: flat as it really comes, or wrapped as the pages show it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "photo", "voice", "other"]

ID = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)
KINDS: Mapping[str, Kind] = {
    "message.text.received": "text",
    "message.image.received": "photo",
    "message.voice.received": "voice",
    "message.sticker.received": "other",
    "message.unsupported.received": "other",  # a link, a document, a card; nothing is told of it
}


@dataclass(frozen=True)
class Received:
    """A message of a person."""

    chat: str
    message_id: str
    kind: Kind
    text: str = ""
    file: str = ""  # address of the picture or the recording
    in_group: bool = False
    sent_ms: int = 0  # Unix milliseconds, by Zalo's clock


def received(data: object) -> Received | None:
    """The message in an update; None for bots, for what names nobody, and for what we do not know."""
    told = _mapping(_mapping(data).get("result")) or _mapping(data)
    message = _mapping(told.get("message"))
    chat, sender = _mapping(message.get("chat")), _mapping(message.get("from"))
    kind = KINDS.get(_text(told.get("event_name")))
    where, number = _text(chat.get("id")), _text(message.get("message_id"))
    is_whole = ID.fullmatch(where) and ID.fullmatch(number)
    if kind is None or not is_whole or sender.get("is_bot") is True:
        return None
    return Received(
        where,
        number,
        kind,
        _text(message.get("text")) or _text(message.get("caption")),
        _text(message.get("photo_url") or message.get("photo") or message.get("voice_url")),
        in_group=_text(chat.get("chat_type")).upper() == "GROUP",
        sent_ms=date if isinstance(date := message.get("date"), int) else 0,
    )


def _mapping(told: object) -> Mapping[str, object]:
    return told if isinstance(told, Mapping) else {}


def _text(told: object) -> str:
    """Ids are texts of hex digits; a number becomes one, exactly."""
    return str(told) if isinstance(told, str | int) and not isinstance(told, bool) else ""
