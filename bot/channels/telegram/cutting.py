"""What is drawn as messages of at most so many letters: cut between blocks, else lines, else words."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from bot.channels.splitting import split, units
from bot.channels.telegram.blocks import Drawn, Line


def messages(blocks: Iterable[Drawn], limit: int) -> list[str]:
    """HTML of messages that read at most `limit` units each; a heading stays with what follows it."""
    made: list[str] = []
    html, size, glue = "", 0, ""
    for whole in _together(blocks):
        for part in _fitting(whole, limit):
            long = sum(_size(each) for each in part) + len(part) * 2
            if html and size + len(glue) + long > limit:
                made.append(html)
                html, size, glue = "", 0, ""
            html += glue + _joined(part)
            size += len(glue) + long
            glue = "\n" if part[-1].close else "\n\n"
    return [*made, html] if html else made


def _together(blocks: Iterable[Drawn]) -> Iterator[tuple[Drawn, ...]]:
    """What is followed without an empty line, with what follows it."""
    group: list[Drawn] = []
    for block in blocks:
        group.append(block)
        if not block.close:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def _fitting(group: tuple[Drawn, ...], limit: int) -> Iterator[tuple[Drawn, ...]]:
    """The group if it fits one message; else its blocks, and of a block too long as many lines as fit."""
    if sum(_size(each) for each in group) + len(group) * 2 <= limit:
        yield group
        return
    for block in group:
        yield from ((piece,) for piece in _pieces(block, limit))


def _pieces(block: Drawn, limit: int) -> Iterator[Drawn]:
    lines: list[Line] = []
    size = 2
    for line in (short for whole in block.lines for short in _short(whole, limit - 2)):
        if lines and size + units(line.text) + 1 > limit:
            yield from _unless_blank(lines, block, close=False)
            lines, size = [], 2
        lines.append(line)
        size += units(line.text) + 1
    yield from _unless_blank(lines, block, block.close)


def _unless_blank(lines: Sequence[Line], block: Drawn, close: bool) -> Iterator[Drawn]:
    if any(line.text.strip() for line in lines):
        yield Drawn(tuple(lines), block.tags, close)


def _short(line: Line, limit: int) -> Iterator[Line]:
    """The line, or pieces of it cut between words; their marks are lost then."""
    if units(line.text) + 1 <= limit:
        yield line
        return
    yield from (Line(escape(piece, quote=False), piece) for piece in split(line.text, limit - 1))


def _size(block: Drawn) -> int:
    return sum(units(line.text) + 1 for line in block.lines)


def _joined(part: tuple[Drawn, ...]) -> str:
    html = ""
    for block, glue in zip(part, [*("\n" if b.close else "\n\n" for b in part[:-1]), ""], strict=True):
        html += block.html() + glue
    return html
