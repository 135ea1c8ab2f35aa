"""How a line is built: whether it asks for something, tells, scolds, or asks what the law makes of it."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import log1p
from pathlib import Path
from typing import NamedTuple

from knowledge.text import Word, words

DEFAULT = Path(__file__).with_name("sentences.toml")
KINDS = ("wants", "tells", "feels", "scolds", "judges", "concludes")


class Phrase(NamedTuple):
    """A phrase as lines are compared with it."""

    marked: str  # padded, like the line it is looked for in
    folded: str  # empty if it says too little without its diacritics: "tội", "tôi"


def build(line: Sequence[Word]) -> list[float]:
    """For each of KINDS how much of it the line has, as log(1 + phrases), and log(1 + words) last."""
    said = (sum(says(line, phrases()[kind])) for kind in KINDS)
    return [*map(log1p, said), log1p(len(line))]


def says(line: Sequence[Word], said: Iterable[Phrase]) -> Iterator[bool]:
    """Of each phrase whether the line says it word for word; diacritics count if the line has any."""
    marked, folded = _marked(line), _folded(line)
    bare = not any(word.marks for word in line)
    return (p.marked in marked or (bare and p.folded != "" and p.folded in folded) for p in said)


@cache
def phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """The phrases of each kind."""
    table = tomllib.loads(DEFAULT.read_text(encoding="utf-8"))
    return {kind: tuple(dict.fromkeys(map(phrase, table[kind]))) for kind in KINDS}


def phrase(text: str) -> Phrase:
    """A written phrase."""
    line = words(text)
    return Phrase(_marked(line), _folded(line) if len(line) > 1 or not line[0].marks else "")


def _marked(line: Sequence[Word]) -> str:
    return f" {' '.join(word.marks or word.folded for word in line)} "


def _folded(line: Sequence[Word]) -> str:
    return f" {' '.join(word.folded for word in line)} "
