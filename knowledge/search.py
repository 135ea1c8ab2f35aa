"""From a question in a citizen's words to what is meant, with a calibrated confidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from knowledge.index import Floats, Ints, Space, trigrams
from knowledge.targets import Target
from knowledge.text import fold

Decision = Literal["answer", "choose", "decline"]


@dataclass(frozen=True)
class Hit:
    """One target that fits a question."""

    kind: str
    id: str
    score: float  # comparable within one question only
    confidence: float  # 0..1: that this target is meant


@dataclass(frozen=True)
class Found:
    """What a question may mean, best first, and whether that is sure enough to say."""

    decision: Decision
    hits: tuple[Hit, ...]
    confidence: float  # of the first hit; 0 without any


class Index:
    """All targets, ready to be searched."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self.targets = tuple(targets)
        texts = [
            (fold(text), t) for t, target in enumerate(targets) for text in (*target.names, *target.asks)
        ]
        self.texts = [text for text, _ in texts]
        owners = np.array([t for _, t in texts], dtype=np.int64)
        self.first = np.searchsorted(owners, np.arange(len(targets)))
        self.vocabulary: dict[str, int] = {}
        ids = [
            [self.vocabulary.setdefault(w, len(self.vocabulary)) for w in text.split()] for text in self.texts
        ]
        own = np.arange(len(targets))
        words, docs = _flat(ids)
        pairs, pair_docs = self._pairs(words, docs)
        self.words, self.word_pool = Space(words, docs, owners), Space(words, owners[docs], own)
        self.pairs, self.pair_pool = Space(pairs, pair_docs, owners), Space(pairs, owners[pair_docs], own)
        grams, gram_docs = trigrams(self.texts)
        self.grams = Space(grams, gram_docs, owners)

    def find(self, question: str) -> Found:
        """The targets that fit, at most eight, and the decision; never raises."""
        scores = self._scores(question)
        order = np.argsort(-scores, kind="stable")[:8]
        best = [i for i in order if scores[i] > 0]
        if not best:
            return Found("decline", (), 0.0)
        shares = np.exp((scores[order] - scores[order[0]]) / (0.1 * scores[order[0]] + 1e-9))
        shares /= shares.sum()
        hits = tuple(
            Hit(self.targets[i].kind, self.targets[i].id, float(scores[i]), float(share))
            for i, share in zip(best, shares, strict=False)
        )
        sure = hits[0].confidence
        decision: Decision = "answer" if sure > 0.5 else "choose" if sure > 0.25 else "decline"
        return Found(decision, hits, sure)

    def _scores(self, question: str) -> Floats:
        folded = fold(question)
        words = np.array([self.vocabulary.get(w, -1) for w in folded.split()], dtype=np.int64)
        pairs, _ = self._pairs(words, np.zeros_like(words))
        grams, _ = trigrams([folded])
        single = self.words.scores(words) + 1.2 * self.pairs.scores(pairs) + 0.35 * self.grams.scores(grams)
        pool = self.word_pool.scores(words) + 1.2 * self.pair_pool.scores(pairs)
        return np.maximum.reduceat(single, self.first) + 0.5 * pool

    def _pairs(self, words: Ints, docs: Ints) -> tuple[Ints, Ints]:
        same = (docs[:-1] == docs[1:]) & (words[:-1] >= 0) & (words[1:] >= 0)
        return (words[:-1] * (len(self.vocabulary) + 1) + words[1:])[same], docs[:-1][same]


def _flat(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    lengths = [len(row) for row in rows]
    return (
        np.array([i for row in rows for i in row], dtype=np.int64),
        np.repeat(np.arange(len(rows)), lengths),
    )
