"""What a citizen has told for one form: a value, each kind of thing in its own place, and how it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

Answers = Mapping[str, str]  # question id -> value as stored; "" is skipped. In the order given

VERSION = 1  # of what `stored` gives; a changed shape gets the next, and `restored` a reader of this one


@dataclass(frozen=True)
class CardReading:
    """What the QR of an ID card told, by `knowledge.intake.form.CardField`."""

    told: Mapping[str, str] = field(default_factory=dict)  # as answers are stored: {"birth": "1998-03-14"}
    unclear: Mapping[str, str] = field(default_factory=dict)  # as on the card: can mean several places


@dataclass(frozen=True)
class Inconsistency:
    """Answers that do not go together."""

    code: str  # knowledge.intake.plausibility.Code
    questions: tuple[str, ...]  # ids; any of these may be wrong
    values: tuple[str, ...]  # of these questions
    years: int = field(default=0, compare=False)  # the limit of the form's check; 0: it has none


@dataclass(frozen=True)
class Interview:
    """Only what the citizen gave. The rest (who is the same person, what is usual) follows from it."""

    answers: Answers = field(default_factory=dict)
    cards: Mapping[str, CardReading] = field(
        default_factory=dict
    )  # by id of the card question: "mother.card"
    acknowledged: tuple[Inconsistency, ...] = ()  # "it is so"; lapses when one of these answers changes
    changing: str = ""  # id of the question that is asked again; its answer holds until there is another
    by_hand: bool = False  # the citizen photographs no card

    def answered(self, question: str, value: str) -> "Interview":
        """With that answer, the last one given; what a card told in its place is forgotten."""
        told = self.without(question)
        return replace(told, answers={**told.answers, question: value})

    def scanned(self, question: str, reading: CardReading) -> "Interview":
        """With that card, in place of an earlier one."""
        told = self.answered(question, "scanned")
        return replace(told, cards={**told.cards, question: reading})

    def without(self, question: str) -> "Interview":
        """Without that answer, its card, and the wish to change one."""
        answers = {key: value for key, value in self.answers.items() if key != question}
        cards = {key: reading for key, reading in self.cards.items() if key != question}
        return replace(self, answers=answers, cards=cards, changing="")

    def acknowledge(self, found: Inconsistency) -> "Interview":
        """With the citizen's word that it is so."""
        about = (found.code, found.questions)
        others = (one for one in self.acknowledged if (one.code, one.questions) != about)
        return replace(self, acknowledged=(*others, found))


def stored(interview: Interview) -> dict[str, Any]:
    """As it is kept, ready for JSON."""
    return {"version": VERSION, **_shape().dump_python(interview, mode="json")}


def restored(kept: Mapping[str, Any]) -> Interview:
    """What `stored` gave. Raises ValueError for the shape of a later version of this program."""
    if kept.get("version") != VERSION:
        raise ValueError(f"an interview of version {kept.get('version')}: this program reads {VERSION}")
    return _shape().validate_python({key: value for key, value in kept.items() if key != "version"})


def of_bag(bag: Mapping[str, str]) -> Interview:
    """What was kept before there were versions: everything in one mapping, told apart by its keys."""
    interview = Interview(changing=bag.get("?", ""), by_hand="by_hand" in bag)
    for key, value in bag.items():
        if key.startswith("!"):
            interview = interview.acknowledge(_acknowledged(key, value))
        elif ".card." in key:
            interview = _with_card_field(interview, key, value)
        elif key not in ("?", "by_hand"):
            interview = replace(interview, answers={**interview.answers, key: value})
    return interview


def _acknowledged(key: str, value: str) -> Inconsistency:
    """Of "!id_year:father.id_number,father.birth" and "060095004321|1994-11-02"."""
    code, _colon, questions = key[1:].partition(":")
    return Inconsistency(code, tuple(questions.split(",")), tuple(value.split("|")))


def _with_card_field(interview: Interview, key: str, value: str) -> Interview:
    """Of "mother.card.birth", or "mother.card.residence?" for what was unclear."""
    card, _dot, name = key.rpartition(".")
    reading = interview.cards.get(card, CardReading())
    if name.endswith("?"):
        reading = replace(reading, unclear={**reading.unclear, name[:-1]: value})
    else:
        reading = replace(reading, told={**reading.told, name: value})
    return replace(interview, cards={**interview.cards, card: reading})


@cache
def _shape() -> TypeAdapter[Interview]:
    return TypeAdapter(Interview)
