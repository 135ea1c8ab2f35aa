"""`motcua dossiers apologise`: which dossiers are late, the clerk's apology, and its release."""

import json
from argparse import Namespace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.commands.desk import papers, told
from bot.desk import moving
from bot.dossiers import apologies, store
from bot.dossiers.apologies import Apology, Wanting, Watch
from bot.dossiers.record import DossierRecord
from bot.storage import database
from handlers.desk import words
from handlers.desk.refusals import Refused
from handlers.language.format import date_text
from handlers.language.i18n import Translate
from knowledge.text import tidy


def apologise(given: Namespace, command: Command) -> int:
    """Lists what wants an apology; with a code drafts one, releases it, or both."""
    if not given.code:
        return _show(command, given.json)
    code, now = told.code(given.code), vietnam_now()
    if not given.release and not (given.reason and given.due):
        raise Refused("apology_incomplete", code=code)
    with database.writing(command.engine) as connection:
        held = told.desk(command, connection).held(code)
        if held.state and not held.state.is_open:
            raise Refused("no_longer_open", code=code)
        if given.reason or given.due:
            apology = _apology(held, given, command, now.date())
            _draft(connection, command, apology, now, given.anyway)
        if given.release:
            _release(connection, command, held, now)
    if given.reason:
        papers.offer("04", code, given.print, command)
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
    heads = [command.tr(words.LABELS[name]) for name in ("code", "due", "standing", "apology", "state")]
    rows = [
        (
            each.code,
            date_text(each.due),
            words.standing_text("late" if each.days_late else "left", each.days_late, command.tr),
            _so_far(each, command.tr),
            told.named(each.status),
        )
        for each in found
    ]
    told.print_table(heads, rows)
    return 0


def _apology(held: DossierRecord, given: Namespace, command: Command, today: date) -> Apology:
    """As the clerk typed it. Raises Refused."""
    reason, day = tidy(given.reason), told.day("--due", given.due)
    if not reason or day is None:
        raise Refused("apology_incomplete", code=held.code)
    due = command.promises.due_of(held)
    first = max(today, due + timedelta(days=1)) if due else today
    moving.check_day("--due", day, (first, today + moving.FARTHEST), command.holidays)
    return Apology(held.code, reason, due, day)


def _draft(connection: Connection, command: Command, apology: Apology, now: datetime, anyway: bool) -> None:
    """An appointment is moved once; another time only `anyway`."""
    if number := apologies.waiting(connection, apology.code):
        raise Refused("apology_on_its_way", code=apology.code, count=number)
    before = apologies.find(connection, command.vault, apology.code)
    if before and before.times and not anyway:
        raise Refused("date_moved_before", code=apology.code)
    if apology.first_due and now.date() > apology.first_due - timedelta(days=1):
        # so one provincial regulation says; the article of NĐ 118/2025 is not verified
        told.warn(command, "late_notice", due=date_text(apology.first_due))
    apologies.draft(connection, command.vault, apology, now)
    told.say(command, "drafted", code=apology.code, due=date_text(apology.new_due))


def _release(connection: Connection, command: Command, held: DossierRecord, now: datetime) -> None:
    """An apology that nobody could be told of is the clerk's to tell."""
    owed = apologies.release(connection, command.vault, held, now)
    found = apologies.find(connection, command.vault, held.code)
    if owed is None or found is None:
        raise Refused("apology_not_drafted", code=held.code)
    due = date_text(found.new_due)
    told.say(command, "released", code=held.code, due=due, count=owed.followers)
    if not owed.followers:
        told.say(command, "to_call" if owed.calls else "nobody", code=held.code)


def _so_far(each: Wanting, tr: Translate) -> str:
    if each.is_drafted:
        return tr(words.DRAFTED)
    return tr.plural(words.TIMES, each.times).format(count=each.times) if each.times else ""
