"""The body of a message, JSON or multipart -> its id and what it says."""

import secrets
from typing import Annotated, Self

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.multipart import MultipartReader
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.web.refusal import Refusal
from handlers import edge
from handlers.messages import Attachment

BODY_LIMIT = 64 * 1024  # bytes of a JSON body
FILE_LIMIT = 20 * 1024 * 1024  # bytes of a photo or file

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

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if len(self.model_fields_set - {"id"}) != 1:
            raise ValueError("one of text, choice, start")
        return self

    @property
    def words(self) -> str:
        """The text. Opening the page without a deep link says what Telegram says then."""
        opened = "start" in self.model_fields_set and not self.start
        return "/start" if opened else self.text


async def read(request: web.Request) -> Message:
    """The message of a request; raises Refusal."""
    try:
        if request.content_type == "application/json":
            return await _json(request)
        if request.content_type == "multipart/form-data":
            return await _multipart(await request.multipart())
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
    if "attachment" in message.model_fields_set:
        raise Refusal(400, edge.unreadable)
    return message


async def _multipart(reader: MultipartReader) -> Message:
    """A `file`, which is read to its end and not kept, and perhaps an `id`."""
    found: dict[str, str] = {}
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name not in ("id", "file"):
            raise Refusal(400, edge.unreadable)
        name = "attachment" if part.name == "file" else "id"
        if name in found:
            raise Refusal(400, edge.unreadable)
        found[name] = await (_kind(part) if part.name == "file" else part.text())
    return Message.model_validate(found)


async def _kind(file: BodyPartReader) -> Attachment:
    size = 0
    while chunk := await file.read_chunk(64 * 1024):
        size += len(chunk)
        if size > FILE_LIMIT:
            raise Refusal(413, edge.too_large)
    return "photo" if file.headers.get("Content-Type", "").startswith("image/") else "file"
