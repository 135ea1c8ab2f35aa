"""What is asked about a dossier that was just shown."""

from functools import cache
from pathlib import Path
from typing import Literal

from knowledge.datafile import Model, Text, read
from knowledge.reading.phrases import Phrases
from knowledge.reading.words import line

DEFAULT = Path(__file__).with_name("dossier.toml")

Asked = Literal[
    "not-received", "supply", "supplied", "until", "missing", "pay", "amount", "who-fetches", "bring",
    "hours", "fetch", "post", "responsible", "stopped", "when", "next",
]  # fmt: skip


class Row(Model):
    """One thing that is asked, and how people say it."""

    kind: Asked
    phrases: tuple[Text, ...]


class Tables(Model):
    """The table of `dossier.toml`; a row before another wins."""

    rows: tuple[Row, ...]


@cache
def load(path: Path = DEFAULT) -> Tables:
    """Reads `dossier.toml`; raises BadDataFile."""
    return read(path, Tables)


def asked(text: str) -> Asked | None:
    """What a line asks about the dossier; None if it asks nothing of the kind."""
    said = {match.kind for match in _phrases().matches(line(text))}
    return next((row.kind for row in load().rows if row.kind in said), None)


@cache
def _phrases() -> Phrases:
    return Phrases((row.kind, phrase) for row in load().rows for phrase in row.phrases)
