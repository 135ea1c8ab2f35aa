"""Replies as the Bot Platform takes them: plain texts with numbered choices, pictures by their address."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.channels import plain
from bot.printing import enclosures
from handlers.turn.blocks import Text
from handlers.turn.messages import Enclosure, Reply

TEXT_LIMIT = 2000  # of sendMessage's text, and of a picture's caption; facts of the platform's own pages

Link = Callable[[int, int, str], str]  # of the reply's number, the file's number and its name


@dataclass(frozen=True)
class Part:
    """One message."""

    text: str
    photo: str = ""  # address of the picture of which the text is the caption


def parts(replies: Sequence[Reply], link: Link | None = None) -> list[Part]:
    """All messages of a turn: pictures first, so that the choices end the talk; other files as links.

    Without `link` there are no files.
    """
    pictures: list[Part] = []
    told = []
    for number, reply in enumerate(replies):
        files = list(_linked(number, reply.enclosures, link)) if link else []
        pictures += [Part(_name(file), url) for file, url in files if _is_picture(file)]
        lines = [Text(f"{_name(file)}: {url}") for file, url in files if not _is_picture(file)]
        told.append(replace(reply, body=(*reply.blocks, *lines)))
    return [*pictures, *map(Part, plain.parts(told, TEXT_LIMIT))]


def _linked(number: int, files: Sequence[Enclosure], link: Link) -> Iterator[tuple[Enclosure, str]]:
    for place, file in enumerate(files):
        yield file, link(number, place, file.name)


def _name(file: Enclosure) -> str:
    return file.label or file.name


def _is_picture(file: Enclosure) -> bool:
    media_type, _draw = enclosures.KINDS[file.kind]
    return media_type.startswith("image/")
