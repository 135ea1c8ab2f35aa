"""Reads a dump of the national portal, JSON lines: what can be read, and why the rest cannot."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from knowledge import portal
from knowledge.procedures.catalogue import Catalogue, CatalogueField, Procedure
from knowledge.text import plain

SLUG = 24  # letters of a field's id


class BadDump(Exception):
    """A file that is no dump at all; the text says what to do."""


@dataclass(frozen=True)
class Unread:
    """A line that was left out."""

    line: int  # from 1
    why: str


@dataclass(frozen=True)
class Dump:
    """What stands in a dump."""

    catalogue: Catalogue
    unread: tuple[Unread, ...]


def read(path: Path, as_of: date, progress: Callable[[int], None] = lambda lines: None) -> Dump:
    """Reads a dump, gzipped or not; calls `progress` with the lines done. Raises BadDump, OSError."""
    found: dict[str, tuple[str, Procedure]] = {}  # by code, with its field's name
    first: dict[str, int] = {}  # line of a code
    unread: list[Unread] = []
    for number, line in enumerate(_lines(path), start=1):
        progress(number)
        try:
            field, procedure = _procedure(line, as_of)
            if procedure.code in first:
                raise ValueError(f"{procedure.code} stands in line {first[procedure.code]} too")
        except ValueError as error:
            unread.append(Unread(number, _reason(error)))
            continue
        first[procedure.code] = number
        found[procedure.code] = field, procedure
    if not found:
        first_reason = f" (line {unread[0].line}: {unread[0].why})" if unread else ""
        raise BadDump(f"{path}: no procedure can be read here{first_reason}; give a dump as JSON lines")
    return Dump(Catalogue(fields=tuple(_fields(found.values()))), tuple(unread))


def _lines(path: Path) -> Iterator[bytes]:
    with _opened(path) as file:
        try:
            yield from file
        except (EOFError, zlib.error) as error:
            raise BadDump(f"{path}: {error}; the file is damaged, fetch it again") from error


def _opened(path: Path) -> BinaryIO | gzip.GzipFile:
    """Whatever the file's name: gzip has a mark of its own."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path) if packed else path.open("rb")


def _procedure(line: bytes, as_of: date) -> tuple[str, Procedure]:
    record = json.loads(line.decode("utf-8-sig"))
    if not isinstance(record, dict):
        raise ValueError("no JSON object")
    row = portal.read(record)
    return row.field, portal.procedure(row, as_of)


def _reason(error: ValueError) -> str:
    """One line: the key, what is wrong with it, and its value."""
    if isinstance(error, ValidationError):
        wrong = error.errors(include_url=False)[0]
        value = "" if wrong["type"] == "missing" else f" (value {str(wrong['input'])[:60]!r})"
        return f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}{value}"
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON: {error}"
    return str(error)


def _fields(found: Iterable[tuple[str, Procedure]]) -> Iterator[CatalogueField]:
    """The fields in the order of their names; a name in other capitals is the same field."""
    procedures: dict[str, list[Procedure]] = {}
    names: dict[str, str] = {}
    for name, procedure in found:
        names.setdefault(plain(name), name)
        procedures.setdefault(plain(name), []).append(procedure)
    taken: set[str] = set()
    for order, key in enumerate(sorted(names), start=1):
        taken.add(slug := _slug(key, taken))
        yield CatalogueField(
            id=slug,
            name=names[key],
            about=names[key],
            order=order,
            procedures=tuple(sorted(procedures[key], key=lambda p: p.code)),
        )


def _slug(key: str, taken: set[str]) -> str:
    """The folded name cut between words; a number behind it where another field has it already."""
    whole = key.replace(" ", "-") or "field"
    short = whole if len(whole) <= SLUG else whole[: SLUG + 1].rpartition("-")[0] or whole[:SLUG]
    numbered = (f"{short[: SLUG - len(end)]}{end}" for end in (f"-{n}" for n in count(2)))
    return short if short not in taken else next(slug for slug in numbered if slug not in taken)
