"""What a line asks about a dossier that was shown, or about a form that is filled in or in hand."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from knowledge.datafile import Model, Slug, Text, read
from knowledge.reading.likeness import Likeness, features
from knowledge.reading.phrases import Phrases
from knowledge.reading.words import line

DEFAULT = Path(__file__).with_name("ongoing.toml")
LINES = DEFAULT.with_suffix(".tsv")  # as people asked, with what each asks
NOTHING = "-"  # what lines ask that ask nothing of it

Subject = Literal["dossier", "form"]
# By cross-validation: what a phrase adds to the likeness, the worth from which a line is taken to ask something, and
# the part of it from which something else may be meant.
FIRST_SAID, ALSO_SAID, NEXT = 0.25, 0.1, 0.75
FEWEST = 2  # words of a line that is read by its likeness alone
LEAST: Mapping[Subject, float] = {"dossier": 0.15, "form": 0.2}


class Row(Model):
    """One thing that is asked."""

    id: Slug
    phrases: tuple[Text, ...] = Field(min_length=1)
    never: tuple[Text, ...] = ()


class Ongoing(Model):
    """The tables of `ongoing.toml`; of equal worth a row before another wins."""

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


def asks(subject: Subject) -> frozenset[str]:
    """The ids of all that can be asked."""
    return frozenset((*(row.id for row in load().rows(subject)), *_learned(subject)[0])) - {NOTHING}


def heard(text: str, subject: Subject) -> tuple[str, ...]:
    """The ids of all that a line says in words known for it, the likeliest first."""
    said = _said(text, subject)
    worth = _worth(text, subject, said)
    return tuple(sorted(said, key=lambda each: -worth[each]))


def likely(text: str, subject: Subject) -> tuple[str, ...]:
    """The ids of what a line may ask, by its words or by lines like it, the likeliest first; () if of nothing."""
    said = _said(text, subject)
    if not said and len(line(text).words) < FEWEST:
        return ()
    worth = _worth(text, subject, said)
    first, *others = sorted(worth, key=lambda each: -worth[each])
    if first == NOTHING or worth[first] < LEAST[subject]:
        return ()
    return (first, *(each for each in others if each != NOTHING and worth[each] >= NEXT * worth[first]))


def asked(text: str, subject: Subject) -> str | None:
    """The id of what a line asks most likely; None if it asks nothing of that."""
    return next(iter(likely(text, subject)), None)


def _said(text: str, subject: Subject) -> tuple[str, ...]:
    """In the order of the rows."""
    kinds = _phrases(subject).kinds(line(text))
    rows = load().rows(subject)
    return tuple(row.id for row in rows if row.id in kinds and f"{row.id}:never" not in kinds)


def _worth(text: str, subject: Subject, said: Sequence[str]) -> dict[str, float]:
    """How much speaks for each thing: about 1 for a line like one that is known to ask it."""
    names, like = _learned(subject)
    worth = dict(zip(names, like.scores(features(line(text))), strict=True))
    for place, each in enumerate(said):
        alike = worth.get(each, 0.0)  # a new thing has no lines yet
        worth[each] = alike + (ALSO_SAID if place else FIRST_SAID)
    return worth


@cache
def _learned(subject: Subject) -> tuple[tuple[str, ...], Likeness]:
    """The ids, and what lines of `ongoing.tsv` that ask each have in common."""
    rows = [row.split("\t") for row in LINES.read_text(encoding="utf-8").splitlines()[1:]]
    asks = [(what, text) for about, what, text in rows if about == subject]
    names = tuple(sorted({what for what, _ in asks}))
    return names, Likeness([(names.index(what), features(line(text))) for what, text in asks], len(names))


@cache
def _phrases(subject: Subject) -> Phrases:
    pairs = [(row.id, phrase) for row in load().rows(subject) for phrase in row.phrases]
    pairs += [(f"{row.id}:never", phrase) for row in load().rows(subject) for phrase in row.never]
    return Phrases(pairs, load().sets)
