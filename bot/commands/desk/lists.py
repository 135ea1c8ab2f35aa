"""`motcua dossiers list`, `show` and `export`: what the desk holds, found by what a clerk knows of it."""

import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.clock import VIETNAM, vietnam_now
from bot.commands.context import Command
from bot.commands.desk import told
from bot.desk import changes, queue
from bot.desk.workbook import Sheet, write
from bot.dossiers import store
from bot.dossiers.record import DossierRecord
from bot.storage import database
from handlers.desk import words
from handlers.desk.refusals import Refused
from handlers.language.format import date_text
from knowledge.dossiers import moves, second_factor
from knowledge.dossiers.dossier_codes import codes_in
from knowledge.dossiers.fields import ABOUT

COLUMNS = ("code", "state", "procedure", "applicant", "phone", "due", "standing")


def listing(given: Namespace, command: Command) -> int:
    """Prints the dossiers that all of the asked lists hold."""
    desk, found = _found(given, command)
    if given.json:
        print(json.dumps([_as_json(desk, held) for held in found], default=str, ensure_ascii=False))
        return 0
    _print(command, desk, found)
    return 0


def show(given: Namespace, command: Command) -> int:
    """Prints a dossier, found by code, name or phone; of several a list. The ID number by its end only."""
    desk, text = _desk(command), given.code
    code = next(iter(codes_in(text)), "")
    with database.reading(command.engine) as connection:
        if code:
            held = store.find(connection, command.vault, code)
            found = [held] if held else []
            gone = None if held else changes.find(connection, command.vault, code)
        else:
            found, gone = queue.wanted(desk, store.every(connection, command.vault), (), text=text), None
    if gone and gone.act == "deleted":
        day = date_text(datetime.fromtimestamp(gone.at, VIETNAM).date())
        told.say(command, "deleted_before", code=code, day=day, reason=gone.reason)
        return 1
    if not found:
        raise Refused("no_such_dossier", code=code) if code else Refused("nobody_found", value=text)
    if len(found) > 1:
        _print(command, desk, found)
        return 0
    _print_one(command, desk, found[0])
    return 0


def export(given: Namespace, command: Command) -> int:
    """Writes the asked list as Excel with the headings that `import` reads."""
    _, found = _found(given, command)
    write(given.file, [_sheet(found)])
    told.say(command, "wrote", count=len(found), path=given.file)
    return 0


def _desk(command: Command) -> queue.Desk:
    return queue.Desk(command.promises, command.holidays, command.catalogue, vietnam_now().date())


def _found(given: Namespace, command: Command) -> tuple[queue.Desk, list[DossierRecord]]:
    desk, lists = _desk(command), [name for name in queue.LISTS if getattr(given, name)]
    if given.field and all(each.id != given.field for each in command.catalogue.fields):
        raise Refused(
            "bad_field", value=given.field, names=", ".join(each.id for each in command.catalogue.fields)
        )
    with database.reading(command.engine) as connection:
        every = store.every(connection, command.vault)
        return desk, queue.wanted(desk, every, lists, given.field, given.text)


def _row(command: Command, desk: queue.Desk, held: DossierRecord) -> tuple[str, ...]:
    standing = desk.standing(held)
    due = date_text(standing.due) if standing.due else ""
    hold = words.standing_text(standing.pace, standing.days, command.tr)
    return held.code, told.state_text(held), desk.title(held), held.name or "", held.phone or "", due, hold


def _print(command: Command, desk: queue.Desk, found: list[DossierRecord]) -> None:
    if not found:
        told.say(command, "no_lists")
        return
    heads = [command.tr(words.LABELS[name]) for name in COLUMNS]
    told.print_table(heads, [_row(command, desk, held) for held in found])
    told.say(command, "found", count=len(found))


def _as_json(desk: queue.Desk, held: DossierRecord) -> dict[str, object]:
    standing = desk.standing(held)
    known = {
        name: getattr(held, name) for name in ABOUT if name != "id_number" and getattr(held, name) is not None
    }
    return {
        "code": held.code,
        "status": held.status,
        **known,
        "standing": standing.pace,
        "days": standing.days,
    }


def _print_one(command: Command, desk: queue.Desk, held: DossierRecord) -> None:
    standing = desk.standing(held)
    print(f"{held.code}: {told.state_text(held)}")
    lines = [*_shown(replace(held, due=desk.promises.due_of(held), title=desk.title(held)))]
    lines.append(("standing", words.standing_text(standing.pace, standing.days, command.tr)))
    for label, value in lines:
        print(f"  {command.tr(words.LABELS[label]):<18} {value}")
    for status, at, remark in held.steps:
        when = datetime.fromtimestamp(at, VIETNAM)
        print(f"  {when:%d/%m/%Y %H:%M}  {told.named(status)}  {remark}".rstrip())


def _shown(held: DossierRecord) -> Iterator[tuple[str, str]]:
    """What is known of it, a line a label; the ID number by its end only."""
    ends = second_factor.SECOND_FACTOR.of(held.id_number or "")
    # state and stage stand in the first line
    clear = replace(_in_words(held), id_number=ends and f"…{ends}", postal=None, stage=None)
    for label in dict.fromkeys(about.label for about in ABOUT.values() if about.label):
        values = (getattr(clear, name) for name, about in ABOUT.items() if about.label == label)
        if known := " ".join(words.shown(value) for value in values if value):
            yield label, known
    if held.finished:
        yield "finished", date_text(held.finished)


def _sheet(found: list[DossierRecord]) -> Sheet:
    """The columns that a table of the clerks has, each under the first of its spellings."""
    columns = {name: about.label or "finished" for name, about in ABOUT.items() if about.column}
    heads = [words.LABELS[label] for label in ("code", "state", *columns.values())]
    rows = [
        (
            held.code,
            held.state.name if held.state else held.status,
            *(getattr(held, name) for name in columns),
        )
        for held in map(_in_words, found)
    ]
    return Sheet("Hồ sơ", heads, rows)


def _in_words(held: DossierRecord) -> DossierRecord:
    """Stage and reason of lateness by their names."""
    stage, cause = moves.stage_of(held.stage or ""), moves.cause_of(held.late_cause or "")
    return replace(held, stage=stage.name if stage else None, late_cause=cause.name if cause else None)
