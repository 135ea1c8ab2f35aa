"""Documents that expire, read from the clerk's table."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from bot.notices.expiry_store import Expiry
from bot.spreadsheets import cells, table
from bot.spreadsheets.cells import BadCell, Cell
from bot.spreadsheets.headings import Columns
from bot.spreadsheets.table import Sheet, Spellings
from knowledge.notices.expiries import OTHER, Expiries
from knowledge.text import plain

HEADINGS = Path(__file__).with_name("expiry_headings.toml")
NEEDED = frozenset(["paper", "expires_on"])
LONGEST = 200  # letters of a name that are kept

V = TypeVar("V")
Account = Callable[[Cell], str]  # the address that a cell means, "" for an empty one. Raises BadCell


class BadRow(Exception):
    """A row that cannot be taken: in which column and why, as in `handlers.desk.faults`."""

    def __init__(self, column: str, code: str, facts: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(f"{column}: {code}")
        self.column, self.code, self.facts = column, code, facts


Refuse = Callable[[str, int, BadRow], None]  # the sheet, the row, and why


def is_enough(columns: Columns) -> bool:
    """Whether paper, day, and a phone or an account are among them."""
    return columns.keys() >= NEEDED and bool(columns.keys() & {"phone", "account"})


SPELLINGS = Spellings(HEADINGS, is_enough, "loại giấy, ngày hết hạn, điện thoại hoặc tài khoản")


def read(path: Path, known: Expiries, today: date, refuse: Refuse, account: Account) -> Iterator[Expiry]:
    """The entries of a table, row by row; `refuse` is told of each bad row. Raises BadTable."""
    kind_of = kinds(known)
    for sheet in table.sheets(path, SPELLINGS):
        take = _taker(sheet, kind_of, today, account)
        for number, row in sheet.rows:
            if all(cell in (None, "") for cell in row):
                continue
            try:
                paper = take(row)
            except BadRow as error:
                refuse(sheet.name, number, error)
                continue
            yield paper


def kinds(known: Expiries) -> Callable[[str], str]:
    """Finds the kind that a cell means: one whose name stands in it, else the kind for other papers."""
    names = sorted(
        ((plain(k.name), k.id) for k in known.kinds if k.id != OTHER), key=lambda each: -len(each[0])
    )

    def kind_of(paper: str) -> str:
        written = plain(paper)
        return next((kind for name, kind in names if paper == kind or name in written), OTHER)

    return kind_of


def _taker(
    sheet: Sheet, kind_of: Callable[[str], str], today: date, account: Account
) -> Callable[[Sequence[Cell]], Expiry]:
    def take(row: Sequence[Cell]) -> Expiry:
        def cell(name: str, parse: Callable[[Cell], V]) -> V:
            place = sheet.columns.get(name)
            try:
                return parse(row[place] if place is not None and place < len(row) else None)
            except BadCell as error:
                raise BadRow(name, error.code, tuple(error.facts.items())) from error

        phone, address = cell("phone", cells.phone), cell("account", account)
        if not phone and not address:
            raise BadRow("phone", "no_phone_and_no_account")
        name = cell("paper", _name)
        expires_on = cell("expires_on", lambda each: _day(cells.moment(each, sheet.epoch), today))
        return Expiry(kind_of(name), expires_on, phone, address, name)

    return take


def _name(cell: Cell) -> str:
    written = cells.text(cell)[:LONGEST]
    if not written:
        raise BadCell("empty")
    return written


def _day(moment: datetime | None, today: date) -> date:
    if moment is None:
        raise BadCell("empty")
    if moment.date() < today:
        raise BadCell("over_already")
    return moment.date()
