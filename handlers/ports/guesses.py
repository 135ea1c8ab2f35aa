"""Who guesses at what only its owner knows, and the port that remembers the wrong guesses."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from knowledge.dossiers.second_factor import SECOND_FACTOR


@dataclass(frozen=True)
class Guesser:
    """Somebody who has not proved anything yet."""

    person: str  # the address: "telegram:1234"
    network: str = ""  # where a request came from; "": a channel of accounts


@dataclass(frozen=True)
class Verdict:
    """What a stranger who names a code is asked for."""

    digits: int = SECOND_FACTOR.digits  # last digits of a phone or ID number, at least
    wait_hours: int = 0  # begun hours until a guess is taken again; 0: it is taken now


class Guesses(Protocol):
    """The wrong guesses that are remembered. Synchronous."""

    def verdict(self, who: Guesser, code: str, now: datetime) -> Verdict:
        """What is asked of `who` on this code of a dossier or a form, whether there is one or not."""

    def recent(self, person: str) -> int:
        """How many wrong guesses of this person are remembered."""


class NoGuesses:
    """A talk that nothing outlives: nobody waits."""

    def verdict(self, who: Guesser, code: str, now: datetime) -> Verdict:
        """Always the short fact."""
        return Verdict()

    def recent(self, person: str) -> int:
        """None."""
        return 0
