"""`motcua dossiers compare`: our figures beside a portal's export, with the differences by code."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date

from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.commands.desk import tables, told
from bot.desk import comparing
from bot.desk.comparing import Compared, Difference
from bot.desk.workbook import Sheet, write
from bot.dossiers import apologies, stats, store
from bot.dossiers.record import Update
from bot.dossiers.tables import importing
from bot.dossiers.tables import words as desk_words
from bot.dossiers.tables.procedures import procedures
from bot.dossiers.tables.remarks import Remarks
from bot.storage import database
from handlers.desk import words

SHOWN = 30  # differences that are printed; all of them stand in the file


def compare(given: Namespace, command: Command) -> int:
    """Prints totals and differences; writes nothing but the file. Exit status 1 if anything differs."""
    refused: list[int] = []  # numbers of rows
    now, choices = vietnam_now(), tables.choices(given, command.engine)
    table = importing.opened(given.file, choices, procedures(command.catalogue), now, lambda _: None)
    theirs = comparing.exported(_rows(table, refused))
    with database.writing(command.engine) as connection:
        desk_words.remember(connection, "column", choices.said_columns)
        desk_words.remember(connection, "state", choices.said_states)
    with database.reading(command.engine) as connection:
        first_dues = apologies.first_dues(connection)
        judge = stats.Judge(command.promises, command.holidays, now.date(), first_dues)
        found = comparing.compare(theirs, store.every(connection, command.vault), judge)
    _print(found, command)
    if refused:
        told.warn(command, "unread_rows", count=len(refused), file=given.file)
    if given.out and found.differences:
        rows = [_row(each, command) for each in found.differences]
        write(given.out, [Sheet("Khác nhau", _heads(command), rows)])
        told.say(command, "wrote", count=len({each.code for each in found.differences}), path=given.out)
    return 1 if found.differences or refused else 0


def _rows(table: importing.Table, refused: list[int]) -> Iterator[Update]:
    for _, update, _ in table.rows(Remarks(), lambda row, _: refused.append(row.row)):
        yield update


def _print(found: Compared, command: Command) -> None:
    tr = command.tr
    there, here = (tr(side) for side in words.SIDES)
    if found.first and found.last:
        span = (words.shown(day) for day in (found.first, found.last))
        told.say(command, "compared", first=next(span), last=next(span))
    total = (tr(words.FIGURE_LINES["all"]), str(found.theirs), str(found.ours))
    states = [(told.named(status) or "-", str(a), str(b)) for status, a, b in found.states]
    told.print_table(["", there, here], [total, *states])
    print()
    lines = zip((there, here), found.ratings, strict=True)
    rows = [[side, *map(str, astuple(line))] for side, line in lines]
    told.print_table(["", *map(tr, words.FIGURES)], rows)
    print()
    if not found.differences:
        told.say(command, "alike")
        return
    shown = [[_text(cell) for cell in _row(each, command)] for each in found.differences[:SHOWN]]
    told.print_table(_heads(command), shown)
    codes = len({each.code for each in found.differences})
    told.say(command, "differ", codes=codes, count=len(found.differences))
    if len(found.differences) > SHOWN:
        told.warn(command, "shown_first", count=SHOWN)


def _heads(command: Command) -> list[str]:
    tr = command.tr
    return [tr(words.LABELS["code"]), tr(words.DIFFERS_IN), *(tr(side) for side in words.SIDES)]


def _row(each: Difference, command: Command) -> list[str | date | None]:
    what = command.tr(words.DIFFERENCES[each.what])
    return [each.code, what, *(_value(each, side, command) for side in (each.theirs, each.ours))]


def _value(each: Difference, value: str | date | None, command: Command) -> str | date | None:
    if each.what == "rating":
        return command.tr(words.FIGURES[comparing.RATED.index(str(value)) + 1])
    return told.named(value) if isinstance(value, str) else value


def _text(cell: str | date | None) -> str:
    return words.shown(cell) if cell is not None else ""
