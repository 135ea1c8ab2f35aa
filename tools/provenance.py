"""A developer's tool: the source's rows beside ours, procedure by procedure, and numbers that differ.

    python -m tools.provenance DUMP.jsonl [--field ho-tich.toml] [CODE ...]

The dump holds one JSON object a line with `code`, `documents` (`name`, `originals`, `copies`, `kind`),
`time_limit` and `fee`, as the reviewed national data do.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge.procedures.catalogue import Catalogue, Procedure
from knowledge.procedures.loading import FIELDS, load

Record = Mapping[str, Any]  # one line of the dump, as it came


def report(source: Record, ours: Procedure) -> Iterator[str]:
    """Every source row with the entries that tell it, then what is missing and which numbers differ."""
    yield f"## {ours.code} {ours.name}"
    told = _told_by(ours)
    for number, row in enumerate(source["documents"]):
        count = f"{row['originals']}/{row['copies']}"
        yield f"[{number}] {row['kind']} {count} {row.get('case') or ''}: {row['name']}"
        yield from (f"      = {entry}" for entry in told.get(number, ["NOT TOLD"]))
    yield f"time: {json.dumps(source.get('time_limit'), ensure_ascii=False)}"
    yield from (f"      = {d.kind} {d.count or ''} {d.note or ''}" for d in ours.deadlines)
    yield f"fee: {json.dumps(source.get('fee'), ensure_ascii=False)}"
    yield from (
        f"      = {f.name}: {f.level} {f.amount or ''} {f.unit or ''} {f.note or ''}" for f in ours.fees
    )
    yield from (f"PROBLEM {ours.code}: {problem}" for problem in problems(source, ours))


def problems(source: Record, ours: Procedure) -> Iterator[str]:
    """Rows that nothing of ours tells, rows that do not exist, and numbers that differ."""
    rows, told = source["documents"], _told_by(ours)
    yield from (f"row {n} is not told" for n in range(len(rows)) if n not in told)
    yield from (f"row {n} does not exist" for n in told if n >= len(rows))
    for document in ours.documents:
        for row in (rows[n] for n in document.rows if n < len(rows)):
            yield from _differences(row, document.originals, document.copies, document.id)
            by_net = document.via == ("online",)  # what is shown at a desk is photographed there
            if row["kind"] == "present" and document.handling == "submit" and not by_net:
                yield f"document {document.id} is handed in; the source says it is shown"
    stated = (source.get("time_limit") or {}).get("working_days") or []
    counts = {d.count for d in ours.deadlines} | (
        {1} if any(d.kind == "same_day" for d in ours.deadlines) else set()
    )
    words = " ".join(f"{d.note}" for d in ours.deadlines)
    for days in stated if isinstance(stated, list) else [stated]:
        if days not in counts and str(days) not in re.findall(r"\d+", words):
            yield f"the source's deadline is {days} working days; ours {sorted(filter(None, counts))}"
    yield from _fee_problems(str(source.get("fee") or ""), ours)


def _differences(row: Record, originals: int | None, copies: int | None, name: str) -> Iterator[str]:
    for what, here, there in (("originals", originals, row["originals"]), ("copies", copies, row["copies"])):
        if here is not None and here != there:
            yield f"document {name}: {here} {what}; the source says {there}"


def _fee_problems(text: str, ours: Procedure) -> Iterator[str]:
    theirs = {int(re.sub(r"\D", "", n)) for n in re.findall(r"\d[\d.]{3,}(?=\s*(?:VNĐ|đồng|đ\b))", text)} - {
        0
    }
    told = " ".join(f"{f.amount or ''} {f.note or ''}" for f in ours.fees) + " ".join(
        n.text for n in ours.notes
    )
    numbers = {int(re.sub(r"\D", "", n)) for n in re.findall(r"\d[\d.]{2,}", told)}
    yield from (f"fee {n} of the source is not told" for n in sorted(theirs - numbers))
    amounts = {f.amount for f in ours.fees if f.amount}
    yield from (f"fee {n} does not stand in the source" for n in sorted(amounts - theirs))


def _told_by(ours: Procedure) -> dict[int, list[str]]:
    told: dict[int, list[str]] = {}
    entries = [
        *((d.rows, f"{d.handling} {d.originals}/{d.copies} {dict(d.when) or ''}: {d.name}"
                   f"{' | ' + d.note if d.note else ''}{' | ' + d.reason if d.reason else ''}"
                   f"{' | hoặc: ' + '; '.join(d.options) if d.options else ''}") for d in ours.documents),
        *((n.rows, f"note ({n.topic}): {n.text}") for n in ours.notes),
        *((s.rows, f"skipped: {s.why}") for s in ours.skipped),
    ]  # fmt: skip
    for rows, entry in entries:
        for row in rows:
            told.setdefault(row, []).append(entry)
    return told


def main() -> None:
    """Prints the report; exit status 1 if there is any problem."""
    parser = argparse.ArgumentParser(prog="python -m tools.provenance", description=__doc__.split("\n")[0])
    parser.add_argument("dump", type=Path)
    parser.add_argument("codes", nargs="*")
    parser.add_argument("--catalogue", type=Path, default=FIELDS)
    parser.add_argument("--problems", action="store_true", help="only what is missing or differs")
    given = parser.parse_args()
    catalogue: Catalogue = load(given.catalogue)
    found = False
    for line in given.dump.read_text(encoding="utf-8").splitlines():
        source = json.loads(line)
        ours = catalogue.procedures.get(source["code"])
        if ours is None or (given.codes and source["code"] not in given.codes):
            continue
        for text in report(source, ours):
            found |= text.startswith("PROBLEM")
            if text.startswith("PROBLEM") or not given.problems:
                sys.stdout.write(text + "\n")
    raise SystemExit(found)


if __name__ == "__main__":
    main()
