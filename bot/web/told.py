"""Replies as the page is told of them."""

from collections.abc import Sequence
from typing import Any

from bot.web import files
from handlers.messages import Choice, Reply
from handlers.tones import tone


def replies_as_json(source: str, replies: Sequence[Reply]) -> dict[str, Any]:
    """The body of an answer; `source` is the message or notice whose files they are."""
    shown = zip(replies, files.described(source, replies), strict=True)
    return {"replies": [_reply(reply, of_it) for reply, of_it in shown]}


def _reply(reply: Reply, of_it: list[dict[str, Any]]) -> dict[str, Any]:
    also = {"examples": reply.examples, "asks_photo": reply.asks_photo, "clears": reply.clears}
    return {
        "title": reply.title,
        "text": reply.text,
        "choices": [_choice(choice) for choice in reply.choices],
        "files": of_it,
        "replaces": reply.replaces,
        **{name: value for name, value in also.items() if value},
    }


def _choice(choice: Choice) -> dict[str, str]:
    weight = tone(choice)
    return {"label": choice.label, "value": choice.value, **({"tone": weight} if weight else {})}
