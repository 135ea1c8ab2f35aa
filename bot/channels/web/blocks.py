"""A reply as JSON for the page: its blocks, and as text what any other client can read."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.web import files
from handlers.language.written import written_in
from handlers.people.tones import tone
from handlers.turn.blocks import Block, Fact, Facts, Fold, Heading, Item, Items, Steps, Text, Words, words
from handlers.turn.choices import Choice
from handlers.turn.messages import Reply

Json = Mapping[str, Any]


def replies_json(source: str, replies: Sequence[Reply]) -> Json:
    """The body of an answer; `source` is the message or notice whose files they are."""
    shown = zip(replies, files.described(source, replies), strict=True)
    return {"replies": [as_json(reply, of_it) for reply, of_it in shown]}


def as_json(reply: Reply, of_it: Sequence[Json]) -> Json:
    """One reply; title and text are the plain rendering of its blocks, and `of_it` are its files."""
    language = written_in(reply.text)
    also = {
        "examples": reply.examples,
        "asks_photo": reply.asks_photo,
        "clears": reply.clears,
        "unasked": reply.unasked,
        "lang": language,
        "asks": reply.asks,
    }
    return {
        "title": reply.title,
        "text": reply.text,
        "blocks": [_marked(block_json(block), language) for block in reply.blocks],
        "choices": [_marked(_choice(choice), language) for choice in reply.choices],
        "files": list(of_it),
        "replaces": reply.replaces,
        **{name: value for name, value in also.items() if value},
    }


def _marked(node: Any, language: str) -> Any:
    """With the language of each text that is in another than the reply, for who has the page read aloud."""
    if isinstance(node, list):
        return [_marked(each, language) for each in node]
    if not isinstance(node, dict):
        return node
    own = written_in(node.get("text") or node.get("label") or "")
    inside = {name: _marked(value, language) for name, value in node.items()}
    return {**inside, "lang": own} if own and own != language else inside


def _choice(choice: Choice) -> Json:
    weight = tone(choice)
    return {"label": choice.label, "value": choice.value, **({"tone": weight} if weight else {})}


def block_json(block: Block) -> Json:
    """One block; absent keys are empty."""
    match block:
        case Text() | Heading():
            return {"kind": block.kind, **_words(block.text)}
        case Items():
            numbered = {"numbered": True} if block.numbered else {}
            return {"kind": block.kind, **numbered, "items": [_item(item) for item in block.items]}
        case Facts():
            return {"kind": block.kind, "facts": [_fact(fact) for fact in block.facts]}
        case Fold():
            inside = [block_json(each) for each in block.blocks]
            return {"kind": block.kind, "fold": {"title": block.title, "blocks": inside}}
        case Steps():
            steps = [{"text": s.text, "done": s.done, "current": s.current} for s in block.steps]
            return {"kind": block.kind, "steps": steps}


def _item(item: Item) -> Json:
    note = {"note": item.note} if item.note else {}
    ticked = {} if item.ticked is None else {"ticked": item.ticked}
    value = {"value": item.value} if item.value else {}
    return {**_words(item.text), **note, **ticked, **value}


def _fact(fact: Fact) -> Json:
    told = _words(fact.text)
    return {"label": fact.label, **told, "text": told["text"].lstrip("\n")}


def _words(told: Words) -> dict[str, Any]:
    if isinstance(told, str):
        return {"text": told}
    spans = [{"text": s.text, "as": s.style, **({"href": s.href} if s.style == "link" else {})} for s in told]
    return {"text": words(told), "spans": spans}
