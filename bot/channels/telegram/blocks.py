"""Blocks as Telegram's HTML, in lines: a message is cut between blocks, a giant block between its lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import zip_longest

from handlers.turn.blocks import (
    Block,
    Fact,
    Facts,
    Fold,
    Heading,
    Item,
    Items,
    Span,
    Steps,
    Style,
    Text,
    Words,
    mark,
)

TAGS: dict[Style, tuple[str, str]] = {"strong": ("<b>", "</b>"), "code": ("<code>", "</code>")}
QUOTE = ("<blockquote expandable>", "</blockquote>")
TICKS = {True: "☑ ", False: "☐ "}


@dataclass(frozen=True)
class Line:
    """One line: as HTML, and as it is read, which is what Telegram counts."""

    html: str
    text: str


@dataclass(frozen=True)
class Drawn:
    """A block, or what has to stay together, within its tags."""

    lines: tuple[Line, ...]
    tags: tuple[str, str] = ("", "")
    close: bool = False  # the next one follows without an empty line

    def html(self) -> str:
        """All of it."""
        return self.tags[0] + "\n".join(line.html for line in self.lines) + self.tags[1]


def drawn(title: str, blocks: Iterable[Block], ticking: frozenset[str]) -> Iterator[Drawn]:
    """The title and the blocks; `ticking` are the values of the buttons that tick one of their items."""
    known = list(blocks)
    if title:
        yield Drawn((_strong(title),), close=True)
    for block, following in zip_longest(known, known[1:]):
        close = isinstance(block, Heading) or (isinstance(block, Facts) and isinstance(following, Facts))
        if isinstance(block, Fold):
            yield Drawn((_strong(block.title), *_folded(block)), QUOTE)
        elif lines := _without_blank_ends(_lines(block, ticking)):
            yield Drawn(lines, close=close)


def _without_blank_ends(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Telegram takes no message that is nothing but space."""
    kept = list(lines)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return tuple(kept)


def _folded(fold: Fold) -> Iterator[Line]:
    """Quotes do not nest: a fold within a fold is a bold line and what follows it."""
    for block in fold.blocks:
        if isinstance(block, Fold):
            yield _strong(block.title)
            yield from _folded(block)
        else:
            yield from _lines(block, frozenset())


def _lines(block: Block, ticking: frozenset[str]) -> Iterator[Line]:
    match block:
        case Text():
            yield from _words(block.text)
        case Heading():
            yield _strong(block.text)
        case Items():
            yield from _items(block, ticking)
        case Facts():
            for fact in block.facts:
                yield from _words((Span(f"{fact.label}:", "strong"), *_told(fact)))
        case Steps():
            yield from (_line(f"{mark(step)} {step.text}") for step in block.steps)


def _told(fact: Fact) -> tuple[Span, ...]:
    """A value of several lines begins below its label."""
    spans = _spans(fact.text)
    below = bool(spans) and spans[0].text.startswith("\n")
    return spans if below else (Span(" "), *spans)


def _items(block: Items, ticking: frozenset[str]) -> Iterator[Line]:
    for number, item in enumerate(block.items, 1):
        sign = f"{number}. " if block.numbered else "• "
        yield from _words((Span(sign + _tick(item, ticking)), *_spans(item.text)))
        yield from (_line(f"    {line}") for line in item.note.splitlines())


def _tick(item: Item, ticking: frozenset[str]) -> str:
    """An empty box only where a button below ticks it; else it looks tappable and is not."""
    if item.ticked is None or not (item.ticked or item.value in ticking):
        return ""
    return TICKS[item.ticked]


def _spans(words: Words) -> tuple[Span, ...]:
    return (Span(words),) if isinstance(words, str) else words


def _words(words: Words) -> Iterator[Line]:
    """Words as lines; a span that goes over several is closed and opened again."""
    html, text = "", ""
    for span in _spans(words):
        for number, piece in enumerate(span.text.split("\n")):
            if number:
                yield Line(html, text)
                html, text = "", ""
            html, text = html + _marked(piece, span), text + piece
    yield Line(html, text)


def _marked(piece: str, span: Span) -> str:
    if not piece.strip():
        return escape(piece, quote=False)
    if span.style == "link" and span.href:
        return f'<a href="{escape(span.href)}">{escape(piece, quote=False)}</a>'
    before, after = TAGS.get(span.style, ("", ""))  # a phone's own app finds a number
    return before + escape(piece, quote=False) + after


def _strong(text: str) -> Line:
    return Line(_marked(text, Span(text, "strong")), text)


def _line(text: str) -> Line:
    return Line(escape(text, quote=False), text)
