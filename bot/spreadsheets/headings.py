"""Headings of clerks' tables: which column holds what, however it is spelled."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.spreadsheets.cells import Cell
from knowledge.text import plain

SHORT = {"hs": plain("hồ sơ"), "kq": plain("kết quả")}
IGNORED = "ignored"  # the table of those that are known and not needed

Columns = Mapping[str, int]  # what a column holds -> its place, from 0


class BadRow(Exception):
    """A row that cannot be taken: which column and why, never what stands there."""


def known_columns(heading: Sequence[Cell], spellings: Path) -> Columns:
    """The columns that a file of spellings knows; the first of two alike counts."""
    known = names(spellings)
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        name = known.get(_plain(cell)) if isinstance(cell, str) else None
        if name and name != IGNORED:
            found.setdefault(name, place)
    return found


@cache
def names(spellings: Path) -> Mapping[str, str]:
    """Each plain spelling of a file, and what its column holds."""
    tables = tomllib.loads(spellings.read_text(encoding="utf-8"))
    return {_plain(spelling): name for name, listed in tables.items() for spelling in listed}


def _plain(cell: str) -> str:
    words = plain(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", cell)).split()
    return " ".join(SHORT.get(word, word) for word in words)
