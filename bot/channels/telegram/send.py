"""Sends to Telegram: one part of a reply as one message, and takes messages off."""

import asyncio
import logging

from pydantic import ValidationError
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot import address as addresses
from bot.channels.telegram.busy import showing
from bot.channels.telegram.errors import outcome
from bot.channels.telegram.text import Part, parts
from bot.outbox.outcomes import Outcome, Refused, Sent
from bot.printing import enclosures
from handlers.office.commands import in_group
from handlers.turn.messages import Enclosure, Reply

logger = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # the picture of a linked site would hide the answer


async def push(bot: Bot, address: str, reply: Reply) -> Outcome:
    """Sends a reply that nobody asked for now; the outcome of its first message that did not arrive."""
    chat = int(addresses.parse(address).person)
    result: Outcome = Refused("nothing to say")
    for part in parts([reply]):
        result = await send(bot, chat, part)
        if not isinstance(result, Sent):
            return result
    return result


async def send(bot: Bot, chat: int, part: Part, tapped: int = 0) -> Outcome:
    """Sends one message, or edits the tapped one if that reads better and Telegram lets us."""
    try:
        if part.replaces and tapped and await _edited(bot, chat, part, tapped):
            return Sent(str(tapped))
        message = await (
            _send_file(bot, chat, part, part.enclosure) if part.enclosure else _send_text(bot, chat, part)
        )
    except TelegramError as error:
        return outcome(error)
    except ValidationError:  # made before an update of the program; sent again it would fail again
        return Refused("file of another version")
    return Sent(str(message.message_id))


async def erase(bot: Bot, chat: int, message_id: int) -> None:
    """Takes a person's message off the chat; in a private chat a bot may, for two days."""
    try:
        await bot.delete_message(chat, message_id)
    except TelegramError as error:  # too old, or gone: the person was told to delete it himself
        logger.info("message not erased", extra={"error": type(error).__name__})


async def invite(bot: Bot, group: int, language: str) -> None:
    """Tells a group that we talk in private, with the way there."""
    text, label = in_group(language)
    button = InlineKeyboardButton(label, url=f"https://t.me/{bot.username}")
    try:
        await bot.send_message(group, text, reply_markup=InlineKeyboardMarkup([[button]]))
    except TelegramError as error:  # we may not write there
        logger.info("group not answered", extra={"error": type(error).__name__})


async def _send_text(bot: Bot, chat: int, part: Part) -> Message:
    return await bot.send_message(
        chat,
        part.html,
        parse_mode=ParseMode.HTML,
        reply_markup=part.contact or part.keyboard,
        link_preview_options=NO_PREVIEW,
    )


async def _send_file(bot: Bot, chat: int, part: Part, enclosure: Enclosure) -> Message:
    """Pictures as photos, which show at once; all else as documents."""
    async with showing(bot, chat, ChatAction.UPLOAD_DOCUMENT, after_s=0):
        drawn = await asyncio.to_thread(enclosures.draw, enclosure)
        file = InputFile(drawn.data, drawn.name)
        caption, markup = part.html or None, part.keyboard
        if drawn.media_type.startswith("image/"):
            return await bot.send_photo(
                chat, file, caption=caption, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        return await bot.send_document(
            chat, file, caption=caption, parse_mode=ParseMode.HTML, reply_markup=markup
        )


async def _edited(bot: Bot, chat: int, part: Part, tapped: int) -> bool:
    """False if the message cannot be edited (any more), so that a new one has to do."""
    try:
        await bot.edit_message_text(
            part.html,
            chat,
            tapped,
            parse_mode=ParseMode.HTML,
            reply_markup=part.keyboard,
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as error:
        return "message is not modified" in error.message.lower()  # it says already what it should
    return True
