"""Sends to the Bot Platform, one part after the other, and counts what it will count."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot import address as addresses
from bot.channels.zalo.platform.client import TROUBLE, Client, outcome
from bot.channels.zalo.platform.text import Part, parts
from bot.outbox.outcomes import Outcome, Refused, Sent
from handlers.turn.choices import Choice
from handlers.turn.messages import Enclosure, Reply

logger = logging.getLogger(__name__)

PHOTO_S = 150  # the platform fetches the picture before it answers, openclaw PR 111636

Count = Callable[[str], Awaitable[None]]  # told of each address that got a message
Whole = Callable[[Enclosure], str]  # the link to a file of which nothing is kept
Offer = Callable[[str, tuple[Choice, ...]], Awaitable[bool]]  # whether a number typed next means one of these


@dataclass(frozen=True)
class Unasked:
    """Sends what nobody asked for now."""

    client: Client
    count: Count
    offer: Offer
    whole: Whole | None = None  # None: no files

    async def push(self, address: str, reply: Reply) -> Outcome:
        """Sends a reply; the outcome of its first message that did not arrive.

        Its choices go with it if their numbers will be understood.
        """
        result: Outcome = Refused("nothing to say")
        if reply.choices and not await self.offer(address, reply.choices):
            reply = replace(reply, choices=())
        files, whole = reply.enclosures, self.whole
        link = (lambda _reply, place, _name: whole(files[place])) if whole else None
        for part in parts([reply], link):
            result = await send(self.client, self.count, address, part)
            if not isinstance(result, Sent):
                return result
        return result


async def send(client: Client, count: Count, address: str, part: Part) -> Outcome:
    """Sends one message."""
    chat = addresses.parse(address).person
    try:
        if part.photo:
            told = await client.call(
                "sendPhoto", timeout_s=PHOTO_S, chat_id=chat, photo=part.photo, caption=part.text
            )
        else:
            told = await client.call("sendMessage", chat_id=chat, text=part.text)
    except TROUBLE as trouble:
        return outcome(trouble)
    await count(address)
    return Sent(str(told.get("message_id", "")) if isinstance(told, dict) else "")


async def show_typing(client: Client, chat: str) -> None:
    """That an answer is being made; it does not matter much."""
    try:
        await client.call("sendChatAction", chat_id=chat, action="typing")
    except TROUBLE as trouble:
        logger.info("typing not shown", extra={"error": type(trouble).__name__})
