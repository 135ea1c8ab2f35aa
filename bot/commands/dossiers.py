"""`motcua dossiers`: the embedded desk of a commune without one-stop software of its own."""

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import astuple

from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.commands.desk import told
from bot.dossiers import apologies, guesses, stats, store
from bot.storage import database
from handlers.desk import words
from handlers.desk.refusals import Refused
from knowledge.dossiers import moves


def figures(given: Namespace, command: Command) -> int:
    """Prints how many came and how many were answered in time."""
    catalogue = command.catalogue
    with database.reading(command.engine) as connection:
        first_dues = apologies.first_dues(connection)
        judge = stats.Judge(command.promises, command.holidays, vietnam_now().date(), first_dues)
        counted = stats.stats(store.every(connection, command.vault), catalogue, judge)
    if given.json:
        print(json.dumps(counted.as_json(), ensure_ascii=False))
        return 0
    lines = [_figures_row(command.tr(words.FIGURE_LINES["all"]), counted.total)]
    names = {field.id: field.name for field in catalogue.fields} | {
        "": command.tr(words.FIGURE_LINES["other"])
    }
    for title, group, is_linked in (("one_stop", counted.one_stop, False), ("linked", counted.linked, True)):
        lines.append(_figures_row(command.tr(words.FIGURE_LINES[title]), group))
        lines += [
            _figures_row(f"  {names[field]}", line)
            for field, line in counted.fields.items()
            if (field in stats.LINKED) == is_linked
        ]
    told.print_table(["", *map(command.tr, words.FIGURES)], lines)
    if counted.late_by:
        print(_late_by(counted.late_by, command))
    return 0


def _late_by(counts: Mapping[str, int], command: Command) -> str:
    """How many are late for each reason, most first; those without one last."""
    ordered = sorted(counts.items(), key=lambda each: (not each[0], -each[1]))
    named = ((moves.cause_of(cause), count) for cause, count in ordered)
    told_of = (f"{cause.name if cause else command.tr(words.NO_CAUSE)} {count}" for cause, count in named)
    return f"{command.tr(words.LATE_BY)} {'; '.join(told_of)}"


def locks(_given: Namespace, command: Command) -> int:
    """Prints the codes on which a longer fact is asked for, after too many wrong ones."""
    with database.reading(command.engine) as connection:
        found = guesses.locks(connection, command.vault, vietnam_now())
    lines = [
        (str(lock.locks), f"{lock.until:%d/%m/%Y %H:%M}", lock.code or command.tr(words.NO_SUCH))
        for lock in found
    ]
    told.print_table([command.tr(head) for head in words.LOCKS], lines)
    return 0


def unlock(given: Namespace, command: Command) -> int:
    """Forgets the wrong guesses on a code: its last four digits are enough again."""
    code = told.code(given.code)
    with database.writing(command.engine) as connection:
        if not guesses.unlock(connection, command.vault, code):
            raise Refused("not_locked", code=code)
    print(command.tr(words.UNLOCKED).format(code=code))
    return 0


def _figures_row(title: str, line: stats.Figures) -> list[str]:
    return [title, *(str(number) for number in astuple(line))]
