"""How much the words of a line sound like distress, whatever no phrase foresaw: a fitted table.

Weights of words and pairs of words from `benchmarks/fit_danger.py`. Opaque where `danger` is plain, and so
only a net below it: what scores high is danger of an unknown kind, what scores less makes the reply to a line
that nobody understood begin with the numbers for emergencies.
"""

from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

from knowledge.reading.words import Line

FILE = Path(__file__).with_name("danger_words.tsv")


def score(typed: Line) -> float:
    """The logarithm of the odds that a line tells of distress."""
    said = terms(typed)
    weights = _weights()
    return weights[""] + sum(weights.get(term, 0.0) for term in said) / sqrt(max(len(said), 1))


def terms(typed: Line) -> frozenset[str]:
    """The words and pairs of words of a line: as typed where marks are typed, else bare."""
    said = [word.typed if typed.is_marked else f"~{word.folded}" for word in typed.words]
    bare = [f"~{word.folded}" for word in typed.words]
    pairs = (f"{one} {other}" for each in (said, bare) for one, other in pairwise(each))
    return frozenset((*said, *bare, *pairs))


@cache
def _weights() -> dict[str, float]:
    rows = (row.split("\t") for row in FILE.read_text(encoding="utf-8").splitlines())
    return {term: float(weight) for term, weight in rows}
