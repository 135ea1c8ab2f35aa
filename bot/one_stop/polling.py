"""Asks the one-stop software about followed dossiers, at a pace it can bear, and so tells their followers.

One at a time, each not more often than agreed, and less often while no clerk is at work.
"""

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from prometheus_client import Counter as Metric
from sqlalchemy import Engine

from bot.notices import follows
from bot.one_stop import polls
from bot.one_stop.pull import Asks, told_of
from bot.one_stop.taking import take_one
from bot.one_stop.values import BadValue
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.ports.dossiers import DossiersDown
from knowledge.office.calendar import Holidays
from knowledge.office.office import Office

logger = logging.getLogger(__name__)

ROUND_S = 60
MOST = 20  # questions a round, one after the other
AFTER_HOURS = timedelta(hours=1)  # in which clerks still write down what was done
IDLE = timedelta(hours=4)  # the pace while nobody works: what is told then waits for the morning anyway
USUAL, WEEKDAYS = (time(7), time(17)), range(5)  # where the office's hours are not known
LONGEST_PAUSE = timedelta(minutes=30)  # after so many failures


@dataclass
class Polling:
    """The rounds of one process."""

    engine: Engine
    vault: Vault
    look_up: Asks
    office: Office
    holidays: Holidays
    every: timedelta  # of one dossier, while the office works
    outcomes: Metric  # by outcome
    _failures: int = field(default=0, init=False)
    _paused_until: datetime | None = field(default=None, init=False)

    def round(self, now: datetime) -> Counter[str]:
        """Asks about those that have waited longest; how many had changed, or not, or could not be read."""
        told: Counter[str] = Counter()
        if self._paused_until and now < self._paused_until:
            return told
        before = now - (self.every if is_working(self.office, self.holidays, now) else max(self.every, IDLE))
        with database.reading(self.engine) as connection:
            codes = polls.due(connection, follows.open_codes(connection), before, now)[:MOST]
        for code in codes:
            with database.writing(self.engine) as connection:
                is_ours = polls.claim(connection, code, before, now)
            outcome = self._asked(code, now) if is_ours else ""
            told.update([outcome] if outcome else [])
            if outcome == "down":
                break
        for outcome, count in told.items():
            self.outcomes.labels(outcome).inc(count)
        return told

    def _asked(self, code: str, now: datetime) -> str:
        try:
            news = told_of(self.look_up, self.engine, code, now)
        except DossiersDown as error:
            self._pause(now, str(error))
            return "down"
        except BadValue as error:
            logger.warning("unreadable answer of the one-stop system", extra={"reason": str(error)})
            return "unreadable"
        self._failures = 0
        if news is None:
            return "unknown"
        with database.writing(self.engine) as connection:
            return take_one(connection, self.vault, news, now).outcome

    def _pause(self, now: datetime, reason: str) -> None:
        """Twice as long after each failure: a system that is down is not helped by questions."""
        self._failures += 1
        pause = min(timedelta(minutes=2 ** min(self._failures, 10)), LONGEST_PAUSE)
        self._paused_until = now + pause
        logger.warning("polling pauses", extra={"reason": reason, "minutes": pause.total_seconds() / 60})


def is_working(office: Office, holidays: Holidays, now: datetime) -> bool:
    """Whether clerks may be changing dossiers: from the first opening of a day to an hour after the last."""
    spans = office.open_on(now.date(), holidays)
    if spans is None:
        hours = [USUAL] if holidays.weekday(now.date()) in WEEKDAYS else []
    else:
        hours = [(spans[0].start, spans[-1].end)] if spans else []
    start_end = ((datetime.combine(now.date(), at, now.tzinfo) for at in pair) for pair in hours)
    return any(start <= now < end + AFTER_HOURS for start, end in start_end)
