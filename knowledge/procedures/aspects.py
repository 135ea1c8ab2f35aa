"""What about a procedure a question asks: its papers, its time, its fee ..."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
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
        named = min(self._named(question), default=None)
        return "" if named is None else self.phrases[named][1]

    def way(self, question: str) -> Literal["online", "post", ""]:
        """The way of filing that the question names besides what it asks; empty if it names none."""
        named = {self.phrases[place][1] for place in self._named(question)}
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

    def _named(self, question: str) -> Iterator[int]:
        """Places in `phrases` of those that the question says."""
        words = fold(question).split()
        for start in range(len(words)):
            for end in range(start + 1, min(start + self._longest, len(words)) + 1):
                place = self._places.get(" ".join(words[start:end]))
                if place is not None:
                    yield place

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {phrase: place for place, (phrase, _) in reversed(list(enumerate(self.phrases)))}

    @cached_property
    def _longest(self) -> int:
        return max((len(phrase.split()) for phrase, _ in self.phrases), default=0)


def load(path: Path = DEFAULT) -> Aspects:
    """Reads `aspects.toml`."""
    raw: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = {
        (fold(phrase), aspect) for aspect, phrases in raw.items() if aspect != "empty" for phrase in phrases
    }
    phrases = tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
    return Aspects(phrases, frozenset(fold(raw["empty"]).split()))
