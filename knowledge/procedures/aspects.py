"""What about a procedure a question asks: its papers, its time, its fee ..."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from knowledge.text import Word, fold, words

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
        return any(word.folded not in self.empty for word in self._left(question))

    def without(self, question: str) -> str:
        """The question without what it asks: the matter alone, with the empty words, diacritics as typed."""
        return " ".join(word.marks or word.folded for word in self._left(question))

    def _left(self, question: str) -> list[Word]:
        left = words(question)
        for phrase, _aspect in self.phrases:
            while (at := _find(left, phrase)) >= 0:
                del left[at : at + len(phrase.split())]
        return left


def _find(line: Sequence[Word], phrase: str) -> int:
    """Which word of a line a folded phrase begins with; -1 if the line does not say it."""
    before, said, _ = f" {' '.join(word.folded for word in line)} ".partition(f" {phrase} ")
    return len(before.split()) if said else -1


def load(path: Path = DEFAULT) -> Aspects:
    """Reads `aspects.toml`."""
    raw: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = {
        (fold(phrase), aspect) for aspect, phrases in raw.items() if aspect != "empty" for phrase in phrases
    }
    phrases = tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
    return Aspects(phrases, frozenset(fold(raw["empty"]).split()))
