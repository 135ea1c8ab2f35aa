"""A row of a clerk's table as news of a dossier."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from bot.dossiers import cells
from bot.dossiers.cells import BadCell, Cell
from bot.dossiers.held import Update
from bot.dossiers.promise import Promises
from knowledge.catalogue import Catalogue
from knowledge.statuses import state_of
from knowledge.text import plain

HEADINGS = Path(__file__).with_name("headings.toml")
TEXT = 2000  # letters of a text that is kept

Columns = Mapping[str, int]  # what a column holds -> its place, from 0
V = TypeVar("V")


class BadRow(Exception):
    """A row that cannot be taken: which column and why, never what stands there."""


def columns(heading: Sequence[Cell]) -> Columns:
    """The columns that we know; empty unless one of them is the code. The first of two alike counts."""
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        name = _headings().get(_plain_heading(cell)) if isinstance(cell, str) else None
        if name and name != "ignored":
            found.setdefault(name, place)
    return found if "code" in found and len(found) > 1 else {}


@cache
def _headings() -> Mapping[str, str]:
    tables = tomllib.loads(HEADINGS.read_text(encoding="utf-8"))
    return {plain(spelling): name for name, spellings in tables.items() for spelling in spellings}


def _plain_heading(cell: str) -> str:
    return plain(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", cell))


@dataclass(frozen=True)
class Reading:
    """How the rows of one table are read."""

    catalogue: Catalogue
    promises: Promises
    as_of: datetime  # when the table was written: it says how things stood then
    columns: Columns = {}
    epoch: datetime | None = None  # day 0 of the workbook's numbers

    def update(self, row: Sequence[Cell]) -> Update:
        """The news in a row; raises BadRow."""
        received, due = self._moment(row, "received"), self._moment(row, "due")
        finished, returned = self._moment(row, "finished"), self._moment(row, "returned")
        _check_order(received, due, finished or returned)
        code = self._read(row, "code", cells.code)
        procedure, title = _procedure(self.catalogue)(self._text(row, "procedure"))
        status = _status(self._text(row, "status"), bool(finished), bool(returned))
        if received and not due and procedure:
            promised = self.promises.due(procedure, received)
        else:
            promised = due and due.date()
        ...
