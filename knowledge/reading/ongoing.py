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


def heard(text: str, subject: Subject) -> tuple[str, ...]:
    """The ids of all that a line may ask about a dossier or a form, the likeliest first."""
    said = _phrases(subject).kinds(line(text))
    rows = load().rows(subject)
    return tuple(row.id for row in rows if row.id in said and f"{row.id}:never" not in said)


def asked(text: str, subject: Subject) -> str | None:
    """The id of what a line asks most likely; None if it asks nothing of that."""
    return next(iter(heard(text, subject)), None)


@cache
def _phrases(subject: Subject) -> Phrases:
    pairs = [(row.id, phrase) for row in load().rows(subject) for phrase in row.phrases]
    pairs += [(f"{row.id}:never", phrase) for row in load().rows(subject) for phrase in row.never]
    return Phrases(pairs, load().sets)
