"""Dossiers as the conversation sees them, and the port through which they are looked up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from handlers.ports.guesses import Guesser
from knowledge.dossiers.second_factor import SECOND_FACTOR
from knowledge.dossiers.statuses import State, state_of

FACTOR_DIGITS = SECOND_FACTOR.digits  # of a phone or ID number, that prove whose a dossier is


class DossiersDown(Exception):
    """The one-stop system cannot be asked now."""


@dataclass(frozen=True)
class Step:
    """One state that a dossier came to."""

    status: str  # as Dossier.status
    at: datetime
    note: str = ""

    @property
    def state(self) -> State | None:
        """The state of the national list; None for a local one."""
        return state_of(self.status)


@dataclass(frozen=True)
class Dossier:
    """What may be told of a dossier after the second fact; the applicant's name is masked already."""

    code: str  # normalised: "H15.50-260706-1377"
    procedure: str = ""  # national code of the procedure; "" if unknown
    title: str = ""  # the procedure's name as the sender calls it, when the catalogue lacks the code
    status: str = ""  # "1".."10" of the national list, or a local state as it came
    postal: str = ""  # "", "posted", "in-transit", "delivered", "came-back"
    received: date | None = None
    due: date | None = None
    finished: date | None = None  # end of processing: done, else returned, else stopped or refused
    missing: str = ""  # papers asked for
    missing_until: date | None = None  # until when they have to come
    note: str = ""
    fee_due: int | None = None  # đồng
    tracking: str = ""  # S10
    applicant: str = ""  # masked: "N*** V** A***"
    steps: tuple[Step, ...] = ()  # oldest first

    @property
    def state(self) -> State | None:
        """The state of the national list; None for a local or an unknown one."""
        return state_of(self.status)


class NoDossiers:
    """A desk without dossiers: every code is unknown."""

    def find(self, code: str) -> Dossier | None:
        """None."""
        return None

    def matches(self, code: str, digits: str) -> bool:
        """False."""
        return False

    def matches_phone(self, code: str, phone: str) -> bool:
        """False."""
        return False

    def glimpse(self, code: str, who: Guesser, now: datetime) -> Dossier | None:
        """None."""
        return None


class Dossiers(Protocol):
    """Where dossiers are looked up. Synchronous; raises DossiersDown."""

    def find(self, code: str) -> Dossier | None:
        """The dossier with that normalised code; only for who has proved it is his."""

    def matches(self, code: str, digits: str) -> bool:
        """Whether all of these digits end the phone or ID number given at the desk.

        Fewer than `second_factor.SECOND_FACTOR` says fit nothing. Takes the same time for an unknown code.
        """

    def matches_phone(self, code: str, phone: str) -> bool:
        """Whether this whole number is the phone given at the desk."""

    def glimpse(self, code: str, who: Guesser, now: datetime) -> Dossier | None:
        """Procedure and state alone, for `who` knows the code; None unless the office opens them."""
