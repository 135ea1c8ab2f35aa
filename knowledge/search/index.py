"""An inverted index in numpy: BM25 over terms that are plain integers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

K1, B = 1.2, 0.5  # BM25: how soon repetition stops counting, how much a long text is held back


class Words:
    """Numbers for words."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}

    def learn(self, rows: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
        """Every word as a number, and the row it stands in."""
        ids = self.ids
        words = [ids.setdefault(word, len(ids)) for row in rows for word in row]
        return np.array(words, dtype=np.int64), np.repeat(np.arange(len(rows)), [len(row) for row in rows])

    def known(self, words: Sequence[str]) -> Ints:
        """A question's words as numbers; -1 for a word that nobody uses."""
        return np.array([self.ids.get(word, -1) for word in words], dtype=np.int64)


class Space:
    """One kind of term (words, pairs) over documents 0..n-1.

    A term's rarity is counted over targets, not over documents: many phrasings of one target do not make its
    words common.
    """

    def __init__(self, terms: Ints, docs: Ints, owners: Ints, counted: Flags) -> None:
        """`terms[i]` occurs in document `docs[i]`; document d belongs to target `owners[d]`.

        Only the targets that are `counted` tell how rare a term is, and how long a text usually is.
        """
        self.size = len(owners)
        self.pairs, counts = np.unique(terms * self.size + docs, return_counts=True)
        term_of, self.docs = self.pairs // self.size, self.pairs % self.size
        self.terms, starts = np.unique(term_of, return_index=True)
        self.bounds = np.append(starts, len(self.pairs))
        self.idf = _rarity(term_of, owners[self.docs], self.terms, counted)
        self.idf_of = np.repeat(self.idf, np.diff(self.bounds))  # of each posting
        length = np.bincount(docs, minlength=self.size)
        usual = length[counted[owners]].mean() if counted[owners].any() else 1.0
        held_back = K1 * (1 - B + B * length / max(usual, 1.0))
        self.bm25 = self.idf_of * counts * (K1 + 1) / (counts + held_back[self.docs])

    def match(self, terms: Ints, worth: Floats) -> Floats:
        """For every document the sum of `worth` (one number a posting) over the terms it contains."""
        at = self._known(terms)
        spans = self.bounds[at + 1] - self.bounds[at]
        ends = np.cumsum(spans)
        picks = np.arange(int(spans.sum())) + np.repeat(self.bounds[at] - ends + spans, spans)
        return np.bincount(self.docs[picks], weights=worth[picks], minlength=self.size).astype(
            np.float64, copy=False
        )

    def share(self, terms: Ints) -> Floats:
        """BM25 of every document, in parts of what the question's own terms weigh."""
        return self.match(terms, self.bm25) / max(float(self.rarity(terms).sum()), 1e-9)

    def _known(self, terms: Ints) -> Ints:
        """Where those of the terms stand that occur at all."""
        if not len(self.terms):
            return np.zeros(0, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
        found: Ints = at[self.terms[at] == terms]
        return found

    def rarity(self, terms: Ints) -> Floats:
        """The idf of each term; an unknown one is as rare as the rarest known."""
        if not len(self.terms):
            return np.ones(len(terms))
        at = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
        return np.where(self.terms[at] == terms, self.idf[at], self.idf.max())

    def has(self, terms: Ints, doc: int) -> Flags:
        """Which of the terms occur in one document."""
        if not len(self.pairs):
            return np.zeros(len(terms), dtype=bool)
        wanted = terms * self.size + doc
        at = np.minimum(np.searchsorted(self.pairs, wanted), len(self.pairs) - 1)
        return np.asarray((self.pairs[at] == wanted) & (terms >= 0), dtype=bool)

    def norms(self, power: int) -> Floats:
        """For every document the sum of idf ** power over its terms."""
        sums = np.bincount(self.docs, weights=self.idf_of**power, minlength=self.size)
        return np.maximum(sums.astype(np.float64), 1e-9)


def pairs(words: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Neighbouring words of a row as one term each; a word that nobody uses pairs with none."""
    beside = (rows[:-1] == rows[1:]) & (words[:-1] >= 0) & (words[1:] >= 0)
    return ((words[:-1] << 24) + words[1:])[beside], rows[:-1][beside]


def _rarity(term_of: Ints, owner_of: Ints, terms: Ints, counted: Flags) -> Floats:
    """log(1 + targets / targets that have the term), for each of `terms`; over the counted targets."""
    total, own = len(counted), counted[owner_of]
    codes = np.sort(term_of[own] * total + owner_of[own])
    had = codes[np.diff(codes, prepend=-1) > 0] // total  # np.unique takes six times as long
    frequency = np.bincount(np.searchsorted(terms, had), minlength=len(terms))
    return np.log1p(max(int(counted.sum()), 1) / np.maximum(frequency, 1))
