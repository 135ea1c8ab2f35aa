"""An open question and its choices, as values: what a typed line may answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.intake.form import Choice as FormChoice
from knowledge.procedures.catalogue import Case

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
    year: int = 0  # in which it is asked, to tell an age from a year of birth; 0: not to be told

    def option(self, value: str) -> Option:
        """The choice with that value; raises KeyError."""
        return {option.value: option for option in self.options}[value]


def of_case(case: Case, unsure: str | None = None, year: int = 0) -> Question:
    """A case of the catalogue as an open question, asked in that year."""
    options = tuple(
        Option(value.id, value.label, value.says, value.least, value.most) for value in case.values
    )
    return Question(options, case.question, case.yes, case.no, case.unit, unsure, year=year)


def of_choices(choices: Sequence[FormChoice], text: str, unsure: str | None = None) -> Question:
    """The choices of a form's question."""
    options = tuple(Option(choice.value, choice.label, choice.says) for choice in choices)
    return Question(options, text, unsure=unsure, kind="form")
