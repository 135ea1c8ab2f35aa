"""Kinds of small talk by the phrases people use; what to answer is the handlers' business."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from knowledge.datafile import DataFile, Model, Slug, Text, duplicates, read

DEFAULT = Path(__file__).with_name("small_talk.toml")


class Kind(Model):
    """One kind of message that asks for no procedure."""

    id: Slug  # "greeting", "emergency-fire"
    phrases: tuple[Text, ...] = Field(min_length=1)
    is_literal: bool = False  # meant only where one of its phrases is said word for word, never by likeness


class Talk(DataFile):
    """All kinds, in the order of the file."""

    kinds: tuple[Kind, ...]

    def problems(self) -> Iterator[str]:
        """What stands twice, is missing or does not fit."""
        yield from duplicates("kind", [kind.id for kind in self.kinds])
        yield from duplicates("phrase", [phrase for kind in self.kinds for phrase in kind.phrases])


def load(path: Path = DEFAULT) -> Talk:
    """Reads the kinds; raises BadDataFile with all problems at once."""
    return read(path, Talk)
