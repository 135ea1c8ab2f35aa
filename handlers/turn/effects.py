"""What a turn wants written beside its state: values, applied by `bot.turns.effects` with it."""

from dataclasses import dataclass
from datetime import date

from handlers.ports.drafts import Draft
from handlers.ports.guesses import Verdict
from knowledge.notices.quiet_hours import QuietHours


@dataclass(frozen=True)
class Guessed:
    """What only the owner of a dossier or a form knows was told, right or wrong.

    To be undone, and the turn made again, if by now another verdict would be given.
    """

    code: str  # of the dossier, or the shown one of the form
    right: bool
    verdict: Verdict


@dataclass(frozen=True)
class SaveDraft:
    """The draft as it is now; its version is the one that was read, 0 for a new one."""

    draft: Draft


@dataclass(frozen=True)
class DeleteDraft:
    """The draft is erased."""

    code: str


@dataclass(frozen=True)
class Consent:
    """What the person agreed to, or took back: the proof is kept."""

    purpose: str  # "card", "follow"
    text: str  # version of the text shown: "card-2026-11"
    given: bool = True


@dataclass(frozen=True)
class Follow:
    """The person wants to be told of this dossier, or of changes to this procedure's list of papers."""

    code: str
    language: str  # of the notices
    proved: bool = False  # the second fact of the dossier was given


@dataclass(frozen=True)
class Proved:
    """The person has given the second fact of this dossier: what he is told of it may hold all."""

    code: str


@dataclass(frozen=True)
class Unfollow:
    """The person does not want to be told any more."""

    code: str = ""  # "": of nothing, neither dossiers nor lists nor papers that expire


@dataclass(frozen=True)
class SetQuiet:
    """Hours without notices; none: any time is fine."""

    hours: QuietHours


@dataclass(frozen=True)
class SetDetailed:
    """Whether notices show the procedure's title."""

    detailed: bool


@dataclass(frozen=True)
class ShareComputer:
    """Others use this computer: the session ends when nobody uses it, and with the browser."""


@dataclass(frozen=True)
class Acknowledge:
    """The person has read a notice."""

    notice: int  # its id


@dataclass(frozen=True)
class BindPhone:
    """This checked number is the person's own: what the desk notes for it is told to this person."""

    phone: str  # "84912345678"
    language: str


@dataclass(frozen=True)
class KeepReminder:
    """The person wants to be reminded before a paper expires."""

    kind: str  # knowledge.notices.expiries.Kind.id
    expires_on: date
    language: str


@dataclass(frozen=True)
class DropReminder:
    """The person does not want that reminder any more."""

    number: int  # handlers.ports.followers.Reminder.number


@dataclass(frozen=True)
class OfferedAgain:
    """Who came back was asked whether he wants to follow again: he is asked once."""


@dataclass(frozen=True)
class OfferLink:
    """This channel shows a code: where the person types it, the two channels are one person's."""

    code: str


@dataclass(frozen=True)
class TakeLink:
    """The code was typed here, and is good nowhere else; to be undone, if somebody was faster."""

    code: str


@dataclass(frozen=True)
class LinkChannels:
    """The person agreed: the channel that showed the code and this one are his."""

    number: int  # handlers.ports.links.Asking.number
    tells: bool  # the channel that showed it can be written to


@dataclass(frozen=True)
class Unlink:
    """One of the person's channels is his no more: what was common stays with the others."""

    number: int  # handlers.ports.links.Linked.number


@dataclass(frozen=True)
class Erase:
    """Everything about this person is erased, all drafts that he began too."""

    drafts: tuple[str, ...]  # desk codes of those that he knows


Effect = (
    Guessed
    | SaveDraft
    | DeleteDraft
    | Consent
    | Follow
    | Proved
    | Unfollow
    | SetQuiet
    | SetDetailed
    | ShareComputer
    | Acknowledge
    | BindPhone
    | KeepReminder
    | DropReminder
    | OfferedAgain
    | OfferLink
    | TakeLink
    | LinkChannels
    | Unlink
    | Erase
)
