"""What a clerk does to a dossier: slips are refused, and what was done can be taken back for a while."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, NoReturn

from sqlalchemy import Connection

from bot.clock import VIETNAM
from bot.desk import changes
from bot.dossiers import announce, embedded, store
from bot.dossiers.record import DossierRecord, Update, believed, national
from bot.notices import phone_follows
from bot.storage.sealing import Vault
from handlers.desk.refusals import Refused
from handlers.language.format import date_text
from knowledge.dossiers import moves, postal, statuses
from knowledge.dossiers.deadlines import pauses_in
from knowledge.dossiers.plausible_days import unlikely
from knowledge.office.calendar import Holidays

HOLD_S = 60  # a notice waits so long after a clerk's move: in that time nobody has heard of a slip
FARTHEST = timedelta(days=550)  # no procedure takes longer
LATEST_PAPERS = timedelta(days=370)


@dataclass(frozen=True)
class Desk:
    """What every act needs: its transaction, and what day it is."""

    connection: Connection
    vault: Vault
    holidays: Holidays
    now: datetime

    @property
    def today(self) -> date:
        """In Vietnam."""
        return self.now.astimezone(VIETNAM).date()

    def held(self, code: str) -> DossierRecord:
        """The dossier of that code, until the transaction ends nobody else's. Raises Refused."""
        found = store.find(self.connection, self.vault, code, hold=True)
        if found is None:
            raise Refused("no_such_dossier", code=code)
        return believed(found, self.now)


class Undone(NamedTuple):
    """What was taken back."""

    record: DossierRecord
    act: changes.Act
    stopped: int  # notices that nobody has got
    corrected: int  # people who are told that it was a slip


def move(desk: Desk, news: Update, *, anyway: bool = False) -> DossierRecord:
    """Brings a dossier to another state, of the list or of the post. Raises Refused, unless `anyway`."""
    held = desk.held(news.code)
    if not anyway:
        check(desk, held, news)
    # whatever came before, the clerk's word is the newest
    at = max(news.at, datetime.fromtimestamp(held.changed_at + 1, VIETNAM))
    dated = replace(news, at=at, since=news.since and at)
    after = embedded.record(desk.connection, desk.vault, dated, HOLD_S).after
    changes.remember(desk.connection, desk.vault, held, ("moved", after.changed_at, ""), desk.now)
    return after


def check(desk: Desk, held: DossierRecord, news: Update) -> None:
    """Refuses what cannot be: the order of states, days, and asking for papers a second time."""
    if news.status and (state := statuses.state_of(news.status)):
        _check_state(held, state)
    if news.postal and (posted := postal.state_of(news.postal)):
        meant = moves.impossible_post(held.status, held.postal or "", posted.id)
        if meant:
            _refuse_move(held, held.postal and _post_name(held.postal), posted.name, meant.name)
    first = held.received or desk.today
    check_day("--due", news.due, (max(first, desk.today), desk.today + FARTHEST), desk.holidays)
    check_day("--until", news.missing_until, (desk.today, desk.today + LATEST_PAPERS))


def check_day(name: str, day: date | None, span: tuple[date, date], open_on: Holidays | None = None) -> None:
    """Refuses a day that cannot be meant."""
    found = day and unlikely(day, *span, open_on)
    if day and found:
        meant = date_text(found.meant) if found.meant else ""
        raise Refused(found.reason, name=name, day=date_text(day), bound=date_text(found.bound), meant=meant)


def correct(desk: Desk, code: str, mended: dict[str, object], reason: str) -> DossierRecord:
    """Gives fields their right values, whatever is held: what nobody can tell as news. Raises Refused."""
    held = desk.held(code)
    at = max(int(desk.now.timestamp()), held.changed_at + 1)
    after = DossierRecord.of({**held.__dict__, **mended, "changed_at": at})
    store.change(desk.connection, desk.vault, after)
    _remember_phone(desk, held, after)
    changes.remember(desk.connection, desk.vault, held, ("corrected", at, reason), desk.now)
    return after


def delete(desk: Desk, code: str, reason: str) -> None:
    """Takes a dossier out, with what waits to be told of it; who follows it is told. Raises Refused."""
    held = desk.held(code)
    store.delete(desk.connection, code)
    announce.removed(desk.connection, code, desk.now, HOLD_S)
    phone_follows.forget_code(desk.connection, code)
    changes.remember(desk.connection, desk.vault, held, ("deleted", 0, reason), desk.now)


def undo(desk: Desk, code: str) -> Undone:
    """Takes back what a clerk did last to a dossier; who heard of it by then is told. Raises Refused."""
    change = changes.find(desk.connection, desk.vault, code)
    if change is None:
        raise Refused("nothing_to_undo", code=code)
    held = store.find(desk.connection, desk.vault, code, hold=True)
    if (held.changed_at if held else 0) != change.after:
        raise Refused("changed_since", code=code)
    at = max(int(desk.now.timestamp()), change.after + 1)
    record = replace(change.before, changed_at=at, stated_at=at)
    if held is None:
        store.add(desk.connection, desk.vault, record)
        announce.remember_phones(desk.connection, desk.vault, [(None, record)], desk.now)
        stopped, corrected = announce.recall_removal(desk.connection, code, change.at, desk.now)
    else:
        store.change(desk.connection, desk.vault, record)
        _remember_phone(desk, held, record)
        stopped, corrected = announce.recall(desk.connection, change.before, held, desk.now)
    changes.drop(desk.connection, code)
    return Undone(record, change.act, stopped, corrected)


def asked_before(held: DossierRecord) -> bool:
    """Whether papers were asked for once already, and came."""
    return any(came for _, came in pauses_in(national(held.steps)))


def _remember_phone(desk: Desk, held: DossierRecord, after: DossierRecord) -> None:
    """The owner of a number that was wrong must not follow the dossier when he shows his."""
    if after.phone != held.phone:
        phone_follows.forget_code(desk.connection, held.code)
        announce.remember_phones(desk.connection, desk.vault, [(held, after)], desk.now)


def _check_state(held: DossierRecord, state: statuses.State) -> None:
    here = statuses.state_of(held.status)
    if here and here.code == state.code:
        return
    if meant := moves.impossible(held.status, state):
        _refuse_move(held, here.name if here else held.status, state.name, meant.name)
    if state.awaits == "papers" and asked_before(held):
        raise Refused("papers_asked_before", code=held.code)


def _refuse_move(held: DossierRecord, before: str | None, after: str, meant: str) -> NoReturn:
    raise Refused("impossible_move", code=held.code, before=before or "-", after=after, meant=meant)


def _post_name(wire: str) -> str:
    state = postal.state_of(wire)
    return state.name if state else wire
