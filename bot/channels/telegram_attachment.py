"""What is attached to a Telegram message: its kind, and the texts of the codes in a picture."""

import asyncio
import logging

from telegram import Bot, Message
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot import scan
from handlers.messages import Attachment

logger = logging.getLogger(__name__)

SIDE = 1280  # pixels; more only takes longer to fetch, as a sharp code is found at this size
FILE_LIMIT: int = FileSizeLimit.FILESIZE_DOWNLOAD  # 20 MB, what a bot can download
PATIENCE_S = 30  # for fetching and reading; the person is waiting
AT_ONCE = 4  # pictures in memory; the others wait

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
    if sent is None or message.animation or sent.mime_type not in scan.TYPES:
        return ""
    return sent.file_id if (sent.file_size or 0) <= FILE_LIMIT else ""


class Pictures:
    """Fetches pictures into memory, reads them and drops them, a few at a time."""

    def __init__(self, bot: Bot) -> None:
        self._bot, self._places = bot, asyncio.Semaphore(AT_ONCE)

    async def texts(self, file_id: str) -> tuple[str, ...]:
        """The texts of the codes in a file; empty if there are none, or it cannot be fetched in time."""
        try:
            async with asyncio.timeout(PATIENCE_S), self._places:
                file = await self._bot.get_file(file_id)
                if (file.file_size or 0) > FILE_LIMIT:
                    return ()
                return await scan.aside(bytes(await file.download_as_bytearray()))
        except (TelegramError, TimeoutError, RuntimeError) as error:  # RuntimeError: the file has no path
            logger.info("picture not fetched", extra={"error": type(error).__name__})
            return ()
