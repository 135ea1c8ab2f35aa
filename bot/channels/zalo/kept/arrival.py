"""The way into the table of events: those that come at once are stored in one transaction."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Engine

from bot.channels.zalo.kept import store
from bot.channels.zalo.kept.store import Arrived
from bot.storage import database
from bot.storage.sealing import Vault


class Arrival:
    """Stores events; `came` is set when there is something to work off."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._now = engine, vault, now
        self._waiting: list[tuple[Arrived, asyncio.Future[bool]]] = []
        self._storing: asyncio.Task[None] | None = None
        self.came = asyncio.Event()

    async def put(self, arrived: Arrived) -> bool:
        """Whether it is new; it is in the database then. Raises what the database raises."""
        stored: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrived, stored))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store())
        return await stored

    async def _store(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                new = await asyncio.to_thread(self._put, [arrived for arrived, _ in batch])
            except Exception as error:  # each of them answers for itself, and Zalo sends it again
                new = [error] * len(batch)
            for (_, stored), result in zip(batch, new, strict=True):
                _tell(stored, result)
            self.came.set()

    def _put(self, batch: Sequence[Arrived]) -> list[bool | Exception]:
        with database.writing(self._engine) as connection:
            return list(store.put(connection, self._vault, batch, self._now()))


def _tell(stored: asyncio.Future[bool], result: bool | Exception) -> None:
    if stored.done():  # whoever waited has gone
        return
    if isinstance(result, Exception):
        stored.set_exception(result)
    else:
        stored.set_result(result)
