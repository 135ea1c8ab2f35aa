"""Dossiers as one would store them with SQLModel, names and phones in clear: the peer of `dossiers.py`."""

from datetime import date

from sqlmodel import Field, Relationship, SQLModel


class PeerDossier(SQLModel, table=True):
    """A dossier with a column a field."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, index=True)
    procedure: str = ""
    title: str = ""
    status: str = ""
    postal: str = ""
    received: date | None = None
    due: date | None = None
    finished: date | None = None
    missing: str = ""
    note: str = ""
    fee_due: int | None = None
    tracking: str = ""
    name: str = ""
    phone: str = ""
    id_number: str = ""
    changed_at: int = 0
    steps: list["PeerStep"] = Relationship()


class PeerStep(SQLModel, table=True):
    """A state that it came to."""

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int | None = Field(default=None, foreign_key="peerdossier.id", index=True)
    status: str
    at: int
    note: str = ""
