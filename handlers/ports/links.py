"""Which channels are one person's, as the conversation sees it, and the port through which it is found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Linked:
    """One of a person's channels."""

    number: int
    address: str  # "zalo:1234"
    since: datetime


@dataclass(frozen=True)
class Asking:
    """A channel that shows a code, to be linked with where the code is typed."""

    number: int
    address: str
    at: datetime  # since when it shows it


def channel_of(address: str) -> str:
    """The channel's name: "zalo" of "zalo:1234", also with an office before it."""
    return address.partition(":")[0].rpartition("/")[2]


class Links(Protocol):
    """The channels of people, and the codes that link them. Synchronous."""

    def new_code(self) -> str:
        """A code that nobody can guess (40 bits): "7K3F92QX"."""

    def channels(self, address: str) -> tuple[Linked, ...]:
        """All channels of that person, the last used first; none if no other is linked."""

    def asking(self, code: str, now: datetime) -> Asking | None:
        """Which channel shows that code; None if none does, or it was typed before."""

    def taken(self, number: int, address: str, now: datetime) -> Asking | None:
        """The same for a code that was typed at this address."""

    def opens(self, payload: str) -> Mapping[str, str]:
        """What opens a channel with that payload, by the channel's name, where links carry one."""

    def payload(self, code: str) -> str:
        """The payload for which the letters on a receipt stand; "" for none."""


class NoLinks:
    """A talk that knows of no other."""

    def new_code(self) -> str:
        """Any: nobody can type it elsewhere."""
        return "00000000"

    def channels(self, address: str) -> tuple[Linked, ...]:
        """None."""
        return ()

    def asking(self, code: str, now: datetime) -> Asking | None:
        """None."""
        return None

    def taken(self, number: int, address: str, now: datetime) -> Asking | None:
        """None."""
        return None

    def opens(self, payload: str) -> Mapping[str, str]:
        """None."""
        return {}

    def payload(self, code: str) -> str:
        """None."""
        return ""
