"""News of one-stop software into the store, placed in time where their sender tells no time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from bot.clock import VIETNAM
from bot.dossiers import embedded
from bot.dossiers.record import DossierRecord, Update
from bot.storage import database
from bot.storage.sealing import Vault
from knowledge.dossiers.statuses import first_of, state_of

PART = 250  # rows a transaction: on SQLite whoever talks to us waits for it, some 20 ms


@dataclass(frozen=True, slots=True)
class News:
    """An update as a message tells it."""

    row: int  # its place in the message, from 0
    update: Update
    dated: bool = True  # False: it does not say when; `update.at` is then the last day that it speaks of


@dataclass(frozen=True)
class Taken:
    """How many rows told something new."""

    taken: int = 0
    unchanged: int = 0


def take(engine: Engine, vault: Vault, news: Sequence[News], now: datetime) -> Taken:
    """Records the news; doing it again, or going on after an error halfway, changes nothing more."""
    taken = 0
    # by code: two messages at once then wait for each other's rows in one order, which cannot lock them up
    ordered = sorted(news, key=lambda each: each.update.code)
    for start in range(0, len(ordered), PART):
        with database.writing(engine) as connection:
            part = ordered[start : start + PART]
            taken += sum(take_one(connection, vault, each, now) for each in part)
    return Taken(taken, len(news) - taken)


def take_one(connection: Connection, vault: Vault, news: News, now: datetime) -> bool:
    """Whether it told something new."""
    held = None if news.dated else embedded.read(connection, vault, news.update.code)
    return embedded.record(connection, vault, placed(news, held, now)).outcome != "unchanged"


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
