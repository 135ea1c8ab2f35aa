"""Who has the page open, so that notices appear without a question. In memory, one process."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from handlers.messages import Reply

Inbox = asyncio.Queue[Sequence[Reply] | None]  # None: the process ends

WAITING = 100  # notices that one slow page may have waiting


class TooManyPages(Exception):
    """This person, or everybody together, has as many pages open as we serve."""


class Events:
    """The open pages by address."""

    def __init__(self, per_person: int = 4, in_all: int = 2000) -> None:
        self.per_person, self.in_all = per_person, in_all
        self._inboxes: defaultdict[str, set[Inbox]] = defaultdict(set)

    @contextmanager
    def subscribe(self, address: str) -> Iterator[Inbox]:
        """What is published to this address while the page is open. Raises TooManyPages."""
        open_pages = sum(map(len, self._inboxes.values()))
        if len(self._inboxes.get(address, ())) >= self.per_person or open_pages >= self.in_all:
            raise TooManyPages
        inbox: Inbox = asyncio.Queue(WAITING)
        self._inboxes[address].add(inbox)
        try:
            yield inbox
        finally:
            self._inboxes[address].discard(inbox)
            if not self._inboxes[address]:
                del self._inboxes[address]

    def publish(self, address: str, replies: Sequence[Reply]) -> int:
        """Shows the replies on every open page of this person; how many pages took them."""
        ready = [inbox for inbox in self._inboxes.get(address, ()) if not inbox.full()]
        for inbox in ready:
            inbox.put_nowait(replies)
        return len(ready)

    def close(self) -> None:
        """Ends every stream, so that the process can end."""
        for inbox in [inbox for inboxes in self._inboxes.values() for inbox in inboxes]:
            if inbox.full():
                inbox.get_nowait()
            inbox.put_nowait(None)
