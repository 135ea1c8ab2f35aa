"""Fits the weights of knowledge/reading/answers/answers.py: python -m benchmarks.fit_answers

Learns from tests/knowledge/reading/replies.tsv (each reply asked of its question as it stands in the
catalogue or the forms, and again without its ways of saying it), from the ways of saying choices, each
where it is taken out, and from lines that answer nothing: small talk, phrasings of procedures, follow-ups,
acts. Prints what to copy, and cross-validated figures.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit_asked import asked_lines
from knowledge.intake import forms
from knowledge.procedures import loading
from knowledge.reading.answers.answers import NO_ANSWER, WEIGHTS, features
from knowledge.reading.answers.evidence import evidence
from knowledge.reading.answers.options import Question, of_case, of_choices
from knowledge.reading.subject import guess
from knowledge.search import small_talk

LINES = Path("tests/knowledge/reading")
BARE = 0.35  # what a reply counts where the data do not know how people say it
FOLDS, STEPS, PULL = 5, 300, 0.003
SAYINGS, SAID = 1500, 0.5  # ways to say a choice that are tried as replies, and what each counts
OTHERS = 500  # lines of each kind that answer nothing
Floats = NDArray[np.float64]


# What one would guess; the fit leaves it only where the lines say so.
PRIOR = {
    "label": 2.0, "part": 1.5, "says": 3.0, "cover": 2.0, "conflict": -2.0, "yes_no": 3.0,
    "other_yes_no": -1.0, "denial": 0.7, "likeness": 1.0, "range": 3.0, "exact": 4.0, "within": 1.0, "like": 4.0,
    "constant": 2.0, "unknown": 2.0, "asks": 1.5,
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A line at a question, and which row is right; the last row is "no answer"."""

    rows: Floats  # choices x columns
    line: Floats
    right: int  # len(rows) for no answer
    worth: float
    group: int


def main() -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    asked = [*_replies(), *_sayings(), *_nothing()]
    print(f"{len(asked)} lines")
    weights = _fit(asked)
    names = [*WEIGHTS, *NO_ANSWER]
    found = {name: round(float(w), 2) for name, w in zip(names, weights, strict=True)}
    print("WEIGHTS =", {name: found[name] for name in WEIGHTS})
    print("NO_ANSWER =", {name: found[name] for name in NO_ANSWER})
    _validated(asked)


@cache
def questions() -> dict[str, Question]:
    """Every case of the catalogue and every choice of a form, by the name that replies.tsv gives it."""
    cases = {f"{p.code}:{c.id}": of_case(c, "?") for p in loading.load().procedures.values() for c in p.cases}
    asked = {
        f"{f.id}/{q.id}": of_choices(q.choices, q.ask)
        for f in forms.load().values()
        for q in f.questions
        if q.choices
    }
    return {**cases, **asked}


def replies() -> Iterator[tuple[Question, str, str]]:
    """Each question with the value that is right ("?" unsure, "-" no answer), and the line."""
    known = questions()
    for row in (LINES / "replies.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, value, text = row.split("\t")
        if name in known and (value in "?-" or value in {option.value for option in known[name].options}):
            yield known[name], value, text


def _replies() -> Iterator[Asked]:
    for group, (question, value, text) in enumerate(replies()):
        if value == "?":
            continue
        yield _asked(question, value, text, group, 1.0)
        bare = replace(question, options=tuple(replace(option, says=()) for option in question.options))
        yield _asked(bare, value, text, group, BARE)


def _sayings() -> Iterator[Asked]:
    """Ways to say a choice, each asked where the data do not have it."""
    said = [
        (each, option, text)
        for each in questions().values()
        for option in each.options
        for text in option.says
    ]
    for number, (question, option, text) in enumerate(random.Random(11).sample(said, SAYINGS)):
        less = replace(option, says=tuple(each for each in option.says if each != text))
        others = tuple(less if each is option else each for each in question.options)
        yield _asked(replace(question, options=others), option.value, text, 20_000 + number, SAID)


def _nothing() -> Iterator[Asked]:
    known = list(questions().values())
    draw = random.Random(7)
    talk = [phrase for kind in small_talk.load().kinds for phrase in kind.phrases if kind.id != "ok"]
    asks = [ask for p in loading.load().procedures.values() for ask in p.asks]
    done = [row.split("\t")[-1] for row in (LINES / "acts.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    lines = [
        *draw.sample(talk, OTHERS),
        *draw.sample(asks, OTHERS),
        *draw.sample([text for aspect, text in asked_lines() if aspect != guess.NOTHING], OTHERS),
        *done,
    ]
    return (_asked(draw.choice(known), "-", text, 10_000 + at, 0.5) for at, text in enumerate(lines))


def _asked(question: Question, value: str, text: str, group: int, worth: float) -> Asked:
    values = [option.value for option in question.options]
    right = values.index(value) if value in values else len(values)
    return Asked(np.array(evidence(text, question)), np.array(features(text, question)), right, worth, group)


def _fit(asked: list[Asked]) -> Floats:
    """Adam on the weighted log-likelihood with a pull towards what was guessed."""
    weights = np.array([PRIOR[name] for name in (*WEIGHTS, *NO_ANSWER)])
    prior = weights
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = sum((_slope(a, weights) for a in asked), np.zeros_like(weights)) / len(asked) + PULL * (
            weights - prior
        )
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - 0.03 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def _slope(asked: Asked, weights: Floats) -> Floats:
    found = _chances(asked, weights)
    found[asked.right] -= 1
    return asked.worth * np.concatenate([found[:-1] @ asked.rows, found[-1] * asked.line])


def _chances(asked: Asked, weights: Floats) -> Floats:
    own, none = weights[: len(WEIGHTS)], weights[len(WEIGHTS) :]
    scores = np.append(asked.rows @ own, asked.line @ none)
    odds = np.exp(scores - scores.max())
    return np.asarray(odds / odds.sum())


def _validated(asked: list[Asked]) -> None:
    """How often the likeliest is right, and how its chance holds, over folds that keep a reply together."""
    told: list[tuple[float, bool, bool]] = []
    for fold in range(FOLDS):
        weights = _fit([a for a in asked if a.group % FOLDS != fold])
        for each in (a for a in asked if a.group % FOLDS == fold):
            found = _chances(each, weights)[:-1]
            told.append((float(found.max()), int(found.argmax()) == each.right, each.right < len(found)))
    for low, high in ((0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01)):
        here = [right for chance, right, _ in told if low <= chance < high]
        print(f"chance {low:.2f}-{high:.2f}: {sum(here)}/{len(here)} right")
    spoken = [right for chance, right, _ in told if chance >= 0.6]
    due = sum(is_answer for _, _, is_answer in told)
    print(f"from 0.6 on: {sum(spoken)}/{len(spoken)} right, of {due} answers")


if __name__ == "__main__":
    main()
