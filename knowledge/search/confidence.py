"""How sure a ranking is: weights and thresholds, fitted by `benchmarks/fit_confidence.py`."""

from typing import Literal

import numpy as np

from knowledge.search.features import COLUMNS
from knowledge.search.index import Floats

Decision = Literal["answer", "choose", "decline"]

# What each column of the evidence is worth: a conditional logit, so that scores are logarithms of odds.
WEIGHTS = {
    "words": 3.6, "pairs": 2.95, "meanings": 2.83, "meaning_pairs": 1.53, "marks": 1.91, "likeness": 1.32,
    "phrasing_said": 3.46, "name_said": 2.25, "plain_wanted": -1.92,
    "elsewhere": -0.33, "talk": 0.16, "event": -0.43,
    "nameless": -2.0,  # not fitted: names alone, of an imported catalogue, must not crowd the others out
}  # fmt: skip

# What speaks for the first target being the right one: a logistic regression.
SURENESS = {
    "constant": -2.34, "share": 0.72, "margin": 0.52, "likeness": -0.42, "phrasing_said": 2.54,
    "name_said": 0.62, "elsewhere": -1.68, "talk": -0.7, "event": -0.91,
}  # fmt: skip

ANSWER = 0.79  # from here on the first target is said outright
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
