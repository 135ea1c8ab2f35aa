"""Who gives out the access token, and renews it ahead."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo.tokens import pair as rules
from bot.channels.zalo.tokens.answers import Answer, Denied, NeverSent, Unanswered
from bot.channels.zalo.tokens.oauth import TokenServer
from bot.channels.zalo.tokens.pair import Kept, Pair, Trouble, short_hash
from bot.channels.zalo.tokens.table import TokenTable
from bot.clock import vietnam_now
from bot.settings.settings import Settings
from bot.storage.sealing import Vault

logger = logging.getLogger(__name__)

LOOK_S = 60  # between two looks whether it is time
# Between tries to write a new pair down: it is nowhere else, and a database may be away for some minutes.
PAUSES_S = (0.2, 1, 5, *(20,) * 60)

Renew = Callable[[str], Awaitable[Answer]]  # of a refresh token


class NoToken(Exception):
    """There is no access token now: it is being renewed, a person has to log in, or the database is away."""


class Tokens:
    """The access token of one Official Account, for all that send."""

    def __init__(self, table: TokenTable, renew: Renew, now: Callable[[], datetime] = vietnam_now) -> None:
        self._table, self._ask, self._now = table, renew, now
        self._renewing: asyncio.Task[None] | None = None
        self._told: Trouble | None = None  # which trouble was logged

    async def current(self) -> str:
        """An access token that should be good. Raises NoToken."""
        try:
            for _ in range(2):
                kept = await asyncio.to_thread(self._table.read)
                if kept.pair and rules.is_good(kept, self._at()):
                    return kept.pair.access
                await self.renew_if_due()
        except SQLAlchemyError as error:  # nothing was sent yet
            raise NoToken("the database is away") from error
        raise NoToken(rules.trouble(kept, self._at()) or "being renewed")

    async def refused(self, access: str) -> None:
        """The API said that this token is bad: it is renewed, unless somebody did so already."""
        await asyncio.to_thread(self._table.refuse, access, self._at())
        await self.renew_if_due()

    async def renew_if_due(self) -> None:
        """Renews the pair if it is time, or waits for who does so here. Who stops waiting stops nothing."""
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._renew())
        await asyncio.shield(self._renewing)

    async def run(self) -> None:
        """Renews ahead until it is cancelled; a request that has left is still waited for."""
        try:
            while True:
                try:
                    await self.renew_if_due()
                except Exception:  # the edge: a database that is away must not end the loop
                    logger.exception("zalo token not looked after")
                await asyncio.sleep(LOOK_S)
        finally:
            if self._renewing:
                await asyncio.wait([self._renewing])

    async def _renew(self) -> None:
        begun = await asyncio.to_thread(self._table.begin, self._at())
        if begun is not None and begun.pair is not None:
            answer = await self._ask(begun.pair.refresh)
            _log(begun.pair, answer, await self._settled(begun, answer))
        self._alarm(await asyncio.to_thread(self._table.read))

    async def _settled(self, begun: Kept, answer: Answer) -> bool:
        """Whether a new pair is written. Raises SQLAlchemyError if the database stays away for very long."""
        for pause_s in PAUSES_S:
            try:
                return await asyncio.to_thread(self._table.settle, begun, answer, self._at())
            except SQLAlchemyError:
                logger.exception("zalo token not written yet")
            await asyncio.sleep(pause_s)
        return await asyncio.to_thread(self._table.settle, begun, answer, self._at())

    def _alarm(self, kept: Kept) -> None:
        """One line for each trouble, from each process."""
        at = self._at()
        found = rules.trouble(kept, at)
        if found and found is not self._told:
            logger.error(
                "zalo token: log in again with `motcua zalo login`",
                extra={"trouble": str(found), "error": kept.error, "good_for_s": rules.good_for(kept, at)},
            )
        self._told = found

    def _at(self) -> int:
        return int(self._now().timestamp())


def make(
    settings: Settings, engine: Engine, vault: Vault, now: Callable[[], datetime] = vietnam_now
) -> Tokens:
    """The tokens of the account of the settings."""
    return Tokens(TokenTable(engine, vault, settings.zalo_oa_id), TokenServer(settings).renew, now)


def _log(pair: Pair, answer: Answer, is_new: bool) -> None:
    """What became of a refresh token, which is told by its hash only; the line has its time."""
    known = {"refresh_token": short_hash(pair.refresh)}
    match answer:
        case Denied(error, name):
            logger.warning("zalo token not renewed", extra={**known, "error": error, "reason": name})
        case NeverSent() | Unanswered():
            logger.warning("zalo token not renewed", extra={**known, "reason": type(answer).__name__})
        case granted if is_new:
            logger.info("zalo token renewed", extra={**known, "new": short_hash(granted.refresh)})
        case _:
            logger.warning("zalo token renewed by another meanwhile", extra=known)
