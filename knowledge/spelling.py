"""What a folded word stands for: ambiguous abbreviations and typing errors, decided by the words beside it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import is_syllable, plain, synonyms

Reading = tuple[str, ...]  # the words that one written word stands for

SHORTEST = 4  # letters; shorter words have a neighbour in everything, and "chào" must not become "cáo"
CANDIDATES = 6
EDIT = 2.0  # what a correction costs, in the unit of a pair seen once
UNREAD = 1.5  # what leaving an abbreviation as it is costs


class Reader:
    """Reads words the way the phrasings of the catalogue would have them."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` are folded."""
        rows = [text.split() for text in texts]
        self.known = Counter(word for row in rows for word in row)
        self.pairs = Counter(pair for row in rows for pair in pairwise(row))
        self.long = [word for word in self.known if len(word) >= SHORTEST - 1]
        self.readings = _readings()
        self._nearest = lru_cache(maxsize=5000)(self._near)

    def read(self, words: Sequence[str]) -> list[str]:
        """The likeliest reading of a folded question, word by word (Viterbi over pairs of words)."""
        options = [self._options(word) for word in words]
        if all(len(option) == 1 for option in options):
            return list(words)
        best: dict[Reading, tuple[float, list[str]]] = {("",): (0.0, [])}
        for option in options:
            best = {
                reading: max(
                    (score + cost + self._fit(before[-1], reading), [*path, *reading])
                    for before, (score, path) in best.items()
                )
                for reading, cost in option.items()
            }
        return max(best.values())[1]

    def _options(self, word: str) -> Mapping[Reading, float]:
        meanings = self.readings.get(word)
        if meanings:
            return {(word,): 0.0 if is_syllable(word) else -UNREAD} | {meaning: 0.0 for meaning in meanings}
        if word in self.known or is_syllable(word) or len(word) < SHORTEST or not word.isalpha():
            return {(word,): 0.0}
        return {(word,): -EDIT} | {(near,): -EDIT * distance for near, distance in self._nearest(word)}

    def _near(self, word: str) -> tuple[tuple[str, int], ...]:
        reach = 1 if len(word) < 7 else 2
        found = process.extract(word, self.long, scorer=OSA.distance, score_cutoff=reach, limit=CANDIDATES)
        return tuple((near, int(distance)) for near, distance, _ in found)

    def _fit(self, before: str, reading: Reading) -> float:
        inside = sum(log(1 + self.pairs[pair]) for pair in pairwise(reading)) / max(len(reading) - 1, 1)
        return log(1 + self.pairs[before, reading[0]]) + 0.1 * inside + 0.1 * log(1 + self.known[reading[0]])


def _readings() -> Mapping[str, tuple[Reading, ...]]:
    table = synonyms()["readings"]
    return {
        plain(short): tuple(tuple(plain(long).split()) for long in longs) for short, longs in table.items()
    }
