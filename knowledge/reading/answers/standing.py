"""How people say the choices that no procedure and no form has: agreeing, refusing, yes, no, skip."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from knowledge.datafile import Model, Text, read
from knowledge.reading.answers.options import Option

DEFAULT = Path(__file__).with_name("standing.toml")


class Standing(Model):
    """The table of `standing.toml`."""

    says: Mapping[str, tuple[Text, ...]]


@cache
def load(path: Path = DEFAULT) -> Standing:
    """Reads `standing.toml`; raises BadDataFile."""
    return read(path, Standing)


def meaning(option: Option, name: str) -> Option:
    """The option with the ways of saying what `name` stands for ("hand", "agree"); raises KeyError."""
    return replace(option, says=(*option.says, *load().says[name]))
