"""What is open between two messages: one thing at a time, by name.

`kind` tells them apart in the stored state.
"""

from dataclasses import dataclass
from typing import Literal

from handlers.turn.choices import Choice
from knowledge.dossiers.second_factor import SECOND_FACTOR


@dataclass(frozen=True)
class CaseQuestion:
    """A case of a procedure is asked: it decides the list of papers."""

    procedure: str  # national code
    case: str  # id
    kind: Literal["case"] = "case"


@dataclass(frozen=True)
class FormQuestion:
    """A question of the open form (`State.draft`), its review, or what has to be settled, is on screen."""

    question: str = ""  # id of the question; "" at the review and at what has to be settled
    doubted: str = ""  # a name that was typed without marks and asked for again
    kind: Literal["form"] = "form"


@dataclass(frozen=True)
class FormConsent:
    """The consent before a form's first question is asked."""

    form: str
    kind: Literal["consent"] = "consent"


@dataclass(frozen=True)
class SecondFactorAsked:
    """A dossier waits for its second fact; it goes on waiting while something else is answered."""

    dossier: str  # code
    before: "Pending" = None  # what was open when its code was named, to go on with
    digits: int = SECOND_FACTOR.digits  # last digits that are asked for, at least
    kind: Literal["second_factor"] = "second_factor"


@dataclass(frozen=True)
class DraftFactorAsked:
    """A form that another account began waits for the end of an ID number in it."""

    draft: str  # desk code
    digits: int = SECOND_FACTOR.digits  # at least
    kind: Literal["draft_factor"] = "draft_factor"


@dataclass(frozen=True)
class ExpiryDay:
    """The day on which a paper expires is asked for."""

    paper: str  # knowledge.notices.expiries.Kind.id
    kind: Literal["expiry"] = "expiry"


@dataclass(frozen=True)
class VoiceGuess:
    """What a voice message probably said waits to be confirmed."""

    heard: str
    before: "Pending" = None  # what was open before it
    offered: tuple[Choice, ...] = ()  # what was on screen before it
    kind: Literal["voice"] = "voice"


@dataclass(frozen=True)
class Confirm:
    """A yes or no is asked before something is done."""

    yes: str  # wire form of the action that a yes means: "erase:yes"
    no: str = "menu"  # and of what a no means
    kind: Literal["confirm"] = "confirm"


Pending = (
    CaseQuestion
    | FormQuestion
    | FormConsent
    | SecondFactorAsked
    | DraftFactorAsked
    | ExpiryDay
    | VoiceGuess
    | Confirm
    | None
)


def interrupted(pending: Pending) -> Pending:
    """What goes on once an interruption is over: what was open before it, or what is open itself."""
    if isinstance(pending, SecondFactorAsked | VoiceGuess):
        return interrupted(pending.before)
    return pending
