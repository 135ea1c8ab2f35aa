"""What a line asks about a procedure where no phrase says it: learned from lines by the many who ask.

`asked.tsv` has the lines with what each asks; `benchmarks/fit_asked.py` learns `asked.npz` from them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.reading import likeness
from knowledge.reading.answers.answers import asks
from knowledge.reading.subject import asking
from knowledge.reading.subject.asking import aspect
from knowledge.reading.words import Line, line

LINES = Path(__file__).with_name("asked.tsv")
LEARNED = LINES.with_suffix(".npz")
NOTHING = "-"  # what lines ask that are no question about the procedure
STATED = "="  # and that tell somebody's case: the ways of saying choices, as the catalogue has them
SHARPNESS = 8.0  # from scores to chances, by cross-validation
# Of what no phrase says, but many have asked in such words: from what chance on it counts in a question, in a line
# that does not look like one, beside what phrases hear, and before that; in parts of it, what else is told.
GUESSED, HINTED, BESIDE, RATHER, NEXT = 0.25, 0.45, 0.3, 0.65, 0.55
SELDOM = 0.025  # chance that a line tells something, up to which it asks
FEWEST = 2  # words of a line that is guessed at
NO_ASPECT = ("simpler", "source")  # asked of what we said, not of the procedure
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Guess:
    """What a line may ask."""

    aspect: str  # as in asking.toml, or "need", "without", "issued-by", "simpler", "source"
    chance: float  # 0..1


@dataclass(frozen=True)
class Learned:
    """What was learned."""

    aspects: tuple[str, ...]
    column: Mapping[str, int]  # of a feature
    rarity: Floats  # by column
    worth: Floats  # columns x aspects
    digest: str  # of the lines it was learned from


def guesses(text: str) -> tuple[Guess, ...]:
    """All that a line may ask, likeliest first."""
    known = _learned()
    columns = [known.column[each] for each in features(line(text)) if each in known.column]
    worth = known.rarity[columns]
    scores = SHARPNESS * (worth / np.linalg.norm(worth)) @ known.worth[columns]
    odds = np.exp(scores - scores.max())
    chances = odds / odds.sum()
    return tuple(Guess(known.aspects[at], float(chances[at])) for at in np.argsort(-chances))


def asked_in(text: str, typed: Line) -> tuple[str, ...]:
    """All that a line asks, the likeliest first: what phrases hear, or what such words have meant."""
    said = asking.heard(typed)
    if len(typed.words) < FEWEST:
        return said
    first, second, *_ = guesses(text)
    if first.aspect in (NOTHING, STATED) or first.chance < (
        BESIDE if said else GUESSED if asks(text) else HINTED
    ):
        return said
    if said and first.chance < RATHER:
        return tuple(dict.fromkeys((*said, *filter(aspect, (first.aspect,)))))
    beside = (second.aspect,) if second.chance >= NEXT * first.chance else ()
    return tuple(dict.fromkeys((first.aspect, *filter(aspect, (*beside, *said)))))


def probably_asks(text: str) -> bool:
    """Whether such words have mostly asked something of a procedure, also without the look of a question."""
    first = guesses(text)[0]
    return first.aspect not in (NOTHING, STATED) and first.chance >= HINTED


def surely_asks(text: str) -> bool:
    """Whether such words have hardly ever told a case, or anything else but a question."""
    told = sum(each.chance for each in guesses(text) if each.aspect in (NOTHING, STATED))
    return told <= SELDOM


def features(typed: Line) -> frozenset[str]:
    """What is counted of a line: words, neighbours, marks where they are typed, and what phrases hear."""
    return likeness.features(typed) | frozenset(_heard(typed))


def _heard(typed: Line) -> Iterator[str]:
    if "?" in typed.text:
        yield "?"
    heard = asking.heard(typed)
    yield from (f"@{each}" for each in heard)
    yield f"@@{heard[0] if heard else NOTHING}"


@cache
def _learned() -> Learned:
    with np.load(LEARNED, allow_pickle=False) as file:
        names = str(file["features"]).split("\n")
        return Learned(
            aspects=tuple(str(file["aspects"]).split("\n")),
            column={name: at for at, name in enumerate(names)},
            rarity=file["rarity"].astype(np.float32),
            worth=file["worth"].astype(np.float32),
            digest=str(file["digest"]),
        )


def digest() -> str:
    """Of the lines as they are now."""
    return sha256(LINES.read_bytes()).hexdigest()


def is_current() -> bool:
    """Whether the newest lines were learned from."""
    return _learned().digest == digest()
