"""Fits the weights of knowledge/reading/danger_words.tsv: python -m benchmarks.fit_danger

Two logistic regressions over words and pairs of words: whether a line tells of distress, and of which kind.
Learns from the lines of distress and the harmless ones of tests/knowledge/reading, from the questions of
tests/ and from phrasings of the catalogue. Prints figures of a cross-validation and writes the table.
"""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.procedures import english, loading
from knowledge.reading.danger import danger
from knowledge.reading.subject.guess import LINES as LEARNED_FROM
from knowledge.reading.words import line
from knowledge.reading.worry import ANY, FILE, terms

LINES = Path("tests/knowledge/reading")
ASKS = 10  # phrasings of each procedure
STEPS, PULL, FOLDS = 150, 0.0006, 5
PULL_OF_KIND = 0.003
SEEN, KEPT, KEPT_OF_KIND = 2, 0.12, 0.4  # times that a term must be seen, and the least weights written
CLOSE = 3.0  # what a line of distress, or one that only sounds like it, counts
Floats = NDArray[np.float64]
Rows = list[NDArray[np.int64]]


def main() -> None:
    texts, told, worth = _lines()
    names, seen = _terms(texts)
    _validate(seen, told, worth, len(names))
    weights, constant = _fit(seen, told, worth, len(names))
    kinds, wanted = _kinds()
    of_kind, constants = _fit_kinds(seen[: len(wanted)], wanted, len(kinds), len(names))
    _validate_kinds(seen[: len(wanted)], wanted, len(kinds), len(names))
    rows = [("term", ANY, *kinds), _row("", [constant, *constants])]
    for place, name in enumerate(names):
        any_kind = weights[place] if abs(weights[place]) >= KEPT else 0.0
        cells = [any_kind, *np.where(abs(of_kind[place]) >= KEPT_OF_KIND, of_kind[place], 0.0)]
        if any(cells):
            rows.append(_row(name, cells))
    FILE.write_text("\n".join("\t".join(row).rstrip() for row in rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} of {len(names)} terms written to {FILE}")


def _row(name: str, cells: Sequence[float]) -> tuple[str, ...]:
    return (name, *(f"{cell:.2f}" if cell else "" for cell in cells))


def _lines() -> tuple[list[str], Floats, Floats]:
    """Lines of distress first."""
    distress = [row.split("\t")[1] for row in _rows(LINES / "distress.tsv")[1:]]
    close = _rows(LINES / "harmless.txt")
    far = [row.split("\t")[-1] for row in _rows(Path("tests/questions.tsv"))[1:]]
    for name in ("replies.tsv", "follow.tsv", "acts.tsv"):
        far += [row.split("\t")[-1] for row in _rows(LINES / name)[1:]]
    asked = [row.split("\t")[-1] for row in _rows(LEARNED_FROM)[1:]]
    far += [row for row in (*_rows(Path("tests/not_ours.txt")), *asked) if not _is_said(row)]
    far += [text for procedure in english.load().procedures for text in procedure.asks]
    draw = random.Random(3)
    for procedure in loading.load().procedures.values():
        far += draw.sample(procedure.asks, min(ASKS, len(procedure.asks)))
    texts = [*distress, *close, *far]
    told = np.array([1.0] * len(distress) + [0.0] * (len(close) + len(far)))
    worth = np.array([CLOSE] * (len(distress) + len(close)) + [1.0] * len(far))
    return texts, told, worth


def _is_said(text: str) -> bool:
    """Whether a phrase hears danger in a line, whatever the fitted words say."""
    found = danger(text)
    return found is not None and bool(found.said)


def _kinds() -> tuple[list[str], NDArray[np.int64]]:
    first = [row.split("\t")[0].split("/")[0] for row in _rows(LINES / "distress.tsv")[1:]]
    names = sorted(set(first))
    return names, np.array([names.index(each) for each in first])


def _terms(texts: list[str]) -> tuple[list[str], Rows]:
    rows = [terms(line(text)) for text in texts]
    counts = Counter(term for row in rows for term in row)
    names = sorted(term for term, count in counts.items() if count >= SEEN)
    places = {name: place for place, name in enumerate(names)}
    return names, [np.array([places[term] for term in row if term in places], dtype=np.int64) for row in rows]


def _rows(path: Path) -> list[str]:
    return [row for row in path.read_text(encoding="utf-8").splitlines() if row]


def _fit(seen: Rows, told: Floats, worth: Floats, count: int) -> tuple[Floats, float]:
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


def _validate(seen: Rows, told: Floats, worth: Floats, count: int) -> None:
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


def _fit_kinds(seen: Rows, wanted: NDArray[np.int64], kinds: int, count: int) -> tuple[Floats, Floats]:
    """The same with a weight for each kind."""
    rows = np.zeros((len(seen), count + 1))
    for place, each in enumerate(seen):
        rows[place, each], rows[place, -1] = 1 / np.sqrt(max(len(each), 1)), 1.0
    weights, first, second = (np.zeros((count + 1, kinds)) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        chances = np.exp(scores - scores.max(1, keepdims=True))
        off = chances / chances.sum(1, keepdims=True) - np.eye(kinds)[wanted]
        slope = rows.T @ off / len(seen) + PULL_OF_KIND * weights / 10
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights -= 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights[:-1], weights[-1]


def _validate_kinds(seen: Rows, wanted: NDArray[np.int64], kinds: int, count: int) -> None:
    folds = np.random.default_rng(0).integers(0, FOLDS, len(seen))
    first = second = 0
    for fold in range(FOLDS):
        inside = [each for each, at in zip(seen, folds, strict=True) if at != fold]
        weights, constants = _fit_kinds(inside, wanted[folds != fold], kinds, count)
        for place in np.flatnonzero(folds == fold):
            scores = weights[seen[place]].sum(0) / np.sqrt(max(len(seen[place]), 1)) + constants
            best = np.argsort(-scores)
            first, second = first + (best[0] == wanted[place]), second + (wanted[place] in best[:2])
    print(f"kind: {first / len(seen):.1%} first, {second / len(seen):.1%} among two")


if __name__ == "__main__":
    main()
