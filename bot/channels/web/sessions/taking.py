"""A talk is taken along from the screen in a hall to the own phone: by a code, once, within minutes."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from itsdangerous import BadSignature, TimestampSigner

from bot.address import Address, parse
from bot.channels.web.sessions.cookies import Table, Visitor
from bot.channels.web.sessions.table import CHANNEL
from bot.settings.settings import Settings

LASTS_S = 180  # a code on a screen that others see


class Taking:
    """Makes codes and takes them. A code names the session and which cookie of it: its use ends both."""

    def __init__(self, settings: Settings, table: Table, now: Callable[[], datetime]) -> None:
        self._signer = TimestampSigner(
            settings.keys[::-1], salt="take along", key_derivation="hmac", digest_method=hashlib.sha256
        )
        self._table, self._now = table, now

    async def code(self, visitor: Visitor) -> str:
        """For who sees the screen now."""
        await asyncio.to_thread(self._table.share, visitor.address, self._now())
        return self._signer.sign(f"{parse(visitor.address).person}.{visitor.generation}").decode()

    def of(self, code: str) -> Visitor | None:
        """Whose it is; None for one that is too old, or not of ours."""
        try:
            person, _, generation = self._signer.unsign(code, max_age=LASTS_S).decode().partition(".")
        except BadSignature:
            return None
        return Visitor(str(Address(CHANNEL, person)), int(generation))

    async def take(self, code: str) -> Visitor | None:
        """Who goes on elsewhere from now on; None if the code is not good any more."""
        visitor = self.of(code)
        if visitor is None:
            return None
        moved = await asyncio.to_thread(self._table.move, visitor.address, visitor.generation, self._now())
        return replace(visitor, generation=visitor.generation + 1) if moved else None
