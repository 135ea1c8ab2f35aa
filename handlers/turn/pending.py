"""What is open between two messages: one thing at a time, by name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CaseQuestion:
    """A case of a procedure is asked: it decides the list of papers."""

    procedure: str  # national code
    case: str  # id


@dataclass(frozen=True)
class FormQuestion:
    """A question of the open form (`State.draft`), its review, or what has to be settled, is on screen."""

    question: str = ""  # id of the question; "" at the review and at what has to be settled


@dataclass(frozen=True)
class SecondFactorAsked:
    """A dossier waits for its second fact."""

    dossier: str  # code


@dataclass(frozen=True)
class ExpiryDay:
    """The day on which a paper expires is asked for."""

    kind: str  # knowledge.notices.expiries.Kind.id


@dataclass(frozen=True)
class VoiceGuess:
    """What a voice message probably said waits to be confirmed."""

    heard: str
    before: "Pending" = None  # what was open before it


@dataclass(frozen=True)
class Confirm:
    """A yes or no is asked before something is done: the wire form of the action that a yes means."""

    action: str  # "erase:sure", "follow:H36.99-260706-0001"
    subject: str = ""  # what it is about, to ask again


Pending = CaseQuestion | FormQuestion | SecondFactorAsked | ExpiryDay | VoiceGuess | Confirm | None
