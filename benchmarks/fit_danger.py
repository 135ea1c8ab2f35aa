"""Fits the weights of knowledge/reading/danger_words.tsv: python -m benchmarks.fit_danger

A logistic regression over words and pairs of words. Learns from the lines of distress and the harmless ones
of tests/knowledge/reading, from the questions of tests/ and from phrasings of the catalogue. Prints figures
of a cross-validation and writes the table.
"""

import random
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.procedures import loading
from knowledge.reading.words import line
from knowledge.reading.worry import FILE, terms

LINES = Path("tests/knowledge/reading")
ASKS = 10  # phrasings of each procedure
STEPS, PULL, FOLDS = 150, 0.0006, 5
SEEN, KEPT = 2, 0.12  # times that a term must be seen, and the least weight that is written
CLOSE = 3.0  # what a line of distress, or one that only sounds like it, counts
Floats = NDArray[np.float64]


def main() -> None:
    texts, told, worth = _lines()
    rows = [terms(line(text)) for text in texts]
    counts = Counter(term for row in rows for term in row)
    names = sorted(term for term, count in counts.items() if count >= SEEN)
    places = {name: place for place, name in enumerate(names)}
    seen = [np.array([places[term] for term in row if term in places], dtype=np.int64) for row in rows]
    _validate(seen, told, worth, len(names))
    weights, constant = _fit(seen, told, worth, len(names))
    kept = sorted((name, float(w)) for name, w in zip(names, weights, strict=True) if abs(w) >= KEPT)
    rows_out = [f"\t{constant:.2f}", *(f"{name}\t{weight:.2f}" for name, weight in kept)]
    FILE.write_text("\n".join(rows_out) + "\n", encoding="utf-8")
    print(f"{len(kept)} of {len(names)} terms written to {FILE}")


def _lines() -> tuple[list[str], Floats, Floats]:
    distress = [row.split("\t")[1] for row in _rows(LINES / "distress.tsv")[1:]]
    close = _rows(LINES / "harmless.txt")
    far = [row.split("\t")[-1] for row in _rows(Path("tests/questions.tsv"))[1:]]
    for name in ("replies.tsv", "follow.tsv", "acts.tsv"):
        far += [row.split("\t")[-1] for row in _rows(LINES / name)[1:]]
    draw = random.Random(3)
    for procedure in loading.load().procedures.values():
        far += draw.sample(procedure.asks, min(ASKS, len(procedure.asks)))
    texts = [*distress, *close, *far]
    told = np.array([1.0] * len(distress) + [0.0] * (len(close) + len(far)))
    worth = np.array([CLOSE] * (len(distress) + len(close)) + [1.0] * len(far))
    return texts, told, worth


def _rows(path: Path) -> list[str]:
    return [row for row in path.read_text(encoding="utf-8").splitlines() if row]


def _fit(seen: list[NDArray[np.int64]], told: Floats, worth: Floats, count: int) -> tuple[Floats, float]:
    """Adam over sparse rows; each row is brought to length one."""
    at = np.concatenate(seen)
    row_of = np.repeat(np.arange(len(seen)), [len(each) for each in seen])
    scale = np.array([1 / np.sqrt(max(len(each), 1)) for each in seen])[row_of]
    weights, first, second = np.zeros(count + 1), np.zeros(count + 1), np.zeros(count + 1)
    for step in range(1, STEPS + 1):
        scores = np.bincount(row_of, weights[at] * scale, len(seen)) + weights[-1]
        off = worth * (1 / (1 + np.exp(-scores)) - told) / worth.sum()
        slope = np.append(np.bincount(at, off[row_of] * scale, count), off.sum()) + PULL * weights / 10
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights - 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights[:-1], float(weights[-1])


def _validate(seen: list[NDArray[np.int64]], told: Floats, worth: Floats, count: int) -> None:
    folds = np.random.default_rng(0).integers(0, FOLDS, len(seen))
    scores = np.zeros(len(seen))
    for fold in range(FOLDS):
        inside = [each for each, at in zip(seen, folds, strict=True) if at != fold]
        weights, constant = _fit(inside, told[folds != fold], worth[folds != fold], count)
        for place in np.flatnonzero(folds == fold):
            scores[place] = weights[seen[place]].sum() / np.sqrt(max(len(seen[place]), 1)) + constant
    for false in (0.003, 0.01, 0.03, 0.05):
        bar = float(np.quantile(scores[told == 0], 1 - false))
        print(f"bar {bar:.2f}: {false:.1%} false, {(scores[told == 1] > bar).mean():.1%} heard")


if __name__ == "__main__":
    main()
