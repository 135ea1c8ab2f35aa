"""`motcua catalogue import`, `diff` and `accept`: keeping the catalogue true."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path

from bot.catalogues import accepted, difference, dump, files
from bot.catalogues.difference import Change, Side
from bot.clock import vietnam_now
from bot.commands.context import Command
from knowledge.procedures import loading

SIGNS = {"added": "+", "removed": "-", "changed": "~", "reworded": "≈"}
SHOWN = 300  # letters of a text; --json has all
STEP = 500  # lines between two reports of progress


def import_dump(given: Namespace, _command: Command) -> int:
    """Writes a dump as field files; exit status 1 if a row was left out."""
    folder = given.out
    if foreign := files.foreign_files(folder):
        raise files.NotOurs(folder, foreign)
    read = _read(given.file, given.as_of)
    files.write(read.catalogue, folder)
    fields, procedures = len(read.catalogue.fields), len(read.catalogue.procedures)
    print(f"{folder}: {fields} fields, {procedures} procedures, {len(read.unread)} rows left out")
    return 1 if read.unread else 0


def diff(given: Namespace, _command: Command) -> int:
    """Tells what differs between two directories of field files or dumps; exit status 1 if anything does."""
    sides = [_side(path) for path in (given.before, given.after)]
    changes = difference.differences(*sides)
    if given.only:
        codes = loading.load(given.only).procedures.keys()
        changes = [change for change in changes if change.code in codes]
    if given.json:
        print(json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=1))
    else:
        _tell(changes)
    return 1 if changes else 0


def accept(given: Namespace, command: Command) -> int:
    """Notes what a dump says of our procedures, so that `diff` tells what changes from now on."""
    folder, codes = command.catalogue_dir or loading.FIELDS, given.codes
    ours = command.catalogue
    unknown = [code for code in codes if code not in ours.procedures]
    if unknown:
        print(f"{unknown[0]}: no such procedure in {folder}", file=sys.stderr)
        return 2
    read = _read(given.file, None)
    told = accepted.accept(accepted.read(folder), ours, read.catalogue, frozenset(codes))
    accepted.write(told, folder)
    count = len([code for code in codes or ours.procedures if code in read.catalogue.procedures])
    print(f"{folder / accepted.FILE}: {count} procedures as {given.file.name} has them")
    return 0


def _side(path: Path) -> Side:
    if path.is_dir():
        return Side(loading.load(path), accepted.read(path))
    return Side(_read(path, None).catalogue)


def _read(path: Path, as_of: date | None) -> dump.Dump:
    """A dump; tells on standard error how far it is, and each row that it leaves out."""
    progress = _progress if sys.stderr.isatty() else lambda _line: None
    read = dump.read(path, as_of or vietnam_now().date(), progress)
    for row in read.unread:
        print(f"{path.name}: line {row.line} left out: {row.why}", file=sys.stderr)
    return read


def _progress(line: int) -> None:
    if line % STEP == 0:
        print(f"\r{line} rows", end="\r", file=sys.stderr, flush=True)


def _tell(changes: Sequence[Change]) -> None:
    for field, of_field in groupby(changes, lambda change: change.field):
        print(f"\n{field or '(all fields)'}")
        for (code, name), of_one in groupby(of_field, lambda change: (change.code, change.name)):
            print(f"  {code} {_cut(name)}" if code else "")
            for change in of_one:
                _tell_one(change)
    print(f"\n{_summary(changes)}" if changes else "no difference")


def _tell_one(change: Change) -> None:
    sign = SIGNS[change.how]
    texts = [_cut(text) for text in (change.before, change.after) if text]
    print(f"    {sign} {change.part}: {texts[0] if texts else change.how}")
    for text in texts[1:]:
        print(f"      {' ' * len(change.part)}→ {text}")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[:SHOWN].rstrip() + "…"


def _summary(changes: Sequence[Change]) -> str:
    whole = [change for change in changes if change.part == "procedure"]
    added = [change for change in whole if change.how == "added"]
    changed = {change.code for change in changes if change.part != "procedure"}
    return f"{len(added)} procedures added, {len(whole) - len(added)} removed, {len(changed)} changed"
