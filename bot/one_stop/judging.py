"""Whether the days of a message can be, judged by the rules of the clerks' tables."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from bot.clock import VIETNAM
from bot.dossiers.record import Update
from bot.dossiers.tables import sense
from bot.dossiers.tables.sense import Days, Fault
from bot.one_stop.values import BadValue
from knowledge.dossiers.dossier_codes import Receipt
from knowledge.dossiers.statuses import state_of

EARLY = timedelta(days=7)  # so long before the day in its code a dossier may have begun, filed online

FIELDS = {"received": "received", "due": "due", "finished": "ended"}  # of an update, by those of `Days`

Keys = Mapping[str, str]  # the keys of a message by the names of `Days`


class Told(NamedTuple):
    """What a row tells, and what only its message has."""

    receipt: Receipt
    update: Update
    at: datetime | None = None  # when it became so, where it says that
    returned: date | None = None


def check(told: Told, keys: Keys, now: datetime) -> None:
    """Refuses days that cannot be; a dossier is received on the day in its code, unless it says another.

    Raises BadValue.
    """
    first = told.receipt.day
    if first > now.date():
        raise BadValue(keys["code"], "in_the_future")
    if told.at and told.at.date() < first - EARLY:
        raise BadValue(keys["changed"], "before_receipt")
    for fault in _faults(told, now):
        raise BadValue(keys[fault.column], fault.code, **dict(fault.facts))


def believable(told: Told, now: datetime) -> Update:
    """The news without the days that cannot be: for who has asked, and can refuse nothing."""
    wrong: dict[str, Any] = {
        FIELDS[fault.column]: None for fault in _faults(told, now) if fault.column in FIELDS
    }
    return replace(told.update, **wrong)


def _faults(told: Told, now: datetime) -> tuple[Fault, ...]:
    news, first = told.update, told.receipt.day
    state = state_of(news.status or "")
    # what is open has not ended: some senders write there when it should
    ends = (None, None) if state and state.is_open else (_at(news.ended), _at(told.returned))
    days = Days(_at(news.received or first), _at(news.due), *ends)
    return sense.judged(days, f"{first:%y%m%d}", now.date())[0]


def _at(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), VIETNAM) if day else None
