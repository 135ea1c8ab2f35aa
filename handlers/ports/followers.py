"""What a person is told unasked, as the conversation sees it, and the port through which it is found."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from knowledge.notices.quiet_hours import QuietHours

Fate = Literal[
    "waiting",  # to be sent, or sent again
    "claimed",  # being sent now
    "doubtful",  # sent or not, nobody knows: it goes out once more
    "sent",
    "refused",  # the channel says that it cannot reach the person
    "given_up",  # tried for hours
    "superseded",  # something newer was told instead
    "stopped",  # the person did not want it any more
]


@dataclass(frozen=True)
class Line:
    """One notice in the ledger."""

    code: str  # of the dossier or the procedure; "": of several
    kind: str  # handlers.notices.notice.Kind, or "stop": the person ended it then
    fate: Fate
    at: datetime  # when it was owed
    not_before: datetime  # waiting: when it goes out
    sent_at: datetime | None = None
    tries: int = 0


@dataclass(frozen=True)
class Manners:
    """How a person wants to be told."""

    quiet: QuietHours = QuietHours()  # hours without notices, as they are in force
    detailed: bool = False  # with the procedure's title


@dataclass(frozen=True)
class Reminder:
    """A paper whose end the person is reminded of."""

    number: int
    kind: str  # knowledge.notices.expiries.Kind.id
    expires_on: date


@dataclass(frozen=True)
class Given:
    """One proof of consent."""

    purpose: str  # as handlers.turn.effects.Consent
    text: str
    given: bool
    at: datetime


class Followers(Protocol):
    """Who is told what. Synchronous."""

    def channels(self) -> tuple[str, ...]:
        """The channels of this office on which people can be written to unasked: "telegram", "web"."""

    def reaches(self, address: str) -> bool:
        """Whether this person can be written to unasked."""

    def followed(self, address: str) -> tuple[str, ...]:
        """Codes of the dossiers, and of the saved lists, that this person follows; newest first."""

    def reminders(self, address: str) -> tuple[Reminder, ...]:
        """The papers of whose end this person is reminded; first to expire first."""

    def manners(self, address: str) -> Manners:
        """How this person wants to be told."""

    def story(self, address: str) -> tuple[Line, ...]:
        """The last notices to this person, oldest first."""

    def consents(self, address: str) -> tuple[Given, ...]:
        """What this person has agreed to or taken back, oldest first."""

    def code_of(self, payload: str) -> str | None:
        """The dossier of a deep link's payload, "f-..."; None for one that we did not make."""

    def lost(self, address: str) -> tuple[str, ...]:
        """What this person followed until the channel could not reach him, while he was not asked again."""

    def waiting_for(self, phone: str) -> tuple[str, ...]:
        """The dossiers for which the desk noted this number, "84912345678"."""


class NoFollowers:
    """A house that writes to nobody."""

    def channels(self) -> tuple[str, ...]:
        """None."""
        return ()

    def reaches(self, address: str) -> bool:
        """False."""
        return False

    def followed(self, address: str) -> tuple[str, ...]:
        """None."""
        return ()

    def reminders(self, address: str) -> tuple[Reminder, ...]:
        """None."""
        return ()

    def manners(self, address: str) -> Manners:
        """Any."""
        return Manners()

    def story(self, address: str) -> tuple[Line, ...]:
        """Nothing."""
        return ()

    def consents(self, address: str) -> tuple[Given, ...]:
        """None."""
        return ()

    def code_of(self, payload: str) -> str | None:
        """None."""
        return None

    def lost(self, address: str) -> tuple[str, ...]:
        """None."""
        return ()

    def waiting_for(self, phone: str) -> tuple[str, ...]:
        """None."""
        return ()
