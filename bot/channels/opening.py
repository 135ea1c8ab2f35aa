"""What opens each channel with a payload, known without waiting: a network may have to be asked first."""

import logging
from collections.abc import Callable, Iterable, Mapping
from threading import Lock, Thread

from bot.channels.registry import ChannelRow, NoLink
from bot.settings.settings import Settings

logger = logging.getLogger(__name__)

PLACE = "PAYLOAD"  # where the payload stands in a link


def in_background(work: Callable[[], None]) -> None:
    """In a thread of its own, for which nobody waits."""
    Thread(target=work, name="links of channels", daemon=True).start()


class Doors:
    """The links of the channels that are served. Nobody waits: one that is not known yet is missing."""

    def __init__(
        self,
        settings: Settings,
        rows: Iterable[ChannelRow],
        start: Callable[[Callable[[], None]], None] = in_background,
    ) -> None:
        self._settings, self._rows, self._start = settings, tuple(rows), start
        self._links: Mapping[str, str] = {}  # by the channel's name; each time a new one, as threads read it
        self._asking, self._lock = False, Lock()

    def opens(self, payload: str) -> Mapping[str, str]:
        """By the channel's name, where a link carries a payload and is known by now."""
        self._ask()
        return {name: link.replace(PLACE, payload) for name, link in self._links.items() if PLACE in link}

    def _ask(self) -> None:
        with self._lock:
            if self._asking or len(self._links) == len(self._rows):
                return
            self._asking = True
        self._start(self._learn)

    def _learn(self) -> None:
        try:
            for row in self._rows:
                if row.name not in self._links:
                    self._links = {**self._links, **self._link(row)}
        finally:
            self._asking = False  # what is still missing is asked for next time

    def _link(self, row: ChannelRow) -> dict[str, str]:
        try:
            return {row.name: row.follow_link(self._settings, PLACE)}
        except NoLink as error:
            logger.warning("no link", extra={"channel": row.name, "reason": str(error)})
            return {}
