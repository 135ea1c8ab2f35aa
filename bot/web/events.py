"""Who has the page open, so that notices appear without a question. In memory, one process."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from handlers.messages import Reply

Inbox = asyncio.Queue[Sequence[Reply] | None]  # None: the stream ends

WAITING = 100  # notices that one slow page may have waiting


class Crowded(Exception):
    """Everybody together has as many pages open as we serve."""


class Events:
    """The open pages by address, each person's oldest first."""

    def __init__(self, per_person: int = 4, in_all: int = 2000) -> None:
        self.per_person, self.in_all = per_person, in_all
        self._inboxes: defaultdict[str, list[Inbox]] = defaultdict(list)

    @contextmanager
    def subscribe(self, address: str) -> Iterator[Inbox]:
        """What is published to this address while the page is open; ends the oldest page over the limit.

        Raises Crowded.
        """
        if sum(map(len, self._inboxes.values())) >= self.in_all:
            raise Crowded
        pages = self._inboxes[address]
        if len(pages) >= self.per_person:
            _end(pages.pop(0))  # mostly one that was reloaded, which shows at its next heartbeat only
        inbox: Inbox = asyncio.Queue(WAITING)
        pages.append(inbox)
        try:
            yield inbox
        finally:
            self._leave(address, inbox)

    def publish(self, address: str, replies: Sequence[Reply]) -> int:
        """Shows the replies on every open page of this person; how many took them.

        A page that was just closed counts until its next heartbeat.
        """
        ready = [inbox for inbox in self._inboxes.get(address, ()) if not inbox.full()]
        for inbox in ready:
            inbox.put_nowait(replies)
        return len(ready)

    def close(self) -> None:
        """Ends every stream, so that the process can end."""
        for pages in self._inboxes.values():
            for inbox in pages:
                _end(inbox)

    def _leave(self, address: str, inbox: Inbox) -> None:
        pages = self._inboxes[address]
        if inbox in pages:
            pages.remove(inbox)
        if not pages:
            del self._inboxes[address]


def _end(inbox: Inbox) -> None:
    if inbox.full():
        inbox.get_nowait()
    inbox.put_nowait(None)
