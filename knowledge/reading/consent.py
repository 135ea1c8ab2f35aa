"""How people agree to a form, in which way, and how they refuse."""

from functools import cache
from pathlib import Path

from knowledge.datafile import Model, Text, read

DEFAULT = Path(__file__).with_name("consent.toml")


class Consents(Model):
    """The ways to answer the consent before a form."""

    hand: tuple[Text, ...]
    card: tuple[Text, ...]
    refuse: tuple[Text, ...]


@cache
def load(path: Path = DEFAULT) -> Consents:
    """Reads `consent.toml`; raises BadDataFile."""
    return read(path, Consents)
