"""Learns knowledge/reading/subject/asked.npz: python -m benchmarks.fit_asked

From asked.tsv, and from what people tell of their cases, as the catalogue has it. Ridge regression on rarity-weighted words of each line, one column an aspect. Prints how often the likeliest
is right, over folds that were not learned from, for lines in which phrases hear something and for the others.
"""

import random
from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np

from knowledge.procedures import loading
from knowledge.reading.subject import guess
from knowledge.reading.subject.asking import heard
from knowledge.reading.subject.guess import SHARPNESS, Floats, features
from knowledge.reading.words import line

PULL = 0.7
SEEN = 2  # lines from which on a word is kept
FOLDS = 5
TOLD, WORDS = 1800, 3  # statements that are learned beside the questions, and words of each at least


def main() -> None:
    rows = asked_lines()
    rows += [(guess.STATED, text) for text in random.Random(3).sample(_told(), TOLD)]
    aspects = sorted({aspect for aspect, _ in rows})
    right = np.array([aspects.index(aspect) for aspect, _ in rows])
    said = [features(line(text)) for _, text in rows]
    _validated(said, right, [next(iter(heard(line(text))), "") for _, text in rows], aspects)
    names, rarity, worth = _fit(said, right, len(aspects))
    np.savez_compressed(
        guess.LEARNED,
        features=np.array("\n".join(names)),
        aspects=np.array("\n".join(aspects)),
        rarity=rarity.astype(np.float16),
        worth=worth.astype(np.float16),
        digest=np.array(guess.digest()),
    )
    print(f"{len(rows)} lines, {len(names)} features, {guess.LEARNED.stat().st_size} bytes")


def asked_lines() -> list[tuple[str, str]]:
    """The lines of asked.tsv, each after what it asks."""
    rows = (row.split("\t") for row in guess.LINES.read_text(encoding="utf-8").splitlines()[1:])
    return [(aspect, text) for aspect, text in rows]


def _told() -> list[str]:
    """What people tell of their case: the longer ways of saying a choice."""
    said = (
        text for p in loading.load().procedures.values() for c in p.cases for v in c.values for text in v.says
    )
    return [text for text in dict.fromkeys(said) if len(text.split()) >= WORDS]


def _fit(said: Sequence[frozenset[str]], right: np.ndarray, count: int) -> tuple[list[str], Floats, Floats]:
    """The features, what each weighs, and what each is worth for each aspect."""
    having = Counter(each for line_features in said for each in line_features)
    names = sorted(name for name, number in having.items() if number >= SEEN)
    rarity = np.array([log(1 + len(said) / having[name]) for name in names], dtype=np.float32)
    rows = _matrix(said, names, rarity)
    gram = rows @ rows.T + PULL * np.eye(len(said), dtype=np.float32)
    shares = np.linalg.solve(gram, np.eye(count, dtype=np.float32)[right])
    return names, rarity, rows.T @ shares


def _matrix(said: Sequence[frozenset[str]], names: Sequence[str], rarity: Floats) -> Floats:
    column = {name: at for at, name in enumerate(names)}
    rows = np.zeros((len(said), len(names)), dtype=np.float32)
    for at, line_features in enumerate(said):
        known = [column[each] for each in line_features if each in column]
        if known:
            rows[at, known] = rarity[known] / np.linalg.norm(rarity[known])
    return rows


def _validated(
    said: Sequence[frozenset[str]], right: np.ndarray, heard_first: Sequence[str], aspects: Sequence[str]
) -> None:
    fold = np.random.default_rng(1).integers(0, FOLDS, len(said))
    chances = np.zeros((len(said), len(aspects)))
    for number in range(FOLDS):
        learned, tried = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        names, rarity, worth = _fit([said[at] for at in learned.tolist()], right[learned], len(aspects))
        scores = SHARPNESS * _matrix([said[at] for at in tried.tolist()], names, rarity) @ worth
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances[tried] = odds / odds.sum(axis=1, keepdims=True)
    best = chances.argmax(axis=1)
    nothing = [aspects.index(guess.NOTHING), aspects.index(guess.STATED)]
    for what, rows in (
        ("phrases hear something", np.array([bool(each) for each in heard_first])),
        ("phrases hear nothing", np.array([not each for each in heard_first])),
    ):
        by_phrases = sum(heard_first[at] == aspects[right[at]] for at in np.flatnonzero(rows).tolist())
        print(
            f"{what}: {rows.sum()} lines, phrases right {by_phrases}, learned right {(best == right)[rows].sum()}"
        )
        for least in (0.2, 0.3, 0.4, 0.5, 0.6):
            told = rows & (chances.max(axis=1) >= least) & ~np.isin(best, nothing)
            print(
                f"  from {least}: {told.sum()} told, {(best == right)[told].mean():.3f} right,"
                f" {np.isin(right, nothing)[told].sum()} ask nothing"
            )


if __name__ == "__main__":
    main()
