"""What differs between two catalogues, procedure by procedure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.catalogues import reading
from bot.catalogues.accepted import NONE, Accepted, is_local
from bot.catalogues.pairing import paired
from bot.catalogues.parts import Found, How, document_text, is_unread, joined, parts
from knowledge.procedures.catalogue import Catalogue, Procedure
from knowledge.text import plain

MIRRORED: Mapping[How, How] = {"added": "removed", "removed": "added"}


@dataclass(frozen=True)
class Change:
    """One thing that differs; `before` is of the first catalogue, `after` of the second."""

    field: str  # its name
    code: str  # empty: about many procedures
    name: str
    part: str  # "procedure", "document", "deadline", "fee", ...
    how: How
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Side:
    """A catalogue to compare, with what its editors accepted of dumps."""

    catalogue: Catalogue
    accepted: Accepted = NONE

    @cached_property
    def procedures(self) -> Mapping[str, Procedure]:
        """Every procedure by its national code."""
        return self.catalogue.procedures

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The name of each procedure's field."""
        return {p.code: field.name for field in self.catalogue.fields for p in field.procedures}

    @cached_property
    def is_ours(self) -> bool:
        """Whether people wrote it up; else it was taken over from a dump."""
        return not all(map(is_unread, self.procedures.values()))


def differences(before: Side, after: Side) -> list[Change]:
    """Every difference, by field and code."""
    changes = [*_one_sided(before, after, "removed"), *_one_sided(after, before, "added")]
    for code in before.procedures.keys() & after.procedures.keys():
        old, new = before.procedures[code], after.procedures[code]
        for part, how, was, now in _compared(old, new, before, after):
            changes.append(Change(before.fields[code], code, old.name, part, how, was, now))
    return sorted(changes, key=lambda c: (plain(c.field), c.code, c.part, c.how, c.before, c.after))


def _one_sided(side: Side, other: Side, how: How) -> Iterator[Change]:
    """Procedures that only one side has. A dump has thousands that are none of our business."""
    alone = [code for code in side.procedures if code not in other.procedures]
    if side.is_ours and not other.is_ours:
        alone = [code for code in alone if reading.was_there(code, side.accepted, other.catalogue)]
    if other.is_ours and not side.is_ours:
        alone = [code for code in alone if is_local(side.procedures[code])]
        news = reading.unknown(alone, other.accepted, side.catalogue)
        if news is None and alone:
            told = f"{len(alone)} procedures of communes stand only in the dump"
            yield Change("", "", "", "procedure", how, *(("", told) if how == "added" else (told, "")))
        alone = news or []
    for code in alone:
        yield Change(side.fields[code], code, side.procedures[code].name, "procedure", how)


def _compared(old: Procedure, new: Procedure, before: Side, after: Side) -> Found:
    if is_unread(old) == is_unread(new):
        yield from _part_by_part(old, new)
        yield from _documents(old, new)
    elif is_unread(new):
        yield from reading.since_read(old, new, before.accepted)
    else:
        for part, how, ours, theirs in reading.since_read(new, old, after.accepted):
            yield part, MIRRORED.get(how, how), theirs, ours


def _part_by_part(old: Procedure, new: Procedure) -> Found:
    was, now = parts(old), parts(new)
    for part in was:
        before = joined(text for text in was[part] if text not in now[part])
        after = joined(text for text in now[part] if text not in was[part])
        if before or after:
            yield part, "reworded" if plain(before) == plain(after) else "changed", before, after


def _documents(old: Procedure, new: Procedure) -> Found:
    for was, now in paired(old.documents, new.documents, by_id=not is_unread(old)):
        before, after = document_text(was) if was else "", document_text(now) if now else ""
        if not was or not now:
            yield "document", "added" if now else "removed", before, after
        elif before != after:
            yield "document", "reworded" if plain(before) == plain(after) else "changed", before, after
