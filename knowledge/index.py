"""An inverted index in numpy: BM25 over terms that are plain integers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

TRIGRAM_BASE = 37  # a-z, 0-9 and the space between words
_CODES = np.full(256, -1, dtype=np.int64)
_CODES[np.frombuffer(b"abcdefghijklmnopqrstuvwxyz0123456789 ", dtype=np.uint8)] = np.arange(TRIGRAM_BASE)


class Space:
    """One kind of term (syllables, pairs, trigrams ...) over documents 0..n-1.

    A term's rarity is counted over `owners`: many phrasings of one target do not make its words common.
    """

    def __init__(self, terms: Ints, docs: Ints, owners: Ints, *, k1: float = 1.2, b: float = 0.5) -> None:
        """`terms[i]` occurs in document `docs[i]`; document d belongs to `owners[d]`."""
        self.size = len(owners)
        pairs, counts = np.unique(terms * self.size + docs, return_counts=True)
        term_of, self.docs = pairs // self.size, pairs % self.size
        self.terms, starts = np.unique(term_of, return_index=True)
        self.bounds = np.append(starts, len(pairs))
        self.idf = _rarity(term_of, owners[self.docs], self.terms)
        length = np.bincount(docs, minlength=self.size)
        norm = 1 - b + b * length / max(length.mean(), 1.0)
        self.weights = (
            counts * (k1 + 1) / (counts + k1 * norm[self.docs]) * np.repeat(self.idf, np.diff(self.bounds))
        )

    def scores(self, terms: Ints, weights: Floats | None = None) -> Floats:
        """The BM25 score of every document; a term counts once for each time it stands in `terms`."""
        at = np.searchsorted(self.terms, terms)
        known = at < len(self.terms)
        known[known] = self.terms[at[known]] == terms[known]
        at = at[known]
        spans = self.bounds[at + 1] - self.bounds[at]
        ends = np.cumsum(spans)
        picks = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.bounds[at] - ends + spans, spans)
        found = self.weights[picks]
        if weights is not None:
            found = found * np.repeat(weights[known], spans)
        return np.bincount(self.docs[picks], weights=found, minlength=self.size)

    def rarity(self, terms: Ints) -> Floats:
        """The idf of each term; an unknown one is as rare as the rarest known."""
        if not len(self.terms):
            return np.zeros(len(terms))
        at = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
        return np.where(self.terms[at] == terms, self.idf[at], self.idf.max())


def trigrams(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Letter trigrams of folded texts (word boundaries included) and the number of the text each stands in."""
    joined = "".join(f" {text} \n" for text in texts).encode("ascii")
    codes = _CODES[np.frombuffer(joined, dtype=np.uint8)]
    owner = np.cumsum(codes < 0)
    one, two, three = codes[:-2], codes[1:-1], codes[2:]
    whole = (one >= 0) & (two >= 0) & (three >= 0)
    return ((one * TRIGRAM_BASE + two) * TRIGRAM_BASE + three)[whole], owner[:-2][whole]


def _rarity(term_of: Ints, owner_of: Ints, terms: Ints) -> Floats:
    """log(1 + owners / owners that have the term), for each of `terms`."""
    span = int(owner_of.max()) + 1 if len(owner_of) else 1
    pairs = np.unique(term_of * span + owner_of)
    frequency = np.bincount(np.searchsorted(terms, pairs // span), minlength=len(terms))
    return np.log(1 + span / np.maximum(frequency, 1))
