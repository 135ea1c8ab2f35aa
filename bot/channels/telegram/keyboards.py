"""The newest buttons of each chat: those before them are taken off, as what they ask is answered."""

import logging
from collections import OrderedDict

from telegram import Bot
from telegram.error import TelegramError

logger = logging.getLogger(__name__)

REMEMBERED = 10_000  # chats


class Keyboards:
    """By chat the message whose buttons are the newest. After a restart older ones stay where they are."""

    def __init__(self) -> None:
        self._newest: OrderedDict[int, int] = OrderedDict()

    async def shown(self, bot: Bot, chat: int, message: int) -> None:
        """A message with buttons was sent, or edited; those of the one before it go."""
        before = self._newest.pop(chat, message)
        self._newest[chat] = message
        if len(self._newest) > REMEMBERED:
            self._newest.popitem(last=False)
        if before != message:
            await _take_off(bot, chat, before)


async def _take_off(bot: Bot, chat: int, message: int) -> None:
    try:
        await bot.edit_message_reply_markup(chat, message)
    except TelegramError as error:  # gone, or too old: old buttons work, they only stand in the way
        logger.info("buttons not taken off", extra={"error": type(error).__name__})
