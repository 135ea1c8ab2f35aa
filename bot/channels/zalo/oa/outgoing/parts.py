"""Replies as the messages that Zalo takes: files first, then numbered texts, the last with buttons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels import plain
from bot.channels.zalo.oa.outgoing.payload import payload
from handlers.turn.blocks import Text
from handlers.turn.messages import Choice, Enclosure, Reply

TEXT_LIMIT = 2000  # characters; -210 above. We count UTF-16 units, of which there are never fewer
BUTTON_LIMIT = 5  # of a message, used live by others; no page of Zalo's says it
TITLE_LIMIT = 100  # characters of a button
TAKEN = ("paper", "preview", "list", "list-picture", "qr")  # kinds of files; a text is sent as a text


@dataclass(frozen=True)
class Part:
    """One message."""

    text: str = ""
    buttons: tuple[Choice, ...] = ()  # they stand in the text too, numbered
    file: Enclosure | None = None


def parts(replies: Sequence[Reply]) -> list[Part]:
    """All messages of a turn."""
    files = [file for reply in replies for file in reply.enclosures if file.kind in TAKEN]
    told = [each for reply in replies for each in (*_read_out(reply), reply)]
    texts = [Part(text) for text in plain.parts(told, TEXT_LIMIT)]
    asking = [number for number, reply in enumerate(told) if reply.choices]
    if asking:  # the numbers mean the choices of the last that has any; so do the buttons
        last = len(plain.parts(told[: asking[-1] + 1], TEXT_LIMIT)) - 1
        texts[last] = replace(texts[last], buttons=told[asking[-1]].choices[:BUTTON_LIMIT])
    return [*(Part(file=file) for file in files), *texts]


def without_choices(reply: Reply) -> Reply:
    """For who is not remembered: what is offered is a list to read, as no number would be understood."""
    lines = "\n".join(f"– {choice.label}" for choice in reply.choices)
    return replace(reply, body=(*reply.blocks, *([Text(lines)] if lines else [])), choices=(), enclosures=())


def message(part: Part, *, with_buttons: bool) -> Mapping[str, Any]:
    """A text as the API takes it.

    A card without `template_type` is how others use it live; Zalo's pages have none with buttons.
    """
    if not (with_buttons and part.buttons):
        return {"text": part.text}
    buttons = [
        {"title": _cut(choice.label), "type": "oa.query.hide", "payload": payload(choice.value)}
        for choice in part.buttons
    ]
    return {"text": part.text, "attachment": {"type": "template", "payload": {"buttons": buttons}}}


def _read_out(reply: Reply) -> Iterator[Reply]:
    return (Reply(file.content) for file in reply.enclosures if file.kind == "text")


def _cut(label: str) -> str:
    return label if len(label) <= TITLE_LIMIT else label[: TITLE_LIMIT - 1].rstrip() + "…"
