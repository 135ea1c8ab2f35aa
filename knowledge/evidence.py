"""What speaks for each target, measured several ways: the columns that ranking weighs."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from knowledge.index import Floats, Ints, Space, Words, pairs, trigrams
from knowledge.meaning import Meanings
from knowledge.spelling import Reader
from knowledge.targets import Target
from knowledge.text import accents, fold

COLUMNS = (
    "words", "pairs",  # of the question in all phrasings of the target, folded
    "meanings", "meaning_pairs",  # the same with synonyms brought together
    "marks",  # words and pairs with their diacritics, as far as the question has any
    "trigrams",  # letters: typing errors
    "likeness",  # the phrasing most like the question (cosine)
    "phrasing_said",  # the largest part of one phrasing that the question says
    "name_said",  # the part of the target's name that the question says
    "plain_wanted",  # a variant whose qualifier the question does not name
    "elsewhere", "talk", "event", "nameless",  # kinds; and targets without phrasings
)  # fmt: skip


class Evidence:
    """The phrasings of all targets, indexed for every column."""

    def __init__(self, targets: Sequence[Target]) -> None:
        written = [(text, t) for t, target in enumerate(targets) for text in (*target.names, *target.asks)]
        texts, owners = [text for text, _ in written], np.array([t for _, t in written], dtype=np.int64)
        folded = [fold(text) for text in texts]
        self.first = np.searchsorted(owners, np.arange(len(targets)))  # a target's first phrasing
        self.reader = Reader(folded)
        self.meanings = Meanings()
        self.surface = _View([text.split() for text in folded], owners)
        self.sense = _View([self.meanings.of(text) for text in texts], owners)
        self.marks = _View([list(filter(None, accents(text))) for text in texts], owners)
        grams, rows = trigrams(folded)
        self.grams = Space(grams, owners[rows], np.arange(len(targets)))
        self.phrasings = _Phrasings(self.surface, owners)
        self.is_name = np.array(
            list(chain(*([True] * len(t.names) + [False] * len(t.asks) for t in targets)))
        )
        self.qualifiers = [tuple(f" {fold(q)} " for q in t.qualifiers) for t in targets]
        self.kinds = np.array([_kinds(target) for target in targets], dtype=np.float64)

    def of(self, question: str) -> Floats:
        """One row a target, one column a measure (COLUMNS)."""
        folded = fold(question)
        read = self.reader.read(folded.split())
        words = self.surface.words.known(read)
        grams, _ = trigrams([" ".join(read)])
        marks = self.marks.words.known(list(filter(None, accents(question))))
        like, said = self.phrasings.of(words)
        columns = [
            *self.surface.shares(words),
            *self.sense.shares(self.sense.words.known(self.meanings.of(question))),
            sum(self.marks.shares(marks)),
            self.grams.share(np.unique(grams)),
            self._best(like),
            self._best(said),
            self._best(said * self.is_name),
            self._unasked_variants(folded),
        ]
        return np.column_stack([*columns, self.kinds])

    def _best(self, of_phrasings: Floats) -> Floats:
        return np.maximum.reduceat(of_phrasings, self.first)

    def _unasked_variants(self, folded: str) -> Floats:
        padded = f" {folded} "
        return np.array([bool(q) and not any(each in padded for each in q) for q in self.qualifiers], float)


class _View:
    """Words and pairs of words, pooled by target."""

    def __init__(self, rows: Sequence[Sequence[str]], owners: Ints) -> None:
        self.words = Words()
        self.single, self.rows = self.words.learn(rows)
        self.double, self.double_rows = pairs(self.single, self.rows)
        targets = np.arange(int(owners.max()) + 1 if len(owners) else 0)
        self.singles = Space(self.single, owners[self.rows], targets)
        self.doubles = Space(self.double, owners[self.double_rows], targets)

    def shares(self, words: Ints) -> tuple[Floats, Floats]:
        """How much of the question's words, and of its pairs, each target has."""
        double, _ = pairs(words, np.zeros_like(words))
        return self.singles.share(np.unique(words)), self.doubles.share(np.unique(double))


class _Phrasings:
    """Each phrasing by itself: how like the question it is, and how much of it the question says."""

    def __init__(self, view: _View, owners: Ints) -> None:
        self.singles = Space(view.single, view.rows, owners)
        self.doubles = Space(view.double, view.double_rows, owners)
        self.weight = self.singles.norms(1)
        self.length = np.sqrt(self.singles.norms(2) + self.doubles.norms(2))

    def of(self, words: Ints) -> tuple[Floats, Floats]:
        single, double = np.unique(words), np.unique(pairs(words, np.zeros_like(words))[0])
        own = (self.singles.rarity(single) ** 2).sum() + (self.doubles.rarity(double) ** 2).sum()
        both = self.singles.match(single, self.singles.idf_of**2) + self.doubles.match(
            double, self.doubles.idf_of**2
        )
        return both / self.length / max(np.sqrt(own), 1e-9), self.singles.match(
            single, self.singles.idf_of
        ) / self.weight


def _kinds(target: Target) -> tuple[bool, bool, bool, bool]:
    return target.kind == "elsewhere", target.kind == "talk", target.kind == "event", not target.asks
