"""What the contract asks of a driver."""

import re
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.assemble import House
from bot.outbox.outcomes import Outcome
from handlers.turn.messages import Reply


class Line(Protocol):
    """A person's line to the house, on one channel."""

    address: str

    async def say(self, text: str) -> str:
        """The person writes; what is shown then."""

    async def choose(self, label: str) -> str:
        """The person takes what is offered by that name, in the channel's own way."""

    async def photo(self, content: bytes) -> str:
        """The person sends a photo."""

    async def twice(self, text: str) -> str:
        """As `say`, and the channel delivers it once more; all that is shown."""

    async def reversed(self, first: str, second: str) -> str:
        """The person writes twice, and the second arrives first."""

    async def garbage(self, body: bytes) -> int:
        """Somebody sends this to where messages come in; the status."""

    async def notice(self, reply: Reply) -> Outcome:
        """Tells the person something unasked."""

    def shown(self) -> list[str]:
        """All messages the person sees."""

    def fault(self, name: str) -> None:
        """What the next send meets; "lost": it arrives, and the answer to us does not."""

    @property
    def faults(self) -> tuple[str, ...]:
        """What can go wrong on this channel."""


class Driver(Protocol):
    """Opens a line to a house for a person of that number."""

    def __call__(self, house: House, person: int) -> AbstractAsyncContextManager[Line]: ...


FAULTS = ("flood", "token", "lost", "blocked", "away")  # in this order: the last two stay
NOWHERE = "http://127.0.0.1:9"  # where nobody listens


def numbered(texts: list[str], label: str) -> str:
    """The number under which the last text offers a label. Raises AssertionError."""
    found = re.search(rf"^(\d+)\. {re.escape(label)}$", texts[-1], re.MULTILINE) if texts else None
    assert found, f"no choice {label!r} in {texts[-1:]}"
    return found[1]
