"""The vocabulary of a conversation: what comes in, what goes out, and what is remembered between."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from handlers.turn.abilities import Abilities
from handlers.turn.blocks import Block, Text, plain
from handlers.turn.choices import Choice as Choice
from handlers.turn.effects import Effect
from handlers.turn.pending import Pending
from knowledge.procedures.catalogue import Via

Attachment = Literal[
    "",
    "photo",  # a picture that the channel has shrunk
    "image",  # a picture as it is
    "file",
    "voice",
    "contact",
    "location",
    "other",
]


@dataclass(frozen=True)
class Incoming:
    """One message of one person, the same from every channel."""

    at: datetime  # now, with its time zone
    address: str = ""  # who: "telegram:1234"; set by `converse`
    person: str = ""  # the address under which all is kept of who it is; "": `address`
    text: str = ""  # as typed
    choice: str = ""  # the value of a tapped button
    start: str = ""  # payload of a deep link
    attachment: Attachment = ""
    language: str = ""  # what the app is set to: "vi", "en-GB"
    scanned: tuple[str, ...] = ()  # texts of the QR and bar codes in the photo or file
    network: str = (
        ""  # where the request came from, of channels without accounts: "192.0.2.7", "2001:db8::/64"
    )
    shows: str | None = None  # handlers.turn.shown.mark of the screen it was typed on; None: not told
    session: Literal["", "own", "shared"] = (
        ""  # a browser's, or one on a computer that others use; "": an account
    )
    number: str = ""  # the channel's of the message, where it can be edited
    edits: str = ""  # of the message that it corrects
    quoted: "Quoted | None" = None  # the message that it replies to
    phone: str = ""  # the person's own number, shared and checked by the channel: "84912345678"
    heard: str = ""  # what a voice message probably says; empty if it was not listened to, or nobody speaks
    heard_sure: bool = False  # whether that is likely enough to be offered
    can: Abilities = Abilities()  # the channel it came on; set by `converse`


@dataclass(frozen=True)
class Quoted:
    """A message that another one replies to."""

    text: str  # as it reads, its title first
    is_ours: bool = True
    choices: tuple[tuple[str, str], ...] = ()  # label and value of the buttons it still has


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a reply, described; the edge draws it when it is sent, and stores nothing."""

    kind: Literal["paper", "preview", "list", "list-picture", "qr", "calendar", "text"]
    name: str  # of the file: "to-khai-khai-sinh.pdf"
    # paper, preview: knowledge.intake.paper as JSON; qr: its text, and lines to be read below it; else the
    # file's own text
    content: str
    label: str = ""  # what it is, in words; "": its name says it


@dataclass(frozen=True)
class News:
    """What a notice tells, as facts: for a channel that may only fill in what was approved beforehand."""

    kind: str  # of knowledge.notices.kinds
    code: str  # of the dossier
    facts: Mapping[str, str] = field(default_factory=dict)  # by the names of handlers.notices.news.FACTS
    number: int = 0  # of the notice, and how often it was tried: together they name this try
    tries: int = 0
    is_reminder: bool = False  # it may have arrived before


@dataclass(frozen=True)
class Reply:
    """One message to the person: a text, or blocks. A channel escapes what it draws."""

    body: str | tuple[Block, ...] = ""
    title: str = ""  # shown above the text, in bold where the channel can
    choices: tuple[Choice, ...] = ()
    replaces: bool = False  # reads better as an edit of the message whose button was tapped
    asks_contact: str = ""  # label of a button that shares the own phone number, where the channel can
    enclosures: tuple[Enclosure, ...] = ()
    erases: bool = False  # the message it answers shows an ID card: taken off the chat where the channel can
    asks_photo: bool = False  # a photo is the answer it waits for: a page may offer the camera
    unasked: bool = False  # is about being told unasked: a page says how far that reaches, and offers more
    examples: tuple[str, ...] = ()  # sentences to begin with, also lines of the text; tapped where one can
    failed: Literal["", "crash", "busy"] = (
        ""  # nothing is kept of what it answers: sent again, it is answered
    )
    asks: str | None = None  # handlers.turn.shown.mark after it, for a channel that tells what it shows
    clears: bool = False  # what was said before is erased: taken off the screen where the channel can
    news: News | None = None  # the same as facts, of a notice about a dossier

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What it says, as blocks."""
        if isinstance(self.body, str):
            return (Text(self.body),) if self.body else ()
        return self.body

    @property
    def text(self) -> str:
        """What it says, as plain text."""
        return self.body if isinstance(self.body, str) else plain(self.body)

    def after(self, sentence: str) -> "Reply":
        """The same with a paragraph before it."""
        if isinstance(self.body, str):
            return replace(self, body="\n\n".join(filter(None, (sentence, self.body))))
        return replace(self, body=(Text(sentence), *self.body))


@dataclass(frozen=True)
class SavedList:
    """A citizen's own list of documents."""

    code: str  # national code of the procedure
    answers: Mapping[str, str] = field(default_factory=dict)  # case id -> value id
    via: Via = "desk"
    ticked: tuple[str, ...] = ()  # ids of documents
    saved_on: date = date.min
    papers: Mapping[str, str] = field(default_factory=dict)  # ids and names as shown last


@dataclass(frozen=True)
class Paused:
    """A procedure that was talked about, as it was left."""

    code: str
    answers: Mapping[str, str] = field(default_factory=dict)
    via: Via = "desk"


@dataclass(frozen=True)
class State:
    """What is remembered of a conversation."""

    language: str = ""  # "vi" or "en" once chosen by the person; empty: the app's language
    spoken: str = ""  # the language of the lines, where none was chosen
    procedure: str = ""  # code of the procedure talked about
    answers: Mapping[str, str] = field(default_factory=dict)
    via: Via = "desk"
    offered: tuple[Choice, ...] = ()  # the choices shown last, so that a typed number or label is understood
    lists: tuple[SavedList, ...] = ()  # newest first
    proved: tuple[str, ...] = ()  # codes of dossiers that this person has proved to be his, newest first
    draft: str = ""  # desk code of the form that is being filled in
    drafts: tuple[str, ...] = ()  # desk codes of this person's unfinished and printed forms, newest first
    unread: int = 0  # pictures in a row in which no code was seen
    invited: tuple[str, ...] = ()  # codes that this person may follow, once he agrees
    phone: str = ""  # own number, kept until he agrees that it be bound
    dossier: str = ""  # code of the dossier talked about; empty once a procedure is
    paused: tuple["Paused", ...] = ()  # procedures talked about before, newest first
    owed: tuple[Choice, ...] = ()  # further matters of a message that named several, still to be answered
    misses: int = 0  # messages in a row that were not understood
    choosing: bool = False  # whether what is offered is a choice to be made, and no mere way on
    pending: Pending = None  # what is open: what the next message may answer
    warned: str = ""  # the kind of danger answered last, until the next line, which may go on about it
    said: str = ""  # the channel's number of the line answered last, where lines can be edited
    undone: "State | None" = None  # before that line, unless its answer cannot be taken back
    pieces: tuple[str, ...] = ()  # lines of just now that nothing was made of: one thought may go on
    pieces_at: datetime | None = None  # when the last of them came
    doubtful: str = ""  # the question behind the choices offered last, scrubbed of personal data


Outcome = Literal["answered", "offered", "declined", "elsewhere", "talked", "asked", "busy", "failed"]


@dataclass(frozen=True)
class Unmet:
    """A question that the search did not answer outright, for the editors of the catalogue."""

    text: str  # scrubbed of personal data
    meant: str = ""  # code of the procedure that the person chose then; empty: none
    context: str = ""  # what was open: "1.001193", "1.001193 papers" (its case), "form requester.name"
    done: str = ""  # what was done with it: the outcome of its turn


@dataclass(frozen=True)
class Turn:
    """The replies to one message and the state after it."""

    replies: tuple[Reply, ...]
    state: State
    outcome: Outcome = "talked"  # for the metrics
    unmet: Unmet | None = None
    effects: tuple[Effect, ...] = ()  # what else is to be written, in the transaction that saves the state
