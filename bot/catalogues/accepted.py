"""What the dumps said when an editor last worked them in: fingerprints beside the field files.

Our documents are told in plain words, so their wording cannot show whether the source has changed since.
Its fingerprints can: for each procedure and source one of every part and of every row.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.catalogues.parts import fingerprint, joined, source_parts, source_rows
from knowledge.datafile import BadDataFile
from knowledge.procedures.catalogue import Catalogue, Procedure

FILE = "accepted.json"


@dataclass(frozen=True)
class Print:
    """One procedure of one dump."""

    parts: Mapping[str, str]  # name of the part -> fingerprint
    rows: tuple[str, ...]  # "fingerprint of the text/of its count", in the order of the dump


@dataclass(frozen=True)
class Accepted:
    """All that was accepted for one directory of field files."""

    prints: Mapping[str, Mapping[str, Print]]  # source's name -> code -> print
    known: Mapping[str, frozenset[str]]  # source's name -> all procedures of communes that it had


NONE = Accepted({}, {})


def print_of(unread: Procedure) -> Print:
    """The fingerprints of a procedure as a dump has it."""
    told = {name: fingerprint(joined(text)) for name, text in source_parts(unread).items()}
    return Print(told, tuple(row_print(*row) for row in source_rows(unread)))


def row_print(text: str, count: str) -> str:
    """Of a row of the dump."""
    return f"{fingerprint(text)}/{fingerprint(count)[:4]}"


def is_local(procedure: Procedure) -> bool:
    """Whether a commune's office takes it in, as far as a dump tells."""
    return procedure.place != "other"


def read(folder: Path) -> Accepted:
    """What was accepted for a directory; nothing if there is no such file. Raises BadDataFile, OSError."""
    path = folder / FILE
    if not path.is_file():
        return NONE
    try:
        return _parsed(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        told = f"{path}: {type(error).__name__}: {error}; make it again with `motcua catalogue accept`"
        raise BadDataFile([told]) from error


def _parsed(stored: dict[str, Any]) -> Accepted:
    prints = {
        source: {code: Print(told["parts"], tuple(told["rows"])) for code, told in of_source.items()}
        for source, of_source in stored["prints"].items()
    }
    return Accepted(prints, {source: frozenset(codes) for source, codes in stored["known"].items()})


def accept(before: Accepted, ours: Catalogue, dump: Catalogue, codes: frozenset[str]) -> Accepted:
    """With what the dump says of our procedures, or of those among `codes`; what it lacks is forgotten."""
    theirs = dump.procedures
    wanted = codes or frozenset(ours.procedures)
    prints, known = dict(before.prints), dict(before.known)
    for source in {p.source.name for p in theirs.values()}:
        kept = {code: told for code, told in prints.get(source, {}).items() if code not in wanted}
        found = {
            code: print_of(theirs[code]) for code in ours.procedures if code in wanted and code in theirs
        }
        prints[source] = kept | found
        local = frozenset(code for code, p in theirs.items() if is_local(p) and (not codes or code in codes))
        known[source] = (known.get(source, frozenset()) if codes else frozenset()) | local
    return Accepted(prints, known)


def write(accepted: Accepted, folder: Path) -> None:
    """One line a procedure, so that a commit shows what was accepted."""
    lines = []
    for source, of_source in sorted(accepted.prints.items()):
        told = (f"  {json.dumps(code)}: {json.dumps(asdict(of_source[code]))}" for code in sorted(of_source))
        lines.append(f" {json.dumps(source, ensure_ascii=False)}: {{\n" + ",\n".join(told) + "\n }")
    known = {source: sorted(codes) for source, codes in sorted(accepted.known.items())}
    text = (
        '{"prints": {\n'
        + ",\n".join(lines)
        + '\n},\n"known": '
        + json.dumps(known, ensure_ascii=False)
        + "}\n"
    )
    (folder / FILE).write_text(text, encoding="utf-8")
