"""An open question and its choices, as values: what a typed line may answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["case", "form", "consent", "matter", "confirm"]


@dataclass(frozen=True)
class Option:
    """One choice."""

    value: str
    label: str  # on the button
    says: tuple[str, ...] = ()  # how people say it in their own words
    least: int | None = None  # a typed number of the question's unit from here on means this choice
    most: int | None = None  # and up to here, included


@dataclass(frozen=True)
class Question:
    """What was asked and is still open."""

    options: tuple[Option, ...]
    text: str = ""  # as it was asked
    yes: str | None = None  # the value that a bare "có" means; None: a bare yes says nothing here
    no: str | None = None  # the value that a bare "không", "chưa" means
    unit: str | None = None  # of the numbers in `least` and `most`: "tuổi", "m²"
    unsure: str | None = None  # the value of "Tôi chưa rõ"; None: it is not offered
    kind: Kind = "case"

    def option(self, value: str) -> Option:
        """The choice with that value; raises KeyError."""
        return {option.value: option for option in self.options}[value]


class CaseValue(Protocol):
    """A value of a case of the catalogue, as far as it is read here."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...


class Case(Protocol):
    """A case of the catalogue, as far as it is read here."""

    @property
    def question(self) -> str: ...
    @property
    def values(self) -> Sequence[CaseValue]: ...


def of_case(case: Case, unsure: str | None = None) -> Question:
    """A case of the catalogue as an open question; keys that it does not have yet count as not given."""
    options = tuple(
        Option(
            value.id, value.label,
            tuple(getattr(value, "says", ())), getattr(value, "least", None), getattr(value, "most", None),
        )  # fmt: skip
        for value in case.values
    )
    given = {name: getattr(case, name, None) for name in ("yes", "no", "unit")}
    return Question(options, case.question, given["yes"], given["no"], given["unit"], unsure)
