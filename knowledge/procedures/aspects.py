"""What about a procedure a question asks: its papers, its time, its fee ..."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from knowledge.text import fold

DEFAULT = Path(__file__).with_name("aspects.toml")


@dataclass(frozen=True)
class Aspects:
    """Folded phrases, longest first, with the aspect each stands for; and words without a subject."""

    phrases: tuple[tuple[str, str], ...]
    empty: frozenset[str]

    def of(self, question: str) -> str:
        """The aspect asked for ("fee", "where" ...); empty if the question names none."""
        padded = f" {fold(question)} "
        return next((aspect for phrase, aspect in self.phrases if f" {phrase} " in padded), "")

    def way(self, question: str) -> Literal["online", "post", ""]:
        """The way of filing that the question names besides what it asks; empty if it names none."""
        padded = f" {fold(question)} "
        named = {aspect for phrase, aspect in self.phrases if f" {phrase} " in padded}
        return "online" if "online" in named else "post" if "post" in named else ""

    def names_a_subject(self, question: str) -> bool:
        """Whether anything is left of a question without its aspect and its empty words."""
        return any(word not in self.empty for word in self.without(question).split())

    def without(self, question: str) -> str:
        """The folded question without what it asks: the matter alone, with the empty words."""
        left = f" {fold(question)} "
        for phrase, _aspect in self.phrases:
            left = left.replace(f" {phrase} ", " ")
        return left.strip()


def load(path: Path = DEFAULT) -> Aspects:
    """Reads `aspects.toml`."""
    raw: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = {
        (fold(phrase), aspect) for aspect, phrases in raw.items() if aspect != "empty" for phrase in phrases
    }
    phrases = tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
    return Aspects(phrases, frozenset(fold(raw["empty"]).split()))
