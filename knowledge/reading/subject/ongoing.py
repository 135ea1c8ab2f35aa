"""What a line asks about a dossier that was shown, or about a form that is filled in or in hand."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from knowledge.datafile import Model, Slug, Text, read
from knowledge.reading.phrases import Phrases
from knowledge.reading.subject.about import About
from knowledge.reading.words import line

DEFAULT = Path(__file__).with_name("ongoing.toml")

Subject = Literal["dossier", "form"]
ASKED = 0.8  # the chance that a phrase of these is meant so, before anything else is weighed


class Row(Model):
    """One thing that is asked."""

    id: Slug
    phrases: tuple[Text, ...] = Field(min_length=1)
    never: tuple[Text, ...] = ()


class Ongoing(Model):
    """The tables of `ongoing.toml`."""

    sets: Mapping[str, tuple[Text, ...]]
    dossier: tuple[Row, ...]
    form: tuple[Row, ...]

    def rows(self, subject: Subject) -> tuple[Row, ...]:
        """The rows of a subject, in the order that decides."""
        return self.dossier if subject == "dossier" else self.form


@cache
def load(path: Path = DEFAULT) -> Ongoing:
    """Reads `ongoing.toml`; raises BadDataFile."""
    return read(path, Ongoing)


def asked(text: str, subject: Subject) -> About | None:
    """What a line asks about a dossier or a form; None if it asks none of that."""
    heard = _phrases(subject).kinds(line(text))
    found = [row.id for row in load().rows(subject) if row.id in heard and f"{row.id}:never" not in heard]
    return About(found[0], ASKED, also=tuple(found[1:])) if found else None


@cache
def _phrases(subject: Subject) -> Phrases:
    pairs = [(row.id, phrase) for row in load().rows(subject) for phrase in row.phrases]
    pairs += [(f"{row.id}:never", phrase) for row in load().rows(subject) for phrase in row.never]
    return Phrases(pairs, load().sets)
