"""Spelling by ear: a line rewritten with the words it sounds like, where those beside them vouch for it.

Used in front of the search: `Ear(phrasings).read(line)` is the line as it is meant; `contradicts` tells
whether a found target says the opposite of a line, so that it is asked and never answered outright.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nlargest
from itertools import pairwise
from math import log
from pathlib import Path

from knowledge.datafile import Model, Text, read
from knowledge.reading.phrases import Phrases
from knowledge.reading.words import line
from knowledge.text import Word, plain, words

DEFAULT = Path(__file__).with_name("ear.toml")

BEAM = 8  # rewritings that are followed
CHANGED = 2.2  # what a rewritten word costs, in about the unit of a pair seen twice
FAMILIAR = 0.25  # what it costs more, the oftener phrasings use the word as it is written
STRANGE = 1.5  # what a word costs that no phrasing has
GAIN = 0.7  # how much better a rewriting must be to be taken
OFTEN = 3  # times that a word must be used to be what is meant
NEAR = 12  # words of one sound that are tried, the commonest


class Opposites(Model):
    """Words of two things whose confusion harms."""

    one: tuple[Text, ...]
    other: tuple[Text, ...]
    one_decides: bool = False  # also where both are said: "xóa đăng ký"


class Sounds(Model):
    """The tables of `ear.toml`."""

    begin: Mapping[str, str]
    middle: Mapping[str, str]
    end: Mapping[str, str]
    words: Mapping[str, str]
    opposites: tuple[Opposites, ...]


@dataclass(frozen=True)
class Heard:
    """A line as it is meant."""

    text: str
    changes: tuple[tuple[str, str], ...]  # word as written (without marks), word as meant


@cache
def load(path: Path = DEFAULT) -> Sounds:
    """Reads `ear.toml`; raises BadDataFile."""
    return read(path, Sounds)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """How a word without marks sounds, as far as spellings differ: "xinh" and "sin" are one."""
    begin = next((b for b in _begins() if word.startswith(b) and len(word) > len(b)), "")
    rest = word[len(begin) :]
    if begin == "gi" and rest[:1] not in "aeouy":  # "gin", "gi"
        rest = f"i{rest}"
    end = next((e for e in load().end if rest.endswith(e) and len(rest) > len(e)), "")
    middle = rest[: len(rest) - len(end)] if end else rest
    return "".join((load().begin.get(begin, begin), _middle(middle), load().end.get(end, end)))


class Ear:
    """Knows how the phrasings of the catalogue sound."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` are phrasings as they are written, with their marks."""
        texts = list(texts)
        rows = [words(text) for text in texts]
        self._known = Counter(word.folded for row in rows for word in row)
        self._pairs = Counter(pair for row in rows for pair in pairwise(["", *(w.folded for w in row), ""]))
        self._marked = _spellings(texts)
        self._tones = _tones(rows)
        self._alike: dict[str, list[str]] = {}
        for word, count in self._known.most_common():
            if count >= OFTEN and word.isalpha():
                self._alike.setdefault(sound(word), []).append(word)
        self._options = lru_cache(maxsize=5000)(self._find_options)

    def read(self, text: str) -> Heard | None:
        """The line as it is meant; None if it says nothing else than what is written."""
        written = words(text)
        options = [self._options(word, shown) for word, shown in zip(written, _shown(text), strict=True)]
        if all(len(option) == 1 for option in options):
            return None
        plainly = self._worth([word.folded for word in written])
        best, worth = self._best(options)
        if worth < plainly + GAIN:
            return None
        changes = tuple((w.folded, b) for w, b in zip(written, best, strict=True) if w.folded != b)
        kept = zip(_shown(text), written, best, strict=True)
        shown = (shown if word.folded == meant else self._spelt(meant, word) for shown, word, meant in kept)
        return Heard(" ".join(shown), changes) if changes else None

    def _spelt(self, meant: str, word: Word) -> str:
        """A word with its marks: those that are usual with the tone that was written."""
        spellings = self._marked.get(meant, Counter({meant: 1}))
        tone = _tone(word.marks) if word.marks else None
        fits = [each for each, _ in spellings.most_common() if tone is None or _tone(_marks(each)) == tone]
        return fits[0] if fits else spellings.most_common(1)[0][0]

    def _best(self, options: Sequence[Sequence[tuple[str, float]]]) -> tuple[list[str], float]:
        beam: list[tuple[float, list[str]]] = [(0.0, [])]
        for option in options:
            grown = (
                (worth + own + self._fit(path[-1] if path else "", word), [*path, word])
                for worth, path in beam
                for word, own in option
            )
            beam = nlargest(BEAM, grown, key=lambda each: each[0])
        ended = [(worth + self._fit(path[-1] if path else "", ""), path) for worth, path in beam]
        worth, best = max(ended, key=lambda each: each[0])
        return best, worth

    def _worth(self, path: Sequence[str]) -> float:
        own = sum(0.0 if word in self._known else -STRANGE for word in path)
        return own + sum(self._fit(before, word) for before, word in pairwise(["", *path, ""]))

    def _find_options(self, word: Word, shown: str) -> list[tuple[str, float]]:
        """The word itself, and words that sound like it, each with its worth."""
        itself = (word.folded, 0.0 if word.folded in self._known else -STRANGE)
        meant = load().words.get(shown, "")
        named = [(plain(meant), -CHANGED)] if meant else []
        if not word.folded.isalpha():
            return [itself]
        alike = [o for o in self._alike.get(sound(word.folded), ())[:NEAR] if self._may_be(word, o)]
        cost = CHANGED + FAMILIAR * log(1 + self._known[word.folded])
        return [itself, *named, *((other, -cost) for other in alike)]

    def _may_be(self, word: Word, other: str) -> bool:
        """Whether a word may be meant as another one: people mishear letters, not tones."""
        return other != word.folded and (not word.marks or _tone(word.marks) in self._tones[other])

    def _fit(self, before: str, word: str) -> float:
        return log(1 + self._pairs[before, word]) + 0.1 * log(1 + self._known[word])


def contradicts(text: str, name: str) -> bool:
    """Whether what is found under that name is the opposite of what a line says, by a pair that harms."""
    said, told = _poles(text), _poles(name)
    return any(
        said.get(pair) in ("one", "other") and told.get(pair) in ("one", "other") and said[pair] != told[pair]
        for pair in said
    )


def _poles(text: str) -> dict[int, str]:
    """Which side of each pair a text tells; a pair of which it tells both or none is left out."""
    found: dict[int, set[str]] = {}
    for match in _opposites().matches(line(text)):
        number, _, side = match.kind.partition(":")
        found.setdefault(int(number), set()).add(side)
    for pair, sides in found.items():
        if load().opposites[pair].one_decides and "one" in sides:
            sides.discard("other")
    return {pair: next(iter(sides)) for pair, sides in found.items() if len(sides) == 1}


@cache
def _opposites() -> Phrases:
    pairs = [
        (f"{number}:{side}", phrase)
        for number, each in enumerate(load().opposites)
        for side, phrases in (("one", each.one), ("other", each.other))
        for phrase in phrases
    ]
    return Phrases(pairs)


@cache
def _begins() -> tuple[str, ...]:
    return tuple(sorted(load().begin, key=len, reverse=True))


def _middle(vowels: str) -> str:
    for written, heard in load().middle.items():
        if vowels.endswith(written):
            return vowels[: -len(written)] + heard
    return vowels


def _spellings(texts: Iterable[str]) -> Mapping[str, Counter[str]]:
    """How often each word is spelt how, marks included."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        for word, shown in zip(words(text), _shown(text), strict=True):
            counts.setdefault(word.folded, Counter())[shown] += 1
    return counts


def _marks(shown: str) -> str:
    return "".join(word.marks for word in words(shown))


def _tones(rows: Iterable[Sequence[Word]]) -> Mapping[str, frozenset[str]]:
    """The tones that each word is written with."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for word in row:
            found.setdefault(word.folded, set()).add(_tone(word.marks))
    return {word: frozenset(tones) for word, tones in found.items()}


def _tone(marks: str) -> str:
    """The tone of a word whose tone stands last; hỏi for ngã, "" for level or none."""
    last = marks[-1:]
    return "" if last.isalpha() else last.replace("\u0303", "\u0309")


def _shown(text: str) -> list[str]:
    """The words of a text as they stand there, as many as `words` finds."""
    found = re.findall(r"[^\W_]+", text.lower())
    each = [(shown, words(shown)) for shown in found]
    return [shown if len(spelt) == 1 else word.folded for shown, spelt in each for word in spelt]
