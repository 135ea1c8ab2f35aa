"""A row of a dump as a procedure of the catalogue, taken over unread."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from knowledge.portal.row import COMMUNE, Paper, Reviewed, Row
from knowledge.portal.terms import deadlines, fees
from knowledge.portal.words import words
from knowledge.procedures.catalogue import Document, Note, Procedure, Skipped, Source
from knowledge.text import plain

SHORT = 120  # letters of the everyday name, which stands on buttons
LONG = 2000  # letters of conditions; longer ones are a law's text that nobody reads in a chat
_NUMBER = re.compile(r"\((?:\D*\s)?(\d+(?:/\d{4})?/[^\s()]+)\)$")  # "Luật Hộ tịch (60/2014/QH13)"


def read(record: Mapping[str, object]) -> Row:
    """A line of a dump in either shape; raises ValueError (pydantic's) with what is missing or wrong."""
    if "code" in record:
        return Reviewed.model_validate(record).row()
    return Row.model_validate(record)


def procedure(row: Row, as_of: date) -> Procedure:
    """The procedure as the portal states it; raises ValueError where the schema has no room for it."""
    told, name = words(), row.name.removesuffix(f"({row.code})").strip()  # some names end in their own code
    return Procedure(
        code=row.code,
        name=name,
        short=_short(name),
        about=name,
        asks=(),
        who=row.who or told.unknown,
        documents=tuple(_documents(row)),
        deadlines=tuple(deadlines(row.ways)),
        fees=tuple(fees(row.ways)),
        agency=row.agency or row.authority or told.unknown,
        methods=tuple(via for via in ("desk", "online", "post") if any(way.via == via for way in row.ways)),
        result=row.result or told.unknown,
        legal_basis=tuple(dict.fromkeys(_basis(text) for text in row.basis if text)),
        notes=tuple(_notes(row)),
        doubts=(told.unread,),
        decision=row.decision or None,
        evidence="partial",
        skipped=tuple(_skipped(row)),
        source=Source(name=told.reviewed_source if row.reviewed else told.source, as_of=as_of),
        checked=as_of,
        **_place(row),
    )


def _short(name: str) -> str:
    if len(name) <= SHORT:
        return name
    return name[:SHORT].rpartition(" ")[0].rstrip(" ,;:(") + "…"


def _place(row: Row) -> dict[str, str]:
    """The commune's desk, its police or its military command; anything else is told in the portal's words."""
    told, agency = words(), plain(row.agency)
    if row.level == COMMUNE and "cong an" in agency:
        return {"place": "police"}
    if row.level == COMMUNE and "quan su" in agency:
        return {"place": "military"}
    office = row.agency or row.authority
    ours = any(unit in plain(office) for unit in ("cap xa", "nhan dan xa", "ubnd xa", "phuong"))
    if row.level == COMMUNE and (ours or not office):
        return {"place": "one_stop", **({"where": row.address} if row.address else {})}
    where = told.where_agency.format(agency=office) if office else told.where
    return {"place": "other", "where": row.address or where}


def _documents(row: Row) -> Iterator[Document]:
    for number, paper in enumerate(row.papers):
        if paper.name and paper.kind != "note":
            shown = paper.kind == "present" or (not paper.kind and "xuat trinh" in plain(paper.heading))
            yield Document(
                id=f"row-{number}",
                name=paper.name,
                handling="present" if shown else "submit",
                note=_note(paper),
                rows=(number,),
                **_quantity(paper),
            )


def _quantity(paper: Paper) -> dict[str, int]:
    """The portal's numbers where the row's own words agree with them."""
    if paper.originals and not paper.copies and "bản chính" in paper.name.lower():
        return {"originals": paper.originals}
    if paper.copies and not paper.originals and "bản sao" in paper.name.lower():
        return {"copies": paper.copies}
    return {}


def _note(paper: Paper) -> str | None:
    """What the portal says beside the row: its heading, and numbers that the words do not confirm."""
    parts = [words().heading.format(heading=paper.heading.rstrip(" :"))] if paper.heading else []
    if (paper.originals or paper.copies) and not _quantity(paper):
        parts.append(words().quantity.format(originals=paper.originals or 0, copies=paper.copies or 0))
    return " ".join(parts) or None


def _notes(row: Row) -> Iterator[Note]:
    if row.conditions:
        text = row.conditions if len(row.conditions) <= LONG else words().long_conditions
        yield Note(text=text, topic="condition")
    for number, paper in enumerate(row.papers):
        if paper.name and paper.kind == "note":
            yield Note(text=paper.name, topic="documents", rows=(number,))


def _skipped(row: Row) -> Iterator[Skipped]:
    blank = tuple(number for number, paper in enumerate(row.papers) if not paper.name)
    if blank:
        yield Skipped(rows=blank, why=words().blank_row)


def _basis(text: str) -> str:
    """The number with what it is: "Thông tư 38/2015/TT-BTC"; a text without a number stays as it is."""
    found = _NUMBER.search(text)
    if found is None:
        return text
    named = next((kind for kind in words().laws if plain(text).startswith(plain(kind) + " ")), "")
    kind = named or next((kind for mark, kind in words().law_marks.items() if mark in found[1]), "")
    return f"{kind} {found[1]}".strip()
