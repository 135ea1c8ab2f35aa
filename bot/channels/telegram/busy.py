"""What stands above the input while an answer takes its time: that somebody types, or sends a file."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

logger = logging.getLogger(__name__)

SLOW_S = 0.7  # after which an answer is late; most come in a tenth of it
SHOWN_S = 4.5  # Telegram shows it for five seconds, or until the answer


@asynccontextmanager
async def showing(bot: Bot, chat: int, action: ChatAction, after_s: float = SLOW_S) -> AsyncIterator[None]:
    """Shows it as long as the context lasts, if that takes longer than `after_s`."""
    task = asyncio.create_task(_show(bot, chat, action, after_s))
    try:
        yield
    finally:
        task.cancel()


async def _show(bot: Bot, chat: int, action: ChatAction, after_s: float) -> None:
    await asyncio.sleep(after_s)
    while True:
        try:
            await bot.send_chat_action(chat, action)
        except TelegramError as error:  # the answer matters, not this
            logger.info("action not shown", extra={"error": type(error).__name__})
            return
        await asyncio.sleep(SHOWN_S)
