"""Messages in and out of the table: kept before they are acknowledged, answered afterwards, a few at once."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo.platform import stored
from bot.channels.zalo.platform.answering import Answering, address_of
from bot.channels.zalo.platform.stored import Taken
from bot.channels.zalo.platform.updates import Received
from bot.outbox.outcomes import Later
from bot.storage import database
from bot.storage.sealing import Vault

logger = logging.getLogger(__name__)

AT_ONCE = 8  # people answered at the same time
LOOK_S = 5.0  # between two looks for what another process left
AGAIN_S = 1.0  # after a failure of ours
TOO_OLD = timedelta(hours=1)  # an answer that could not be given by then would puzzle

Result = TypeVar("Result")


class Inbox:
    """The table of messages, from a process that receives or answers them."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime]) -> None:
        self._engine, self._vault, self.now = engine, vault, now
        self.came = asyncio.Event()

    async def put(self, received: Received) -> bool:
        """Keeps it; False for one that came before."""
        is_new = await self.write(
            lambda connection: stored.put(connection, self._vault, address_of(received), received, self.now())
        )
        self.came.set()
        return is_new

    async def take(self, most: int) -> Sequence[Taken]:
        """Those whose turn it is."""
        return await self.write(lambda connection: stored.take(connection, self._vault, most, self.now()))

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """Does it in a transaction, in a thread."""
        return await asyncio.to_thread(self._written, work)

    def _written(self, work: Callable[[Connection], Result]) -> Result:
        with database.writing(self._engine) as connection:
            return work(connection)


async def work(inbox: Inbox, answering: Answering) -> None:
    """Answers what is kept until it is cancelled; what is in hand then is finished first."""
    in_hand: dict[int, asyncio.Task[None]] = {}
    try:
        while True:
            inbox.came.clear()
            taken = await _taken(inbox, AT_ONCE - len(in_hand))
            for each in taken:
                if each.id not in in_hand:  # its lease has ended, as by a clock that was set
                    in_hand[each.id] = asyncio.create_task(_answered(inbox, answering, each))
            if not taken or len(in_hand) == AT_ONCE:
                await _something(inbox, in_hand.values())
            in_hand = {number: task for number, task in in_hand.items() if not task.done()}
    finally:
        await asyncio.gather(*in_hand.values())


async def _taken(inbox: Inbox, most: int) -> Sequence[Taken]:
    try:
        return await inbox.take(most)
    except SQLAlchemyError as error:  # away for a while
        logger.error("no database to take messages from", extra={"error": type(error).__name__})  # noqa: TRY400
        return ()


async def _something(inbox: Inbox, in_hand: Iterable[asyncio.Task[None]]) -> None:
    """Waits for a message, for the end of an answer, or for a while."""
    came = asyncio.create_task(inbox.came.wait())
    try:
        await asyncio.wait({came, *in_hand}, timeout=LOOK_S, return_when=asyncio.FIRST_COMPLETED)
    finally:
        came.cancel()
        with suppress(asyncio.CancelledError):
            await came


async def _answered(inbox: Inbox, answering: Answering, taken: Taken) -> None:
    """The edge of one message: it must not stop the others. What cannot be noted comes again."""
    try:
        later = await _tried(inbox, answering, taken)
        now = inbox.now()
        is_over = now.timestamp() - taken.at > TOO_OLD.total_seconds()
        if later and not is_over:
            until = now + timedelta(seconds=later.seconds)
            await inbox.write(lambda connection: stored.later(connection, taken.id, until))
            return
        if later:
            logger.error("message given up", extra={"id": taken.id})
        await inbox.write(lambda connection: stored.finish(connection, taken.id, now))
    except Exception:
        logger.exception("message not noted", extra={"id": taken.id})


async def _tried(inbox: Inbox, answering: Answering, taken: Taken) -> Later | None:
    async def note(sent: int) -> None:
        await inbox.write(lambda connection: stored.note_sent(connection, taken.id, sent))

    try:
        return await answering.take(taken.received, taken.sent, note)
    except Exception:
        logger.exception("message not answered", extra={"id": taken.id})
        return Later(AGAIN_S)
