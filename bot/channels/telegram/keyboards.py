"""The buttons of each chat's last answer: those before them are taken off, as what they ask is answered."""

import logging
from collections import OrderedDict

from telegram import Bot
from telegram.error import TelegramError

logger = logging.getLogger(__name__)

REMEMBERED = 10_000  # chats


class Keyboards:
    """By chat the messages whose buttons are the newest. After a restart older ones stay where they are."""

    def __init__(self) -> None:
        self._newest: OrderedDict[int, tuple[int, ...]] = OrderedDict()

    async def shown(self, bot: Bot, chat: int, messages: tuple[int, ...]) -> None:
        """An answer with buttons was sent, or a message edited into it; the buttons of those before go."""
        before = self._newest.pop(chat, ())
        self._newest[chat] = messages
        if len(self._newest) > REMEMBERED:
            self._newest.popitem(last=False)
        for message in before:
            if message not in messages:
                await _take_off(bot, chat, message)


async def _take_off(bot: Bot, chat: int, message: int) -> None:
    try:
        await bot.edit_message_reply_markup(chat, message)
    except TelegramError as error:  # gone, or too old: old buttons work, they only stand in the way
        logger.info("buttons not taken off", extra={"error": type(error).__name__})
