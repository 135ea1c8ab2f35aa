"""Telegram: an update becomes an Incoming, replies become messages, in order for each chat and each once."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.registry import Answer
from bot.channels.telegram.busy import SLOW_S, showing
from bot.channels.telegram.contact import ContactButtons
from bot.channels.telegram.incoming import attachment as attached
from bot.channels.telegram.incoming.albums import Albums
from bot.channels.telegram.incoming.kept import Keeping
from bot.channels.telegram.incoming.updates import Received, received
from bot.channels.telegram.keyboards import Keyboards
from bot.channels.telegram.send import erase, invite, send
from bot.channels.telegram.text import Part, parts
from bot.media import scan, voice
from bot.outbox.outcomes import Doubtful, Later, Outcome, Refused, Sent
from handlers.turn.messages import Incoming

logger = logging.getLogger(__name__)

PATIENCE_S = 3.0  # a longer wait is left to Telegram, which delivers the update again, or to `finish`
TRIES = 3  # sends of one message while its update is in hand
FINISHING = 5  # tries of an update that nobody delivers again
LONGEST_PAUSE_S = 3600.0  # between them
AGAIN_S = 1.0  # after a send nobody knows the end of
REMEMBERED = 10_000  # updates whose sent messages are counted, so that a redelivery sends only the rest


@dataclass(frozen=True)
class Clock:
    """What the time is, and how it is waited for."""

    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep  # seconds


class Telegram:
    """Answers updates. `answer` has to give the same replies when it is asked again for a message id."""

    def __init__(
        self,
        bot: Bot,
        answer: Answer,
        kept: Keeping,
        clock: Clock,
        listen: voice.Listen | None = None,
    ) -> None:
        self.bot, self.kept = bot, kept
        self._answer, self._now, self.sleep = answer, clock.now, clock.sleep
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()  # one a chat in hand
        self._sent: OrderedDict[str, int] = OrderedDict()  # message id -> number of its messages sent
        self._pictures = attached.Files(bot, scan.aside, attached.PATIENCE_S)
        self._voices = attached.Files(bot, listen, attached.VOICE_PATIENCE_S) if listen else None
        self._contact_buttons, self._keyboards = ContactButtons(), Keyboards()
        self._groups: set[int] = set()  # that were told already
        self.albums = Albums(kept, self.read, self._finished, self.sleep)

    def read(self, data: Mapping[str, Any]) -> Received | None:
        """The update if it is for us. One that cannot be read is logged by its number only."""
        try:
            return received(Update.de_json(dict(data), self.bot), self._now(), data)
        except Exception as error:  # the library raises whatever an unknown shape makes it stumble over
            logger.warning(
                "unreadable update", extra={"update": _number(data), "error": type(error).__name__}
            )
            return None

    async def take(self, update: Received) -> Later | None:
        """Answers an update; Later if it has to come again because something is still unsent."""
        if update.album:
            await self.albums.add(update, self._lane(update.chat))
            return None
        async with self._begun(update):
            return await self._turn(update)

    async def finish(self, update: Received) -> None:
        """Answers an update, however long its chat has to wait; what the chat says next waits meanwhile."""
        if update.album and await self._added(update):
            return
        async with self._begun(update):
            await self._finished(update)

    async def _added(self, part: Received) -> bool:
        """Whether a part of an album is kept with the others; else it is answered by itself."""
        try:
            await self.albums.add(part, self._lane(part.chat))
        except SQLAlchemyError:
            logger.exception("part of an album not kept", extra={"update": part.message_id})
            return False
        return True

    async def _finished(self, update: Received) -> None:
        for _ in range(FINISHING):
            try:
                later = await self._turn(update)
            except Exception:  # the edge: one message must not stop the others
                logger.exception("update failed", extra={"update": update.message_id})
                later = Later(1)
            if later is None:
                return
            await self.sleep(min(later.seconds, LONGEST_PAUSE_S))
        logger.error("update given up", extra={"update": update.message_id})

    def _lane(self, chat: int) -> asyncio.Lock:
        """Held by one turn of a chat; it goes round in the order of the calls."""
        return self._lanes.setdefault(chat, asyncio.Lock())

    @asynccontextmanager
    async def _begun(self, update: Received) -> AsyncIterator[None]:
        """The chat's turn, in the order of the calls; a tap ends at once, as it must not spin."""
        ending = asyncio.create_task(self._end_tap(update))
        async with self._lane(update.chat):
            yield
        await ending

    async def _end_tap(self, update: Received) -> None:
        if not update.query:
            return
        try:
            await self.bot.answer_callback_query(update.query)
        except TelegramError as error:  # too old, or the network: the answer itself matters more
            logger.info("tap not ended", extra={"update": update.message_id, "error": type(error).__name__})

    async def _turn(self, update: Received) -> Later | None:
        if update.in_group:
            await self._invited(update)
            return None
        waits = 0 if update.pictures or update.speech else SLOW_S
        async with showing(self.bot, update.chat, ChatAction.TYPING, waits):
            incoming = await self._with_file(update)
            replies = await self._answer(update.address, update.message_id, incoming)
        if any(reply.erases for reply in replies):
            for picture in update.pictures:
                await erase(self.bot, update.chat, picture.message)
        messages = parts(replies)
        shared, asks = bool(incoming.phone), any(part.contact for part in messages)
        await self._contact_buttons.before(self.bot, update.chat, shared, asks)
        return await self._deliver(update, messages)

    async def _with_file(self, update: Received) -> Incoming:
        """The message with what its picture shows, or what is said in it."""
        incoming = update.incoming
        if update.pictures:
            read = await asyncio.gather(*(self._pictures.read(picture.file) for picture in update.pictures))
            return replace(incoming, scanned=tuple(dict.fromkeys(chain.from_iterable(filter(None, read)))))
        heard = await self._voices.read(update.speech) if self._voices and update.speech else None
        return replace(incoming, heard=heard.text, heard_sure=heard.sure) if heard else incoming

    async def _deliver(self, update: Received, messages: Sequence[Part]) -> Later | None:
        done, buttons = self._sent.get(update.message_id, 0), list[int]()
        for number, part in enumerate(messages[done:], start=done + 1):
            match await self._patiently(update, part):
                case Later() as later:
                    return later
                case Doubtful():
                    return Later(AGAIN_S)  # reading an answer twice is better than not at all
                case Refused(reason):
                    logger.warning("message refused", extra={"update": update.message_id, "reason": reason})
                case Sent(message) if part.keyboard:
                    buttons.append(int(message))
            self._remember(update.message_id, number)
        if buttons:
            await self._keyboards.shown(self.bot, update.chat, tuple(buttons))
        return None

    async def _invited(self, update: Received) -> None:
        """A group is told once to talk with us in private; what it says is not for us."""
        if update.chat in self._groups:
            return
        self._groups.add(update.chat)
        await invite(self.bot, update.chat, update.incoming.language)

    async def _patiently(self, update: Received, part: Part) -> Outcome:
        for _ in range(TRIES):
            result = await send(self.bot, update.chat, part, update.tapped)
            if not isinstance(result, Later) or result.seconds > PATIENCE_S:
                break
            await self.sleep(result.seconds)
        return result

    def _remember(self, message_id: str, sent: int) -> None:
        self._sent[message_id] = sent
        if len(self._sent) > REMEMBERED:
            self._sent.popitem(last=False)


def _number(data: Mapping[str, Any]) -> int:
    number = data.get("update_id")
    return number if isinstance(number, int) else 0
