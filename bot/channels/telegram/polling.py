"""Telegram's start: the bot, its commands, and how updates come: by webhook, or by asking for them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.answering import Telegram
from bot.channels.telegram.errors import outcome
from bot.channels.telegram.incoming.in_hand import InHand
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.webhook import PATH
from bot.outbox.outcomes import Later
from handlers.language.i18n import SOURCE, languages
from handlers.office.commands import about, commands

logger = logging.getLogger(__name__)

UPDATES = ("message", "edited_message", "callback_query")  # all that we answer
LONG_POLL_S = 30  # at most 50; routers on the way drop a silent connection after a minute or more
LONGEST_PAUSE_S = 30.0
PATIENCE_S = 0.1  # for the answers to a batch; those that take longer are kept, and the next are asked for
OLD_S = 60.0  # what another web process has in hand is younger

Result = TypeVar("Result")


class ApiBot(Bot):
    """The library's bot with updates as they come.

    Its own get_updates logs a batch of which one update is unreadable, texts and all, and loses the rest.
    """

    async def fetch(self, offset: int) -> list[dict[str, Any]]:
        """Waits for updates from `offset` on and confirms those before it. Raises TelegramError."""
        wanted = {"offset": offset, "timeout": LONG_POLL_S, "allowed_updates": list(UPDATES)}
        read_timeout = LONG_POLL_S + (self.request.read_timeout or 0)
        return list(await self._post("getUpdates", wanted, read_timeout=read_timeout))


def make_bot(token: str, api_url: str) -> ApiBot:
    """The bot on one session of ours; `api_url` as in the settings. Nothing is sent before `initialize`."""
    request, files = AiohttpRequest(), f"{api_url.removesuffix('/bot')}/file/bot"
    return ApiBot(token, api_url, files, request=request, get_updates_request=request)


async def run(telegram: Telegram, bot: ApiBot, public_url: str, secret: str) -> None:
    """Announces us, then polls if there is no public address; ends with the bot's session when cancelled.

    Waits as long as Telegram is unreachable. A refused token is told once: to start again would not help,
    and the other channels go on.
    """
    try:
        await _until_done(telegram, lambda: announce(bot, public_url, secret))
        if not public_url:
            await poll(telegram, bot)
        await telegram.sleep(OLD_S)
        await InHand(telegram).resume(OLD_S)
        await asyncio.Event().wait()  # the webhook's answers go through the session until the end
    except InvalidToken:
        logger.error("Telegram refuses the token; copy TELEGRAM_BOT_TOKEN again from @BotFather")
        await asyncio.Event().wait()
    finally:
        await telegram.albums.end()
        await bot.shutdown()


async def announce(bot: Bot, public_url: str, secret: str) -> None:
    """Checks the token, tells the commands and who we are in each language, sets or removes the webhook."""
    await bot.initialize()
    for language, code in ((SOURCE, None), *((language, language) for language in languages())):
        await _introduce(bot, language, code)
    if public_url:
        await bot.set_webhook(public_url + PATH, secret_token=secret, allowed_updates=UPDATES)
    else:
        await bot.delete_webhook()


async def _introduce(bot: Bot, language: str, code: str | None) -> None:
    """The menu of commands and what stands in an empty chat; a refusal stops nothing: people can still write.

    Telegram refuses a long or an empty description, and a language whose code has not two letters.
    """
    try:
        await bot.set_my_commands(
            [BotCommand(name, description) for name, description in commands(language)],
            scope=BotCommandScopeAllPrivateChats(),
            language_code=code,  # None: for all other languages
        )
        description, short = about(language)
        await bot.set_my_description(description, language_code=code)
        await bot.set_my_short_description(short, language_code=code)
    except BadRequest as error:
        logger.error(
            "Telegram refuses what we say of us",
            extra={"language": language, "reason": error.message},
        )


async def poll(telegram: Telegram, bot: ApiBot, patience_s: float = PATIENCE_S) -> None:
    """Takes updates until it is cancelled; a chat that has to wait holds up no other.

    An update is confirmed once it is answered or kept here: one that a stop interrupts comes again.
    """
    hand = InHand(telegram)
    try:
        await hand.resume()
        offset = 0
        while True:
            batch = await _until_done(telegram, lambda: bot.fetch(offset))  # noqa: B023  # called before offset moves
            await hand.take(filter(None, map(telegram.read, batch)))
            await hand.settle(patience_s)
            offset = max((int(data["update_id"]) + 1 for data in batch), default=offset)
    finally:
        await hand.end()


async def _until_done(telegram: Telegram, call: Callable[[], Awaitable[Result]]) -> Result:
    """Calls until it succeeds, with growing pauses of 1 to 30 s, longer if Telegram says so."""
    pause = 1.0
    while True:
        try:
            return await call()
        except InvalidToken:
            raise
        except BadRequest as error:  # it answers: what is wrong with the webhook's address, for one
            logger.error("Telegram refuses", extra={"reason": error.message, "pause_s": pause})
            wanted = outcome(error)
        except TelegramError as error:
            logger.warning(
                "Telegram does not answer", extra={"error": type(error).__name__, "pause_s": pause}
            )
            wanted = outcome(error)
        await telegram.sleep(max(pause, wanted.seconds if isinstance(wanted, Later) else 0))
        pause = min(pause * 2, LONGEST_PAUSE_S)
