"""The bot's messages answered: each in order for its chat, once, and what we cannot read in one sentence."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.address import Address
from bot.channels.registry import Answer
from bot.channels.zalo.kept import store
from bot.channels.zalo.kept.store import Arrived, Claimed
from bot.channels.zalo.platform import send
from bot.channels.zalo.platform.client import Client
from bot.channels.zalo.platform.files import Links
from bot.channels.zalo.platform.text import parts
from bot.channels.zalo.platform.updates import Received, received
from bot.media import scan, voice
from bot.outbox.outcomes import Doubtful, Later, Refused
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.people import fitting
from handlers.turn.messages import Attachment, Incoming, Reply

logger = logging.getLogger(__name__)

CHANNEL = "zalobot"
RARELY = timedelta(minutes=10)  # between two of the same sentence where we cannot help anyway
REMEMBERED = 10_000  # chats that were told it

ATTACHMENTS: dict[str, Attachment] = {"text": "", "photo": "photo", "voice": "voice", "other": "other"}

Fetch = Callable[[str], Awaitable[bytes]]  # of an address; b"": it cannot be had


def arrived(received: Received, raw: bytes) -> Arrived:
    """A message on its way into the table."""
    key = (CHANNEL, received.chat, received.message_id)
    return Arrived(key, f"{CHANNEL}:{received.chat}", received.sent_ms, raw, CHANNEL)


@dataclass
class Answering:
    """Answers messages. `answer` has to give the same replies when it is asked again for a message id."""

    client: Client
    answer: Answer
    fetch: Fetch
    count: send.Count
    engine: Engine
    vault: Vault
    now: Callable[[], datetime]
    links: Links | None = None
    listen: voice.Listen | None = None

    def __post_init__(self) -> None:
        self._told: dict[str, datetime] = {}  # chat -> when it was told that we cannot help there

    async def take(self, claimed: Claimed) -> str | Later:
        """Answers what is not answered yet; Later if the rest has to wait."""
        message = received(json.loads(claimed.raw))
        assert message, "only what could be read is kept"
        is_idle = message.in_group or message.kind == "other"
        if is_idle and not claimed.answered and self._was_told(message.chat):
            return "silent"
        address, message_id, links = str(Address(CHANNEL, message.chat)), claimed.message_id, self.links
        replies = await self._replies(message, address, message_id)
        link = (lambda *file: links.link(address, message_id, *file)) if links else None
        for number, part in enumerate(parts(replies, link)[claimed.answered :], claimed.answered + 1):
            match await send.send(self.client, self.count, address, part):
                case Later() as later:
                    return later
                case Doubtful():  # a second copy would count against the month, and puzzle
                    logger.warning("message doubtful", extra={"part": number})
                case Refused(reason):
                    logger.warning("message refused", extra={"part": number, "reason": reason})
            await asyncio.to_thread(self._note_answered, claimed.id, number)
        return "answered"

    async def _replies(self, received: Received, address: str, message_id: str) -> tuple[Reply, ...]:
        if received.in_group:
            return (fitting.in_private(),)
        await send.show_typing(self.client, received.chat)
        incoming = Incoming(self.now(), text=received.text, attachment=ATTACHMENTS[received.kind])
        return await self.answer(address, message_id, await self._with_file(received, incoming))

    async def _with_file(self, received: Received, incoming: Incoming) -> Incoming:
        """The message with what its picture shows, or what is said in it; the file is not kept."""
        if received.kind == "photo":
            return replace(incoming, scanned=await scan.aside(await self.fetch(received.file)))
        if received.kind == "voice" and self.listen:
            heard = await self.listen(await self.fetch(received.file))
            return replace(incoming, heard=heard.text, heard_sure=heard.sure) if heard else incoming
        return incoming

    def _note_answered(self, number: int, answered: int) -> None:
        with database.writing(self.engine) as connection:
            store.note_answered(connection, number, answered)

    def _was_told(self, chat: str) -> bool:
        """Whether it was told a while ago; else it is now."""
        now = self.now()
        if now - self._told.get(chat, now - RARELY) < RARELY:
            return True
        self._told.pop(chat, None)
        self._told[chat] = now
        if len(self._told) > REMEMBERED:
            del self._told[next(iter(self._told))]
        return False
