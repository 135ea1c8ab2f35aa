"""Shows on open pages what is kept for them in the database, whichever process put it there."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.channels.web import stored
from bot.channels.web.streams import Events
from bot.clock import vietnam_now
from bot.outbox.channel import Send
from bot.outbox.outcomes import Outcome, Sent
from bot.storage import conversations, database
from bot.storage.sealing import Vault
from handlers.turn.messages import Reply

logger = logging.getLogger(__name__)

LOOK_S = 1.0  # between two looks: one query for all pages of this process
OVERLAP = timedelta(seconds=30)  # looked at again: what another process commits late
NOTICE = "notice-"  # source of a file that came with a notice


class WebInbox:
    """What was sent to the pages, and what still waits for them."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._now = engine, vault, now

    def after(self, address: str, number: int) -> list[tuple[int, tuple[Reply, ...]]]:
        """What came for this person after that number, oldest first. Blocks."""
        with database.reading(self._engine) as connection:
            return stored.since(connection, self._vault, address, number)

    def find(self, address: str, source: str) -> Sequence[Reply] | None:
        """The replies to a message, by its id, or those of a notice, by its number. Blocks."""
        with database.reading(self._engine) as connection:
            if not source.startswith(NOTICE):
                return conversations.replies_to(connection, self._vault, address, source)
            said = source.removeprefix(NOTICE)
            number = int(said) if said.isdecimal() and len(said) < 19 else 0  # what the database can hold
            kept = stored.since(connection, self._vault, address, number - 1)
        return next((replies for found, replies in kept if found == number), None)

    async def send(self, address: str, reply: Reply) -> Outcome:
        """Hands a notice to the page: kept until the person opens it."""
        return Sent(str(await asyncio.to_thread(self._put, address, reply)))

    async def watch(self, events: Events, look_s: float = LOOK_S) -> None:
        """Wakes the pages of persons for whom something came, until cancelled."""
        while True:
            await asyncio.sleep(look_s)
            if events.is_empty:
                continue
            try:
                for address in await asyncio.to_thread(self._recent):
                    events.wake(address)
            except Exception:  # the edge: a database that is away must not end the loop
                logger.exception("inbox not read")

    def _put(self, address: str, reply: Reply) -> int:
        with database.writing(self._engine) as connection:
            return stored.put(connection, self._vault, address, [reply], self._now())

    def _recent(self) -> set[str]:
        with database.reading(self._engine) as connection:
            return stored.recent(connection, self._now() - OVERLAP)


@asynccontextmanager
async def sending(engine: Engine, vault: Vault, home: str) -> AsyncIterator[Send]:
    """Notices for the pages, whichever process shows them; pushed too where the office has an address."""
    inbox = WebInbox(engine, vault, vietnam_now)
    if not home:
        yield inbox.send
        return
    from bot.channels.web.push.sending import pushing  # what it takes is needed by no other process

    async with pushing(engine, vault, home) as pushes:

        async def send(address: str, reply: Reply) -> Outcome:
            outcome = await inbox.send(address, reply)
            await pushes.tell(address, reply)
            return outcome

        yield send
