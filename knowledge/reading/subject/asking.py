"""What about a procedure a line asks: its fee, its papers, who must come, whether a paper is needed ..."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from knowledge.datafile import DataFile, Model, Slug, Text, duplicates, read
from knowledge.reading.phrases import Phrases
from knowledge.reading.words import Line

DEFAULT = Path(__file__).with_name("asking.toml")


class InEnglish(Model):
    """How an aspect is asked for in English, and what else an English passage may say to answer it."""

    words: str = ""
    phrases: tuple[Text, ...]
    never: tuple[Text, ...] = ()


class Aspect(Model):
    """One thing that can be asked about any procedure."""

    id: Slug
    kinds: tuple[str, ...] = ()  # of passages that answer it
    topics: tuple[str, ...] = ()  # of notes that answer it
    words: str = ""  # what else a passage may say to answer it
    phrases: tuple[Text, ...] = Field(min_length=1)
    never: tuple[Text, ...] = ()
    english: InEnglish | None = None

    def told_by(self, language: str) -> str:
        """What else a passage in that language may say to answer it."""
        if language == "en":
            return self.english.words if self.english else ""
        return self.words


class Need(Model):
    """How a line asks whether something is needed."""

    phrases: tuple[Text, ...]
    never: tuple[Text, ...] = ()


class Same(Model):
    """Papers and things by all their names."""

    attributes: tuple[Text, ...]  # first names of groups that are no papers but what papers have to be
    groups: tuple[tuple[Text, ...], ...]


class Asking(DataFile):
    """The tables of `asking.toml`."""

    idle: str  # words that say nothing about what is asked for
    idle_english: str
    sets: Mapping[str, tuple[Text, ...]]
    aspects: tuple[Aspect, ...]
    itself: tuple[Text, ...]
    ends: tuple[Text, ...]
    desk: tuple[Text, ...]
    issuing: tuple[Text, ...]
    lacking: tuple[Text, ...]
    need: Need
    papers: tuple[Text, ...]  # words that name a paper, whatever paper it is
    same: Same

    def problems(self) -> Iterator[str]:
        """A line for each aspect that stands twice."""
        yield from duplicates("aspect", [aspect.id for aspect in self.aspects])


@cache
def load(path: Path = DEFAULT) -> Asking:
    """Reads `asking.toml`; raises BadDataFile."""
    return read(path, Asking)


def aspects(typed: Line) -> tuple[Aspect, ...]:
    """What a line asks about, in the order of the file."""
    heard = _phrases().kinds(typed)
    return tuple(a for a in load().aspects if a.id in heard and f"{a.id}:never" not in heard)


def heard(typed: Line) -> tuple[str, ...]:
    """All that phrases hear in a line, aspects first."""
    kinds = ("need", asks_need), ("without", asks_without), ("issued-by", asks_issuer)
    return (*(aspect.id for aspect in aspects(typed)), *(kind for kind, asks in kinds if asks(typed)))


def aspect(name: str) -> Aspect | None:
    """The aspect of that name; None if what is asked is no aspect: "need", "simpler" ..."""
    return next((each for each in load().aspects if each.id == name), None)


def conditions() -> tuple[Aspect, ...]:
    """What is asked of a matter as such: for whom it is."""
    return tuple(each for each in load().aspects if each.id == "condition")


def asks_need(typed: Line) -> bool:
    """Whether a line asks if something is needed."""
    heard = _phrases().kinds(typed)
    return "need" in heard and "need:never" not in heard


def asks_without(typed: Line) -> bool:
    """Whether a line asks what happens without something."""
    return "lacking" in _phrases().kinds(typed)


def asks_issuer(typed: Line) -> bool:
    """Whether a line asks where a paper comes from."""
    return "issuing" in _phrases().kinds(typed)


def names_end(typed: Line) -> bool:
    """Whether a line asks when there will be what the open matter ends with."""
    return "end" in _phrases().kinds(typed)


def names_desk(typed: Line) -> bool:
    """Whether a line that asks for hours means those of the commune's desk."""
    return "desk" in _phrases().kinds(typed)


def names_itself(typed: Line) -> bool:
    """Whether a line names the open matter as such: "cái này"."""
    return "itself" in _phrases().kinds(typed)


def names_paper(typed: Line) -> bool:
    """Whether a line names some paper, in our data or not."""
    return "paper" in _phrases().kinds(typed)


@cache
def _phrases() -> Phrases:
    known = load()
    pairs = [(aspect.id, phrase) for aspect in known.aspects for phrase in aspect.phrases]
    pairs += [(f"{aspect.id}:never", phrase) for aspect in known.aspects for phrase in aspect.never]
    for aspect in known.aspects:
        told = aspect.english or InEnglish(phrases=())
        pairs += [(aspect.id, phrase) for phrase in told.phrases]
        pairs += [(f"{aspect.id}:never", phrase) for phrase in told.never]
    pairs += [("need", phrase) for phrase in known.need.phrases]
    pairs += [("need:never", phrase) for phrase in known.need.never]
    pairs += [("lacking", phrase) for phrase in known.lacking]
    pairs += [("issuing", phrase) for phrase in known.issuing]
    pairs += [("itself", phrase) for phrase in known.itself]
    pairs += [("end", phrase) for phrase in known.ends]
    pairs += [("desk", phrase) for phrase in known.desk]
    pairs += [("paper", phrase) for phrase in known.papers]
    return Phrases(pairs, known.sets)
