"""`motcua trace`: who opened, changed or took out what."""

from argparse import Namespace
from datetime import datetime

from bot.clock import VIETNAM
from bot.commands.context import Command
from bot.commands.desk.told import print_table
from bot.storage import database
from bot.watching import trace
from handlers.desk.notice_words import ACTS, COMMANDS, SAID, TRACE_HEADS


def show(given: Namespace, command: Command) -> int:
    """Prints it, the newest first."""
    with database.reading(command.engine) as connection:
        found = trace.newest(connection, about=given.about.upper(), by=given.by, most=given.most)
    tr = command.tr
    rows = [
        (
            f"{datetime.fromtimestamp(seen.at, VIETNAM):%d/%m/%Y %H:%M}",
            seen.who,
            tr(ACTS[seen.act]),
            tr(COMMANDS.get(seen.command, seen.command)),
            seen.about,
        )
        for seen in found
    ]
    if rows:
        print_table([tr(head) for head in TRACE_HEADS], rows)
    else:
        print(tr(SAID["no_trace"]))
    return 0
