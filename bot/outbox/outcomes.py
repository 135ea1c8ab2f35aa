"""What became of sending one message: a value, because every caller has to act on it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """It is with the person's messenger."""

    receipt: str  # the channel's message id


@dataclass(frozen=True)
class Later:
    """Certainly not sent; worth another try."""

    seconds: float  # not before


@dataclass(frozen=True)
class Refused:
    """Not sent, and trying again would not help."""

    reason: str  # the channel's words; no text of the message
    gone: bool = False  # the channel says that this person cannot be reached at all: blocked us, or left


@dataclass(frozen=True)
class Doubtful:
    """The request left the house and no answer came: sent or not, nobody knows."""


@dataclass(frozen=True)
class Moot:
    """There is nothing to say any more."""


Outcome = Sent | Later | Refused | Doubtful
