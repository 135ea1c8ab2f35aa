"""How many connections may be open: of one network, and in all, within what the system gives us."""

import asyncio
import resource
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

HEADER_S = 15  # for the head of a request, and the silence between two
LOOK_S = 0.5
FILES = 200  # open files that are left to the database, the log and the channels


class Transport(Protocol):
    """What is used of a connection."""

    def get_extra_info(self, name: str) -> tuple[str, int] | None:
        """`peername`: address and port of the other end."""

    def abort(self) -> None:
        """Ends it at once."""


@dataclass(frozen=True)
class Doors:
    """The limits on connections."""

    of_network: Callable[[str], str]  # address -> what is counted together; "": not counted
    per_network: int = 100
    in_all: int = 0  # 0: what the system's limit of open files leaves

    def surplus(self, opened: Iterable[Transport]) -> list[Transport]:
        """The connections to end: those of `opened`, the oldest first, that came when no place was left."""
        counts: Counter[str] = Counter()
        places = self.in_all or _places()
        over: list[Transport] = []
        for taken, transport in enumerate(opened):
            network = self.of_network(_address(transport))
            counts[network] += 1
            if taken - len(over) >= places or (network and counts[network] > self.per_network):
                over.append(transport)
        return over

    async def watch(self, opened: Callable[[], Iterable[Transport]]) -> None:
        """Ends surplus connections until it is cancelled."""
        while True:
            for transport in self.surplus(opened()):
                transport.abort()
            await asyncio.sleep(LOOK_S)


def _address(transport: Transport) -> str:
    peer = transport.get_extra_info("peername")
    return peer[0] if peer else ""


def _places() -> int:
    """Half of the files at least: below that the system itself is too small, and says so in its log."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(files - FILES, files // 2)
