"""From a question in a citizen's words to what is meant, with a calibrated confidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.search import confidence
from knowledge.search.confidence import OURS, RIGHT, Decision, chance
from knowledge.search.features import COLUMNS, Evidence, Seen
from knowledge.search.index import Floats, Ints
from knowledge.search.intents import Target
from knowledge.search.synonyms import Meanings
from knowledge.text import tidy, words

HITS = 8
ASKED = 64  # questions whose answers are kept: one turn asks several times
EVEN = 0.7  # logarithm of odds: less than twice as likely
OFFERED = 3  # that people are given to choose from


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
        self.find = lru_cache(maxsize=ASKED)(self._find)  # one turn asks several times

    def _find(self, question: str) -> Found:
        """The targets that fit, at most eight, and the decision; any text will do."""
        seen = self.evidence.of(tidy(question))
        if not seen.columns[:, 0].any():
            return Found("decline", (), 0.0)
        scores = confidence.scores(seen.columns)
        scores[seen.unsaid] = -np.inf
        best = _best(scores)
        right, ours = self._chances(seen, scores)
        decision = confidence.decision(right, ours)
        if self._is_offered(decision, seen, best):
            decision = "choose"
        rival = self._rival(seen, scores, best) if decision == "answer" else None
        if rival is not None:
            decision, best = "choose", np.array([best[0], rival, *best[(best != rival)][1:]])
        return Found(decision, self._hits(best, scores, right * ours), right * ours)

    def _hits(self, best: Ints, scores: Floats, sure: float) -> tuple[Hit, ...]:
        shares = confidence.shares(scores)[best]
        likely = [sure, *np.minimum(shares[1:] * min(1.0, sure / shares[0]), sure)]
        return tuple(
            Hit(self.targets[i].kind, self.targets[i].id, float(scores[i]), float(likelihood))
            for i, likelihood in zip(best, likely, strict=True)
        )

    def _is_offered(self, decision: Decision, seen: Seen, best: Ints) -> bool:
        """Whether a bare subject is one of ours: it is neither declined nor sent away."""
        kind = self.targets[best[0]].kind
        kept = decision == "answer" and kind != "elsewhere"
        if kept or kind == "talk" or not self.evidence.is_subject(seen):
            return False
        explained = [i for i in best[:OFFERED] if not self.evidence.unexplained(seen, int(i))[1]]
        return any(self.targets[i].kind == "procedure" for i in explained)

    def _rival(self, seen: Seen, scores: Floats, best: Ints) -> int | None:
        """What else is meant if the word that tells the two apart was not typed, or was not heeded.

        Not typed: what the question means with it turned into its opposite, or what is about as likely.
        Not heeded: the variant of the first target that the question names, when the first is the plain one.
        """
        first = int(best[0])
        turned = (int(np.argmax(confidence.scores(self.evidence.columns([line])))) for line in seen.turned)
        named = (i for i in map(int, best[1:OFFERED]) if self._is_named(seen, i, self.targets[first].id))
        even = (i for i in map(int, best[1:2]) if scores[first] - scores[i] < EVEN)
        return next((other for other in (*named, *turned, *even) if other != first), None)

    def _is_named(self, seen: Seen, variant: int, plain: str) -> bool:
        named = not seen.columns[variant, COLUMNS.index("plain_wanted")]
        return self.targets[variant].variant_of == plain and named

    def _chances(self, seen: Seen, scores: Floats) -> tuple[float, float]:
        """That the first target is the right one, and that the question is one for us at all."""
        first = int(np.argmax(scores))
        left = self.evidence.unexplained(seen, first)
        told = confidence.features(seen.columns, scores, left, seen.sentence)
        is_ours = self.targets[first].kind in ("procedure", "event")
        return chance(RIGHT, told), chance(OURS, told) if is_ours else 1.0

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
    among = np.flatnonzero((scores >= least) & np.isfinite(scores))
    return among[np.argsort(-scores[among], kind="stable")][:HITS]
