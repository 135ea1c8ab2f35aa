"""An update as Telegram writes it -> what a person says to us."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.address import Address
from bot.channels.telegram.contact import own_phone
from bot.channels.telegram.incoming import attachment as attached
from handlers.turn.messages import Incoming, Quoted

# https://core.telegram.org/bots/features#deep-linking
GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
START = re.compile(r"/start(?:@\w+)? ([A-Za-z0-9_-]{1,64})")


@dataclass(frozen=True)
class Picture:
    """A file that may show a code."""

    file: str  # its id
    message: int  # id of the message that shows it


@dataclass(frozen=True)
class Received:
    """An update that is for us."""

    chat: int
    number: int  # of the update
    incoming: Incoming
    query: str = ""  # id of the tap, which Telegram wants answered
    tapped: int = 0  # id of the message whose button was tapped
    pictures: tuple[Picture, ...] = ()  # that may show a code
    album: str = ""  # of which it is a part: each comes as an update of its own
    in_group: bool = False  # nothing said there is for us
    speech: str = ""  # id of the file in which somebody speaks
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)  # as it came

    @property
    def message_id(self) -> str:
        """What the conversation knows the update by."""
        return f"u{self.number}"

    @property
    def address(self) -> str:
        """The person's address in the whole program."""
        return str(Address("telegram", str(self.chat)))


def received(update: Update, at: datetime, raw: Mapping[str, Any] | None = None) -> Received | None:
    """What a person says to us in private, or that a group speaks to us; None for all else."""
    raw = raw or {}
    if update.callback_query:
        return _tap(update.callback_query, update.update_id, at, raw)
    if update.message and update.message.chat.type in GROUPS:
        return _in_group(update.message, update.update_id, at, raw)
    message = update.message or update.edited_message
    if message is None or message.chat.type != message.chat.PRIVATE:
        return None
    said = incoming(message, at)
    if update.edited_message:  # also a place that is shared while one moves: there is nothing to correct
        said = replace(said, number="", edits=said.number)
    if not said.text and (not said.attachment or said.edits):
        return None
    file = attached.picture(message)
    return Received(
        message.chat.id,
        update.update_id,
        said,
        pictures=(Picture(file, message.message_id),) if file else (),
        album=message.media_group_id or "",
        speech=attached.speech(message),
        raw=raw,
    )


def _in_group(message: Message, number: int, at: datetime, raw: Mapping[str, Any]) -> Received | None:
    """What is written where we are a guest: to us, as Telegram hands us nothing else there by default."""
    if not message.text and not message.new_chat_members:
        return None
    language = (message.from_user and message.from_user.language_code) or ""
    return Received(message.chat.id, number, Incoming(at, language=language), in_group=True, raw=raw)


def as_one(parts: Sequence[Received]) -> Received:
    """The parts of an album as one message: all its pictures, and what is written below any of them."""
    first = next((part for part in parts if part.pictures), parts[0])
    text = "\n".join(part.incoming.text for part in parts if part.incoming.text)
    pictures = tuple(picture for part in parts for picture in part.pictures)
    said = replace(first.incoming, text=text)
    return replace(first, number=parts[0].number, incoming=said, pictures=pictures, album="")


def incoming(message: Message, at: datetime) -> Incoming:
    """A message as the conversation takes it, without what a picture shows."""
    text = message.text or message.caption or ""
    start = START.fullmatch(text)
    return Incoming(
        at=at,
        text=text,
        start=start[1] if start else "",
        attachment=attached.attachment(message),
        language=(message.from_user and message.from_user.language_code) or "",
        phone=own_phone(message),
        number=str(message.message_id),
        quoted=_quoted(message),
    )


def _quoted(message: Message) -> Quoted | None:
    """The message that it replies to; of a quoted passage all of the message, as its title says what of."""
    of = message.reply_to_message
    if of is None:
        return None
    rows = of.reply_markup.inline_keyboard if of.reply_markup else ()
    buttons = ((button.text, button.callback_data) for row in rows for button in row)
    choices = tuple((label, value) for label, value in buttons if isinstance(value, str))
    return Quoted(of.text or of.caption or "", bool(of.from_user and of.from_user.is_bot), choices)


def _tap(query: CallbackQuery, number: int, at: datetime, raw: Mapping[str, Any]) -> Received | None:
    message = query.message
    if message is None or message.chat.type != message.chat.PRIVATE or not query.data:
        return None
    said = Incoming(at=at, choice=query.data, language=query.from_user.language_code or "")
    return Received(message.chat.id, number, said, query.id, message.message_id, raw=raw)
