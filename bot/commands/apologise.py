"""`motcua dossiers apologise`: which dossiers are late, the clerk's apology, and its release."""

import json
import sys
from argparse import Namespace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.clock import vietnam_now
from bot.commands import context
from bot.commands.context import BadArguments, Command
from bot.dossiers import apologies, embedded, store
from bot.dossiers.apologies import Apology, Wanting, Watch
from bot.dossiers.record import DossierRecord
from bot.spreadsheets import cells
from bot.storage import database
from bot.storage.sealing import Vault
from knowledge.dossiers import statuses
from knowledge.text import tidy


def apologise(given: Namespace, command: Command) -> int:
    """Lists what wants an apology; with a code drafts one, releases it, or both."""
    if not given.code:
        return _show(command, given.json)
    if not given.release and not (given.reason and given.due):
        raise BadArguments("apologise CODE needs --reason and --due, or --release for what is drafted")
    code, now = context.argument("CODE", cells.code, given.code), vietnam_now()
    with database.writing(command.engine) as connection:
        held = embedded.read(connection, command.vault, code)
        if held is None:
            raise BadArguments(f"{code}: no such dossier")
        if given.reason or given.due:
            apology = _apology(held, given, command, now.date())
            print(_drafted(connection, command.vault, apology, now))
        if given.release:
            print(_released(connection, command.vault, held, now))
    return 0


def _show(command: Command, as_json: bool) -> int:
    """Prints the dossiers that are late, or due within a working day, and whose followers were not told."""
    watch = Watch(command.promises, command.holidays, vietnam_now().date())
    with database.reading(command.engine) as connection:
        known = {each.code: each for each in apologies.every(connection, command.vault)}
        found = watch.wanting(store.every(connection, command.vault, "open"), known)
    if as_json:
        print(json.dumps([each._asdict() for each in found], default=date.isoformat, ensure_ascii=False))
        return 0
    print(f"{'code':24}{'due':12}{'days late':>9}  {'apology':10}state")
    for each in found:
        print(f"{each.code:24}{each.due!s:12}{each.days_late:9}  {_so_far(each):10}{_named(each.status)}")
    return 0


def _apology(held: DossierRecord, given: Namespace, command: Command, today: date) -> Apology:
    """As the clerk typed it. Raises BadArguments."""
    reason, new_due = tidy(given.reason), context.moment("--due", given.due)
    if not reason or new_due is None:
        raise BadArguments(f"{held.code}: an apology needs both, --reason and --due")
    due, day = command.promises.due_of(held), new_due.date()
    if day < today or (due and day <= due):
        raise BadArguments(f"--due: {day:%d/%m/%Y}: choose a day after {max(due or day, today):%d/%m/%Y}")
    return Apology(held.code, reason, due, day)


def _drafted(connection: Connection, vault: Vault, apology: Apology, now: datetime) -> str:
    if number := apologies.waiting(connection, apology.code):
        raise BadArguments(
            f"{apology.code}: {number} followers are not told of the last apology yet; wait until they are"
        )
    _warn(apologies.find(connection, vault, apology.code), apology.first_due, now.date())
    apologies.draft(connection, vault, apology, now)
    return f"{apology.code}: drafted, new due date {apology.new_due}; --release tells who follows it"


def _warn(before: Apology | None, due: date | None, today: date) -> None:
    """The rule that one provincial regulation names; the article of NĐ 118/2025 is not verified: no block."""
    if before and before.times:
        print("warning: the date was moved before; as a rule it may be moved once", file=sys.stderr)
    if due and today > due - timedelta(days=1):
        print(f"warning: as a rule it is told a day before the due date, {due}", file=sys.stderr)


def _released(connection: Connection, vault: Vault, held: DossierRecord, now: datetime) -> str:
    told = apologies.release(connection, vault, held, now)
    if told is None:
        raise BadArguments(f"{held.code}: nothing to release; draft it with --reason and --due")
    found = apologies.find(connection, vault, held.code)
    return f"{held.code}: released, due {found.new_due if found else ''}, {told} told"


def _so_far(each: Wanting) -> str:
    if each.is_drafted:
        return "drafted"
    return f"{each.times} before" if each.times else "none"


def _named(status: str) -> str:
    state = statuses.state_of(status)
    return state.name if state else status
