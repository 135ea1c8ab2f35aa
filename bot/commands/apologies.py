"""`motcua dossiers apologise`: which dossiers are late, the clerk's apology, and its release."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.clock import vietnam_now
from bot.commands import context
from bot.commands.context import BadArguments
from bot.dossiers import apologies, embedded, stats
from bot.dossiers.apologies import Apology, Wanting, Watch
from bot.dossiers.due_dates import Promises
from bot.dossiers.held import Held
from bot.spreadsheets import cells
from bot.storage import database
from bot.storage.sealing import Vault
from knowledge.dossiers import statuses
from knowledge.office import calendar
from knowledge.procedures import loading
from knowledge.text import tidy


@dataclass(frozen=True)
class Asked:
    """What the clerk typed."""

    code: str = ""  # "": which dossiers want an apology?
    reason: str = ""
    due: str = ""  # day/month/year
    release: bool = False
    as_json: bool = False


def apologise(environ: Mapping[str, str], asked: Asked) -> int:
    """Lists what wants an apology; with a code drafts one, releases it, or both."""
    if not asked.code:
        return show(environ, asked.as_json)
    if not asked.release and not (asked.reason and asked.due):
        raise BadArguments("apologise CODE needs --reason and --due, or --release for what is drafted")
    engine, vault = context.opened(environ)
    code, now = context.argument("CODE", cells.code, asked.code), vietnam_now()
    with database.writing(engine) as connection:
        held = embedded.read(connection, vault, code)
        if held is None:
            raise BadArguments(f"{code}: no such dossier")
        if asked.reason or asked.due:
            print(_drafted(connection, vault, held, asked, now))
        if asked.release:
            print(_released(connection, vault, held, now))
    return 0


def show(environ: Mapping[str, str], as_json: bool) -> int:
    """Prints the dossiers that are late, or due within a working day, and whose followers were not told."""
    engine, vault = context.opened(environ)
    holidays = calendar.load()
    watch = Watch(Promises(loading.load(loading.FIELDS), holidays), holidays, vietnam_now().date())
    with database.reading(engine) as connection:
        known = {each.code: each for each in apologies.every(connection, vault)}
        found = watch.wanting(stats.every(connection, vault, "open"), known)
    if as_json:
        print(json.dumps([each._asdict() for each in found], default=date.isoformat, ensure_ascii=False))
        return 0
    print(f"{'code':24}{'due':12}{'days late':>9}  {'apology':10}state")
    for each in found:
        print(f"{each.code:24}{each.due!s:12}{each.days_late:9}  {_so_far(each):10}{_named(each.status)}")
    return 0


def _drafted(connection: Connection, vault: Vault, held: Held, asked: Asked, now: datetime) -> str:
    reason, new_due = tidy(asked.reason), context.moment("--due", asked.due)
    if not reason or new_due is None:
        raise BadArguments(f"{held.code}: an apology needs both, --reason and --due")
    due = Promises(loading.load(loading.FIELDS), calendar.load()).due_of(held)
    day = new_due.date()
    if day < now.date() or (due and day <= due):
        raise BadArguments(
            f"--due: {day:%d/%m/%Y}: choose a day after {max(due or day, now.date()):%d/%m/%Y}"
        )
    if number := apologies.waiting(connection, held.code):
        raise BadArguments(
            f"{held.code}: {number} followers are still to be told of the last apology; wait until they are"
        )
    _warn(apologies.find(connection, vault, held.code), due, now.date())
    apologies.draft(connection, vault, Apology(held.code, reason, due, day), now)
    return f"{held.code}: drafted, new due date {day}; --release tells who follows it"


def _warn(before: Apology | None, due: date | None, today: date) -> None:
    """The rule that one provincial regulation names; the article of NĐ 118/2025 is not verified: no block."""
    if before and before.times:
        print("warning: the date was moved before; as a rule it may be moved once", file=sys.stderr)
    if due and today > due - timedelta(days=1):
        print(f"warning: as a rule it is told a day before the due date, {due}", file=sys.stderr)


def _released(connection: Connection, vault: Vault, held: Held, now: datetime) -> str:
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
