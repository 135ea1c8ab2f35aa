"""Papers that expire, from the clerk's table: read, kept sealed, and listed."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, text

from bot.outbox.enqueue import phone_mark
from bot.spreadsheets import cells, table
from bot.spreadsheets.cells import BadCell, Cell
from bot.spreadsheets.headings import BadRow, Columns, known_columns
from bot.spreadsheets.table import BadTable, Sheet
from bot.storage.sealing import Vault
from knowledge.notices.expiries import OTHER, Licences
from knowledge.text import plain

HEADINGS = Path(__file__).with_name("expiry_headings.toml")
NEEDED = frozenset(["paper", "expires_on"])
ACCOUNT = re.compile(r"(telegram|zalo):[0-9A-Za-z_-]{1,40}", re.ASCII)
PAPER = 200  # letters of a name that are kept

# The same row sealed in the same place is the same bytes: by them a table that comes again is known.
ADD = text(
    "INSERT INTO licence (address, phone_mark, kind, expires_on, content)"
    " SELECT :address, :phone_mark, :kind, :expires_on, :content"
    " WHERE NOT EXISTS (SELECT 1 FROM licence WHERE kind = :kind AND expires_on = :expires_on"
    " AND content = :content AND phone_mark = :phone_mark AND (:address = '' OR address = :address))"
)
ALL = text("SELECT id, address, phone_mark, kind, expires_on, content FROM licence ORDER BY expires_on, id")

V = TypeVar("V")


class Licence(NamedTuple):
    """A row of the clerk's table. Never log it."""

    kind: str  # id of knowledge.licences
    expires_on: date
    phone: str = ""  # digits; "": only the account is known
    address: str = ""  # "telegram:1234"; "": not known
    paper: str = ""  # as the clerk calls it


class Kept(NamedTuple):
    """A paper as it is listed."""

    number: int
    licence: Licence
    is_reachable: bool  # an account is known; else its owner is to share the phone number first


def columns(heading: Sequence[Cell]) -> Columns:
    """The columns that we know; empty unless paper, day, and a phone or an account are among them."""
    found = known_columns(heading, HEADINGS)
    return found if found.keys() >= NEEDED and found.keys() & {"phone", "account"} else {}


def read(path: Path, known: Licences, today: date, refuse: Callable[[str], None]) -> Iterator[Licence]:
    """The papers in a table, row by row; `refuse` is told of each bad row. Raises BadTable."""
    kind_of = kinds(known)
    with table.sheets(path, columns) as found:
        sheet = None
        for sheet in found:
            yield from table.taken(sheet, _taker(sheet, kind_of, today), refuse)
    if sheet is None:
        raise BadTable(
            f"{path}: no row of headings with loại giấy, ngày hết hạn, and điện thoại or tài khoản"
        )


def kinds(known: Licences) -> Callable[[str], str]:
    """Finds the kind that a cell means: one whose name stands in it, else the kind for other papers."""
    names = sorted(
        ((plain(k.name), k.id) for k in known.kinds if k.id != OTHER), key=lambda each: -len(each[0])
    )

    def kind_of(paper: str) -> str:
        written = plain(paper)
        return next((kind for name, kind in names if paper == kind or name in written), OTHER)

    return kind_of


def add(connection: Connection, vault: Vault, papers: Iterable[Licence]) -> int:
    """Keeps them; what is kept already stays as it is. How many are new."""
    return sum(connection.execute(ADD, _row(vault, paper)).rowcount for paper in papers)


def every(connection: Connection, vault: Vault) -> Iterator[Kept]:
    """All papers, first to expire first. Raises WrongKey."""
    for row in connection.execute(ALL):
        mark, expires_on = bytes(row.phone_mark), date.fromisoformat(row.expires_on)
        rest = {}
        if row.content:  # nothing but its day is kept of what a citizen entered
            rest = from_json(vault.open(bytes(row.content), _place(mark, row.kind, expires_on)))
        yield Kept(row.id, Licence(row.kind, expires_on, address=row.address, **rest), bool(row.address))


def _taker(sheet: Sheet, kind_of: Callable[[str], str], today: date) -> Callable[[Sequence[Cell]], Licence]:
    def take(row: Sequence[Cell]) -> Licence:
        def cell(name: str, parse: Callable[[Cell], V]) -> V:
            place = sheet.columns.get(name)
            try:
                return parse(row[place] if place is not None and place < len(row) else None)
            except BadCell as error:
                raise BadRow(f"{name}: {error}") from error

        phone, address = cell("phone", cells.phone), cell("account", _account)
        if not phone and not address:
            raise BadRow("phone: empty, and no account")
        paper = cell("paper", _paper)
        expires_on = cell("expires_on", lambda each: _day(cells.moment(each, sheet.epoch), today))
        return Licence(kind_of(paper), expires_on, phone, address, paper)

    return take


def _account(cell: Cell) -> str:
    written = cells.text(cell)
    if written and not ACCOUNT.fullmatch(written):
        raise BadCell("no account; write telegram:NUMBER or zalo:NUMBER")
    return written


def _paper(cell: Cell) -> str:
    written = cells.text(cell)[:PAPER]
    if not written:
        raise BadCell("empty")
    return written


def _day(moment: datetime | None, today: date) -> date:
    if moment is None:
        raise BadCell("empty")
    if moment.date() < today:
        raise BadCell("over already")
    return moment.date()


def _row(vault: Vault, paper: Licence) -> dict[str, object]:
    mark = phone_mark(vault, paper.phone) if paper.phone else b""
    rest = to_json({"phone": paper.phone, "paper": paper.paper})
    return {
        "address": paper.address,
        "phone_mark": mark,
        "kind": paper.kind,
        "expires_on": paper.expires_on.isoformat(),
        "content": vault.seal(rest, _place(mark, paper.kind, paper.expires_on)),
    }


def _place(mark: bytes, kind: str, expires_on: date) -> str:
    return f"licence/{mark.hex()}/{kind}/{expires_on}"
