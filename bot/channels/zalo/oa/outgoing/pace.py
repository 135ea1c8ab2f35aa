"""How fast the API is called: so many calls a minute, and none while Zalo says that none are left.

A package allows 100 or 2,000 calls a minute for an OA, the app 4,000, which is all that Zalo's headers tell.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic

MINUTE_S = 60.0
REMAIN = "X-RateLimit-Remain"


class Pace:
    """Calls in one process. Those of a minute may leave at once, the next as the minute goes on."""

    def __init__(
        self,
        a_minute: int,
        now: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._gap_s, self._now, self._sleep = MINUTE_S / a_minute, now, sleep
        self._full_at = now()  # when all of a minute's calls are free again

    async def turn(self) -> None:
        """Takes the next call, and waits until it may leave."""
        now = self._now()
        self._full_at = max(self._full_at, now) + self._gap_s
        await self._sleep(max(0.0, self._full_at - now - MINUTE_S))

    def crowded_s(self) -> float:
        """Seconds until half of a minute's calls are free, which are for those who wait for an answer."""
        return max(0.0, self._full_at - self._now() - MINUTE_S / 2)

    def told(self, headers: Mapping[str, str]) -> None:
        """What Zalo says is left of this minute."""
        if headers.get(REMAIN, "").strip() == "0":
            self._full_at = max(self._full_at, self._now() + 2 * MINUTE_S)
