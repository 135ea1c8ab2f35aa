"""The body of a message, JSON or multipart -> its id and what it says."""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any, Self

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.multipart import MultipartReader
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot import scan
from bot.web.refusal import Refusal
from handlers import edge
from handlers.messages import Attachment

BODY_LIMIT = 64 * 1024  # bytes of a JSON body
FILE_LIMIT = 20 * 1024 * 1024  # bytes of a photo or file
ROOM = 10 * FILE_LIMIT  # bytes of all pictures that are in memory at once

MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Value = Annotated[str, StringConstraints(max_length=200)]


class Message(BaseModel):
    """What the page sends: exactly one of text, choice, start, or an attachment."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: MessageId = Field(default_factory=lambda: secrets.token_urlsafe(12))
    text: str = ""
    choice: Value = ""
    start: Value = ""
    attachment: Attachment = ""
    scanned: tuple[str, ...] = ()  # texts of the codes in the picture

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if len(self.model_fields_set - {"id", "scanned"}) != 1:
            raise ValueError("one of text, choice, start")
        return self

    @property
    def words(self) -> str:
        """The text. Opening the page without a deep link says what Telegram says then."""
        opened = "start" in self.model_fields_set and not self.start
        return "/start" if opened else self.text


@dataclass
class Room:
    """How much memory pictures may still take, so that many at once cannot take all of it."""

    free: int = ROOM  # bytes


async def read(request: web.Request, room: Room) -> Message:
    """The message of a request; raises Refusal."""
    try:
        if request.content_type == "application/json":
            return await _json(request)
        if request.content_type == "multipart/form-data":
            return await _multipart(await request.multipart(), room)
    except (
        ValueError,
        HttpProcessingError,
        web.RequestPayloadError,
        ConnectionError,
    ) as error:  # a ValidationError too
        raise Refusal(400, edge.unreadable) from error
    raise Refusal(415, edge.unreadable)


async def _json(request: web.Request) -> Message:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise Refusal(413, edge.too_long)
    message = Message.model_validate_json(bytes(body))
    if message.model_fields_set & {"attachment", "scanned"}:
        raise Refusal(400, edge.unreadable)
    return message


async def _multipart(reader: MultipartReader, room: Room) -> Message:
    """A `file`, which is read to its end and not kept, and perhaps an `id`."""
    found: dict[str, Any] = {}
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name not in ("id", "file"):
            raise Refusal(400, edge.unreadable)
        name = "attachment" if part.name == "file" else "id"
        if name in found:
            raise Refusal(400, edge.unreadable)
        found |= {"id": await part.text()} if name == "id" else await _file(part, room)
    return Message.model_validate(found)


async def _file(file: BodyPartReader, room: Room) -> dict[str, Any]:
    if file.headers.get("Content-Type", "").startswith("image/"):
        return {"attachment": "image", "scanned": await _scanned(file, room)}
    async for _ in _chunks(file):
        pass  # dropped, but a browser wants the whole request to be taken
    return {"attachment": "file"}


async def _scanned(file: BodyPartReader, room: Room) -> tuple[str, ...]:
    picture = bytearray()
    try:
        async for chunk in _chunks(file):
            if len(chunk) > room.free:
                raise Refusal(503, edge.broken)
            room.free -= len(chunk)
            picture += chunk
        return await scan.aside(bytes(picture))
    finally:
        room.free += len(picture)


async def _chunks(file: BodyPartReader) -> AsyncIterator[bytes]:
    size = 0
    while chunk := await file.read_chunk(64 * 1024):
        size += len(chunk)
        if size > FILE_LIMIT:
            raise Refusal(413, edge.too_large)
        yield chunk
