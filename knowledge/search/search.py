"""From a question in a citizen's words to what is meant, with a calibrated confidence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.search import confidence
from knowledge.search.confidence import OURS, RIGHT, Decision, chance
from knowledge.search.features import Evidence, Seen
from knowledge.search.index import Floats, Ints
from knowledge.search.intents import Target
from knowledge.text import tidy

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

    def find(self, question: str) -> Found:
        """The targets that fit, at most eight, and the decision; any text will do."""
        seen = self.evidence.of(tidy(question))
        if not seen.columns[:, 0].any():
            return Found("decline", (), 0.0)
        scores = confidence.scores(seen.columns)
        best = _best(scores)
        right, ours = self._chances(seen, scores)
        sure, shares = right * ours, confidence.shares(scores)[best]
        likely = [sure, *(shares[1:] * min(1.0, sure / shares[0]))]
        hits = tuple(
            Hit(self.targets[i].kind, self.targets[i].id, float(scores[i]), float(likelihood))
            for i, likelihood in zip(best, likely, strict=True)
        )
        return Found(confidence.decision(right, ours), hits, sure)

    def _chances(self, seen: Seen, scores: Floats) -> tuple[float, float]:
        """That the first target is the right one, and that the question is one for us at all."""
        first = int(np.argmax(scores))
        left = self.evidence.unexplained(seen, first)
        told = confidence.features(seen.columns, scores, left, seen.sentence)
        is_ours = self.targets[first].kind in ("procedure", "event")
        return chance(RIGHT, told), chance(OURS, told) if is_ours else 1.0


def _best(scores: Floats) -> Ints:
    """Where the highest scores stand, highest first; of equal scores the earlier target."""
    least = np.partition(scores, -HITS)[-HITS] if len(scores) > HITS else scores.min()
    among = np.flatnonzero(scores >= least)
    return among[np.argsort(-scores[among], kind="stable")][:HITS]
