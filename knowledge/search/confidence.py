"""How sure a ranking is: weights and thresholds, fitted by `benchmarks/fit_confidence.py`."""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from knowledge.search.features import COLUMNS, LEFT
from knowledge.search.index import Floats
from knowledge.search.sentences import KINDS

Decision = Literal["answer", "choose", "decline"]

# What each column of the evidence is worth: a conditional logit, so that scores are logarithms of odds.
WEIGHTS = {
    "words": 3.61, "pairs": 2.95, "meanings": 2.94, "meaning_pairs": 1.7, "marks": 1.73, "likeness": 1.43,
    "phrasing_said": 3.46, "name_said": 2.34, "plain_wanted": -1.83, "elsewhere": -0.33, "talk": 0.48,
    "event": -0.65,
    "nameless": -2.0,  # not fitted: names alone, of an imported catalogue, must not crowd the others out
}  # fmt: skip

# What speaks for the first target being the right one, if the question has one: a logistic regression.
RIGHT = {
    "constant": -1.62, "share": 0.53, "margin": 0.63, "likeness": -1.61, "phrasing_said": 1.76,
    "name_said": 0.22, "elsewhere": -1.57, "talk": -1.21, "event": -1.18, "meaning_pairs": 0.51,
    "pairs": 0.44,
}  # fmt: skip

# What speaks for a question whose first target is ours being a request to us at all: another one. Question of
# law, story, joke and scolding use our words too; what the target leaves unexplained and the build of the
# sentence tell them apart.
OURS = {
    "constant": -10.0, "share": 0.51, "unexplained": -10.58, "strange": 3.01, "stretch": -1.0,
    "opening": 2.68, "whole": 1.39, "gap": 0.27, "marks": -0.72, "wants": 1.74, "tells": -1.89,
    "feels": -2.85, "scolds": -1.69, "judges": -1.76, "concludes": -2.53, "length": 2.61, "likeness": 0.97,
    "pairs": 4.08,
}  # fmt: skip

ANSWER = 0.65  # from this chance of being right on the first target is said outright, if it surely is ours
SURELY_OURS = 0.81
CHOOSE = 0.35  # from this chance of being right on up to three are offered,
PERHAPS_OURS = 0.13
MARGIN = 5.0  # a first target further ahead than this is no surer
GAP = (-5.0, 8.0)  # the same for its lead over what others do, and over talk

_WEIGHTS = np.array([WEIGHTS[column] for column in COLUMNS])


def scores(evidence: Floats) -> Floats:
    """The score of each target; differences are logarithms of odds."""
    return np.asarray(evidence @ _WEIGHTS, dtype=np.float64)


def shares(score: Floats) -> Floats:
    """The probability of each target, if one of them is meant."""
    odds = np.exp(score - score.max())
    return np.asarray(odds / odds.sum(), dtype=np.float64)


def features(
    evidence: Floats, score: Floats, unexplained: Sequence[float], sentence: Sequence[float]
) -> Mapping[str, float]:
    """What `RIGHT` and `OURS` weigh, for the best-scored target; `unexplained` is what it leaves so."""
    first = int(np.argmax(score))
    share = shares(score)
    margin = score[first] - np.partition(score, -2)[-2] if len(score) > 1 else score[first]
    return {
        "constant": 1.0,
        "share": share[first],
        "margin": min(float(margin), MARGIN),
        "gap": _gap(evidence, score, first),
        **dict(zip(COLUMNS, evidence[first], strict=True)),
        **dict(zip(LEFT, unexplained, strict=True)),
        **dict(zip((*KINDS, "length"), sentence, strict=True)),
    }


def _gap(evidence: Floats, score: Floats, first: int) -> float:
    """How far the first target is ahead of all that is not ours, in `GAP`."""
    others = evidence[:, COLUMNS.index("elsewhere")] + evidence[:, COLUMNS.index("talk")] > 0
    rival = score[others].max(initial=-np.inf)
    return float(np.clip(score[first] - rival, *GAP))


def chance(weights: Mapping[str, float], told: Mapping[str, float]) -> float:
    """The probability by a logistic regression, 0..1."""
    return float(1 / (1 + np.exp(-sum(weight * told[name] for name, weight in weights.items()))))


def decision(right: float, ours: float) -> Decision:
    """What to do with a first target that is right, and ours at all, by these chances."""
    if right >= ANSWER and ours >= SURELY_OURS:
        return "answer"
    return "choose" if right >= CHOOSE and right * ours >= PERHAPS_OURS else "decline"
