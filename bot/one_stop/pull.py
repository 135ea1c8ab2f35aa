"""The port `Dossiers` where the one-stop system is asked: its answer is kept here and told from here."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Protocol

from sqlalchemy import Engine

from bot.clock import vietnam_now
from bot.dossiers import embedded, marks
from bot.dossiers.record import DossierRecord, Update, merged
from bot.dossiers.tables import words
from bot.dossiers.views import CLOSED, Glimpses, public_view
from bot.one_stop import judging, national, patience
from bot.one_stop.look_up import Answer
from bot.one_stop.taking import News, placed, take_one
from bot.one_stop.values import BadValue, States
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.ports.dossiers import Dossier, Dossiers, DossiersDown
from handlers.ports.guesses import Guesser
from knowledge.dossiers import second_factor
from knowledge.dossiers.second_factor import SecondFactor

logger = logging.getLogger(__name__)

FRESH_S = 60.0  # an answer is good for so long: one turn asks several times
KEPT = 1_000  # answers


class Asks(Protocol):
    """A look-up: `LookUp` is one."""

    def rows(self, code: str) -> list[Answer]:
        """What the system has under a code. Raises DossiersDown."""


def told_of(look_up: Asks, engine: Engine, code: str, now: datetime) -> News | None:
    """What the system says of this very dossier; None if it has none. Raises DossiersDown and BadValue."""
    rows = look_up.rows(code)
    with database.reading(engine) as connection:
        states = States(words.known(connection, "state"), keeps_unknown=True)
    for number, row in enumerate(rows):
        said = national.parse_row(row, "", now, states)
        if said.told.update.code == code:
            return News(number, judging.believable(said.told, now), said.dated)
    return None


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
        glimpses: Glimpses = CLOSED,
        now: Callable[[], datetime] = vietnam_now,
        fresh_s: float = FRESH_S,
    ) -> None:
        self._desk, self._engine, self._vault, self._look_up = desk, engine, vault, look_up
        self._glimpses, self._now, self._fresh_s = glimpses, now, fresh_s
        # code -> monotonic seconds, and what was told but not written down yet; oldest first
        self._answers: OrderedDict[str, tuple[float, News | None]] = OrderedDict()
        self._lock = Lock()

    def find(self, code: str) -> Dossier | None:
        """The dossier with that normalised code."""
        if news := self._news(code):
            with database.writing(self._engine) as connection:
                take_one(connection, self._vault, news, self._now())
            self._remember(code, None)  # from now on it stands in our desk
        return self._desk.find(code)

    def matches(self, code: str, digits: str) -> bool:
        """Whether these last digits end the phone or ID number given at the desk."""
        return marks.end_fits(self._marks(code, len(digits)), code, digits, self._vault)

    def matches_phone(self, code: str, phone: str) -> bool:
        """Whether this whole number is the phone given at the desk."""
        return marks.phone_fits(
            self._marks(code, second_factor.SECOND_FACTOR.digits), code, phone, self._vault
        )

    def glimpse(self, code: str, who: Guesser, now: datetime) -> Dossier | None:
        """Procedure and state alone, if the office opens them."""
        held = self._held(code) if self._glimpses.allows(code, who, now) else None
        return public_view(held) if held else None

    def _marks(self, code: str, digits: int) -> bytes:
        """As much work for a code that does not exist."""
        held = self._held(code)
        factor = SecondFactor(max(digits, second_factor.SECOND_FACTOR.digits))
        made = marks.of(held or _nobody(code, self._now()), self._vault, factor)
        return made if held else marks.nobody()

    def _held(self, code: str) -> DossierRecord | None:
        """What we would hold with the news. It is written down only for who has proved it is his."""
        news = self._news(code)
        with database.reading(self._engine) as connection:
            held = embedded.read(connection, self._vault, code)
        return merged(held, placed(news, held, self._now())) if news else held

    def _news(self, code: str) -> News | None:
        if known := self._fresh(code):
            return known[1]
        patience.check()
        try:
            news = told_of(self._look_up, self._engine, code, self._now())
        except BadValue as error:
            logger.warning("one-stop system down", extra={"reason": f"unreadable answer: {error}"})
            raise DossiersDown(f"unreadable answer: {error}") from error
        except DossiersDown as error:
            logger.warning("one-stop system down", extra={"reason": str(error)})
            raise
        self._remember(code, news)
        return news

    def _fresh(self, code: str) -> tuple[float, News | None] | None:
        """The last answer, while it is good."""
        with self._lock:
            known = self._answers.get(code)
        return known if known and monotonic() - known[0] < self._fresh_s else None

    def _remember(self, code: str, news: News | None) -> None:
        with self._lock:
            self._answers[code] = (monotonic(), news)
            self._answers.move_to_end(code)
            if len(self._answers) > KEPT:
                self._answers.popitem(last=False)


def _nobody(code: str, now: datetime) -> DossierRecord:
    """Stands in for a dossier that there is not."""
    return merged(None, Update(code, now, phone="0" * 10, id_number="0" * 12))
