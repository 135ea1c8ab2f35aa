"""Telegram as a row of the registry: how its messages come and go, and the link that opens it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from telegram.error import TelegramError

from bot.channels.registry import NoLink, Process, Receiving
from bot.channels.telegram import polling, send, webhook
from bot.channels.telegram.answering import Clock, Telegram
from bot.channels.telegram.incoming.kept import KeptInDatabase
from bot.outbox.channel import Send
from bot.settings.settings import Settings

NAME_S = 10  # to be told the bot's name


def receiving(process: Process) -> Receiving:
    """The webhook where a public address is set, else polling.

    The web process announces the webhook; polling belongs to the worker, of which one may poll.
    """
    chosen = process.settings
    bot = polling.make_bot(chosen.telegram_bot_token, chosen.telegram_api_url)
    kept = KeptInDatabase(process.engine, process.vault, process.now)
    channel = Telegram(bot, process.answer, kept, Clock(process.now), listen=process.listen)
    hooked = bool(chosen.public_url)
    secret = chosen.telegram_webhook_secret
    routes = tuple(webhook.routes(channel, secret)) if hooked and process.has_web else ()
    if not (process.has_web if hooked else process.has_worker):
        return Receiving(routes)
    return Receiving(routes, {"telegram": partial(polling.run, channel, bot, chosen.public_url, secret)})


@asynccontextmanager
async def sending(settings: Settings) -> AsyncIterator[Send]:
    """A bot of its own, which does not wait for Telegram before anything is sent."""
    bot = polling.make_bot(settings.telegram_bot_token, settings.telegram_api_url)
    await bot.request.initialize()  # not `bot.initialize`, which would ask Telegram who we are
    try:
        yield partial(send.push, bot)
    finally:
        await bot.request.shutdown()


def follow_link(settings: Settings, payload: str) -> str:
    """What opens the bot with that payload; "" without a token. Raises NoLink if Telegram does not answer."""
    if not settings.telegram_bot_token:
        return ""
    name = asyncio.run(_bot_name(settings))
    return f"https://t.me/{name}?start={payload}" if name else ""


async def _bot_name(settings: Settings) -> str:
    """The bot's name without @. Raises NoLink."""
    bot = polling.make_bot(settings.telegram_bot_token, settings.telegram_api_url)
    await bot.request.initialize()
    try:
        async with asyncio.timeout(NAME_S):
            return (await bot.get_me()).username or ""
    except (TelegramError, TimeoutError) as error:
        raise NoLink(f"Telegram does not tell the bot's name ({type(error).__name__})") from error
    finally:
        await bot.request.shutdown()
