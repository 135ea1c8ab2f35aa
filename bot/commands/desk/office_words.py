"""`motcua dossiers words`: what this office means by a heading or a state, for tables and for messages."""

from argparse import Namespace
from collections.abc import Iterator

from bot.commands.context import Command
from bot.commands.desk import told
from bot.commands.desk.tables import column_said, state_said
from bot.dossiers.tables import words
from bot.spreadsheets.headings import heading_words
from bot.storage import database
from handlers.desk.refusals import Refused
from handlers.desk.table_preview import LABELS
from handlers.desk.table_words import COLUMN_MEANS, NO_WORDS, STATE_MEANS
from knowledge.text import plain


def show(given: Namespace, command: Command) -> int:
    """Notes what is said, forgets what is not meant any more, and lists all."""
    with database.writing(command.engine) as connection:
        words.remember(connection, "column", dict(map(column_said, given.column)))
        words.remember(connection, "state", dict(map(state_said, given.state)))
        for said in given.forget:
            if not any([words.forget(connection, each) for each in {plain(said), heading_words(said)}]):
                raise Refused("no_such_word", value=said)
    lines = list(_lines(command))
    print("\n".join(lines or [command.tr(NO_WORDS)]))
    return 0


def _lines(command: Command) -> Iterator[str]:
    tr = command.tr
    with database.reading(command.engine) as connection:
        columns, states = words.known(connection, "column"), words.known(connection, "state")
    for written, means in sorted(columns.items()):
        yield tr(COLUMN_MEANS).format(written=written, means=tr(LABELS[means]))
    for written, means in sorted(states.items()):
        yield tr(STATE_MEANS).format(written=written, means=told.named(means))
