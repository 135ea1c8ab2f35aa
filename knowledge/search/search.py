"""From a question in a citizen's words to what is meant, with a calibrated confidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.search import confidence
from knowledge.search.confidence import Decision
from knowledge.search.features import Evidence
from knowledge.search.index import Floats, Ints
from knowledge.search.intents import Target
from knowledge.search.synonyms import Meanings
from knowledge.text import tidy, words

HITS = 8


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
        """Raises ValueError for a target without any name or phrasing."""
        mute = [target.id for target in targets if not target.names and not target.asks]
        if mute:
            raise ValueError(f"no name and no phrasing: {', '.join(mute)}")
        self.targets = tuple(targets)
        self.evidence = Evidence(self.targets)
        self._at: dict[tuple[str, str], Target] = {(t.kind, t.id): t for t in self.targets}
        self._meanings = Meanings()

    def find(self, question: str) -> Found:
        """The targets that fit, at most eight, and the decision; any text will do."""
        evidence = self.evidence.of(tidy(question))
        if not evidence[:, 0].any():
            return Found("decline", (), 0.0)
        scores = confidence.scores(evidence)
        best = _best(scores)
        sure = confidence.sureness(evidence, scores)
        shares = confidence.shares(scores)[best]
        likely = [sure, *(shares[1:] * min(1.0, sure / shares[0]))]
        hits = tuple(
            Hit(self.targets[i].kind, self.targets[i].id, float(scores[i]), float(chance))
            for i, chance in zip(best, likely, strict=True)
        )
        return Found(confidence.decision(sure), hits, sure)

    def explained(self, question: str, hit: Hit) -> float:
        """The part of a question's words, synonyms brought together, that the hit's phrasings use; 0..1."""
        target = self._at[hit.kind, hit.id]
        own = self._said_of(target.kind, target.id)
        asked = self._meanings.of(words(tidy(question)))
        return sum(term in own for term in asked) / len(asked) if asked else 0.0

    @lru_cache(maxsize=300)  # noqa: B019  # one index a process
    def _said_of(self, kind: str, name: str) -> frozenset[str]:
        target = self._at[kind, name]
        written = (text for text in (*target.names, *target.asks))
        return frozenset(term for text in written for term in self._meanings.of(words(text)))


def _best(scores: Floats) -> Ints:
    """Where the highest scores stand, highest first; of equal scores the earlier target."""
    least = np.partition(scores, -HITS)[-HITS] if len(scores) > HITS else scores.min()
    among = np.flatnonzero(scores >= least)
    return among[np.argsort(-scores[among], kind="stable")][:HITS]
