"""What is done with an event that was stored."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine

from bot.address import Address
from bot.channels.registry import Answer
from bot.channels.zalo.kept import store
from bot.channels.zalo.kept.store import Claimed
from bot.channels.zalo.oa import pauses
from bot.channels.zalo.oa.incoming import events
from bot.channels.zalo.oa.incoming.events import Event, Kind
from bot.channels.zalo.oa.incoming.signature import parsed
from bot.channels.zalo.oa.outgoing.parts import Part, parts, without_choices
from bot.channels.zalo.oa.outgoing.payload import choice
from bot.channels.zalo.oa.outgoing.send import Sender
from bot.media import scan, voice
from bot.notices import follows
from bot.outbox.outcomes import Doubtful, Later, Outcome, Refused
from bot.storage import conversations, database
from bot.storage.sealing import Vault
from handlers.people.actions import Erase
from handlers.turn.messages import Incoming, Reply

logger = logging.getLogger(__name__)

ECHO_S = 3  # after which a message of ours is noted, so that one that is not is somebody's of the office

Done = Literal["answered", "greeted", "silent", "erased", "unfollowed", "taken_over", "ours", "anonymous"]
Fetch = Callable[[str], Awaitable[bytes]]  # of an address; b"": it cannot be had
Send = Callable[[Part], Awaitable[Outcome]]


@dataclass(frozen=True)
class Answering:
    """Answers events. `answer` has to give the same replies when it is asked again for a message id."""

    sender: Sender
    answer: Answer
    fetch: Fetch
    engine: Engine
    vault: Vault
    now: Callable[[], datetime]
    listen: voice.Listen | None = None

    async def take(self, claimed: Claimed) -> Done | Later:
        """What was done; Later if it is to be taken up again."""
        event = events.read(parsed(claimed.raw) or {})
        return await WORK[event.kind](self, event, claimed)

    async def said(self, event: Event, claimed: Claimed) -> Done | Later:
        """A message of a person; while the office is talking, only what is meant for the bot."""
        address, is_meant = _address(event), bool(choice(event.text)) or event.text.startswith("/")
        if await asyncio.to_thread(self._stays_silent, address, is_meant):
            return "silent"
        replies = await self.answer(address, claimed.message_id, await self._incoming(event))
        return await self._deliver(address, claimed, replies) or "answered"

    async def greet(self, event: Event, claimed: Claimed) -> Done | Later:
        """Says who we are to whom we do not know yet: Zalo may tell of a newcomer in two ways."""
        address = _address(event)
        if await asyncio.to_thread(self._is_known, address, claimed.message_id):
            return "silent"
        replies = await self.answer(address, claimed.message_id, Incoming(self.now(), text="/start"))
        return await self._deliver(address, claimed, replies) or "greeted"

    async def unfollow(self, event: Event, _claimed: Claimed) -> Done:
        """Whoever leaves us is told nothing any more."""
        await asyncio.to_thread(self._drop, _address(event))
        return "unfollowed"

    async def withdraw(self, event: Event, claimed: Claimed) -> Done:
        """Consent taken back in Zalo itself: all is erased, and nothing is said."""
        await self._erase(_address(event), claimed.message_id)
        return "erased"

    async def human(self, event: Event, claimed: Claimed) -> Done | Later:
        """Somebody of the office wrote in the chat: the bot is silent there for a while."""
        if self.now().timestamp() - claimed.at < ECHO_S:
            return Later(ECHO_S)
        return await asyncio.to_thread(self._pause, event)

    async def anonymous(self, event: Event, claimed: Claimed) -> Done | Later:
        """A visitor without an account: answered, and nothing is kept."""
        address = _address(event)
        incoming = Incoming(self.now(), text=event.text, attachment=event.attachment)
        replies = await self.answer(address, claimed.message_id, incoming)
        await self._erase(address, f"{claimed.message_id}-end")
        recipient = {"anonymous_id": event.person, "conversation_id": event.conversation}

        async def send(part: Part) -> Outcome:
            return await self.sender.send_anonymous(recipient, part)

        made = parts([without_choices(each) for each in replies])
        return await self._send_rest(send, claimed, made) or "anonymous"

    async def _incoming(self, event: Event) -> Incoming:
        """The message with what its picture shows, or what is said in it; the file is not kept."""
        pressed = choice(event.text)
        incoming = Incoming(
            self.now(), text="" if pressed else event.text, choice=pressed, attachment=event.attachment
        )
        if event.file is None:
            return incoming
        is_readable = event.attachment == "file" and scan.may_hold("", event.file.name)
        if event.attachment == "photo" or is_readable:
            scanned = await scan.aside(await self.fetch(event.file.url))
            return replace(incoming, attachment="image" if is_readable else "photo", scanned=scanned)
        if event.attachment == "voice" and self.listen:
            heard = await self.listen(await self.fetch(event.file.url))
            return replace(incoming, heard=heard.text, heard_sure=heard.sure) if heard else incoming
        return incoming

    async def _deliver(self, address: str, claimed: Claimed, replies: tuple[Reply, ...]) -> Later | None:
        async def send(part: Part) -> Outcome:
            return await self.sender.send(address, part)

        return await self._send_rest(send, claimed, parts(replies))

    async def _send_rest(self, send: Send, claimed: Claimed, made: list[Part]) -> Later | None:
        """Sends what is not out yet; Later if the rest has to wait."""
        for number, part in enumerate(made[claimed.answered :], claimed.answered + 1):
            result = await send(part)
            if isinstance(result, Doubtful):  # reading an answer twice is better than not at all
                result = await send(part)
            match result:
                case Later() as later:
                    return later
                case Doubtful():
                    logger.warning("message doubtful", extra={"event": claimed.id, "part": number})
                case Refused(reason):
                    logger.warning("message refused", extra={"event": claimed.id, "reason": reason})
            await asyncio.to_thread(self._note_answered, claimed.id, number)
        return None

    async def _erase(self, address: str, message_id: str) -> None:
        await self.answer(address, message_id, Incoming(self.now(), choice=str(Erase())))

    def _stays_silent(self, address: str, is_meant: bool) -> bool:
        with database.reading(self.engine) as connection:
            is_paused = pauses.is_paused(connection, address, self.now())
        if is_paused and is_meant:
            with database.writing(self.engine) as connection:
                pauses.end(connection, address)
        return is_paused and not is_meant

    def _is_known(self, address: str, message_id: str) -> bool:
        """By another message than this one, which may have been answered and not sent."""
        with database.reading(self.engine) as connection:
            mine = conversations.replies_to(connection, self.vault, address, message_id)
            return mine is None and conversations.exists(connection, address)

    def _drop(self, address: str) -> None:
        with database.writing(self.engine) as connection:
            follows.drop(connection, [address])

    def _pause(self, event: Event) -> Done:
        with database.writing(self.engine) as connection:
            if store.is_ours(connection, self.vault, event.message):
                return "ours"
            pauses.begin(connection, _address(event), self.now())
        return "taken_over"

    def _note_answered(self, number: int, answered: int) -> None:
        with database.writing(self.engine) as connection:
            store.note_answered(connection, number, answered)


def _address(event: Event) -> str:
    return str(Address("zalo", event.person))


WORK: Mapping[Kind, Callable[[Answering, Event, Claimed], Awaitable[Done | Later]]] = {
    "said": Answering.said,
    "greet": Answering.greet,
    "unfollow": Answering.unfollow,
    "withdraw": Answering.withdraw,
    "human": Answering.human,
    "anonymous": Answering.anonymous,
}
