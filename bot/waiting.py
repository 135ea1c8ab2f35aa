"""Where turns are made: threads of their own, and a queue with an end."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")

WAITING = 300  # turns; at some milliseconds each the last one waits for a few seconds


class Busy(Exception):
    """As many turns wait as can be answered in a time that people wait."""


class Turns:
    """Makes turns one after the other, `at_once` at a time."""

    def __init__(self, at_once: int = 1, waiting: int = WAITING) -> None:
        self._threads, self._limit, self._waiting = ThreadPoolExecutor(at_once, "turn"), waiting, 0

    async def run(self, work: Callable[[], Made]) -> Made:
        """What `work` gives; it blocks. Raises Busy if too many wait."""
        if self._waiting >= self._limit:
            raise Busy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1
