"""Every procedure in English: its name, one sentence, and how foreigners and their families ask for it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from pydantic import Field

from knowledge.datafile import DataFile, Model, Slug, Text, duplicates, read

DEFAULT = Path(__file__).with_name("english.toml")
FEWEST = 6  # phrasings a procedure


class EnglishProcedure(Model):
    """One procedure for a reader of English."""

    code: str  # national code
    name: Text  # "Birth registration"
    about: Text | None = None  # one sentence: what it is for; None: its whole text stands in in_english/
    asks: tuple[Text, ...] = Field(min_length=FEWEST)  # "register my newborn baby"


class English(DataFile):
    """All that is known in English."""

    empty: frozenset[Text]  # words of questions that say nothing of the matter
    common: frozenset[Text]  # other words by which a line is known to be English
    same: Mapping[Text, Text]  # words that mean the same here
    aspects: Mapping[Slug, tuple[Text, ...]]  # id as in aspects.toml -> phrases that ask for it
    procedures: tuple[EnglishProcedure, ...]

    @cached_property
    def by_code(self) -> Mapping[str, EnglishProcedure]:
        """Each procedure by its national code."""
        return {procedure.code: procedure for procedure in self.procedures}

    def problems(self) -> Iterator[str]:
        """A phrasing or a code that stands twice."""
        yield from duplicates("procedure", [p.code for p in self.procedures])
        yield from duplicates("ask", [ask for p in self.procedures for ask in p.asks])


def load(path: Path = DEFAULT) -> English:
    """Reads the data file; raises BadDataFile."""
    return read(path, English)
