"""Our procedures, told in plain words, against a dump's own: what changed since an editor read it."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.catalogues.accepted import Accepted, Print, row_print
from bot.catalogues.parts import (
    Found,
    document_text,
    fingerprint,
    joined,
    source_parts,
    source_rows,
    told_rows,
)
from knowledge import portal
from knowledge.procedures.catalogue import Catalogue, Procedure
from knowledge.text import plain

STRANGE = 60  # of 100; of our own rows one in a hundred resembles what we made of it less
_NUMBER = re.compile(r"\d[\d.]*")


def was_there(code: str, accepted: Accepted, dump: Catalogue) -> bool:
    """Whether a procedure that the dump lacks stood in it before; without a record it may have."""
    records = [accepted.prints[s] for s in _sources(dump) if s in accepted.prints]
    return not records or any(code in record for record in records)


def unknown(codes: Sequence[str], accepted: Accepted, dump: Catalogue) -> list[str] | None:
    """Those that the dump did not have before; None without a record."""
    records = [accepted.known[s] for s in _sources(dump) if s in accepted.known]
    return [code for code in codes if not any(code in record for record in records)] if records else None


def since_read(ours: Procedure, theirs: Procedure, accepted: Accepted) -> Found:
    """Part, how it changed, ours, theirs."""
    record = accepted.prints.get(theirs.source.name, {}).get(ours.code)
    if record is None:
        yield from _numbers(ours, theirs)
        yield from _strangers(ours, theirs)
        return
    told, now = _told(ours), _told(theirs)
    yield from (
        (part, "changed", told[part], text)
        for part, text in now.items()
        if record.parts.get(part) != fingerprint(text)
    )
    yield from _rows(ours, theirs, record, _reading(ours, record, accepted))


def _told(procedure: Procedure) -> dict[str, str]:
    return {part: joined(texts) for part, texts in source_parts(procedure).items()}


def _rows(ours: Procedure, theirs: Procedure, record: Print, made: dict[str, str]) -> Found:
    now = {row_print(*row): _row_text(*row) for row in source_rows(theirs)}
    gone = [row for row in dict.fromkeys(record.rows) if row not in now]
    texts = {row.split("/")[0]: row for row in gone}
    for row, text in now.items():
        if row in record.rows:
            continue
        recounted = texts.pop(row.split("/")[0], None)
        if recounted:
            gone.remove(recounted)
        yield "document", "changed" if recounted else "added", made.get(recounted or "", ""), text
    yield from (("document", "removed", made.get(row, "(a row we did not tell)"), "") for row in gone)


def _row_text(text: str, count: str) -> str:
    return f"{text} [{count}]" if count else text or "(an empty row)"


def _reading(ours: Procedure, record: Print, accepted: Accepted) -> dict[str, str]:
    """What we made of each accepted row; our row numbers are those of the reviewed data, if there are any."""
    reviewed = accepted.prints.get(portal.words().reviewed_source, {}).get(ours.code, record)
    told = told_rows(ours)
    made = {row.split("/")[0]: told[n] for n, row in enumerate(reviewed.rows) if n in told}
    return {row: made[row.split("/")[0]] for row in record.rows if row.split("/")[0] in made}


def _numbers(ours: Procedure, theirs: Procedure) -> Found:
    """Without a record: name, decision, and the days and sums that the dump states and we do not."""
    told, now = _told(ours), _told(theirs)
    for part in ("name", "decision"):
        if now[part] and _bag(told[part]) != _bag(now[part]):
            yield part, "changed", told[part], now[part]
    notes = " ".join(n.text for n in ours.notes)
    days = {d.count for d in theirs.deadlines if d.count}
    same_day = {1} if any(d.kind == "same_day" for d in ours.deadlines) else set()
    if days - same_day - {int(n) for n in _spoken(f"{told['deadline']} {notes}")}:
        yield "deadline", "changed", told["deadline"], now["deadline"]
    sums = {f.amount for f in theirs.fees if f.amount}
    if sums - {int(n) for n in _spoken(f"{told['fee']} {notes}")}:
        yield "fee", "changed", told["fee"], now["fee"]


def _bag(text: str) -> list[str]:
    """Words and numbers in any order: the portal has "QĐ2338-BTP" for 2338/QĐ-BTP."""
    return sorted(re.findall(r"\d+|[a-z]+", plain(text)))


def _spoken(text: str) -> list[str]:
    return [digits for found in _NUMBER.findall(text) if (digits := found.replace(".", ""))]


def _strangers(ours: Procedure, theirs: Procedure) -> Found:
    """Without a record, where the number of rows differs: those that resemble nothing of ours.

    Weak: half of all new rows resemble an old one as much as our plain words do.
    """
    rows, numbers = source_rows(theirs), told_rows(ours)
    if numbers.keys() == set(range(len(rows))):
        return
    told = [plain(text) for text in numbers.values()]
    for text, count in rows:
        if max((fuzz.token_set_ratio(plain(text), ours_) for ours_ in told), default=0) < STRANGE:
            yield "document", "added", "", _row_text(text, count)
    here = [plain(text) for text, _count in rows]
    for document in ours.documents:
        text = document_text(document)
        if max((fuzz.token_set_ratio(plain(text), theirs_) for theirs_ in here), default=0) < STRANGE:
            yield "document", "removed", text, ""


def _sources(dump: Catalogue) -> set[str]:
    return {p.source.name for p in dump.procedures.values()}
