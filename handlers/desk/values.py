"""What was found in a table and what would become of it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Sureness = Literal["spelling", "assigned", "content", "doubtful", "unknown"]  # by what a column is known
Facts = Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """One column: what stands above it, what it was taken for, and by what."""

    letter: str  # "A"
    heading: str
    meaning: str  # of LABELS; "" if it is not understood
    sure: Sureness
    order: str = ""  # of its days: "day", "month", "mixed"
    is_hidden: bool = False
    looks_like: str = ""  # what a column that is not understood seems to hold


@dataclass(frozen=True)
class Sheet:
    """One sheet: where its headings stand, and what of it is not read."""

    name: str  # "" in a file without sheets
    is_read: bool
    why_not: str = ""  # a code of SHEETS
    first_row: int = 0  # of the headings, from 1
    last_row: int = 0
    columns: tuple[Column, ...] = ()
    rows: int = 0  # of dossiers


@dataclass(frozen=True)
class Reason:
    """One cell that cannot be taken."""

    code: str
    column: str = ""  # its letter; "": the row as a whole
    heading: str = ""
    written: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Refused:
    """A row that is not taken, with all that is wrong with it."""

    sheet: str
    row: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Remark:
    """What the clerk should know although it is taken; told once with how often and where."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()
    count: int = 1
    rows: tuple[str, ...] = ()  # the first of them: "7", "Sổ T11!7"


@dataclass(frozen=True)
class Sample:
    """One of the first rows, as it was read."""

    row: int
    values: tuple[tuple[str, str], ...]  # meaning, value


@dataclass(frozen=True)
class Change:
    """What a row does to a dossier that is held."""

    code: str
    before: str  # the state, in words
    after: str
    fields: tuple[str, ...] = ()  # what else changes


@dataclass(frozen=True)
class Told:
    """Notices of one kind that would be owed."""

    kind: str
    count: int
    codes: tuple[str, ...] = ()  # the first of them


@dataclass(frozen=True)
class Age:
    """For which moment a table speaks, and how that is known."""

    at: datetime
    by: Literal["given", "words", "newest"]
    written: str = ""  # the words in the table
    row: int = 0
    newest: date | None = None


@dataclass(frozen=True)
class Counts:
    """What becomes of the rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    backward: int = 0  # among the refused, or among the changed where that was allowed
    older: int = 0  # than what is held: they fill blanks only


@dataclass(frozen=True)
class Preview:
    """All that is told before anything is written."""

    file: str
    age: Age | None
    sheets: tuple[Sheet, ...]
    samples: tuple[Sample, ...]
    remarks: tuple[Remark, ...]
    refused: tuple[Refused, ...]  # the first of them
    counts: Counts
    changes: tuple[Change, ...]  # the first of them
    told: tuple[Told, ...]
