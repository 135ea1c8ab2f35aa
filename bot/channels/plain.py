"""Replies as plain texts, for messengers without markup: within a limit, choices as numbered lines."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from unicodedata import normalize

from bot.channels.splitting import split, units
from handlers.turn.blocks import Block, Facts, Fold, Heading, Items, plain
from handlers.turn.messages import Reply

APART = "\n\n"


def parts(replies: Sequence[Reply], limit: int, *, buttons: bool = False) -> tuple[str, ...]:
    """The texts of a turn in NFC, of at most `limit` UTF-16 units each, and so of as many characters.

    The choices stand on the last text of their reply. Only those of the last reply that has any are numbered,
    as `State.offered` knows them and a typed number is read against it. With `buttons` these are left to the
    channel. A reply that is nothing but its files has no text.
    """
    asking = next((reply for reply in reversed(replies) if reply.choices), None)
    made: list[str] = []
    for reply in replies:
        lines = [] if buttons and reply is asking else list(_choices(reply, is_numbered=reply is asking))
        made += _filled([*_paragraphs(reply), *(["\n".join(lines)] if lines else [])], limit)
    return tuple(made)


def _paragraphs(reply: Reply) -> Iterator[str]:
    """What is to stay together: a heading with what follows it, facts with more facts."""
    title = (Heading(reply.title),) if reply.title else ()
    shown = list(_shown((*title, *reply.blocks)))
    group: list[Block] = []
    for block, following in pairwise((*shown, None)):
        group += [block] if block else []
        is_close = isinstance(block, Heading) or (isinstance(block, Facts) and isinstance(following, Facts))
        if not (is_close and following):
            yield plain(group)
            group = []


def _shown(blocks: Iterable[Block]) -> Iterator[Block]:
    """Headings in capitals; what is folded stands open below its title."""
    for block in blocks:
        match block:
            case Heading():
                yield Heading(block.text.upper())
            case Fold():
                yield Heading(block.title.upper())
                yield from _shown(block.blocks)
            case _:
                yield block


def _choices(reply: Reply, *, is_numbered: bool) -> Iterator[str]:
    """A line each, without those that stand in a list by the same number already."""
    listed = [
        (number, item.value)
        for block in reply.blocks
        if isinstance(block, Items) and block.numbered
        for number, item in enumerate(block.items, 1)
    ]
    for number, choice in enumerate(reply.choices, 1):
        if is_numbered and (number, choice.value) in listed:
            continue
        yield f"{number}. {choice.label}" if is_numbered else f"– {choice.label}"


def _filled(paragraphs: Iterable[str], limit: int) -> list[str]:
    """As few texts as hold them in their order; only what is longer than a text is cut."""
    texts: list[str] = []
    for paragraph in (piece for each in paragraphs for piece in split(normalize("NFC", each), limit)):
        joined = f"{texts[-1]}{APART}{paragraph}" if texts else paragraph
        if texts and units(joined) <= limit:
            texts[-1] = joined
        else:
            texts.append(paragraph)
    return texts
