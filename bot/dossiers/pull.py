"""The port `Dossiers` where the one-stop system is asked: its answer is kept here and told from here."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Protocol

from sqlalchemy import Engine

from bot import database
from bot.clock import vietnam_now
from bot.dossiers import national
from bot.dossiers.look_up import Answer
from bot.dossiers.taking import News, take_one
from bot.dossiers.values import BadValue
from bot.secrets import Vault
from handlers.dossiers import Dossier, Dossiers, DossiersDown

logger = logging.getLogger(__name__)

FRESH_S = 60.0  # an answer is good for so long: one turn asks several times
KEPT = 10_000  # codes whose time of asking is remembered


class Asks(Protocol):
    """A look-up: `LookUp` is one."""

    def rows(self, code: str) -> list[Answer]:
        """What the system has under a code. Raises DossiersDown."""


class Pulled:
    """Each look-up first asks the one-stop system, for a known code as for any other. Raises DossiersDown.

    What we hold is not told while the system is down: it may have changed.
    """

    def __init__(
        self,
        desk: Dossiers,
        engine: Engine,
        vault: Vault,
        look_up: Asks,
        now: Callable[[], datetime] = vietnam_now,
        fresh_s: float = FRESH_S,
    ) -> None:
        self._desk, self._engine, self._vault, self._look_up = desk, engine, vault, look_up
        self._now, self._fresh_s = now, fresh_s
        self._asked_at: OrderedDict[str, float] = OrderedDict()  # code -> monotonic seconds, oldest first
        self._lock = Lock()

    def find(self, code: str) -> Dossier | None:
        """The dossier with that normalised code."""
        self._refresh(code)
        return self._desk.find(code)

    def matches(self, code: str, digits: str) -> bool:
        """Whether these are the last four digits of the phone or ID number given at the desk."""
        self._refresh(code)
        return self._desk.matches(code, digits)

    def matches_phone(self, code: str, phone: str) -> bool:
        """Whether this whole number is the phone given at the desk."""
        self._refresh(code)
        return self._desk.matches_phone(code, phone)

    def is_locked(self, code: str, now: datetime) -> bool:
        """Whether too many wrong facts were tried on this code; that we count ourselves."""
        return self._desk.is_locked(code, now)

    def _refresh(self, code: str) -> None:
        with self._lock:
            if monotonic() - self._asked_at.get(code, -self._fresh_s) < self._fresh_s:
                return
        try:
            news = self._told(code)
        except DossiersDown as error:
            logger.warning("one-stop system down", extra={"reason": str(error)})
            raise
        if news:
            with database.writing(self._engine) as connection:
                take_one(connection, self._vault, news, self._now())
        self._remember(code)

    def _told(self, code: str) -> News | None:
        """The row about this very dossier."""
        for number, row in enumerate(self._look_up.rows(code)):
            try:
                told = national.told(row, "", self._now())
            except BadValue as error:
                raise DossiersDown(f"unreadable answer: {error}") from error
            if told.update.code == code:
                return News(number, told.update, told.dated)
        return None

    def _remember(self, code: str) -> None:
        with self._lock:
            self._asked_at[code] = monotonic()
            self._asked_at.move_to_end(code)
            if len(self._asked_at) > KEPT:
                self._asked_at.popitem(last=False)
