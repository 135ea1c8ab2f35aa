"""The few words of ours in an imported procedure, and the portal's words for "nothing"."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.datafile import Model, Text, read
from knowledge.text import plain, tidy

ANY_LENGTH = 1_000_000  # letters; the longest text of the portal has 45,000


class Words(Model):
    """`words.toml`."""

    source: Text
    reviewed_source: Text
    nothing: tuple[str, ...]
    free: tuple[Text, ...]
    unread: Text
    unknown: Text
    where: Text
    where_agency: Text
    quantity: Text
    heading: Text
    blank_row: Text
    long_conditions: Text
    no_unit: Text
    fraction: Text
    hours: Text
    years: Text
    fee: Text
    dong: Text
    dong_for: Text
    stated: Text
    laws: tuple[Text, ...]  # a longer name before a shorter one
    law_marks: Mapping[str, Text]  # in a number -> what it is


@cache
def words() -> Words:
    """`words.toml`, read once."""
    return read(Path(__file__).with_name("words.toml"), Words)


@cache
def _folded(which: str) -> frozenset[str]:
    return frozenset(plain(text) for text in getattr(words(), which))


def says_nothing(text: str) -> bool:
    """Whether a cell of the portal is empty in all but name."""
    return len(text) < 40 and plain(text) in _folded("nothing")


def says_free(text: str) -> bool:
    """Whether a cell says in words, and says nothing else, that nothing is charged."""
    return len(text) < 40 and plain(text) in _folded("free")


def clean(text: str) -> str:
    """One line in composed form, without controls, bullets and the portal's own marks for nothing."""
    line = tidy(text, ANY_LENGTH).strip(" -–+*•|")
    return "" if says_nothing(line) else line


def clean_lines(text: str) -> str:
    """The same, line by line; empty lines are left out."""
    lines = [tidy(line, ANY_LENGTH) for line in text.splitlines()]
    return "" if says_nothing(" ".join(lines)) else "\n".join(filter(None, lines))
