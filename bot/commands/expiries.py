"""`motcua expiries`: papers that expire, for the clerk."""

import sys
from argparse import Namespace

from bot.channels import registry
from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.commands.desk.told import print_table
from bot.notices import expiries, expiry_store
from bot.notices.expiries import BadRow
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell, Cell
from bot.storage import database
from handlers.desk.notice_words import PAPERS, SAID, YES_NO
from handlers.desk.table_preview import refused_lines
from handlers.desk.values import Reason, Refused
from handlers.language.format import date_text
from knowledge.notices import expiries as kinds


def import_table(given: Namespace, command: Command) -> int:
    """Takes in a CSV or Excel table; exit status 1 if rows were refused, each told by number and reason."""
    refused, tr = list[Refused](), command.tr

    def refuse(sheet: str, row: int, error: BadRow) -> None:
        heading = tr(PAPERS[error.column])
        refused.append(Refused(sheet, row, (Reason(error.code, heading=heading, facts=error.facts),)))

    papers = list(expiries.read(given.file, kinds.load(), vietnam_now().date(), refuse, account))
    with database.writing(command.engine) as connection:
        new = expiry_store.add(connection, command.vault, papers)
    for each in refused:
        print("\n".join(refused_lines(each, tr)), file=sys.stderr)
    counts = {"new": new, "unchanged": len(papers) - new, "refused": len(refused)}
    print(tr(SAID["papers_taken"]).format(**counts))
    return 1 if refused else 0


def show(_given: Namespace, command: Command) -> int:
    """Prints all papers, first to expire first, and whether their owner can be told."""
    known, tr = kinds.load(), command.tr
    rows = []
    with database.reading(command.engine) as connection:
        for each in expiry_store.every(connection, command.vault):
            paper = each.expiry
            named = paper.name or known.kind(paper.kind).name
            rows.append((date_text(paper.expires_on), tr(YES_NO[each.is_reachable]), paper.phone, named))
    if rows:
        print_table([tr(PAPERS[name]) for name in ("expires_on", "told", "phone", "paper")], rows)
    else:
        print(tr(SAID["no_papers"]))
    return 0


def account(cell: Cell) -> str:
    """The account that a clerk wrote down, "" for none. Raises BadCell."""
    written = cells.text(cell)
    if written and not registry.is_account(written):
        raise BadCell("no_account", examples=registry.account_examples())
    return written
