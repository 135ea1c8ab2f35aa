"""How sure a ranking is: weights and thresholds, fitted by `benchmarks/fit_confidence.py`."""

from typing import Literal

import numpy as np

from knowledge.evidence import COLUMNS
from knowledge.index import Floats

Decision = Literal["answer", "choose", "decline"]

# What each column of the evidence is worth: a conditional logit, so that scores are logarithms of odds.
WEIGHTS = {
    "words": 2.36, "pairs": 2.44, "meanings": 2.88, "meaning_pairs": 0.54, "marks": 1.04, "trigrams": 0.37,
    "likeness": 0.95, "phrasing_said": 2.33, "name_said": 3.66, "plain_wanted": -1.82,
    "elsewhere": -0.56, "talk": 0.82, "event": -1.31, "nameless": -1.23,
}  # fmt: skip

# What speaks for the first target being the right one: a logistic regression.
SURENESS = {
    "constant": 0.0, "share": 1.0, "margin": 1.0, "score": 1.0, "words": 0.0, "meanings": 0.0, "likeness": 0.0,
    "phrasing_said": 0.0, "name_said": 0.0, "elsewhere": 0.0, "talk": 0.0, "event": 0.0,
}  # fmt: skip

ANSWER = 0.8  # from here on the first target is said outright
CHOOSE = 0.35  # from here on up to three are offered; below it the question is declined

_WEIGHTS = np.array([WEIGHTS[column] for column in COLUMNS])
_SURENESS = np.array(list(SURENESS.values()))
_AT = [COLUMNS.index(name) for name in SURENESS if name in COLUMNS]


def scores(evidence: Floats) -> Floats:
    """The score of each target; differences are logarithms of odds."""
    return evidence @ _WEIGHTS


def shares(score: Floats) -> Floats:
    """The probability of each target, if one of them is meant."""
    odds = np.exp(score - score.max())
    return odds / odds.sum()


def features(evidence: Floats, score: Floats) -> Floats:
    """What `SURENESS` weighs, for the best-scored target."""
    first = int(np.argmax(score))
    share = float(shares(score)[first])
    margin = score[first] - np.partition(score, -2)[-2] if len(score) > 1 else score[first]
    return np.array([1.0, share, min(float(margin), 5.0), score[first], *evidence[first, _AT]])


def sureness(evidence: Floats, score: Floats) -> float:
    """The probability that the best-scored target is meant, 0..1."""
    return float(1 / (1 + np.exp(-features(evidence, score) @ _SURENESS)))


def decision(sure: float) -> Decision:
    """What to do with a first target of that sureness."""
    if sure >= ANSWER:
        return "answer"
    return "choose" if sure >= CHOOSE else "decline"
