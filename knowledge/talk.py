"""Kinds of small talk by the phrases people use; what to answer is the handlers' business."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from knowledge.catalogue import Model, Slug, Text
from knowledge.datafile import doubles, read

DEFAULT = Path(__file__).with_name("talk.toml")


class Kind(Model):
    """One kind of message that asks for no procedure."""

    id: Slug  # "greeting", "emergency-fire"
    phrases: tuple[Text, ...] = Field(min_length=1)


class Talk(Model):
    """All kinds, in the order of the file."""

    kinds: tuple[Kind, ...]

    @model_validator(mode="after")
    def _nothing_stands_twice(self) -> Self:
        problems = list(_doubles(self))
        if problems:
            raise ValueError("; ".join(problems))
        return self


def load(path: Path = DEFAULT) -> Talk:
    """Reads the kinds; raises BadCatalogue with all problems at once."""
    return read(path, Talk)


def _doubles(talk: Talk) -> Iterator[str]:
    yield from doubles("kind", [kind.id for kind in talk.kinds])
    yield from doubles("phrase", [phrase for kind in talk.kinds for phrase in kind.phrases])
