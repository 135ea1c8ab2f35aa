"""A guided form: its models. They are read from one TOML file a form by `forms`; see docs/forms.md."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, StringConstraints, model_validator

from knowledge.datafile import Dated, Model, Slug, Text
from knowledge.intake.answers import Kind, Limits

Id = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)?$")]  # "copies", "mother.name"
Person = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]  # "requester": what its ids begin with
CardField = Literal["name", "birth", "sex", "residence", "id_number", "id_issued", "old_number"]
When = Mapping[
    str, tuple[str, ...]
]  # question id -> values; all must match, any value of each; "" is skipped
Grade = Literal["A", "A-", "B", "M"]  # A: list of blanks read in a text of 2025-26 ... M: from memory
Code = Literal[  # what a form may find inconsistent, and asks about
    "parent_too_young",
    "too_young_to_marry",
    "death_before_birth",
    "issued_before_birth",
    "wrong_order",  # any other two days
]

_MARK = re.compile(r"\(\d\)")  # as on the official forms: "Nơi cư trú(2):"
_BLANK = re.compile(r"\{([a-z_]+(?:\.[a-z_0-9]+)*)(?:(!?=)([^{}=]*))?\}")


class Choice(Model):
    """One answer that can be tapped."""

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,24}$")]
    label: Text  # on the button
    paper: str | None = None  # on the paper, where it reads differently
    says: tuple[Text, ...] = ()  # how people say it in their own words
    when: When = Field(default_factory=dict)  # offered only then


class Preset(Model):
    """What a question is taken to be answered with, unless the citizen says otherwise."""

    value: str  # may hold earlier blanks: "{mother.ethnic}"; "" leaves the blank to the hand
    when: When = Field(default_factory=dict)


class Question(Limits):
    """One question of the interview, and one blank of the paper."""

    id: Id
    type: Kind
    label: Text  # in the review: "Họ tên mẹ"
    ask: Text
    help: Text | None = None
    choices: tuple[Choice, ...] = ()  # of a choice; of a card: other ways than photo and "manual"
    when: When = Field(default_factory=dict)
    optional: bool = False  # may be skipped
    offers: tuple[Text, ...] = ()  # answers to tap: a value, "{blank}", "today", "yesterday"
    presets: tuple[Preset, ...] = ()  # the first that holds
    card: CardField | None = None  # read off that person's card
    repeat: Person | None = None  # the group this belongs to; its first question is a yes_no
    again: Text | None = None  # wording of a group's first question from the second time on

    @property
    def person(self) -> str:
        """Whose blank it is: "mother"; empty for a blank of the form itself."""
        return self.id.rpartition(".")[0]


class Same(Model):
    """One person of the form who is another one: nothing is asked twice."""

    person: Person
    is_also: Person = Field(alias="as")
    when: When = Field(default_factory=dict)


class Check(Model):
    """Two days that ought to lie `years` apart at least; asked about if they do not."""

    code: Code
    earlier: str  # id of a date question, or "today"
    later: str
    years: int = Field(default=0, ge=0)
    when: When = Field(default_factory=dict)


class Advice(Model):
    """What a citizen has to know once these answers are given: that another paper is the right one."""

    text: Text
    when: When  # compared as spoken, so that of a free answer too a value may be named
    form: Slug | None = None  # the right one, offered to tap
    source: Text  # the legal text


class Group(Model):
    """What is read together in the review."""

    title: Text
    of: tuple[Id, ...] = Field(min_length=1)  # persons ("mother"), and questions of nobody ("copies")


class Column(Model):
    """A column of a table."""

    title: Text
    text: Text  # with blanks; "{n}" is the number of the row
    width: int = Field(default=1, ge=1)  # beside the others


class Table(Model):
    """One row for each time the group was asked."""

    group: Person
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: int = Field(default=2, ge=0)  # empty ones are added up to this many


class Boxes(Model):
    """A number with a box for each digit."""

    label: Text
    blank: str
    count: int = Field(default=12, ge=1)


class Sides(Model):
    """People side by side: what is asked in the first column, a column for each of them."""

    titles: tuple[Text, ...] = Field(min_length=3)
    widths: tuple[int, ...]  # beside each other
    rows: tuple[tuple[Text, ...], ...] = Field(min_length=1)  # with blanks

    @model_validator(mode="after")
    def _even(self) -> Self:
        if {len(row) for row in (self.widths, *self.rows)} != {len(self.titles)}:
            raise ValueError("widths and rows have as many cells as there are titles")
        return self


class Line(Model):
    """One line of the paper: exactly one of text, heading, table, boxes, sides."""

    text: Text | None = None
    heading: Text | None = None
    table: Table | None = None
    boxes: Boxes | None = None
    sides: Sides | None = None
    apart: bool = False  # begins another person: with air above
    when: When = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        parts = (self.text, self.heading, self.table, self.boxes, self.sides)
        if sum(part is not None for part in parts) != 1:
            raise ValueError("a line is exactly one of text, heading, table, boxes, sides")
        return self


class Signature(Model):
    """Where somebody signs by hand."""

    role: Text
    note: str = "(Ký, ghi rõ họ, chữ đệm, tên)"
    above: str = ""  # its own day: what is signed by several on different days
    name: str = ""  # printed below, with blanks
    below: tuple[Text, ...] = ()  # lines to be filled in by hand
    when: When = Field(default_factory=dict)


class Form(Dated):
    """One official form: the interview and the paper."""

    id: Slug
    title: Text  # above the paper, in capitals there
    short: Text  # on a button: "Tờ khai khai sinh"
    label: str = ""  # in the corner of the paper: "Mẫu CT01 ban hành kèm theo ..."
    procedures: tuple[str, ...]  # national codes
    source: Text
    grade: Grade
    doubt: Text | None = None  # what is not certain, to the citizen; required unless the grade is A or A-
    addressee: str = ""  # after "Kính gửi:"
    undertaking: str = ""
    made_at: str = (
        "Làm tại: {office.unit}, ngày ...... tháng ...... năm .........."  # the day is that of signing
    )
    signatures: tuple[Signature, ...] = Field(min_length=1)  # from left to right
    same: tuple[Same, ...] = ()
    sexes: Mapping[Person, Literal["male", "female"]] = Field(default_factory=dict)  # { father = "male" }
    checks: tuple[Check, ...] = ()
    advice: tuple[Advice, ...] = ()
    groups: tuple[Group, ...] = Field(min_length=1)  # in the order of the review
    questions: tuple[Question, ...] = Field(min_length=1)
    lines: tuple[Line, ...] = Field(min_length=1)
    notes: tuple[Text, ...] = ()  # at the foot: "(2) ..." is what a "(2)" in the texts points to
    example: Mapping[str, str]  # a complete set of answers of invented people

    @model_validator(mode="after")
    def _noted(self) -> Self:
        cells = [cell for line in self.lines if line.sides for row in line.sides.rows for cell in row]
        lines = [line.text or line.heading or "" for line in self.lines]
        signed = [text for signature in self.signatures for text in (signature.role, *signature.below)]
        marks = set(_MARK.findall(" ".join([*lines, *cells, *signed])))
        if marks != {mark for note in self.notes for mark in _MARK.findall(note)}:
            raise ValueError("every mark, as (2), has its note, and every note its mark")
        return self

    @property
    def is_certain(self) -> bool:
        """Whether citizens may be offered it before an officer has confirmed it."""
        return self.grade in ("A", "A-")


class Blank(NamedTuple):
    """A place in a text for an answer: "{name}", or a box to tick: "{name=value}", "{name!=value}"."""

    name: str
    sign: str  # "", "=", "!="
    value: str


def split(text: str) -> tuple[str | Blank, ...]:
    """The text in pieces: what is printed as it stands, and its blanks."""
    pieces: list[str | Blank] = []
    end = 0
    for found in _BLANK.finditer(text):
        pieces += [text[end : found.start()], Blank(found[1], found[2] or "", found[3] or "")]
        end = found.end()
    return tuple(piece for piece in [*pieces, text[end:]] if piece)


def blanks_in(text: str) -> tuple[str, ...]:
    """The names of the blanks of a text."""
    return tuple(piece.name for piece in split(text) if isinstance(piece, Blank))
