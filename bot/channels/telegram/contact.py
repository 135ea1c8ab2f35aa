"""The own phone number on Telegram: whether a contact is the sender's, and the button that shares it."""

import logging

from telegram import Bot, Message, ReplyKeyboardRemove
from telegram.error import TelegramError

logger = logging.getLogger(__name__)

REMOVED = "✓"  # a message has to have a text


def own_phone(message: Message) -> str:
    """The number of a shared contact that is the sender's own: anybody can send somebody else's."""
    contact, sender = message.contact, message.from_user
    is_own = contact and sender and contact.user_id == sender.id
    return contact.phone_number if contact and is_own else ""


class ContactButtons:
    """The chats in which the button stands below the input; it stays there until a message takes it away."""

    def __init__(self) -> None:
        self._shown: set[int] = set()

    async def before(self, bot: Bot, chat: int, was_used: bool, shows_again: bool) -> None:
        """Takes away the button of earlier answers; `was_used` tells of one from before a restart."""
        stands = was_used or chat in self._shown
        if shows_again:
            self._shown.add(chat)
        elif stands:
            self._shown.discard(chat)
            await _remove(bot, chat)


async def _remove(bot: Bot, chat: int) -> None:
    """By a message of its own, as one with buttons cannot do it; if it fails, an idle button stays."""
    try:
        sent = await bot.send_message(
            chat, REMOVED, reply_markup=ReplyKeyboardRemove(), disable_notification=True
        )
        await bot.delete_message(chat, sent.message_id)
    except TelegramError as error:
        logger.info("contact button not removed", extra={"error": type(error).__name__})
