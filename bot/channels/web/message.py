"""The body of a message, JSON or multipart -> its id and what it says."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeVar

from aiohttp import BodyPartReader, StreamReader, web
from aiohttp.helpers import parse_mimetype
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.multipart import MultipartReader
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.channels.web.refusal import Refusal
from bot.media import scan
from bot.media.voice import Listen
from handlers.office import page_texts
from handlers.turn.messages import Attachment

BODY_LIMIT = 64 * 1024  # bytes of a JSON body
FILE_LIMIT = page_texts.FILE_LIMIT_MB * 1024 * 1024  # bytes of a photo or file
ROOM = 5 * FILE_LIMIT  # bytes of all files that are in memory at once
STALLED_S = 15  # a body that brings nothing for so long
BODY_S = 240  # a whole body: 5 MB from a phone at 25 kB/s takes 200
READ = ("scanned", "heard", "heard_sure")  # what we read in the file, and nobody can send

MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Found = TypeVar("Found")
Value = Annotated[str, StringConstraints(max_length=200)]


class Message(BaseModel):
    """What the page sends: exactly one of text, choice, start, or an attachment."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: MessageId = Field(default_factory=lambda: secrets.token_urlsafe(12))
    text: str = ""
    choice: Value = ""
    start: Value = ""
    attachment: Attachment = ""
    shows: Value | None = None  # `asks` of the reply that its screen shows last
    scanned: tuple[str, ...] = ()  # texts of the codes in the picture
    heard: str = ""  # what the voice message probably says
    heard_sure: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if len(self.model_fields_set - {"id", "shows", *READ}) != 1:
            raise ValueError("one of text, choice, start")
        return self

    @property
    def words(self) -> str:
        """The text. Opening the page without a deep link says what Telegram says then."""
        opened = "start" in self.model_fields_set and not self.start
        return "/start" if opened else self.text


@dataclass
class Room:
    """How much memory files may still take, so that many at once cannot take all of it."""

    free: int = ROOM  # bytes


async def read(request: web.Request, room: Room, listen: Listen | None = None) -> Message:
    """The message of a request, with what is in its file; raises Refusal."""
    try:
        async with asyncio.timeout(BODY_S):
            if request.content_type == "application/json":
                return await _json(request)
            if request.content_type == "multipart/form-data":
                return await _multipart(_parts(request), room, listen)
    except TimeoutError as error:
        raise Refusal(408, page_texts.unreadable) from error
    except (
        ValueError,
        HttpProcessingError,
        web.RequestPayloadError,
        ConnectionError,
    ) as error:  # a ValidationError too
        raise Refusal(400, page_texts.unreadable) from error
    raise Refusal(415, page_texts.unreadable)


class _Steady:
    """A body that has to go on coming, and to begin with its first boundary.

    aiohttp looks for that boundary line by line without an end: 20 MB of empty lines took a minute.
    """

    def __init__(self, content: StreamReader, boundary: str = "") -> None:
        self._content, self._boundary, self._has_begun = content, boundary.encode(), False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._content, name)

    async def read(self, size: int = -1) -> bytes:
        async with asyncio.timeout(STALLED_S):
            return await self._content.read(size)

    async def readany(self) -> bytes:
        async with asyncio.timeout(STALLED_S):
            return await self._content.readany()

    async def readline(self, **limits: Any) -> bytes:
        async with asyncio.timeout(STALLED_S):
            line = await self._content.readline(**limits)
        if not self._has_begun and not line.startswith(self._boundary):
            raise ValueError("something before the first boundary")
        self._has_begun = True
        return line


def _parts(request: web.Request) -> MultipartReader:
    boundary = parse_mimetype(request.headers["Content-Type"]).parameters.get("boundary", "")
    content: Any = _Steady(request.content, f"--{boundary}")
    return MultipartReader(request.headers, content)


async def _json(request: web.Request) -> Message:
    body, content = bytearray(), _Steady(request.content)
    while chunk := await content.readany():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise Refusal(413, page_texts.too_long)
    message = Message.model_validate_json(bytes(body))
    if message.model_fields_set & {"attachment", *READ}:
        raise Refusal(400, page_texts.unreadable)
    return message


async def _multipart(reader: MultipartReader, room: Room, listen: Listen | None) -> Message:
    """A `file`, which is read to its end and not kept, and perhaps an `id`."""
    found: dict[str, Any] = {}
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name not in ("id", "file"):
            raise Refusal(400, page_texts.unreadable)
        name = "attachment" if part.name == "file" else "id"
        if name in found:
            raise Refusal(400, page_texts.unreadable)
        found |= {"id": await part.text()} if name == "id" else await _file(part, room, listen)
    return Message.model_validate(found)


async def _file(file: BodyPartReader, room: Room, listen: Listen | None) -> dict[str, Any]:
    media_type = file.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    kind = media_type.partition("/")[0]
    if kind == "image" or scan.may_hold(media_type, file.filename or ""):
        return {"attachment": "image", "scanned": await _read(file, room, scan.aside)}
    if kind == "audio" and listen:
        heard = await _read(file, room, listen)
        said = {"heard": heard.text, "heard_sure": heard.sure} if heard else {}
        return {"attachment": "voice", **said}
    async for _ in _chunks(file):
        pass  # dropped, but a browser wants the whole request to be taken
    return {"attachment": "voice" if kind == "audio" else "file"}


async def _read(file: BodyPartReader, room: Room, look: Callable[[bytes], Awaitable[Found]]) -> Found:
    """What is found in the whole file, of which nothing is kept."""
    content = bytearray()
    try:
        async for chunk in _chunks(file):
            if len(chunk) > room.free:
                raise Refusal(503, page_texts.broken)
            room.free -= len(chunk)
            content += chunk
        return await look(bytes(content))
    finally:
        room.free += len(content)
        content.clear()  # at once: a body that broke off is held by its traceback until the next collection


async def _chunks(file: BodyPartReader) -> AsyncIterator[bytes]:
    size = 0
    while chunk := await file.read_chunk(64 * 1024):
        size += len(chunk)
        if size > FILE_LIMIT:
            raise Refusal(413, page_texts.too_large)
        yield chunk
