"""What people ask us but others do: where to go, and the first step."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from knowledge.datafile import DataFile, Model, Slug, Text, duplicates, read

DEFAULT = Path(__file__).with_name("signposts.toml")
Code = Annotated[str, StringConstraints(pattern=r"^\d\.\d{6}$")]


class Entry(Model):
    """One thing that another office does."""

    id: Slug
    name: Text  # "Hộ chiếu phổ thông"
    asks: tuple[Text, ...] = Field(min_length=1)  # how people ask for it
    go: Text  # one or two sentences: where to go and the first step
    bare: bool = False  # told without "not done at this desk": the commune may do it, or it is no errand
    portal_codes: tuple[Code, ...] = ()  # procedures of the national portal that `go` was read from
    checked: date


class Elsewhere(DataFile):
    """All entries, in the order of the file."""

    entries: tuple[Entry, ...]

    def entry(self, entry_id: str) -> Entry:
        """The entry with that id; raises KeyError."""
        return {e.id: e for e in self.entries}[entry_id]

    def problems(self) -> Iterator[str]:
        """What stands twice, is missing or does not fit."""
        yield from duplicates("entry", [e.id for e in self.entries])
        yield from duplicates("ask", [ask for e in self.entries for ask in e.asks])


def load(path: Path = DEFAULT) -> Elsewhere:
    """Reads the entries; raises BadDataFile with all problems at once."""
    return read(path, Elsewhere)
