"""What a word stands for: ambiguous abbreviations and typing errors, decided by the words beside it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import chain, pairwise
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import Word, is_syllable, plain, synonyms

Reading = tuple[Word, ...]  # the words that one written word stands for

SHORT = 4  # letters; a shorter word has so many neighbours that those beside it must vouch for a correction
CANDIDATES, SHORT_CANDIDATES = 8, 30
UNREAD = 1.5  # what leaving an abbreviation as it is costs, in about the unit of a pair seen twice
EDIT, SHORT_EDIT = 2.0, 3.5  # what a correction costs; leaving the word as it is costs EDIT
BEAM = 8  # readings of a question that are followed
ALIKE = 1.0  # a reading this much worse than the best is still taken along


class Reader:
    """Reads words the way the phrasings of the catalogue would have them."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` are folded."""
        rows = [text.split() for text in texts]
        self.known = Counter(chain.from_iterable(rows))
        self.pairs = Counter(chain.from_iterable(map(pairwise, rows)))
        self.frequent = [word for word, _ in self.known.most_common() if word.isalpha()]
        self.readings = _readings()
        self._options = lru_cache(maxsize=5000)(self._find_options)

    def read(self, words: Sequence[Word]) -> list[list[Word]]:
        """The likeliest readings of a question, best first, at most three: beam search over word pairs."""
        options = [self._options(word) for word in words]
        if all(len(option) == 1 for option in options):
            return [list(words)]
        beam: list[tuple[float, list[Word]]] = [(0.0, [])]
        for option in options:
            grown = (
                (score + worth + self._fit(path[-1].folded if path else "", reading), [*path, *reading])
                for score, path in beam
                for reading, worth in option
            )
            beam = nlargest(BEAM, grown)
        return [path for score, path in beam[:3] if score >= beam[0][0] - ALIKE]

    def _find_options(self, word: Word) -> Sequence[tuple[Reading, float]]:
        """The word itself and what else it may stand for, each with its worth (0 or less)."""
        meanings = [(meaning, 0.0) for meaning in self.readings.get(word.folded, ())]
        if is_syllable(word.folded) or word.folded in self.known or not word.folded.isalpha():
            return [((word,), 0.0 if is_syllable(word.folded) or not meanings else -UNREAD), *meanings]
        return [((word,), -UNREAD if meanings else -EDIT), *meanings, *self._corrections(word.folded)]

    def _corrections(self, word: str) -> Iterable[tuple[Reading, float]]:
        if len(word) == 1:
            return []
        short = len(word) < SHORT
        reach, limit = (1, SHORT_CANDIDATES) if short else (1 if len(word) < 7 else 2, CANDIDATES)
        cost = SHORT_EDIT if short else EDIT
        near = process.extract(word, self.frequent, scorer=OSA.distance, score_cutoff=reach, limit=limit)
        parts = _split(word, self.known)
        apart = [(tuple(Word(part, "") for part in parts), -EDIT)] if parts else []
        return [*apart, *(((Word(other, ""),), -cost * distance) for other, distance, _ in near)]

    def _fit(self, before: str, reading: Reading) -> float:
        inside = [log(1 + self.pairs[one.folded, two.folded]) for one, two in pairwise(reading)]
        beside = log(1 + self.pairs[before, reading[0].folded])
        return (
            beside + 0.1 * (sum(inside) / max(len(inside), 1)) + 0.1 * log(1 + self.known[reading[0].folded])
        )


def _split(word: str, known: Mapping[str, int]) -> list[str]:
    """The syllables of a word written without spaces ("khaisinh"), the likeliest way; empty if none."""
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        ways = [
            (best[start][0] + log(known[word[start:end]]) - 8, [*best[start][1], word[start:end]])
            for start in range(max(0, end - 6), end - 1)
            if word[start:end] in known and (start == 0 or best[start][1])
        ]
        best.append(max(ways, default=(-1e9, [])))
    return best[-1][1]


def _readings() -> Mapping[str, tuple[Reading, ...]]:
    table = synonyms()["readings"]
    return {
        plain(short): tuple(tuple(Word(each, "") for each in plain(long).split()) for long in longs)
        for short, longs in table.items()
    }
