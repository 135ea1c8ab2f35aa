"""The catalogue of procedures: its models. They are read from one TOML file a field by `loading`."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from knowledge.datafile import Dated, Model, Slug, Text

UNSURE = "?"  # the answer "I don't know" to a case: every paper it decides is listed with its condition

Via = Literal["desk", "online", "post"]
Topic = Literal[
    "general", "condition", "own_deadline", "documents", "deadline", "fee", "where", "proxy", "online",
    "post", "result",
]  # fmt: skip
Place = Literal["one_stop", "police", "military", "other"]
Rows = tuple[int, ...]  # rows of `documents` in the reviewed data that this entry tells, from 0
Condition = Mapping[Slug, tuple[Slug, ...]]  # case id -> values; all cases must match, any value of each


class Value(Model):
    """One answer to a case."""

    id: Slug
    label: Text  # on the button, and after "Nếu": "cha mẹ chưa đăng ký kết hôn"
    says: tuple[Text, ...] = ()  # how people say it in their own words
    least: int | None = None  # a typed number of the case's unit from here on means this value
    most: int | None = None  # and up to here, included


class Case(Model):
    """A question whose answer changes the list of documents, the deadline or the fee."""

    id: Slug
    question: Text
    values: tuple[Value, ...] = Field(min_length=2)
    yes: Slug | None = None  # the value that a bare "có" means; None: a bare yes says nothing here
    no: Slug | None = None  # the value that a bare "không", "chưa" means
    unit: Text | None = None  # of the numbers in `least` and `most`: "tuổi", "m²"
    when: Condition = Field(default_factory=dict)  # asked only then; names earlier cases

    def label(self, value: str) -> str:
        """The words of a value; raises KeyError for one this case does not have."""
        return {v.id: v.label for v in self.values}[value]


class Document(Model):
    """One line of the citizen's list."""

    id: Slug
    name: Text
    handling: Literal["submit", "present", "not_needed"]
    reason: Text | None = None  # why it is no longer needed
    originals: int | None = Field(default=None, ge=0)  # None: the data do not say it soundly
    copies: int | None = Field(default=None, ge=0)
    either: bool = False  # one original *or* one copy will do
    options: tuple[Text, ...] = ()  # any one of these is enough
    form: Text | None = None  # "CT01", "Mẫu số 04"
    only_if: Text | None = None  # a condition that no case asks: "nếu có", "khi cán bộ không tra được ..."
    rare: bool = False  # almost nobody needs it: stands under "Chỉ khi ..." with its `only_if`
    at_collection: bool = False  # handed in or shown when the result is fetched, not when filing
    note: Text | None = None
    when: Condition = Field(default_factory=dict)
    via: tuple[Via, ...] = ()  # only for these ways of filing; empty: all
    rows: Rows = ()

    @model_validator(mode="after")
    def _reason_belongs_to_not_needed(self) -> Self:
        if (self.handling == "not_needed") != (self.reason is not None):
            raise ValueError("reason is required for not_needed, and only there")
        return self


class Deadline(Dated):
    """How long the office may take."""

    kind: Literal["same_day", "working_days", "days", "months", "other", "unknown"]
    count: int | None = Field(default=None, ge=1)
    usual: bool = False  # a proposal of the reviewers: told as "thường là"
    note: Text | None = None  # for "other" the whole sentence
    when: Condition = Field(default_factory=dict)
    via: tuple[Via, ...] = ()

    @model_validator(mode="after")
    def _count_belongs_to_a_span(self) -> Self:
        if (self.kind in ("working_days", "days", "months")) != (self.count is not None):
            raise ValueError("count is required for working_days, days and months, and only there")
        if self.kind == "other" and not self.note:
            raise ValueError("a deadline of kind other is told by its note")
        return self


class Fee(Dated):
    """What it costs: phí or lệ phí."""

    name: Text  # "Lệ phí đăng ký khai tử"
    level: Literal["amount", "free", "not_collected", "province", "unknown"]
    amount: int | None = Field(default=None, ge=0)
    unit: Text | None = None  # "đồng/bản"
    note: Text | None = None  # who is exempt, steps of the tariff
    basis: Text | None = None
    when: Condition = Field(default_factory=dict)
    via: tuple[Via, ...] = ()

    @model_validator(mode="after")
    def _amount_has_a_unit(self) -> Self:
        if (self.level == "amount") != (self.amount is not None and self.unit is not None):
            raise ValueError("amount and unit are required for level amount, and only there")
        return self


class Note(Model):
    """An explanation for the citizen; a topic sends it to the follow-up question it answers."""

    text: Text
    topic: Topic = "general"
    lead: bool = False  # decides whether it is for me, or what must be done first: told before the papers
    when: Condition = Field(default_factory=dict)
    via: tuple[Via, ...] = ()
    rows: Rows = ()


class Spot(Model):
    """Where to file in one case or by one way, when it is not where the procedure usually is filed."""

    place: Place
    where: Text | None = None  # what else to know about it; required for place other
    agency: Text | None = None  # who decides then; None: as usual
    when: Condition = Field(default_factory=dict)
    via: tuple[Via, ...] = ()


class Skipped(Model):
    """Source rows that are not for citizens, and why they are left out."""

    rows: Rows
    why: Text


class Announced(Model):
    """A change that is announced and not yet in force."""

    on: date
    text: Text


class Neighbour(Model):
    """A procedure that people confuse with this one, and the words that tell it apart."""

    code: str
    label: Text  # on the button: "Cha mẹ chưa kết hôn, cha nhận con luôn"


class Source(Model):
    """Where a procedure was read."""

    name: Text
    as_of: date


class Procedure(Dated):
    """One procedure as the citizen needs it."""

    code: Annotated[str, StringConstraints(pattern=r"^\d\.\d{6}$")]
    name: Text  # the official name
    short: Text  # the everyday name
    about: Text  # one plain sentence: what it is for
    asks: tuple[Text, ...]  # how people ask for it
    variant_of: str | None = None  # the plain procedure that people mean unless they name a qualifier
    qualifiers: tuple[Text, ...] = ()  # words that ask for this variant: "lưu động"
    neighbours: tuple[Neighbour, ...] = ()
    who: Text  # who may file
    cases: tuple[Case, ...] = ()
    documents: tuple[Document, ...]
    deadlines: tuple[Deadline, ...] = Field(min_length=1)
    fees: tuple[Fee, ...] = Field(min_length=1)
    place: Place
    agency: Text  # who decides
    spots: tuple[Spot, ...] = ()  # other places for a case or a way of filing; the first that holds is told
    where: Text | None = None  # what else to know about the place; required for place other
    methods: tuple[Via, ...]
    result: Text
    legal_basis: tuple[Text, ...]
    notes: tuple[Note, ...] = ()
    condition_unstated: bool = False  # the data state no condition: said so on purpose, not forgotten
    announced: tuple[Announced, ...] = ()
    doubts: tuple[Text, ...] = ()  # what is partial or doubtful, in plain words for the citizen
    editor: Text | None = None  # the same for whoever edits this file
    decision: Text | None = None  # the announcing decision; None: the data do not name it
    evidence: Literal["data", "partial"]
    skipped: tuple[Skipped, ...] = ()
    source: Source
    checked: date
    language: str = "vi"  # of its texts

    def case(self, case_id: str) -> Case:
        """The case with that id; raises KeyError."""
        return {c.id: c for c in self.cases}[case_id]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        from knowledge.procedures.procedure_problems import problems_of  # it reads these models

        problems = list(problems_of(self))
        if problems:
            raise ValueError("; ".join(problems))
        return self


class CatalogueField(Model):
    """One field (lĩnh vực) with its procedures."""

    id: Slug
    name: Text
    about: Text  # for browsing: what is in it, in everyday words
    order: int
    procedures: tuple[Procedure, ...]


class Catalogue(Model):
    """All fields, in the order they are shown."""

    fields: tuple[CatalogueField, ...]
    others: Mapping[str, "Catalogue"] = Field(default_factory=dict)  # the same in other languages

    @cached_property  # every turn asks several times
    def procedures(self) -> Mapping[str, Procedure]:
        """Every procedure by its national code."""
        return {p.code: p for f in self.fields for p in f.procedures}

    def field_of(self, code: str) -> CatalogueField:
        """The field a procedure stands in; raises StopIteration for an unknown code."""
        return next(f for f in self.fields if any(p.code == code for p in f.procedures))
