"""Which channels are one person's, read from the database for the conversation."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Engine

from bot.clock import VIETNAM
from bot.notices import links
from bot.people import codes, short_links
from bot.storage import database
from bot.storage.drafts import random_code
from bot.storage.sealing import Vault
from handlers.ports.links import Asking, Linked

Opens = Callable[[str], Mapping[str, str]]  # of a payload: what opens each channel with it


class LinksOnDatabase:
    """The port `Links` on our tables; for many threads at once."""

    def __init__(self, engine: Engine, vault: Vault, opens: Opens) -> None:
        self._engine, self._vault, self.opens = engine, vault, opens

    def new_code(self) -> str:
        """One of the alphabet that is read aloud."""
        return random_code()

    def channels(self, address: str) -> tuple[Linked, ...]:
        """The last used first."""
        with database.reading(self._engine) as connection:
            found = links.channels(connection, address)
        return tuple(Linked(c.number, c.address, datetime.fromtimestamp(c.since, VIETNAM)) for c in found)

    def asking(self, code: str, now: datetime) -> Asking | None:
        """By the code's mark."""
        with database.reading(self._engine) as connection:
            return _asking(codes.find(connection, self._vault, code, now))

    def taken(self, number: int, address: str, now: datetime) -> Asking | None:
        """By its number."""
        with database.reading(self._engine) as connection:
            return _asking(codes.taken(connection, address, number, now))

    def payload(self, code: str) -> str:
        """By the letters' mark."""
        with database.reading(self._engine) as connection:
            return short_links.find(connection, self._vault, code)


def _asking(shown: codes.Shown | None) -> Asking | None:
    return Asking(*shown) if shown else None
