"""Which document of one list is which of another, when names were edited."""

from collections.abc import Callable, Iterator, Sequence

from rapidfuzz import fuzz, process

from bot.catalogues.parts import document_text
from knowledge.procedures.catalogue import Document
from knowledge.text import plain

ALIKE = 65  # of 100; names below it are two papers (unrelated ones reach 55)

Pair = tuple[Document | None, Document | None]


def paired(old: Sequence[Document], new: Sequence[Document], by_id: bool) -> Iterator[Pair]:
    """Every document once: with its counterpart, or with None where it has none.

    First those that are the same in every letter, then the same name, the same id (where people gave the
    ids), and the most alike names.
    """
    left, right = list(old), list(new)
    keys: list[Callable[[Document], str]] = [document_text, _folded_name]
    for key in [*keys, _id] if by_id else keys:
        yield from _equal(left, right, key)
    yield from _alike(left, right)


def _equal(left: list[Document], right: list[Document], key: Callable[[Document], str]) -> Iterator[Pair]:
    """Pairs with the same key; takes them out of both lists."""
    waiting: dict[str, list[Document]] = {}
    for document in right:
        waiting.setdefault(key(document), []).append(document)
    pairs = [(d, waiting[key(d)].pop(0)) for d in left if waiting.get(key(d))]
    taken = {id(document) for pair in pairs for document in pair}
    left[:] = [d for d in left if id(d) not in taken]
    right[:] = [d for d in right if id(d) not in taken]
    yield from pairs


def _folded_name(document: Document) -> str:
    return plain(document.name)


def _id(document: Document) -> str:
    return document.id


def _alike(left: list[Document], right: list[Document]) -> Iterator[Pair]:
    names = [plain(d.name) for d in left], [plain(d.name) for d in right]
    scores = process.cdist(*names, scorer=fuzz.ratio, score_cutoff=ALIKE)
    ranked = sorted(((scores[i][j], i, j) for i in range(len(left)) for j in range(len(right))), reverse=True)
    lone_left, lone_right = dict(enumerate(left)), dict(enumerate(right))
    for score, i, j in ranked:
        if score and i in lone_left and j in lone_right:
            yield lone_left.pop(i), lone_right.pop(j)
    yield from ((document, None) for document in lone_left.values())
    yield from ((None, document) for document in lone_right.values())
