"""News of one-stop software into the store, placed in time where their sender tells no time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Engine

from bot.clock import VIETNAM
from bot.dossiers import embedded
from bot.dossiers.embedded import Recorded
from bot.dossiers.record import (
    CLEARED_WHEN_MOVED,
    CLEARED_WHILE_OPEN,
    KEPT_AS,
    NAMES,
    DossierRecord,
    Update,
    believed,
)
from bot.dossiers.take_in.people import is_other
from bot.storage import database
from bot.storage.sealing import Vault
from knowledge.dossiers.dossier_codes import Receipt, parse
from knowledge.dossiers.statuses import first_of, state_of

PART = 250  # rows a transaction: on SQLite whoever talks to us waits for it, some 20 ms
# fields that are dropped where the dossier's state has no use for them: nothing of them is held back
OF_A_STATE = frozenset([*CLEARED_WHEN_MOVED, *CLEARED_WHILE_OPEN])

Outcome = Literal["taken", "unchanged", "older", "left_state", "clock_ahead", "of_another"]
HELD: tuple[Outcome, ...] = ("older", "left_state", "clock_ahead", "of_another")


@dataclass(frozen=True, slots=True)
class News:
    """An update as a message tells it."""

    row: int  # its place in the message, from 0
    update: Update
    dated: bool = True  # False: it does not say when; `update.at` is then the last day that it speaks of
    is_ahead: bool = False  # its moment has not come: its sender's clock runs fast


class HeldBack(NamedTuple):
    """A row that does not count as it was sent."""

    row: int
    code: str
    fault: Outcome


@dataclass(frozen=True)
class Taken:
    """What became of the rows: each is in one of these."""

    taken: int = 0  # told something new
    unchanged: int = 0  # was known
    held: tuple[HeldBack, ...] = ()


def undated(news: News) -> News:
    """The same without its moment, which cannot be believed."""
    receipt = parse(news.update.code)
    day = receipt.day if isinstance(receipt, Receipt) else news.update.at.date()
    at = datetime.combine(day, time(), VIETNAM)
    return News(news.row, replace(news.update, at=at, since=None), dated=False, is_ahead=True)


def take(engine: Engine, vault: Vault, news: Sequence[News], now: datetime) -> Taken:
    """Records the news; doing it again, or going on after an error halfway, changes nothing more."""
    outcomes: list[tuple[News, Outcome]] = []
    # by code: two messages at once then wait for each other's rows in one order, which cannot lock them up
    ordered = sorted(news, key=lambda each: each.update.code)
    for start in range(0, len(ordered), PART):
        with database.writing(engine) as connection:
            outcomes += [
                (each, _taken(connection, vault, each, now)) for each in ordered[start : start + PART]
            ]
    held = (HeldBack(each.row, each.update.code, outcome) for each, outcome in outcomes if outcome in HELD)
    told = [outcome for _, outcome in outcomes]
    return Taken(told.count("taken"), told.count("unchanged"), tuple(sorted(held)))


def take_one(connection: Connection, vault: Vault, news: News, now: datetime) -> Recorded:
    """Records what its system itself says about one dossier."""
    held = None if news.dated else embedded.read(connection, vault, news.update.code)
    return embedded.record(connection, vault, placed(news, held and believed(held, now), now))


def _taken(connection: Connection, vault: Vault, news: News, now: datetime) -> Outcome:
    """Records a row that was pushed, and tells what became of it."""
    if news.update.name and _is_of_another(connection, vault, news.update):
        return "of_another"
    recorded = take_one(connection, vault, news, now)
    if news.is_ahead:
        return "clock_ahead"
    if news.update.status not in (None, recorded.after.status):
        return "older" if news.dated else "left_state"
    if recorded.outcome != "unchanged":
        return "taken"
    return "older" if _is_ignored(news.update, recorded.after) else "unchanged"


def _is_of_another(connection: Connection, vault: Vault, update: Update) -> bool:
    """Whether the code stands beside another person than before, with another phone or procedure."""
    held = embedded.read(connection, vault, update.code)
    return held is not None and is_other(held, replace(update, phone=_kept("phone", update.phone)))


def _is_ignored(update: Update, after: DossierRecord) -> bool:
    """Whether it says anything that is held otherwise, and from later."""
    told = ((name, getattr(update, name)) for name in NAMES if name not in OF_A_STATE)
    return any(
        value is not None and (_kept(name, value) or None) != getattr(after, name) for name, value in told
    )


def _kept(name: str, value: str | None) -> str | None:
    """A value in the form in which it is kept."""
    return KEPT_AS[name](value) if value and name in KEPT_AS else value


def placed(news: News, held: DossierRecord | None, now: datetime) -> Update:
    """The update, dated so that it counts as newer or older than what is held.

    A row without a date of its own can say again what is known, correct it, or take the dossier further. It
    cannot bring back a state that was left: that is a message come late, or repeated. Senders of such rows
    tell a return with a dated message of progress.
    """
    update = news.update
    if news.dated or held is None or _seconds(update.at) > held.changed_at:
        return update
    # of a state that is known already only its day is news
    known = update.status if update.since else None
    if update.status in (None, held.status):
        return replace(update, at=_moment(held.changed_at), status=known)
    if any(status == update.status for status, *_ in held.steps) or _rank(update.status) < _rank(held.status):
        return replace(update, at=_moment(held.changed_at - 1), status=known)
    return replace(update, at=_moment(held.changed_at), since=update.since or now)


def _rank(status: str | None) -> int:
    """How far that is; a state that the national list does not have is taken for one in work."""
    return (state_of(status or "") or first_of("in_work")).rank


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, VIETNAM)
