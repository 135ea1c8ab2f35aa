"""`motcua dossiers add`, `move`, `undo`, `correct`, `delete`: what a clerk does to a dossier."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.commands.desk import papers, told
from bot.desk import moving, numbering
from bot.dossiers import embedded, store
from bot.dossiers.record import DossierRecord, Update
from bot.dossiers.tables import words as desk_words
from bot.spreadsheets import cells
from bot.storage import database
from bot.turns import effects
from bot.turns.effects import By
from handlers.desk import words
from handlers.desk.refusals import Refused
from handlers.dossiers import slip
from handlers.language.format import date_text
from handlers.turn.effects import Consent
from knowledge.dossiers import moves, postal, statuses
from knowledge.dossiers.dossier_codes import Receipt, parse

# what a citizen may agree to at the desk, by the argument that says so
AGREED = {
    "notify": Consent("follow", slip.AT_DESK),
    "zalo": Consent(slip.ZALO_BY_PHONE, slip.BY_ZALO),
}
OFFERED = {"received": "01", "papers": "02"}  # the law's form that goes with a state


def add(given: Namespace, command: Command) -> int:
    """Takes in one dossier and says when it is due, and notes what the citizen agreed to."""
    now, vault = vietnam_now(), command.vault
    with database.writing(command.engine) as connection:
        update = _taken_in(given, command, connection, now)
        if embedded.read(connection, vault, update.code):
            raise Refused("dossier_exists", code=update.code)
        after = embedded.record(connection, vault, update).after
        agreed = [each for each in AGREED if getattr(given, each)]
        _note_phone(By(connection, vault, f"phone:{after.phone}", now), after, agreed)
    if not given.code:
        told.say(command, "proposed", code=update.code)
    title = command.catalogue.procedures[update.procedure or ""].short
    due = date_text(update.due) if update.due else ""
    told.say(command, "added" if due else "added_without_due", code=update.code, title=title, due=due)
    for each in agreed:
        told.say(command, "agreed", text=command.tr(slip.CONSENTS[AGREED[each].text]))
    papers.offer("01", update.code, given.print, command)
    return 0


def _taken_in(given: Namespace, command: Command, connection: Connection, now: datetime) -> Update:
    """As the clerk typed it. Raises Refused."""
    received = told.typed("--received", "date", cells.moment, given.received) or now
    code = told.typed("--code", "code", cells.code, given.code) if given.code else ""
    read = parse(code) if code else None
    if not given.anyway:
        moving.check_day("--received", received.date(), (_first_day(read, now), now.date()))
    if not code:
        code = numbering.next_code(store.codes(connection), now.date()) or ""
        if not code:
            raise Refused("no_code_yet")
    phone = told.typed("--phone", "phone", cells.phone, given.phone)
    id_number = told.typed("--id-number", "id_number", cells.id_number, given.id_number)
    if not (phone or id_number):
        raise Refused("no_second_fact", code=code)
    if not cells.text(given.name):
        raise Refused("no_name", code=code)
    procedure = told.procedure(given.procedure, command)
    return Update(
        code,
        now,
        status=statuses.first_of("received").wire,
        since=received,
        procedure=procedure,
        received=received.date(),
        due=command.promises.due(procedure, received),
        name=given.name,
        phone=phone,
        id_number=id_number or None,
        competent=given.for_office or None,
    )


def _first_day(read: object, now: datetime) -> date:
    """A code tells on which day it was given: it was not received before."""
    return read.day if isinstance(read, Receipt) else now.date().replace(year=now.year - 1, day=1)


def _note_phone(by: By, held: DossierRecord, agreed: Sequence[str]) -> None:
    """Keeps what the citizen agreed to; the phone itself was noted with the dossier."""
    if agreed and not held.phone:
        raise Refused("notify_without_phone", code=held.code, option=agreed[0])
    effects.apply(by, [AGREED[each] for each in agreed])


def move(given: Namespace, command: Command) -> int:
    """Brings a dossier to another state of the list, or of the post."""
    news = _moved(given, command, vietnam_now())
    with database.writing(command.engine) as connection:
        after = moving.move(told.desk(command, connection), news, anyway=given.anyway)
    told.say(command, "moved", code=after.code, state=told.state_text(after))
    told.say(command, "held", seconds=moving.HOLD_S, code=after.code)
    if after.postal == "posted" and not after.tracking:
        told.warn(command, "no_tracking", code=after.code)
    state = statuses.state_of(news.status or "")
    form = state and (OFFERED.get(state.awaits) or OFFERED.get(state.phase))
    if form == "02" and not after.missing:
        told.warn(command, "no_papers")
    elif form:
        papers.offer(form, after.code, given.print, command)
    return 0


def _moved(given: Namespace, command: Command, now: datetime) -> Update:
    """As the clerk typed it. Raises Refused."""
    posted = postal.state_of(given.status)
    with database.reading(command.engine) as connection:
        stated = moves.stated(given.status, desk_words.known(connection, "state"))
    state = stated and stated.state
    if not posted and not state:
        names = ", ".join(each.name for each in statuses.load().states)
        raise Refused("bad_state", value=given.status, names=names, posts=", ".join(postal.IDS))
    news = Update(
        told.code(given.code),
        now,
        postal=posted.id if posted and not state else None,
        posted_on=now.date() if posted and posted.id == "posted" else None,
        tracking=tracking(given.tracking, command),
        due=told.day("--due", given.due),
        missing_until=told.day("--until", given.until),
        fee_due=told.typed("--fee", "amount", cells.amount, given.fee),
        handed_to=given.handed_to or None,
    )
    if given.fee and news.fee_due is None:
        raise Refused("bad_amount", name="--fee", value=given.fee)
    note = given.note or None
    if not state:
        return replace(news, note=note)
    news = replace(news, status=state.wire, since=now, remark=given.note, stage=stated and stated.stage)
    return replace(news, missing=note) if state.awaits == "papers" else replace(news, note=note)


def undo(given: Namespace, command: Command) -> int:
    """Takes back what a clerk did last to a dossier."""
    with database.writing(command.engine) as connection:
        undone = moving.undo(told.desk(command, connection), told.code(given.code))
    act, code = command.tr(words.DONE[undone.act]), undone.record.code
    told.say(command, "undone", code=code, act=act, state=told.state_text(undone.record))
    if undone.stopped:
        told.say(command, "recalled", count=undone.stopped)
    if undone.corrected:
        told.say(command, "slip_told", count=undone.corrected)
    return 0


def tracking(code: str, command: Command) -> str | None:
    """A tracking code; one of another form is kept with a word."""
    if not code:
        return None
    found = postal.parse(code)
    if isinstance(found, postal.BadTracking):
        told.warn(command, "no_s10", code=code)
        return code
    return found.code
