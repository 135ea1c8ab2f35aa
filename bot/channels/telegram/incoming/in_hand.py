"""Updates being answered, those of one chat in their order: a chat that has to wait holds up no other."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.incoming.kept import Keeping
from bot.channels.telegram.incoming.updates import Received

logger = logging.getLogger(__name__)

OF_CHAT = 50  # that wait; no person writes more during one pause
ROOM = 2000  # of all chats, of some 2 kB each; Telegram keeps the further ones


class Answering(Protocol):
    """What answers updates, those of one chat in the order of the calls."""

    kept: Keeping

    def read(self, data: Mapping[str, Any]) -> Received | None:
        """The update if it is for us."""

    async def finish(self, update: Received) -> None:
        """Answers an update, however long its chat has to wait."""


class InHand:
    """One task an update, until it is answered."""

    def __init__(self, telegram: Answering) -> None:
        self._telegram, self._kept = telegram, telegram.kept
        self._tasks: dict[int, asyncio.Task[None]] = {}  # by the number of the update
        self._of_chat: Counter[int] = Counter()
        self._fresh: list[Received] = []  # taken, and not known to be kept
        self._stored: set[int] = set()  # numbers of those that are

    async def resume(self, older_s: float = 0) -> None:
        """Takes what was kept before a stop, at least so long ago."""
        waiting = await self._kept.waiting(older_s)
        updates = [update for data in waiting if (update := self._telegram.read(data))]
        self._stored.update(update.number for update in updates if not update.album)
        for update in updates:
            await self._begin(update)

    async def take(self, updates: Iterable[Received]) -> None:
        """Begins to answer them; one that is in hand came again as its confirmation was lost."""
        for update in updates:
            if update.number in self._tasks:
                continue
            if self._of_chat[update.chat] >= OF_CHAT:
                logger.warning("chat writes too much", extra={"update": update.message_id})
                continue
            await self._begin(update)
            self._fresh.append(update)

    async def settle(self, patience_s: float) -> None:
        """Waits until what was taken is answered or kept, and there is room for more."""
        if tasks := self._running(self._fresh):
            await asyncio.wait(tasks, timeout=patience_s)
        await self._keep([update for update in self._fresh if update.number in self._tasks])
        self._fresh = []
        while len(self._tasks) >= ROOM:
            await asyncio.wait(self._tasks.values(), return_when=asyncio.FIRST_COMPLETED)

    async def end(self) -> None:
        """Stops; what is not answered comes again at the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _running(self, updates: Iterable[Received]) -> list[asyncio.Task[None]]:
        return [self._tasks[update.number] for update in updates if update.number in self._tasks]

    async def _begin(self, update: Received) -> None:
        if update.album:  # kept until it is whole: that takes no time
            await self._telegram.finish(update)
            return
        self._of_chat[update.chat] += 1
        self._tasks[update.number] = asyncio.create_task(self._answered(update))

    async def _answered(self, update: Received) -> None:
        try:
            await self._telegram.finish(update)
        finally:
            del self._tasks[update.number]
            self._of_chat[update.chat] -= 1
            self._of_chat += Counter()  # keeps the chats that wait, and no other
        if update.number in self._stored:
            self._stored.discard(update.number)
            await self._forget([update.number])

    async def _keep(self, slow: list[Received]) -> None:
        if not slow:
            return
        try:
            await self._kept.put(slow)
        except SQLAlchemyError:  # all wait then, and nothing is lost
            logger.exception("updates not kept")
            await asyncio.wait(self._running(slow))
            return
        self._stored.update(update.number for update in slow if update.number in self._tasks)
        await self._forget([update.number for update in slow if update.number not in self._tasks])

    async def _forget(self, answered: list[int]) -> None:
        try:
            if answered:
                await self._kept.drop(answered)
        except SQLAlchemyError:  # they are answered once more after a start
            logger.exception("answered updates not forgotten")
