"""What a reply is made of: blocks, all of them values, which every channel draws in its own way.

`plain` draws them as text; a new kind needs one branch there and one function in each channel.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Style = Literal["", "strong", "code", "phone", "link"]


@dataclass(frozen=True)
class Span:
    """A piece of a line that is more than text."""

    text: str
    style: Style = ""  # code: to be copied, as the code of a dossier or the number of an account
    href: str = ""  # of a link


Words = str | tuple[Span, ...]  # a line, or several


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: Words
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class Heading:
    """Stands above what follows."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Item:
    """One line of a list."""

    text: Words
    note: str = ""  # what belongs below it; may have several lines
    ticked: bool | None = None  # None: nothing to tick
    value: str = ""  # the wire form of the action that ticks it, or changes it where nothing is to be ticked


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Item, ...]
    numbered: bool = False  # the numbers are those of the reply's choices, or of steps one after the other
    kind: Literal["items"] = "items"


@dataclass(frozen=True)
class Fact:
    """A label and what is said of it: "Thời hạn", "5 ngày làm việc"."""

    label: str
    text: Words


@dataclass(frozen=True)
class Facts:
    """Several facts, one below the other."""

    facts: tuple[Fact, ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class Step:
    """One point of a way."""

    text: str
    done: bool = False
    current: bool = False


@dataclass(frozen=True)
class Steps:
    """A way, with the point where one is."""

    steps: tuple[Step, ...]
    kind: Literal["steps"] = "steps"


@dataclass(frozen=True)
class Fold:
    """What is opened on demand: explanations, sources."""

    title: str
    blocks: tuple["Block", ...]
    kind: Literal["fold"] = "fold"


Block = Text | Heading | Items | Facts | Steps | Fold


def plain(blocks: Iterable[Block]) -> str:
    """The blocks as plain text; folds stand open below their titles."""
    parts: list[str] = []
    before = ""
    for block in blocks:
        text = _plain(block)
        close = before == "heading" or (before == block.kind == "facts")
        parts += [("\n" if close else "\n\n") if parts else "", text]
        before = block.kind
    return "".join(parts)


def unfolded(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks without those that are opened on demand."""
    return tuple(block for block in blocks if not isinstance(block, Fold))


def words(text: Words) -> str:
    """A line as plain text; a link tells its address unless that is its text."""
    if isinstance(text, str):
        return text
    return "".join(_word(span) for span in text)


def _word(span: Span) -> str:
    address = span.href.partition("://")[2] or span.href
    return f"{span.text} ({span.href})" if address and address.rstrip("/") not in span.text else span.text


def _plain(block: Block) -> str:
    match block:
        case Text() | Heading():
            return words(block.text)
        case Items():
            return "\n".join(_lines(block))
        case Facts():
            return "\n".join(_fact(fact) for fact in block.facts)
        case Steps():
            return "\n".join(f"{mark(step)} {step.text}" for step in block.steps)
        case Fold():
            return f"▸ {block.title}\n{plain(block.blocks)}"


def _fact(fact: Fact) -> str:
    """Label and value in a line; a value of several lines begins below its label."""
    told = words(fact.text)
    return f"{fact.label}:{told}" if told.startswith("\n") else f"{fact.label}: {told}"


def _lines(block: Items) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        sign = f"{number}." if block.numbered else "•"
        tick = "✓ " if item.ticked else ""
        yield f"{sign} {tick}{words(item.text)}"
        yield from (f"    {line}" for line in item.note.splitlines())


def mark(step: Step) -> str:
    """The sign before a step where no better can be drawn."""
    return "✔" if step.done else "➤" if step.current else "○"
