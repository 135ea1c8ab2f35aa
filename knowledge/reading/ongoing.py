"""What a line asks about a dossier that was shown, or about a form that is filled in or in hand."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from knowledge.datafile import Model, Slug, Text, read
from knowledge.reading.phrases import Phrases
from knowledge.reading.words import line

DEFAULT = Path(__file__).with_name("ongoing.toml")

Subject = Literal["dossier", "form"]


class Row(Model):
    """One thing that is asked."""

    id: Slug
    phrases: tuple[Text, ...] = Field(min_length=1)
    never: tuple[Text, ...] = ()


class Ongoing(Model):
    """The tables of `ongoing.toml`; a row before another wins."""

    sets: Mapping[str, tuple[Text, ...]]
    dossier: tuple[Row, ...]
    form: tuple[Row, ...]

    def rows(self, subject: Subject) -> tuple[Row, ...]:
        """The rows of a subject."""
        return self.dossier if subject == "dossier" else self.form


@cache
def load(path: Path = DEFAULT) -> Ongoing:
    """Reads `ongoing.toml`; raises BadDataFile."""
    return read(path, Ongoing)


def asked(text: str, subject: Subject) -> str | None:
    """The id of what a line asks about a dossier or a form; None if it asks nothing of that."""
    heard = _phrases(subject).kinds(line(text))
    told = (row.id for row in load().rows(subject) if row.id in heard and f"{row.id}:never" not in heard)
    return next(told, None)


@cache
def _phrases(subject: Subject) -> Phrases:
    pairs = [(row.id, phrase) for row in load().rows(subject) for phrase in row.phrases]
    pairs += [(f"{row.id}:never", phrase) for row in load().rows(subject) for phrase in row.never]
    return Phrases(pairs, load().sets)
