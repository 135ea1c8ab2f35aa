"""What is attached to a Telegram message: its kind, and the file to be read."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Generic, TypeVar

from telegram import Bot, Message
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot.media import scan, voice
from handlers.turn.messages import Attachment

logger = logging.getLogger(__name__)

SIDE = 1280  # pixels; more only takes longer to fetch, as a sharp code is found at this size
FILE_LIMIT: int = FileSizeLimit.FILESIZE_DOWNLOAD  # 20 MB, what a bot can download
PATIENCE_S = 30  # for fetching and reading a picture; the person is waiting
VOICE_PATIENCE_S = 60
AT_ONCE = 4  # files of a kind in memory; the others wait

ATTACHMENTS: tuple[tuple[str, Attachment], ...] = (
    ("photo", "photo"),
    ("animation", "other"),  # before document: Telegram sends it as both
    ("document", "file"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video_note", "voice"),
    ("contact", "contact"),
    ("location", "location"),
    ("effective_attachment", "other"),
)


def attachment(message: Message) -> Attachment:
    """The kind; empty if there is nothing."""
    if message.document and picture(message):
        return "image"
    return next((kind for name, kind in ATTACHMENTS if getattr(message, name)), "")


def picture(message: Message) -> str:
    """The id of the file that may show a code; empty if there is none that we read."""
    if message.photo:
        small = [size for size in message.photo if max(size.width, size.height) <= SIDE]
        chosen = max(small, key=lambda size: size.width) if small else message.photo[0]
        return chosen.file_id
    sent = message.document
    if sent is None or message.animation or not scan.may_hold(sent.mime_type or "", sent.file_name or ""):
        return ""
    return sent.file_id if (sent.file_size or 0) <= FILE_LIMIT else ""


def speech(message: Message) -> str:
    """The id of the file in which somebody speaks; empty if there is none that we listen to."""
    sent = message.voice or message.audio or message.video_note
    if sent is None or (sent.file_size or 0) > FILE_LIMIT:
        return ""
    length = sent.duration
    seconds = length.total_seconds() if isinstance(length, timedelta) else length
    return sent.file_id if seconds <= voice.LONGEST_S else ""


Read = TypeVar("Read")


class Files(Generic[Read]):
    """Fetches files into memory, reads them and drops them, a few at a time."""

    def __init__(self, bot: Bot, read: Callable[[bytes], Awaitable[Read]], patience_s: float) -> None:
        self._bot, self._read, self._patience_s = bot, read, patience_s
        self._places = asyncio.Semaphore(AT_ONCE)

    async def read(self, file_id: str) -> Read | None:
        """What is in a file; None if it cannot be fetched and read in time."""
        try:
            async with asyncio.timeout(self._patience_s), self._places:
                file = await self._bot.get_file(file_id)
                if (file.file_size or 0) > FILE_LIMIT:
                    return None
                return await self._read(bytes(await file.download_as_bytearray()))
        except (TelegramError, TimeoutError, RuntimeError) as error:  # RuntimeError: the file has no path
            logger.info("file not fetched", extra={"error": type(error).__name__})
            return None
