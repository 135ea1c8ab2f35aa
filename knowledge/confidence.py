"""How sure a ranking is: weights and thresholds, fitted by `benchmarks/fit_confidence.py`."""

from typing import Literal

import numpy as np

from knowledge.evidence import COLUMNS
from knowledge.index import Floats

Decision = Literal["answer", "choose", "decline"]

# What each column of the evidence is worth: a conditional logit, so that scores are logarithms of odds.
WEIGHTS = {
    "words": 3.41, "pairs": 2.61, "meanings": 2.35, "meaning_pairs": 1.11, "marks": 1.33,
    "trigrams": 0.39, "likeness": 0.66, "phrasing_said": 3.17, "name_said": 2.68, "plain_wanted": -1.89,
    "elsewhere": -0.34, "talk": 0.49, "event": -0.85, "nameless": -0.0,
}  # fmt: skip

# What speaks for the first target being the right one: a logistic regression.
SURENESS = {
    "constant": -2.12, "share": 1.09, "margin": 0.49, "likeness": 0.12, "phrasing_said": 1.92,
    "name_said": 0.35, "elsewhere": -1.57, "talk": -0.99, "event": -1.17,
}  # fmt: skip

ANSWER = 0.77  # from here on the first target is said outright
CHOOSE = 0.35  # from here on up to three are offered; below it the question is declined
MARGIN = 5.0  # a first target further ahead than this is no surer

_WEIGHTS = np.array([WEIGHTS[column] for column in COLUMNS])
_SURENESS = np.array(list(SURENESS.values()))
_AT = [COLUMNS.index(name) for name in SURENESS if name in COLUMNS]


def scores(evidence: Floats) -> Floats:
    """The score of each target; differences are logarithms of odds."""
    return np.asarray(evidence @ _WEIGHTS, dtype=np.float64)


def shares(score: Floats) -> Floats:
    """The probability of each target, if one of them is meant."""
    odds = np.exp(score - score.max())
    return np.asarray(odds / odds.sum(), dtype=np.float64)


def features(evidence: Floats, score: Floats) -> Floats:
    """What `SURENESS` weighs, for the best-scored target."""
    first = int(np.argmax(score))
    share = float(shares(score)[first])
    margin = score[first] - np.partition(score, -2)[-2] if len(score) > 1 else score[first]
    return np.array([1.0, share, min(float(margin), MARGIN), *evidence[first, _AT]])


def sureness(evidence: Floats, score: Floats) -> float:
    """The probability that the best-scored target is meant, 0..1."""
    return float(1 / (1 + np.exp(-features(evidence, score) @ _SURENESS)))


def decision(sure: float) -> Decision:
    """What to do with a first target of that sureness."""
    if sure >= ANSWER:
        return "answer"
    return "choose" if sure >= CHOOSE else "decline"
