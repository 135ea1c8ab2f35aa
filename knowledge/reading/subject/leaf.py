"""The passages of one procedure as a small index: which of them a question is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

from knowledge.reading.answers.terms import load as meanings
from knowledge.reading.phrases import Match, Phrases
from knowledge.reading.subject.asking import load as asking
from knowledge.reading.subject.passages import Passage
from knowledge.reading.words import LONGEST, Line, Word, forms, line, tables, words
from knowledge.search.english import stem

UNKNOWN = 0.6  # what a word of the question weighs that no passage has, in parts of the rarest known
NAME = 1.4  # how much more a word of a group (a paper by any of its names) weighs
PAIR = 0.5  # what two words count that follow each other in question and passage


@dataclass(frozen=True)
class Found:
    """A passage, and the part of the question that it has, by weight: 0..1."""

    passage: Passage
    share: float
    tokens: frozenset[str]  # of the passage


class Leaf:
    """Passages, ready to be searched."""

    def __init__(
        self, passages: Sequence[Passage], texts: Sequence[str] | None = None, language: str = "vi"
    ) -> None:
        """`texts` are what is searched, if not the passages' own; `language` is that of both."""
        self.passages, self.language = tuple(passages), language
        self._tokens = [tokens(text, language) for text in texts or [each.text for each in self.passages]]
        self._sets = [frozenset(form for forms in each for form in forms) for each in self._tokens]
        self._pairs = [frozenset(_pairs(each)) for each in self._tokens]
        count = max(len(self.passages), 1)
        having: dict[str, int] = {}
        for each in self._sets:
            for token in each:
                having[token] = having.get(token, 0) + 1
        self._rarity: Mapping[str, float] = {t: log(1 + count / n) for t, n in having.items()}
        self._rarest = log(1 + count)

    def find(self, question: str, without: frozenset[str] = frozenset()) -> list[Found]:
        """The passages that have some of the question's words, best first; some words may count for nothing."""
        asked = tuple(token for token in content(question, self.language) if token not in without)
        total = sum(self._weight(token) for token in asked)
        if not total:
            return []
        pairs = set(zip(asked, asked[1:], strict=False))
        found = [
            Found(passage, self._share(asked, pairs, own, own_pairs) / total, own)
            for passage, own, own_pairs in zip(self.passages, self._sets, self._pairs, strict=True)
        ]
        return sorted((each for each in found if each.share > 0), key=lambda each: -each.share)

    def _share(
        self, asked: Sequence[str], pairs: set[tuple[str, str]], own: frozenset[str],
        own_pairs: frozenset[tuple[str, str]],
    ) -> float:  # fmt: skip
        single = sum(self._weight(token) for token in asked if token in own)
        double = sum(PAIR * min(self._weight(one), self._weight(two)) for one, two in pairs & own_pairs)
        return single + double

    def _weight(self, token: str) -> float:
        rarity = self._rarity.get(token, UNKNOWN * self._rarest)
        return rarity * NAME if token.startswith("=") else rarity


def _pairs(tokens: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Neighbours, both as written or both bare."""
    for one, other in zip(tokens, tokens[1:], strict=False):
        yield one[0], other[0]
        yield one[-1], other[-1]


@lru_cache(maxsize=2000)
def tokens(text: str, language: str = "vi") -> tuple[tuple[str, ...], ...]:
    """The words of a text, each in all forms that may ask for it: as written, and bare ("~"); in English its stem."""
    if language == "en":
        return tuple(
            (token,) if word is None else (stem(word.folded),) for token, word in _tokens(_read(text))
        )
    return tuple(
        (token,) if word is None else (token, f"~{word.folded}") for token, word in _tokens(_read(text))
    )


def content(question: str, language: str = "vi") -> tuple[str, ...]:
    """What a question asks for: its words but the idle ones, bare where their marks may be left out."""
    typed = _read(question)
    if language == "en":
        said = (
            (token, word)
            for token, word in _tokens(typed)
            if word is None or word.folded not in _idle_english()
        )
        return tuple(token if word is None else stem(word.folded) for token, word in said)
    found = ((token, word) for token, word in _tokens(typed) if word is None or not _is_idle(word, typed))
    return tuple(token if word is None or typed.is_marked else f"~{word.folded}" for token, word in found)


def _read(text: str) -> Line:
    return line(text) if len(text) <= LONGEST else Line(text, tuple(words(text)), True)


def _tokens(typed: Line) -> Iterator[tuple[str, Word | None]]:
    """Each token with the word it is; None for a name of several."""
    named = _apart([*_names().matches(typed)])
    at = 0
    for word in typed.words:
        inside = next((match for match in named if match.start <= at < match.end), None)
        if inside is None:
            yield word.typed, word
        elif inside.start == at:
            yield f"={inside.kind}", None
        at += len(word.typed) + 1


def _apart(found: Sequence[Match]) -> list[Match]:
    """The longest names, none across another."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda each: each.start - each.end):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return kept


@cache
def _names() -> Phrases:
    groups = asking().same.groups
    return Phrases((str(number), phrase) for number, group in enumerate(groups) for phrase in group)


@cache
def attributes() -> frozenset[str]:
    """The names of what papers have to be: original, copied, certified."""
    return frozenset(
        f"={n}" for n, group in enumerate(asking().same.groups) if group[0] in asking().same.attributes
    )


def _is_idle(word: Word, typed: Line) -> bool:
    return word.typed in _idle() or (not typed.is_marked and word.folded in _idle_folded())


@cache
def _idle() -> frozenset[str]:
    said = (*meanings().silent.each, *tables().particles.each, asking().idle)
    return frozenset(form for each in said for form in forms(each))


@cache
def _idle_english() -> frozenset[str]:
    return frozenset(asking().idle_english.split())


@cache
def _idle_folded() -> frozenset[str]:
    return frozenset(word.folded for word in words(asking().idle))
