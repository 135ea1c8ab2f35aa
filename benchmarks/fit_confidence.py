"""Fits the weights of knowledge/search/confidence.py: python -m benchmarks.fit_confidence FILE ...

Learns from the catalogue itself (each phrasing asked of an index that does not know it, half of them with
noise), from what others do (asked of an index without that target: nothing there is right), and from files:
tests/questions.tsv, tests/not_ours.txt, or JSON lines with "id", "text", and "gold_code" and
"acceptable_codes", or neither for a question that is not ours. Prints what to copy into
knowledge/search/confidence.py, and cross-validated figures.
"""

import random
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.judged import Judged, print_inside, print_outside
from benchmarks.noise import NOISES
from benchmarks.search import rows
from knowledge.procedures import life_events, loading, signposts
from knowledge.search import confidence, small_talk
from knowledge.search.confidence import OURS, RIGHT
from knowledge.search.features import COLUMNS, LEFT, Evidence
from knowledge.search.index import Floats
from knowledge.search.intents import Target, targets

Singles = NDArray[np.float32]  # half the memory of seven thousand questions

TABLES = (RIGHT, OURS)
FOLDS = 5
RANK_WEIGHT, SURE_WEIGHT = 6.0, 2.0  # a real question counts as much as so many phrasings
NOT_OURS_WEIGHT = 6.0  # a procedure for what is not ours costs more than a choice for what is
OTHERS = 0.3  # part of the phrasings of elsewhere, talk and events that is asked


@dataclass(frozen=True)
class Asked:
    """A question with its evidence over all targets; one left out of its index has a row of -inf."""

    group: int
    source: str  # "phrasing", "removed" or the name of a file
    evidence: Singles
    left: Singles  # one row a target: what it leaves unexplained
    sentence: Sequence[float]
    right: np.ndarray  # of targets


def main(files: Sequence[str]) -> None:
    catalogue, happenings = loading.load(), life_events.load()
    known = targets(catalogue, signposts.load(), small_talk.load(), happenings)
    first_steps = {e.id: next((s.code for s in e.steps if s.code), None) for e in happenings.events}
    asked = [*_phrasings(known), *_removed(known), *_files(files, known, first_steps)]
    print(f"{len(known)} targets, {len(asked)} questions")
    weights = _logit([a for a in asked if a.right.any()])
    fitted = zip(COLUMNS, weights, strict=True)
    print(
        "WEIGHTS =", {c: round(float(w), 2) for c, w in fitted if c != "nameless"}
    )  # the catalogue has none
    for name, table, found in zip(("RIGHT", "OURS"), TABLES, _fitted(asked, weights, known), strict=True):
        print(f"{name} =", {c: round(float(w), 2) for c, w in zip(table, found, strict=True)})
    _cross_validated(asked, known)


def _phrasings(known: list[Target]) -> Iterator[Asked]:
    """Each phrasing, asked of the index without it."""
    dice = random.Random(1)
    fold = {(t.id, ask): dice.randrange(FOLDS) for t in known for ask in t.asks}
    for part in range(FOLDS):
        kept = [replace(t, asks=tuple(a for a in t.asks if fold[t.id, a] != part)) for t in known]
        evidence = Evidence([t if t.names or t.asks else replace(t, names=(t.id,)) for t in kept])
        for at, target in enumerate(known):
            for ask in target.asks:
                if fold[target.id, ask] == part and (target.kind == "procedure" or dice.random() < OTHERS):
                    right = np.arange(len(known)) == at
                    yield _asked(_group(target.id), "phrasing", evidence, _noised(ask, dice), right)


def _removed(known: list[Target]) -> Iterator[Asked]:
    """Phrasings of what others do, asked of an index without that target."""
    dice = random.Random(2)
    for part in range(2 * FOLDS):
        others = [t.kind in ("elsewhere", "talk") for t in known]
        gone = np.array(others) & (np.array([_group(t.id) % (2 * FOLDS) for t in known]) == part)
        evidence = Evidence([t for t, out in zip(known, gone, strict=True) if not out])
        for target in (t for t, out in zip(known, gone, strict=True) if out):
            for ask in dice.sample(target.asks, min(3, len(target.asks))):
                nothing = np.zeros(len(known), bool)
                yield _asked(_group(target.id), "removed", evidence, _noised(ask, dice), nothing, ~gone)


def _files(files: Sequence[str], known: list[Target], first_steps: dict[str, str | None]) -> Iterator[Asked]:
    evidence = Evidence(known)
    for file in map(Path, files):
        for row in rows(file):
            gold = {row.get("gold_code"), *row.get("acceptable_codes", [])} - {None}
            right = np.array([t.id in gold or first_steps.get(t.id) in gold for t in known])
            if row.get("in_catalogue", True) and row.get("core", True) and (right.any() or not gold):
                group = _group(row.get("parent") or row["id"])
                yield _asked(group, file.stem, evidence, row["text"], right)


def _asked(
    group: int, source: str, evidence: Evidence, text: str, right: np.ndarray, kept: np.ndarray | None = None
) -> Asked:
    """The evidence spread over all targets, where only those `kept` are in the index."""
    seen = evidence.of(text)
    left = np.array([evidence.unexplained(seen, t) for t in range(len(seen.columns))], dtype=np.float32)
    if kept is None:
        return Asked(group, source, seen.columns.astype(np.float32), left, seen.sentence, right)
    wide, more = (
        np.full((len(kept), len(COLUMNS)), -1e3, np.float32),
        np.zeros((len(kept), len(LEFT)), np.float32),
    )
    wide[kept], more[kept] = seen.columns, left
    return Asked(group, source, wide, more, seen.sentence, right)


def _logit(asked: Sequence[Asked], steps: int = 300) -> Floats:
    """Weights that make the right targets likely among all (conditional logit, Adam)."""
    x = np.stack([a.evidence for a in asked]).astype(np.float32)
    right = np.stack([a.right for a in asked])
    worth = np.array([1.0 if a.source == "phrasing" else RANK_WEIGHT for a in asked])
    weights, first, second = (np.full(len(COLUMNS), fill) for fill in (1.0, 0.0, 0.0))
    for step in range(1, steps + 1):
        score = x @ weights.astype(np.float32)
        odds = np.exp(score - score.max(1, keepdims=True))
        share, target = odds / odds.sum(1, keepdims=True), odds * right
        wrong = (share - target / (target.sum(1, keepdims=True) + 1e-12)) * (worth / worth.sum())[:, None]
        slope = np.tensordot(wrong, x, axes=([0, 1], [0, 1])) + 1e-3 * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        pace = 0.3 if step < 0.6 * steps else 0.05
        weights = weights - pace * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def _fitted(asked: Sequence[Asked], weights: Floats, known: list[Target]) -> tuple[Floats, Floats]:
    """The weights of RIGHT, from all that have an answer, and of OURS, from those with one of ours first."""
    firsts = [int(np.argmax(a.evidence @ weights)) for a in asked]
    answered = [(a, bool(a.right[f])) for a, f in zip(asked, firsts, strict=True) if a.right.any()]
    ours = [
        (a, bool(a.right.any()))
        for a, f in zip(asked, firsts, strict=True)
        if known[f].kind in ("procedure", "event") and (a.right[f] or not a.right.any())
    ]
    return _logistic(RIGHT, answered, weights), _logistic(OURS, ours, weights)


def _logistic(table: Mapping[str, float], told: Sequence[tuple[Asked, bool]], weights: Floats) -> Floats:
    """Coefficients of a logistic regression (Newton's method, ridge)."""
    x = np.stack([_row(table, asked, weights) for asked, _ in told])
    y = np.array([yes for _, yes in told], float)
    worth = np.array([_worth(asked, table is OURS) for asked, _ in told])
    scale = x.std(0) + 1e-9
    scale[0] = 1.0
    z, found = x / scale, np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(z @ found, -30, 30)))
        slope = z.T @ (worth * (y - p)) - 1.0 * found
        curve = (z * (worth * p * (1 - p))[:, None]).T @ z + np.eye(len(found))
        found = found + np.linalg.solve(curve, slope)
    return np.asarray(found / scale, dtype=np.float64)


def _row(table: Mapping[str, float], asked: Asked, weights: Floats) -> Floats:
    score = asked.evidence @ weights
    told = confidence.features(
        asked.evidence.astype(np.float64), score, asked.left[int(np.argmax(score))], asked.sentence
    )
    return np.array([told[name] for name in table])


def _worth(asked: Asked, tells_ours: bool) -> float:
    if asked.source == "removed":
        return 1.0
    if asked.source == "phrasing":
        return 0.5 if tells_ours else 1.0
    return SURE_WEIGHT if asked.right.any() else NOT_OURS_WEIGHT


def _cross_validated(asked: Sequence[Asked], known: list[Target]) -> None:
    """Prints, for each source, first hits, outright answers and their precision at several thresholds."""
    judged: list[Judged] = []
    for part in range(FOLDS):
        train = [a for a in asked if a.group % FOLDS != part]
        weights = _logit([a for a in train if a.right.any()])
        fitted = _fitted(train, weights, known)
        judged += [_judged(a, weights, fitted, known) for a in asked if a.group % FOLDS == part]
    for source in dict.fromkeys(row.source for row in judged):
        own = [row for row in judged if row.source == source]
        print(source)
        print_inside([row for row in own if row.is_answerable])
        print_outside([row for row in own if not row.is_answerable])


def _judged(asked: Asked, weights: Floats, fitted: tuple[Floats, Floats], known: list[Target]) -> Judged:
    first = int(np.argmax(asked.evidence @ weights))
    rows = [_row(table, asked, weights) for table in TABLES]
    right, ours = (float(1 / (1 + np.exp(-row @ found))) for row, found in zip(rows, fitted, strict=True))
    is_ours = known[first].kind in ("procedure", "event")
    return Judged(asked.source, bool(asked.right.any()), bool(asked.right[first]), is_ours, right, ours)


def _noised(text: str, dice: random.Random) -> str:
    return text if dice.random() < 0.5 else NOISES[dice.choice(list(NOISES))](text, dice)


def _group(name: str) -> int:
    return zlib.crc32(name.encode())


if __name__ == "__main__":
    main(sys.argv[1:])
