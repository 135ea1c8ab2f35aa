"""What opens each channel with a payload, known without waiting: a network may have to be asked first."""

import logging
from collections.abc import Iterable, Mapping
from threading import Lock, Thread

from bot.channels import registry
from bot.channels.registry import ChannelRow, NoLink
from bot.settings.settings import Settings

logger = logging.getLogger(__name__)

PLACE = "PAYLOAD"  # where the payload stands in a link


class Doors:
    """The links of the channels that are served. Nobody waits: one that is not known yet is missing."""

    def __init__(self, settings: Settings, rows: Iterable[ChannelRow] | None = None) -> None:
        self._settings = settings
        self._rows = tuple(registry.served(settings) if rows is None else rows)
        self._links: dict[str, str] = {}
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
        Thread(target=self._learn, name="links of channels", daemon=True).start()

    def _learn(self) -> None:
        try:
            for row in self._rows:
                if row.name not in self._links:
                    self._links[row.name] = row.follow_link(self._settings, PLACE)
        except NoLink as error:
            logger.warning("no link", extra={"channel": row.name, "reason": str(error)})
        finally:
            self._asking = False  # asked again next time
