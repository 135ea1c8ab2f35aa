"""`motcua expiries`: papers that expire, for the clerk."""

import sys
from argparse import Namespace

from bot.channels import registry
from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.notices import expiries, expiry_store
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell, Cell
from bot.storage import database
from knowledge.notices import expiries as kinds


def import_table(given: Namespace, command: Command) -> int:
    """Takes in a CSV or Excel table; exit status 1 if rows were refused, each told by number and reason."""
    refused: list[str] = []
    papers = list(expiries.read(given.file, kinds.load(), vietnam_now().date(), refused.append, account))
    with database.writing(command.engine) as connection:
        new = expiry_store.add(connection, command.vault, papers)
    for reason in refused:
        print(reason, file=sys.stderr)
    print(f"{new} new, {len(papers) - new} unchanged, {len(refused)} refused")
    return 1 if refused else 0


def show(_given: Namespace, command: Command) -> int:
    """Prints all papers, first to expire first; `no` under told: its owner has not shared the phone yet."""
    known = kinds.load()
    print(f"{'expires on':12}{'told':6}{'phone':13}paper")
    with database.reading(command.engine) as connection:
        for each in expiry_store.every(connection, command.vault):
            paper, told = each.expiry, "yes" if each.is_reachable else "no"
            named = paper.name or known.kind(paper.kind).name
            print(f"{paper.expires_on!s:12}{told:6}{paper.phone:13}{named}")
    return 0


def account(cell: Cell) -> str:
    """The account that a clerk wrote down, "" for none. Raises BadCell."""
    written = cells.text(cell)
    if written and not registry.is_account(written):
        raise BadCell("no_account", examples=registry.account_examples())
    return written
