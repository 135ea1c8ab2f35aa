"""The ethnic groups of Viet Nam, and how people write them."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.datafile import Model, Text, read
from knowledge.text import fold

FILE = Path(__file__).with_name("ethnic.toml")

_BEFORE = re.compile(r"^(toi la )?(nguoi )?(dan toc )?")


class Peoples(Model):
    """All groups."""

    names: tuple[Text, ...]
    also: Mapping[Text, tuple[Text, ...]]  # name -> other spellings


@cache
def load(path: Path = FILE) -> Peoples:
    """Reads the groups; raises BadDataFile with all problems at once."""
    return read(path, Peoples)


def named(text: str) -> str | None:
    """The official name of the group that is meant."""
    exact = (name for name in load().names if name.casefold() == text.casefold())
    return next(exact, None) or _folded().get(_BEFORE.sub("", fold(text)))


@cache
def _folded() -> Mapping[str, str]:
    others = {fold(other): name for name, more in load().also.items() for other in more}
    return others | {fold(name): name for name in load().names}
