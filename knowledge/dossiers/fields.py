"""The fields of a dossier, described once: clerks' columns, messages, the record and its views go by this.

A new column of the clerks is its spellings in `bot/dossiers/headings.toml` and one field here. Citizens see
it when `seen_by` says so, `handlers.ports.dossiers.Dossier` has it and a text tells it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal, Self

# how a value is read, whoever writes it: each reader has a parser for each kind
Kind = Literal[
    "text", "procedure", "day", "money", "tracking", "phone", "id_number", "post", "stage", "cause"
]
TEXTS: tuple[Kind, ...] = ("text", "procedure", "tracking", "phone", "id_number", "post", "stage", "cause")
Viewer = Literal["anyone", "owner", "desk"]  # who knows the code; who has proved it is his; the clerk


@dataclass(frozen=True)
class About:
    """What holds for one field."""

    kind: Kind
    label: str  # in `motcua dossiers show`; those alike stand in one line, "" in none
    seen_by: Viewer = "owner"
    column: str = ""  # in headings.toml; "": it comes with another column
    key: str = ""  # in a message of our own; "": it comes with another key
    national: str = ""  # in DongBoHoSoMC; "": it does not stand there as such
    of_applicant: bool = False  # in a message of our own it stands under `applicant`
    is_clear: bool = False  # in a column of the database, to count by; all else is sealed
    cleared_when_moved: bool = False  # asked for in one state: settled when the dossier leaves it
    cleared_while_open: bool = False  # holds of a dossier that has ended


def told(kind: Kind, label: str, **more: Any) -> Any:
    """A field that nothing is told of unless somebody does; `more` as in About."""
    return field(default=None, metadata={"about": About(kind, label, **more)})


@dataclass(frozen=True, kw_only=True)
class DossierFields:
    """What is told of a dossier. None: nothing is said, or known."""

    procedure: str | None = told(  # national code
        "procedure", "procedure", seen_by="anyone", is_clear=True,
        column="procedure", key="procedure", national="MaTTHC",
    )  # fmt: skip
    title: str | None = told(  # the procedure as its sender calls it, where the catalogue lacks the code
        "text", "procedure", seen_by="anyone", key="title", national="TenTTHC"
    )
    name: str | None = told(
        "text", "applicant", seen_by="desk", of_applicant=True, column="name", key="name", national="ChuHoSo"
    )
    phone: str | None = told(  # in a record as dialled: "0901234567"
        "phone", "phone", seen_by="desk", of_applicant=True,
        column="phone", key="phone", national="SoDienThoai",
    )  # fmt: skip
    id_number: str | None = told(
        "id_number", "ID number", seen_by="desk", of_applicant=True,
        column="id_number", key="id_number", national="MaDoiTuong",
    )  # fmt: skip
    received: date | None = told(
        "day", "received", is_clear=True, column="received", key="received", national="NgayTiepNhan"
    )
    due: date | None = told("day", "due", is_clear=True, column="due", key="due", national="NgayHenTra")
    ended: date | None = told(  # the end of processing as a sender names it; see `record.finished`
        "day", "", seen_by="desk", cleared_while_open=True,
        column="finished", key="finished", national="NgayKetThucXuLy",
    )  # fmt: skip
    missing: str | None = told("text", "missing", cleared_when_moved=True, column="missing", key="missing")
    missing_until: date | None = told(  # until when the papers have to come
        "day", "until", cleared_when_moved=True, column="missing_until", key="missing_until"
    )
    fee_due: int | None = told(  # đồng; 0: nothing any more
        "money", "fee due", cleared_when_moved=True, column="fee_due", key="fee_due"
    )
    postal: str | None = told("post", "post")  # id of knowledge.dossiers.postal; comes as a state
    tracking: str | None = told("tracking", "post", column="tracking", key="tracking")
    note: str | None = told(  # of the state it came with: it goes with it
        "text", "note", cleared_when_moved=True, column="note", key="note", national="GhiChu"
    )
    stage: str | None = told(  # where within its state: an id of moves.toml
        "stage", "stage", seen_by="desk", cleared_when_moved=True, column="stage", key="stage"
    )
    competent: str | None = told(  # another office that decides
        "text", "received for", seen_by="desk", column="competent", key="competent"
    )
    handed_to: str | None = told(
        "text", "handed to", seen_by="desk", cleared_while_open=True, column="handed_to", key="handed_to"
    )
    late_cause: str | None = told(  # an id of moves.toml
        "cause", "late because", seen_by="desk", column="late_cause", key="late_cause"
    )
    posted_on: date | None = told("day", "posted", seen_by="desk")  # given to the post

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The same as `cls(**values)` in a quarter of the time: an import makes a million of them."""
        made = object.__new__(cls)
        made.__dict__.update(values)  # what is left out has its default in the class
        return made


ABOUT: Mapping[str, About] = {each.name: each.metadata["about"] for each in fields(DossierFields)}


def seen_by(*viewers: Viewer) -> tuple[str, ...]:
    """The fields that these may see."""
    return tuple(name for name, about in ABOUT.items() if about.seen_by in viewers)
