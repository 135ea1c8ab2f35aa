"""Draws the files that go with a reply, when it is sent; nothing of them is stored."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from pydantic import TypeAdapter

from bot.printing import codes, lists, paper
from handlers.turn.messages import Enclosure
from knowledge.intake.paper import Paper


class File(NamedTuple):
    """A file as it is sent; texts are UTF-8."""

    name: str
    media_type: str  # without charset
    data: bytes


def draw(enclosure: Enclosure) -> File:
    """The file; takes a thread of its own. Raises ValidationError for a paper of another version."""
    media_type, drawn = KINDS[enclosure.kind]
    return File(enclosure.name, media_type, drawn(enclosure.content))


def _paper(content: str) -> bytes:
    return paper.pdf(_papers().validate_json(content))


def _preview(content: str) -> bytes:
    """All that the file beside it holds, to be read at once."""
    return paper.picture(_papers().validate_json(content))


@cache
def _papers() -> TypeAdapter[Paper]:
    return TypeAdapter(Paper)


KINDS: Mapping[str, tuple[str, Callable[[str], bytes]]] = {
    "paper": ("application/pdf", _paper),
    "preview": ("image/png", _preview),
    "list": ("application/pdf", lists.pdf),
    "list-picture": ("image/png", lists.picture),
    "qr": ("image/png", codes.picture),
    "calendar": ("text/calendar", str.encode),
    "text": ("text/plain", str.encode),
}
