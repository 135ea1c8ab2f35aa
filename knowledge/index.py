"""An inverted index in numpy: BM25 over terms that are plain integers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

K1, B = 1.2, 0.5  # BM25: how soon repetition stops counting, how much a long text is held back
TRIGRAM_BASE = 37  # a-z, 0-9 and the space between words
_CODES = np.full(256, -1, dtype=np.int64)
_CODES[np.frombuffer(b"abcdefghijklmnopqrstuvwxyz0123456789 ", dtype=np.uint8)] = np.arange(TRIGRAM_BASE)


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
    """One kind of term (words, pairs, trigrams) over documents 0..n-1.

    A term's rarity is counted over the documents' owners: many phrasings of one target do not make its words
    common.
    """

    def __init__(self, terms: Ints, docs: Ints, owners: Ints) -> None:
        """`terms[i]` occurs in document `docs[i]`; document d belongs to target `owners[d]`."""
        self.size = len(owners)
        pairs, counts = np.unique(terms * self.size + docs, return_counts=True)
        term_of, self.docs = pairs // self.size, pairs % self.size
        self.terms, starts = np.unique(term_of, return_index=True)
        self.bounds = np.append(starts, len(pairs))
        self.idf = _rarity(term_of, owners[self.docs], self.terms)
        self.idf_of = np.repeat(self.idf, np.diff(self.bounds))  # of each posting
        length = np.bincount(docs, minlength=self.size)
        held_back = K1 * (1 - B + B * length / max(length.mean(), 1.0))
        self.bm25 = self.idf_of * counts * (K1 + 1) / (counts + held_back[self.docs])

    def match(self, terms: Ints, worth: Floats) -> Floats:
        """For every document the sum of `worth` (one number a posting) over the terms it contains."""
        at = np.searchsorted(self.terms, terms)
        at = at[np.append(self.terms, -1)[at] == terms]
        spans = self.bounds[at + 1] - self.bounds[at]
        ends = np.cumsum(spans)
        picks = np.arange(int(spans.sum())) + np.repeat(self.bounds[at] - ends + spans, spans)
        return np.bincount(self.docs[picks], weights=worth[picks], minlength=self.size).astype(np.float64)

    def share(self, terms: Ints) -> Floats:
        """BM25 of every document, in parts of what the question's own terms weigh."""
        return self.match(terms, self.bm25) / max(float(self.rarity(terms).sum()), 1e-9)

    def rarity(self, terms: Ints) -> Floats:
        """The idf of each term; an unknown one is as rare as the rarest known."""
        if not len(self.terms):
            return np.ones(len(terms))
        at = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
        return np.where(self.terms[at] == terms, self.idf[at], self.idf.max())

    def norms(self, power: int) -> Floats:
        """For every document the sum of idf ** power over its terms."""
        sums = np.bincount(self.docs, weights=self.idf_of**power, minlength=self.size)
        return np.maximum(sums.astype(np.float64), 1e-9)


def pairs(words: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Neighbouring words of a row as one term each; a word that nobody uses pairs with none."""
    beside = (rows[:-1] == rows[1:]) & (words[:-1] >= 0) & (words[1:] >= 0)
    return ((words[:-1] << 24) + words[1:])[beside], rows[:-1][beside]


def trigrams(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Letter trigrams of folded texts (ends of words included), and the text each stands in."""
    joined = "".join(f" {text} \n" for text in texts).encode("ascii")
    codes = _CODES[np.frombuffer(joined, dtype=np.uint8)]
    text_of = np.cumsum(codes < 0)
    one, two, three = codes[:-2], codes[1:-1], codes[2:]
    whole = (one >= 0) & (two >= 0) & (three >= 0)
    found: Ints = (one * TRIGRAM_BASE + two) * TRIGRAM_BASE + three
    return found[whole], text_of[:-2][whole].astype(np.int64)


def _rarity(term_of: Ints, owner_of: Ints, terms: Ints) -> Floats:
    """log(1 + owners / owners that have the term), for each of `terms`."""
    total = int(owner_of.max()) + 1 if len(owner_of) else 1
    codes = np.sort(term_of * total + owner_of)
    had = codes[np.append(True, codes[1:] != codes[:-1])] // total  # np.unique is six times slower here
    return np.log1p(total / np.maximum(np.bincount(np.searchsorted(terms, had), minlength=len(terms)), 1))
