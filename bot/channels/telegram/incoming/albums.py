"""The parts of an album, of which Telegram makes an update each, until they can be read as one message."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.incoming.kept import Keeping
from bot.channels.telegram.incoming.updates import Received, as_one

logger = logging.getLogger(__name__)

PAUSE_S = 0.7  # without a further part: then the album is whole. By webhook each takes a way and back


class Albums:
    """Keeps the parts until no more come; several processes may get parts of one album by webhook."""

    def __init__(
        self,
        kept: Keeping,
        read: Callable[[Mapping[str, Any]], Received | None],
        answer: Callable[[Received], Awaitable[None]],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self._kept, self._read, self._answer, self._sleep = kept, read, answer, sleep
        self._mine: dict[str, set[int]] = {}  # album -> numbers of the parts that came to this process
        self._tasks: set[asyncio.Task[None]] = set()

    async def add(self, part: Received, lane: AbstractAsyncContextManager[object]) -> None:
        """Keeps a part; with the first one the album takes its turn, in that lane."""
        mine = self._mine.get(part.album)
        if mine is None:
            mine = self._mine[part.album] = set()
            task = asyncio.create_task(self._whole(part, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        mine.add(part.number)
        try:
            await self._kept.put([part])
        except BaseException:  # not kept: Telegram delivers it again
            mine.discard(part.number)
            raise

    async def end(self) -> None:
        """Stops; what is not answered is kept."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _whole(self, part: Received, lane: AbstractAsyncContextManager[object]) -> None:
        async with lane:
            try:
                await self._answered(part)
            except SQLAlchemyError:  # what is kept is read again at the next start
                logger.exception("album not read", extra={"update": part.message_id})

    async def _answered(self, part: Received) -> None:
        try:
            parts = await self._grown(part)
        finally:
            mine = self._mine.pop(part.album)
        if parts and parts[0].number in mine:  # else the process that has its first part answers
            await self._answer(as_one(parts))
            await self._kept.drop([part.number for part in parts])

    async def _grown(self, part: Received) -> list[Received]:
        """All its parts, once there are no more than before the last pause."""
        before = -1
        while True:
            await self._sleep(PAUSE_S)
            rows = await self._kept.album(part.address, part.album)
            if len(rows) == before and len(rows) >= len(self._mine[part.album]):
                return list(filter(None, map(self._read, rows)))
            before = len(rows)
