"""What the token server answers, as a value: what may be done next differs for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.channels.zalo.tokens.pair import LIFE_S, Pair


@dataclass(frozen=True)
class Granted:
    """A new pair: the refresh token or code that brought it is spent."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    life_s: int = LIFE_S

    def pair(self, now: int, *, by_refusal: bool = False) -> Pair:
        """As it is kept."""
        return Pair(self.access, self.refresh, now, now + self.life_s, by_refusal)


@dataclass(frozen=True)
class Denied:
    """The server says no."""

    error: int
    name: str = ""  # its words


@dataclass(frozen=True)
class NeverSent:
    """The request did not leave the house."""


@dataclass(frozen=True)
class Unanswered:
    """It left, and nobody knows what became of it."""


Answer = Granted | Denied | NeverSent | Unanswered


def read(told: object) -> Answer:
    """The answer in the body, whatever the status: failures come as 200 too."""
    if not isinstance(told, Mapping):
        return Unanswered()
    access, refresh = told.get("access_token"), told.get("refresh_token")
    if isinstance(access, str) and access:
        return Granted(access, refresh if isinstance(refresh, str) else "", _life_s(told.get("expires_in")))
    error = _number(told.get("error"))
    return Denied(error, _words(told)) if error else Unanswered()


def _life_s(told: object) -> int:
    """`expires_in` is a string: "90000"."""
    seconds = _number(told)
    return seconds if seconds > 0 else LIFE_S


def _number(told: object) -> int:
    try:
        return int(told) if isinstance(told, str | int) else 0
    except ValueError:
        return 0


def _words(told: Mapping[str, object]) -> str:
    named = ("error_name", "error_reason", "error_description", "message")
    return "; ".join(str(told[name]) for name in named if told.get(name))
