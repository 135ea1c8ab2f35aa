"""Which pages are open in this process, so that they look at once when something has come for them."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

Signals = asyncio.Queue[bool]  # True: something may have come; False: the stream ends


class Crowded(Exception):
    """Everybody together has as many pages open as we serve."""


class Events:
    """The open pages by address, each person's oldest first."""

    def __init__(self, per_person: int = 4, per_network: int = 400, in_all: int = 2000) -> None:
        self.per_person, self.per_network, self.in_all = per_person, per_network, in_all
        self._pages: defaultdict[str, list[Signals]] = defaultdict(list)
        self._of_network: Counter[str] = Counter()

    @property
    def is_empty(self) -> bool:
        """Whether no page is open."""
        return not self._pages

    @contextmanager
    def subscribe(self, address: str, network: str = "") -> Iterator[Signals]:
        """The signals for one page while it is open; ends the oldest page over the limit. Raises Crowded.

        `network`: where it is open; "" is not counted.
        """
        is_full = network and self._of_network[network] >= self.per_network
        if is_full or sum(map(len, self._pages.values())) >= self.in_all:
            raise Crowded
        pages = self._pages[address]
        if len(pages) >= self.per_person:
            pages.pop(0).put_nowait(False)  # mostly one that was reloaded, seen at its next heartbeat only
        signals = Signals()
        pages.append(signals)
        self._of_network[network] += 1
        try:
            yield signals
        finally:
            self._of_network[network] -= 1
            if not self._of_network[network]:
                del self._of_network[network]
            self._leave(address, signals)

    def wake(self, address: str) -> None:
        """Lets every open page of this person look; a page that is about to look is told once."""
        for signals in self._pages.get(address, ()):
            if signals.empty():
                signals.put_nowait(True)

    def close(self) -> None:
        """Ends every stream, so that the process can end."""
        for pages in self._pages.values():
            for signals in pages:
                signals.put_nowait(False)

    def _leave(self, address: str, signals: Signals) -> None:
        pages = self._pages[address]
        if signals in pages:
            pages.remove(signals)
        if not pages:
            del self._pages[address]
