"""`motcua dossiers correct` and `delete`: what was written wrongly."""

from argparse import Namespace

from bot.commands.context import Command
from bot.commands.desk import told
from bot.desk import moving
from bot.dossiers.record import DossierRecord
from bot.spreadsheets import cells
from bot.storage import database
from handlers.desk import words
from handlers.desk.refusals import Refused
from knowledge.dossiers import moves, phones
from knowledge.dossiers.dossier_codes import Receipt, parse

# the fields that a clerk mends, and their labels
CORRECTED = {
    "name": "applicant",
    "phone": "phone",
    "id_number": "ID number",
    "procedure": "procedure",
    "received": "received",
    "due": "due",
    "late_cause": "late because",
    "competent": "received for",
    "handed_to": "handed to",
}


def correct(given: Namespace, command: Command) -> int:
    """Gives fields of a dossier their right values."""
    code, mended = told.code(given.code), _mended(given, command)
    if not mended:
        raise Refused("nothing_to_correct", code=code)
    with database.writing(command.engine) as connection:
        desk = told.desk(command, connection)
        if not given.anyway:
            _check_days(desk, desk.held(code), mended)
        moving.correct(desk, code, mended, given.reason)
    labels = (command.tr(words.LABELS[label]) for name, label in CORRECTED.items() if name in mended)
    told.say(command, "corrected", code=code, fields=", ".join(labels))
    return 0


def _mended(given: Namespace, command: Command) -> dict[str, object]:
    """As the clerk typed it. Raises Refused."""
    found: dict[str, object] = {
        "name": given.name,
        "phone": phones.dialled(told.typed("--phone", "phone", cells.phone, given.phone)),
        "id_number": told.typed("--id-number", "id_number", cells.id_number, given.id_number),
        "procedure": told.procedure(given.procedure, command) if given.procedure else "",
        "received": told.day("--received", given.received),
        "due": told.day("--due", given.due),
        "competent": given.for_office,
        "handed_to": given.handed_to,
        "late_cause": _cause(given.late_cause) if given.late_cause else "",
    }
    return {name: value for name, value in found.items() if value}


def _cause(written: str) -> str:
    cause = moves.cause_of(written)
    if cause is None:
        names = ", ".join(each.name for each in moves.load().causes)
        raise Refused("bad_cause", name="--late-cause", value=written, names=names)
    return cause.id


def _check_days(desk: moving.Desk, held: DossierRecord, mended: dict[str, object]) -> None:
    """A mended day may be past, and must fit the other."""
    received = mended.get("received") or held.received
    read = parse(held.code)
    first = read.day if isinstance(read, Receipt) else desk.today - moving.FARTHEST
    moving.check_day("--received", mended.get("received"), (first, desk.today))  # type: ignore[arg-type]
    span = (received or first, desk.today + moving.FARTHEST)
    moving.check_day("--due", mended.get("due"), span, desk.holidays)  # type: ignore[arg-type]


def delete(given: Namespace, command: Command) -> int:
    """Takes a dossier out; the reason is kept as long as it can be taken back."""
    code = told.code(given.code)
    with database.writing(command.engine) as connection:
        moving.delete(told.desk(command, connection), code, given.reason)
    told.say(command, "deleted", code=code)
    return 0
