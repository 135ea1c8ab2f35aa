"""How much the words of a line sound like distress, whatever no phrase foresaw: a fitted table.

Weights of words and pairs of words from `benchmarks/fit_danger.py`. Opaque where the phrases of `danger` are plain,
and so only a net below them.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from knowledge.reading.words import Line

FILE = Path(__file__).with_name("danger_words.tsv")
ANY = "any"  # the column of all kinds together


class Table(NamedTuple):
    """The weights of `danger_words.tsv`; the row of no term is the constant."""

    columns: Sequence[str]  # `ANY`, then the kinds
    weights: Mapping[str, Sequence[float]]


def score(typed: Line) -> float:
    """The logarithm of the odds that a line tells of distress."""
    return scores(typed)[ANY]


def kinds(typed: Line) -> list[str]:
    """All kinds of danger, the likeliest of a line of distress first."""
    found = scores(typed)
    return sorted((kind for kind in found if kind != ANY), key=lambda kind: -found[kind])


def scores(typed: Line) -> dict[str, float]:
    """The sum of each column."""
    table, said = load(), terms(typed)
    sums = [0.0] * len(table.columns)
    for term in said:
        for place, weight in enumerate(table.weights.get(term, ())):
            sums[place] += weight
    length, constant = sqrt(max(len(said), 1)), table.weights[""]
    return {name: sums[place] / length + constant[place] for place, name in enumerate(table.columns)}


def terms(typed: Line) -> frozenset[str]:
    """The words and pairs of words of a line: as typed where marks are typed, and bare."""
    said = [word.typed if typed.is_marked else f"~{word.folded}" for word in typed.words]
    bare = [f"~{word.folded}" for word in typed.words]
    pairs = (f"{one} {other}" for each in (said, bare) for one, other in pairwise(each))
    return frozenset((*said, *bare, *pairs))


@cache
def load(path: Path = FILE) -> Table:
    """Reads the table; the first row names the columns, and missing cells are 0."""
    first, *rows = (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines())
    columns = first[1:]
    return Table(columns, {row[0]: [float(cell or 0) for cell in row[1:]] for row in rows})
