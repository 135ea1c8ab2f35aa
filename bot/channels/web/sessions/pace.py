"""How many messages may be sent, by one person or from one network."""

from collections import OrderedDict
from time import monotonic

from bot.channels.web.refusal import Refusal
from handlers.office import page_texts

PEOPLE = 10_000  # whose pace is remembered; the longest silent are forgotten first


class Pace:
    """So many at once, refilled evenly over a time (GCRA: one number each)."""

    def __init__(self, at_once: int, over_s: float = 60) -> None:
        self._every_s, self._window_s = over_s / at_once, over_s
        self._free_at: OrderedDict[str, float] = OrderedDict()  # address -> when all is refilled, monotonic

    def check(self, address: str) -> None:
        """Counts one of this address or network, if it is one; raises Refusal if it is one too many."""
        if not address:
            return
        now = monotonic()
        free_at = max(now, self._free_at.get(address, now)) + self._every_s
        if free_at - now > self._window_s:
            raise Refusal(429, page_texts.too_fast)
        self._free_at[address] = free_at
        self._free_at.move_to_end(address)
        if len(self._free_at) > PEOPLE:
            self._free_at.popitem(last=False)
