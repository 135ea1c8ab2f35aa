"""What a word stands for: ambiguous abbreviations and typing errors, decided by the words beside it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from heapq import nlargest
from itertools import chain, pairwise
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.search.sounds import by_sound, sound
from knowledge.text import Word, fold, is_syllable, plain, synonyms

Reading = tuple[Word, ...]  # the words that one written word stands for

SHORT = 4  # letters; a shorter word has so many neighbours that those beside it must vouch for a correction
CANDIDATES, SHORT_CANDIDATES, CLOSE = 8, 30, 30
UNREAD = 1.5  # what leaving an abbreviation as it is costs, in about the unit of a pair seen twice
EDIT, SHORT_EDIT = 2.0, 3.5  # what a correction costs; leaving the word as it is costs EDIT
EAR = 2.5  # what taking a syllable for another that sounds like it costs
SLIP = 4.5  # the same for one that is a letter away
ATTESTED = 2  # a pair of words seen so often is left as it is typed
OFTEN = 5  # a pair of words seen so often vouches for one that was only heard
BEAM = 12  # readings of a question that are followed
ALIKE = 1.0  # a reading this much worse than the best is still taken along


class Reader:
    """Reads words the way the phrasings of the catalogue would have them."""

    def __init__(self, texts: Iterable[str], written: frozenset[str] = frozenset()) -> None:
        """`texts` are folded; `written` are their words with diacritics."""
        rows = [text.split() for text in texts]
        self.written = written
        self.known = Counter(chain.from_iterable(rows))
        self.pairs = Counter(chain.from_iterable(map(pairwise, rows)))
        self.frequent = [word for word, _ in self.known.most_common() if word.isalpha()]
        self.readings = _readings()
        self.alike = by_sound(filter(is_syllable, self.frequent))
        self.opposites = _opposites()
        self._options = lru_cache(maxsize=5000)(self._find_options)
        self._heard = lru_cache(maxsize=5000)(self._find_heard)
        after, before = self._neighbours()
        self._following = lru_cache(maxsize=5000)(partial(self._beside, step=after))
        self._leading = lru_cache(maxsize=5000)(partial(self._beside, step=before))

    def read(self, words: Sequence[Word]) -> list[list[Word]]:
        """The likeliest readings of a question, best first, at most three: beam search over word pairs."""
        options = [self._options(word) for word in words]
        options = [self._with_heard(words, at, option) for at, option in enumerate(options)]
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

    def turned(self, words: Sequence[Word], reading: Sequence[Word]) -> list[list[Word]]:
        """The reading with a word turned into its opposite, for each such word that was not typed."""
        sure = {word.folded for word in words} | set(self._mended(words, reading)) | set(self._spelled(words))
        folded = [self._meant(word.folded) for word in reading]
        line = f" {' '.join(folded)} "
        return [
            _turned(reading, folded, said, instead)
            for said, instead in self.opposites
            if sure.isdisjoint(said) or self._is_either(words, said, instead)
            if f" {' '.join(said)} " in line
        ]

    def _mended(self, words: Sequence[Word], reading: Sequence[Word]) -> Iterable[str]:
        """The words of a reading that stand for no syllable.

        A slip of the finger leaves no doubt about what was meant; one of the ear does.
        """
        slips = [w.folded for w in words if not is_syllable(w.folded) and w.folded not in self.readings]
        near = (word.folded for word in reading if slips and word.folded not in slips)
        return (word for word in near if any(OSA.distance(word, slip) <= _reach(slip) for slip in slips))

    def _spelled(self, words: Sequence[Word]) -> Iterable[str]:
        """The words that the abbreviations of a question stand for."""
        meanings = chain.from_iterable(self.readings.get(word.folded, ()) for word in words)
        return (word.folded for word in chain.from_iterable(meanings))

    def _is_either(self, words: Sequence[Word], said: tuple[str, ...], instead: tuple[str, ...]) -> bool:
        """Whether an abbreviation may stand for the one as well as for the other: "đktt"."""
        spelled = ([{w.folded for w in m} for m in self.readings.get(word.folded, ())] for word in words)
        sides = [set(said), set(instead)]
        return all(sides) and any(all(any(s <= m for m in ms) for s in sides) for ms in spelled)

    def _meant(self, word: str) -> str:
        """The word, or the one with an opposite that it sounds like if nobody writes it so."""
        if word in self.known:
            return word
        alike = self.alike.get(sound(word), ())
        return next((said[0] for said, _ in self.opposites if len(said) == 1 and said[0] in alike), word)

    def _with_heard(
        self, words: Sequence[Word], at: int, options: Sequence[tuple[Reading, float]]
    ) -> Sequence[tuple[Reading, float]]:
        """The options with the syllables that sound alike, unless the words beside it know the one typed."""
        word = words[at].folded
        if len(options) > 1 or not is_syllable(word) or len(word) == 1:
            return options
        before, after = _at(words, at - 1), _at(words, at + 1)
        pairs = [pair for pair in ((before, word), (word, after)) if all(pair)]
        is_strange = (
            bool(words[at].marks) and words[at].marks not in self.written
        )  # "trúc", where "trực" is known
        if not is_strange and all(self.pairs[pair] >= ATTESTED for pair in pairs):
            return options
        awaited = self._following(before) | self._leading(after)
        heard = self._heard(word)
        as_typed = [(reading, worth - EAR * is_strange) for reading, worth in options]
        return [*as_typed, *((reading, cost) for reading, cost in heard if reading[0].folded in awaited)]

    def _beside(self, word: str, step: Mapping[str, set[str]]) -> frozenset[str]:
        """What stands often beside a word or beside one that sounds like it."""
        heard = {word, *self.alike.get(sound(word), ())} if word else ()
        return frozenset().union(*(step.get(other, ()) for other in heard))

    def _neighbours(self) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
        """What often follows each word, and what often comes before it."""
        after, before = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for (one, two), count in self.pairs.items():
            if count >= OFTEN:
                after[one].add(two)
                before[two].add(one)
        return after, before

    def _find_heard(self, word: str) -> Sequence[tuple[Reading, float]]:
        alike = {other: -EAR for other in self.alike.get(sound(word), ())}
        near = process.extract(word, self.frequent, scorer=OSA.distance, score_cutoff=1, limit=CLOSE)
        slips = {other: -SLIP for other, _, _ in near if len(word) > 2}
        return [((Word(other, ""),), cost) for other, cost in (slips | alike).items() if other != word]

    def _corrections(self, word: str) -> Iterable[tuple[Reading, float]]:
        if len(word) == 1:
            return []
        short = len(word) < SHORT
        reach, limit = _reach(word), SHORT_CANDIDATES if short else CANDIDATES
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


def _reach(word: str) -> int:
    """How many letters a word that was meant may differ from the one typed."""
    return 1 if len(word) < 7 else 2


def _turned(
    reading: Sequence[Word], folded: Sequence[str], said: tuple[str, ...], instead: tuple[str, ...]
) -> list[Word]:
    """The reading with one phrase for the other, wherever it stands."""
    turned, here = list[Word](), 0
    while here < len(reading):
        is_said = tuple(folded[here : here + len(said)]) == said
        turned += [Word(each, "") for each in instead] if is_said else reading[here : here + 1]
        here += len(said) if is_said else 1
    return turned


def _at(words: Sequence[Word], at: int) -> str:
    return words[at].folded if 0 <= at < len(words) else ""


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


def _opposites() -> Sequence[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What may be confused to harm, each way: the words said, and those instead."""
    table = synonyms()["opposites"]["pairs"]
    pairs = [(tuple(fold(one).split()), tuple(fold(two).split())) for one, two in table]
    return [(one, two) for pair in pairs for one, two in (pair, pair[::-1]) if one]


def _readings() -> Mapping[str, tuple[Reading, ...]]:
    table = synonyms()["readings"]
    return {
        plain(short): tuple(tuple(Word(each, "") for each in fold(long).split()) for long in longs)
        for short, longs in table.items()
    }
