"""What a line is read in, and what it may turn out to do: the values of `reading.read`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowledge.procedures.catalogue import Procedure, Via
from knowledge.reading.acts import Act, Where
from knowledge.reading.answers.answers import Answer, NotOffered
from knowledge.reading.answers.options import Option, Question
from knowledge.reading.danger import Danger
from knowledge.reading.matters import Part
from knowledge.reading.shape.shape import Doubt, Kind, Why
from knowledge.reading.subject.about import About
from knowledge.search.search import Hit


@dataclass(frozen=True)
class OfProcedure:
    """A procedure that is talked about, as far as its cases are answered."""

    procedure: Procedure
    answers: Mapping[str, str] = field(default_factory=dict)  # case id -> value id
    via: Via = "desk"


@dataclass(frozen=True)
class OfDossier:
    """A dossier that was shown."""

    procedure: Procedure | None = None  # what it is about, if the catalogue has it


@dataclass(frozen=True)
class OfForm:
    """A form that is filled in, or that was just made."""

    procedure: Procedure | None = None  # the one it belongs to


Subject = OfProcedure | OfDossier | OfForm


@dataclass(frozen=True)
class Context:
    """Everything a line is read against; all of it may be absent."""

    question: Question | None = None  # what is open, with its choices
    blank: Kind | None = None  # what a form asks for, where it has no choices
    subject: Subject | None = None
    earlier: tuple[Option, ...] = ()  # what can be gone on with: matters and drafts, the latest first
    fields: tuple[Option, ...] = ()  # what can be changed: the questions of a form by their labels
    where: tuple[Where, ...] = ()  # "following", "form", "review", "erase"


@dataclass(frozen=True)
class Written:
    """A line fills in a blank."""

    value: str  # the part that is the answer, as typed
    chance: float
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class NotWritten:
    """A line at a blank is no answer to it: ask again, in other words."""

    why: Why
    chance: float


@dataclass(frozen=True)
class Narrowed:
    """A line leaves several choices: ask which of them."""

    answers: tuple[Answer, ...]
    chance: float


@dataclass(frozen=True)
class Matter:
    """A line names a matter of its own."""

    hits: tuple[Hit, ...]  # as the search has them, best first
    decision: Literal["answer", "choose"]  # whether the first may be said outright
    chance: float


@dataclass(frozen=True)
class Several:
    """A line names more than one matter."""

    parts: tuple[Part, ...]
    chance: float


@dataclass(frozen=True)
class Unclear:
    """Nothing is sure enough: ask the open question again, or what is wished."""

    asks: bool  # the line looks like a question
    worries: bool = False  # something in it may be danger: name the numbers for emergencies


Reading = (
    Danger | Answer | NotOffered | Narrowed | Written | NotWritten | Act | About | Matter | Several | Unclear
)
