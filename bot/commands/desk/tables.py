"""`motcua dossiers import` and `undo-import`: clerks' tables, shown, taken in, and undone as a whole."""

import sys
from argparse import Namespace
from pathlib import Path

from sqlalchemy import Engine

from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.commands.desk import told
from bot.dossiers.tables import columns, importing, words
from bot.dossiers.tables.columns import Choices
from bot.dossiers.tables.importing import Table
from bot.dossiers.tables.procedures import procedures
from bot.dossiers.tables.refused_book import RefusedBook
from bot.dossiers.take_in import take_ins, undo
from bot.spreadsheets import cells
from bot.spreadsheets.headings import heading_words
from bot.storage import database
from handlers.desk import table_words as said
from handlers.desk.refusals import Refused
from handlers.desk.table_preview import LABELS, preview_lines
from handlers.desk.values import Preview
from handlers.language.i18n import Translate
from knowledge.dossiers import statuses
from knowledge.text import plain

BAR = 40  # characters
CLOCK = "%d/%m/%Y %H:%M"


def import_table(given: Namespace, command: Command) -> int:
    """Shows what a table holds and what it would do; takes it in unless it is a dry run.

    Exit status 1 if rows were not taken.
    """
    now, tr = vietnam_now(), command.tr
    table = importing.opened(
        given.file, choices(given, command.engine), procedures(command.catalogue), now, _draw
    )
    print(_wiped(), end="", file=sys.stderr)
    if not given.dry_run:
        table = _asked(table, tr)
    if given.dry_run:
        print(tr(said.DRY))
        preview = importing.look(table, command.engine, command.vault)
        print("\n".join(preview_lines(preview, tr)))
    else:
        preview = _take(table, given.out, command)
    return 1 if preview.counts.refused else 0


def undo_import(given: Namespace, command: Command) -> int:
    """Undoes a take-in as a whole; without a number lists them."""
    tr = command.tr
    if given.number is None:
        with database.reading(command.engine) as connection:
            found = take_ins.every(connection)
        for each in found:
            print(_listed(each, tr))
        if not found:
            print(tr(said.NONE))
        return 0
    undone = undo.undo(command.engine, command.vault, given.number, vietnam_now())
    print(tr(said.UNDONE).format(number=undone.id, new=undone.new, changed=undone.changed))
    return 0


def _take(table: Table, out: Path, command: Command) -> Preview:
    tr, book = command.tr, RefusedBook(table.parts, command.tr)
    preview, number = importing.take(table, command.engine, command.vault, book.add)
    print("\n".join(preview_lines(preview, tr)))
    print(tr(said.TAKEN).format(number=number))
    if book.rows:
        path = out / f"{Path(table.file).stem}-khong-nhan-{number}.xlsx"
        book.write(path)
        print(tr(said.REFUSED).format(path=path))
    return preview


def choices(given: Namespace, engine: Engine) -> Choices:
    """What is said this time, before what the office said earlier. Raises Refused."""
    said_columns = dict(column_said(each) for each in given.column)
    said_states = dict(state_said(each) for each in given.state)
    with database.reading(engine) as connection:
        own = words.known(connection, "column"), words.known(connection, "state")
    return Choices(
        columns={**own[0], **said_columns},
        states={**own[1], **said_states},
        sheets=tuple(given.sheet),
        hidden=given.hidden,
        backward=given.backward,
        as_of=told.typed("--as-of", "date", cells.moment, given.as_of),
        said_columns=said_columns,
        said_states=said_states,
    )


def column_said(said: str) -> tuple[str, str]:
    """A heading in plain words, and what the clerk says it holds. Raises Refused."""
    heading, _, name = said.rpartition("=")
    meaning = columns.meaning_named(name)
    if not heading_words(heading) or meaning is None:
        known = dict.fromkeys(label for label in LABELS.values() if columns.meaning_named(label))
        raise Refused("bad_column", value=said, known=", ".join(known))
    return heading_words(heading), meaning


def state_said(said: str) -> tuple[str, str]:
    """Words for a state, plain, and the number that the clerk gives them. Raises Refused."""
    written, _, name = said.rpartition("=")
    state = statuses.written_at_desk(name)
    if not plain(written) or state is None:
        raise Refused("bad_state_given", value=said)
    return plain(written), state.wire


def _asked(table: Table, tr: Translate) -> Table:
    """Whoever sits at a terminal is asked for what the table does not say; Enter keeps what was assumed."""
    if table.age.by != "newest" or not sys.stdin.isatty():
        return table
    answer = input(tr(said.ASK).format(at=f"{table.age.at:%d/%m/%Y}"))
    at = told.typed("--as-of", "date", cells.moment, answer)
    return table.spoken_at(at) if at else table


def _listed(each: take_ins.Listed, tr: Translate) -> str:
    line = tr(said.LISTED).format(
        number=each.id,
        at=f"{each.taken_at:{CLOCK}}",
        as_of=f"{each.as_of:{CLOCK}}",
        new=each.new,
        changed=each.changed,
    )
    return f"{line}; {tr(said.IS_UNDONE)}" if each.undone_at else line


def _draw(share: float) -> None:
    if sys.stderr.isatty():
        done = round(share * BAR)
        print(f"\r[{'#' * done}{'.' * (BAR - done)}] {share:4.0%}", end="", file=sys.stderr, flush=True)


def _wiped() -> str:
    return f"\r{' ' * (BAR + 8)}\r" if sys.stderr.isatty() else ""
