"""Fits the weights of knowledge/confidence.py: python -m benchmarks.fit_confidence FILE ...

Learns from the catalogue itself (each phrasing asked of an index that does not know it, half of them with
noise), from what others do (asked of an index without that target: nothing there is right), and from files:
tests/questions.tsv, tests/not_ours.txt, or JSON lines with "id", "text", and "gold_code" and
"acceptable_codes", or neither for a question that is not ours. Prints what to copy into
knowledge/confidence.py, and cross-validated figures.
"""

import random
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.noise import NOISES
from benchmarks.search import rows
from knowledge.procedures import life_events, loading, signposts
from knowledge.search import confidence, small_talk
from knowledge.search.features import COLUMNS, Evidence
from knowledge.search.index import Floats
from knowledge.search.intents import Target, targets

FOLDS = 5
RANK_WEIGHT, SURE_WEIGHT = 6.0, 2.0  # a real question counts as much as so many phrasings
OTHERS = 0.3  # part of the phrasings of elsewhere, talk and events that is asked
BARS = (0.35, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)  # thresholds that are tried

Row = tuple[
    str, bool, bool, bool, float
]  # source, answerable, first is right, first is a procedure, sureness


@dataclass(frozen=True)
class Asked:
    """A question with its evidence over all targets; one left out of its index has a row of -inf."""

    group: int
    source: str  # "phrasing", "removed" or the name of a file
    evidence: Floats
    right: np.ndarray  # of targets
    text: str


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
    sure = _logistic(asked, weights, known)
    print("SURENESS =", {c: round(float(w), 2) for c, w in zip(confidence.SURENESS, sure, strict=True)})
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
                    text, right = _noised(ask, dice), np.arange(len(known)) == at
                    yield Asked(_group(target.id), "phrasing", evidence.of(text), right, text)


def _removed(known: list[Target]) -> Iterator[Asked]:
    """Phrasings of what others do, asked of an index without that target."""
    dice = random.Random(2)
    for part in range(2 * FOLDS):
        others = [t.kind in ("elsewhere", "talk") for t in known]
        gone = np.array(others) & (np.array([_group(t.id) % (2 * FOLDS) for t in known]) == part)
        evidence = Evidence([t for t, out in zip(known, gone, strict=True) if not out])
        for target in (t for t, out in zip(known, gone, strict=True) if out):
            for ask in dice.sample(target.asks, min(3, len(target.asks))):
                text = _noised(ask, dice)
                rows = np.full((len(known), len(COLUMNS)), -1e3)
                rows[~gone] = evidence.of(text)
                yield Asked(_group(target.id), "removed", rows, np.zeros(len(known), bool), text)


def _files(files: Sequence[str], known: list[Target], first_steps: dict[str, str | None]) -> Iterator[Asked]:
    evidence = Evidence(known)
    for file in map(Path, files):
        for row in rows(file):
            gold = {row.get("gold_code"), *row.get("acceptable_codes", [])} - {None}
            right = np.array([t.id in gold or first_steps.get(t.id) in gold for t in known])
            if row.get("in_catalogue", True) and row.get("core", True) and (right.any() or not gold):
                group = _group(row.get("parent") or row["id"])
                yield Asked(group, file.stem, evidence.of(row["text"]), right, row["text"])


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


def _logistic(asked: Sequence[Asked], weights: Floats, known: list[Target]) -> Floats:
    """Coefficients of the sureness: whether the first target is right (Newton's method, ridge)."""
    kept = [a for a in asked if _tells(a, weights, known)]
    x = np.stack([confidence.features(a.evidence, a.evidence @ weights) for a in kept])
    y = np.array([a.right[np.argmax(a.evidence @ weights)] for a in kept], float)
    worth = np.array([1.0 if a.source in ("phrasing", "removed") else SURE_WEIGHT for a in kept])
    scale = x.std(0) + 1e-9
    scale[0] = 1.0
    z, found = x / scale, np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-z @ found))
        slope = z.T @ (worth * (y - p)) - 1.0 * found
        curve = (z * (worth * p * (1 - p))[:, None]).T @ z + np.eye(len(found))
        found = found + np.linalg.solve(curve, slope)
    return found / scale


def _tells(asked: Asked, weights: Floats, known: list[Target]) -> bool:
    """An unanswerable question only shows something where a procedure came first: elsewhere may be right."""
    first = known[int(np.argmax(asked.evidence @ weights))]
    return bool(asked.right.any()) or first.kind in ("procedure", "event")


def _cross_validated(asked: Sequence[Asked], known: list[Target]) -> None:
    """Prints, for each source, first hits, outright answers and their precision at several thresholds."""
    rows: list[Row] = []
    for part in range(FOLDS):
        train = [a for a in asked if a.group % FOLDS != part]
        weights = _logit([a for a in train if a.right.any()])
        sure = _logistic(train, weights, known)
        for a in (a for a in asked if a.group % FOLDS == part):
            score = a.evidence @ weights
            first = int(np.argmax(score))
            chance = 1 / (1 + np.exp(-confidence.features(a.evidence, score) @ sure))
            ours = known[first].kind in ("procedure", "event")
            rows.append((a.source, bool(a.right.any()), bool(a.right[first]), ours, float(chance)))
    for source in dict.fromkeys(row[0] for row in rows):
        own = [row for row in rows if row[0] == source]
        print(source)
        _print_inside([r for r in own if r[1]])
        _print_outside([r for r in own if not r[1]])


def _print_inside(rows: list[Row]) -> None:
    if rows:
        print(f"  {len(rows)} with an answer, first hit {_percent(r[2] for r in rows)}")
    for bar in BARS if rows else ():
        said = [r for r in rows if r[4] >= bar]
        outright, right = _percent(r[4] >= bar for r in rows), _percent(r[2] for r in said)
        print(f"  from {bar}: outright {outright}, right {right}")


def _print_outside(rows: list[Row]) -> None:
    said = [f"{_percent(r[4] >= bar and r[3] for r in rows)} from {bar}" for bar in BARS]
    if rows:
        print(f"  {len(rows)} without an answer, answered with a procedure: {', '.join(said)}")


def _percent(flags: Iterator[bool] | Sequence[bool]) -> str:
    listed = list(flags)
    return f"{100 * sum(listed) / len(listed):.1f} %" if listed else "-"


def _noised(text: str, dice: random.Random) -> str:
    return text if dice.random() < 0.5 else NOISES[dice.choice(list(NOISES))](text, dice)


def _group(name: str) -> int:
    return zlib.crc32(name.encode())


if __name__ == "__main__":
    main(sys.argv[1:])
