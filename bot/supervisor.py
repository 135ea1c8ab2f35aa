"""The loops of a process: none ends unseen.

A loop runs until it is told to stop. One that returns or raises before has died: that is logged and counted,
the process says that it is not ready any more, ends in order, and exits with a status by which systemd
starts it again.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from functools import partial

from prometheus_client import Counter

logger = logging.getLogger(__name__)

Loop = Callable[[], Coroutine[object, object, None]]


class Supervisor:
    """Starts loops, notices which of them die, and ends them all."""

    def __init__(self, deaths: Counter) -> None:
        """`deaths` counts by the name of the loop."""
        self._deaths = deaths
        self._tasks: list[asyncio.Task[None]] = []
        self._told = asyncio.Event()
        self._ending = False
        self.dead: list[str] = []  # names of the loops that ended by themselves

    def start(self, loops: Mapping[str, Loop]) -> None:
        """Runs loops from now on, each by its name."""
        for name, loop in loops.items():
            self._start(name, loop).add_done_callback(partial(self._ended, name))

    def start_once(self, name: str, work: Loop) -> None:
        """Runs something that may end; that it fails is logged, and nothing stops for it."""
        self._start(name, work).add_done_callback(partial(_finished, name))

    def stop(self) -> None:
        """Ends the wait: the process was told to stop."""
        self._told.set()

    async def wait(self) -> bool:
        """Until the process is told to stop, or a loop has died; whether all loops live."""
        await self._told.wait()
        return not self.dead

    async def end(self) -> None:
        """Ends all loops; each may first finish what it has in hand."""
        self._ending = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, name: str, work: Loop) -> asyncio.Task[None]:
        task = asyncio.create_task(work(), name=name)
        self._tasks.append(task)
        return task

    def _ended(self, name: str, task: asyncio.Task[None]) -> None:
        if self._ending:
            if not task.cancelled() and task.exception():
                logger.error("loop failed at the end", exc_info=task.exception(), extra={"loop": name})
            return
        error = None if task.cancelled() else task.exception()
        logger.critical("loop died", exc_info=error, extra={"loop": name})
        self._deaths.labels(name).inc()
        self.dead.append(name)
        self._told.set()


def _finished(name: str, task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception():
        logger.error("work failed", exc_info=task.exception(), extra={"work": name})
