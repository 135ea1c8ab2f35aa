"""Telegram: an update becomes an Incoming, replies become messages, in order for each chat and each once."""

import asyncio
import hmac
import json
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

from aiohttp import web
from telegram import Bot, CallbackQuery, Message, Update
from telegram.error import TelegramError

from bot.address import Address
from bot.channels.registry import Answer
from bot.channels.telegram import attachment as attached
from bot.channels.telegram.contact import ContactButtons, own_phone
from bot.channels.telegram.send import erase, send
from bot.channels.telegram.text import Part, parts
from bot.media import scan, voice
from bot.outbox.outcomes import Doubtful, Later, Outcome, Refused
from handlers.turn.messages import Incoming

logger = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY_LIMIT = 1024 * 1024  # bytes; an update has a few thousand
# https://core.telegram.org/bots/features#deep-linking
START = re.compile(r"/start(?:@\w+)? ([A-Za-z0-9_-]{1,64})")
PATIENCE_S = 3.0  # a longer wait is left to Telegram, which delivers the update again
TRIES = 3  # sends of one message while its update is in hand
AGAIN_S = 1.0  # after a send nobody knows the end of
REMEMBERED = 10_000  # updates whose sent messages are counted, so that a redelivery sends only the rest


@dataclass(frozen=True)
class Received:
    """An update that is for us."""

    chat: int
    message_id: str  # "u" and the update id
    incoming: Incoming
    query: str = ""  # id of the tap, which Telegram wants answered
    tapped: int = 0  # id of the message whose button was tapped
    picture: str = ""  # id of the file that may show a code
    shown: int = 0  # id of the message with that picture
    speech: str = ""  # id of the file in which somebody speaks

    @property
    def address(self) -> str:
        """The person's address in the whole program."""
        return str(Address("telegram", str(self.chat)))


def received(update: Update, at: datetime) -> Received | None:
    """What a person says to us in private; None for all else: groups, channels, edits, service messages."""
    if update.callback_query:
        return _tap(update.callback_query, f"u{update.update_id}", at)
    message = update.message
    if message is None or message.chat.type != message.chat.PRIVATE:
        return None
    said = incoming(message, at)
    if not said.text and not said.attachment:
        return None
    shown = attached.picture(message)
    number = message.message_id if shown else 0
    speech = attached.speech(message)
    return Received(message.chat.id, f"u{update.update_id}", said, picture=shown, shown=number, speech=speech)


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
    )


def _tap(query: CallbackQuery, message_id: str, at: datetime) -> Received | None:
    message = query.message
    if message is None or message.chat.type != message.chat.PRIVATE or not query.data:
        return None
    said = Incoming(at=at, choice=query.data, language=query.from_user.language_code or "")
    return Received(message.chat.id, message_id, said, query.id, message.message_id)


class Telegram:
    """Answers updates. `answer` has to give the same replies when it is asked again for a message id."""

    def __init__(
        self,
        bot: Bot,
        answer: Answer,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        listen: voice.Listen | None = None,
    ) -> None:
        self.bot, self._answer, self._now, self.sleep = bot, answer, now, sleep
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()  # one a chat in hand
        self._sent: OrderedDict[str, int] = OrderedDict()  # message id -> number of its messages sent
        self._pictures = attached.Files(bot, scan.aside, attached.PATIENCE_S)
        self._voices = attached.Files(bot, listen, attached.VOICE_PATIENCE_S) if listen else None
        self._contact_buttons = ContactButtons()

    def read(self, data: Mapping[str, Any]) -> Received | None:
        """The update if it is for us. One that cannot be read is logged by its number only."""
        try:
            return received(Update.de_json(dict(data), self.bot), self._now())
        except Exception as error:  # the library raises whatever an unknown shape makes it stumble over
            logger.warning(
                "unreadable update", extra={"update": _number(data), "error": type(error).__name__}
            )
            return None

    async def take(self, update: Received) -> Later | None:
        """Answers an update; Later if it has to come again because something is still unsent."""
        _, later = await asyncio.gather(self._end_tap(update), self._turn(update))  # a tap must not spin
        return later

    async def _end_tap(self, update: Received) -> None:
        if not update.query:
            return
        try:
            await self.bot.answer_callback_query(update.query)
        except TelegramError as error:  # too old, or the network: the answer itself matters more
            logger.info("tap not ended", extra={"update": update.message_id, "error": type(error).__name__})

    async def _turn(self, update: Received) -> Later | None:
        async with self._lanes.setdefault(update.chat, asyncio.Lock()):
            incoming = await self._with_file(update)
            replies = await self._answer(update.address, update.message_id, incoming)
            if update.picture and any(reply.erases for reply in replies):
                await erase(self.bot, update.chat, update.shown)
            messages = parts(replies)
            shared, asks = bool(incoming.phone), any(part.contact for part in messages)
            await self._contact_buttons.before(self.bot, update.chat, shared, asks)
            return await self._deliver(update, messages)

    async def _with_file(self, update: Received) -> Incoming:
        """The message with what its picture shows, or what is said in it."""
        incoming = update.incoming
        if update.picture:
            return replace(incoming, scanned=await self._pictures.read(update.picture) or ())
        heard = await self._voices.read(update.speech) if self._voices and update.speech else None
        return replace(incoming, heard=heard.text, heard_sure=heard.sure) if heard else incoming

    async def _deliver(self, update: Received, messages: Sequence[Part]) -> Later | None:
        done = self._sent.get(update.message_id, 0)
        for number, part in enumerate(messages[done:], start=done + 1):
            match await self._patiently(update, part):
                case Later() as later:
                    return later
                case Doubtful():
                    return Later(AGAIN_S)  # reading an answer twice is better than not at all
                case Refused(reason):
                    logger.warning("message refused", extra={"update": update.message_id, "reason": reason})
            self._remember(update.message_id, number)
        return None

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


def routes(telegram: Telegram, secret: str) -> list[web.RouteDef]:
    """The webhook, for who knows the secret that setWebhook was told."""

    async def webhook(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not secret or not hmac.compare_digest(given, secret.encode()):
            raise web.HTTPUnauthorized
        data = await _json(request)
        # An update we cannot read is taken with 200: after anything else Telegram delivers it for 24 hours,
        # and holds back all later ones of that chat.
        update = telegram.read(data)
        later = await telegram.take(update) if update else None
        if later is None:
            return web.Response()
        return web.Response(status=503, headers={"Retry-After": str(max(1, round(later.seconds)))})

    return [web.post(PATH, webhook)]


async def _json(request: web.Request) -> dict[str, Any]:
    """The body; raises HTTPRequestEntityTooLarge or HTTPBadRequest."""
    body = await request.clone(client_max_size=BODY_LIMIT).read()
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        logger.warning("webhook body is no JSON object", extra={"bytes": len(body)})
        raise web.HTTPBadRequest
    return data
