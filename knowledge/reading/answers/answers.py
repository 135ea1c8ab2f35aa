"""A typed line as an answer to the open question: which choice, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp
from pathlib import Path
from typing import Literal

from knowledge.datafile import Model, Text, read
from knowledge.reading.answers import yes_no
from knowledge.reading.answers.births import of_birth
from knowledge.reading.answers.evidence import COLUMNS, choices, evidence
from knowledge.reading.answers.numbers import counted, measures
from knowledge.reading.answers.options import Question
from knowledge.reading.answers.terms import terms
from knowledge.reading.phrases import Phrases
from knowledge.reading.words import forms, line

UNSURE_FILE = Path(__file__).with_name("unsure.toml")

How = Literal["number", "label", "words", "yes_no", "range", "unsure"]

SURE = 0.97  # a label or a number is what it is; only the person may have slipped
CLEAR = 0.6  # a choice this likely is meant, even by who says "chưa biết" in it
BEFORE, AFTER = "dạ da", "ạ a nha nhé luôn đó thôi em cô chị anh rồi nghen"  # politeness around a label
NODDED = ("consent", "confirm")  # kinds of questions that "ok" answers
EITHER, ALIKE = 0.25, 0.6  # least chance of a choice that a line leaves; and in parts of the likeliest
FEW, FEW_MORE = 4, 6  # words beside those that put an answer off, or say that nobody knows
ASKED = 64  # answers that are kept: one turn reads a line several times
SHORT = 7  # words of a line that tells a number and little else
PLAIN = 0.95  # a bare yes or no where the question says what it means

# What each column of the evidence is worth: a conditional logit over the choices and "no answer", fitted by
# `benchmarks/fit_answers.py` on replies, on ways of saying the choices, and on lines that answer nothing.
WEIGHTS = {
    "label": 1.5, "part": 0.98, "says": 1.98, "cover": 2.47, "conflict": -1.41, "yes_no": 3.23,
    "other_yes_no": -1.04, "denial": 0.47, "likeness": 1.72, "range": 2.99, "exact": 4.01, "within": 0.76,
    "like": 4.52,
}  # fmt: skip
NO_ANSWER = {"constant": 2.07, "unknown": 2.16, "asks": 2.48}


@dataclass(frozen=True)
class Answer:
    """The choice that a line means."""

    value: str
    label: str  # of the choice: what is said back
    chance: float  # 0..1: that it is meant
    how: How


@dataclass(frozen=True)
class NotOffered:
    """A line counts off a choice that is not there."""

    number: int
    count: int  # of the choices


class Unsure(Model):
    """The table of `unsure.toml`."""

    unsure: tuple[Text, ...]
    explain: tuple[Text, ...]
    later: tuple[Text, ...]
    asks: tuple[Text, ...]
    denies: tuple[Text, ...]


@lru_cache(maxsize=ASKED)
def answers(text: str, question: Question) -> tuple[Answer, ...] | NotOffered:
    """The choices a line may mean, likeliest first; empty if it says nothing about them."""
    same = _same_label(text, question)
    if same is not None:
        return (same,)
    place = _counted(text, question)
    if place is not None:
        return _numbered(place, question)
    told = _yes_or_no(text, question)
    if told is not None:
        return (_answer(told, PLAIN, "yes_no", question),)
    held = of_birth(text, question)
    if held:
        return tuple(Answer(each.value, each.label, PLAIN / len(held), "range") for each in held)
    measured = _measured(text, question)
    if measured is not None:
        return (measured,)
    doubt = unsureness(text)
    if doubt == "only":
        return _unsure_answer(question)
    weighed = _weighed(text, question)
    if doubt and not (weighed and weighed[0].chance >= CLEAR):
        return _unsure_answer(question)
    return weighed


@cache
def load(path: Path = UNSURE_FILE) -> Unsure:
    """Reads `unsure.toml`; raises BadDataFile."""
    return read(path, Unsure)


def unsureness(text: str) -> Literal["only", "too"] | None:
    """Whether a line says that its writer does not know, or will ask: that only, or with more."""
    typed = line(text)
    found = {match.kind for match in _unsure().matches(typed)}
    left = _unsure().without(typed)
    if not found or len(left.split()) > (FEW if "later" in found else FEW_MORE):
        return None
    return "only" if "later" in found or not terms(left) else "too"


def waits(text: str) -> bool:
    """Whether a line asks for time to look or to ask: "để em xem", "để hỏi chồng đã"."""
    typed = line(text)
    return any(match.kind == "later" for match in _unsure().matches(typed)) and unsureness(text) == "only"


def narrowed(found: Sequence[Answer]) -> tuple[Answer, ...]:
    """The choices that a line leaves, where it does not tell them apart: "đồng ý" of two ways to agree."""
    likely = tuple(each for each in found if each.chance >= max(EITHER, ALIKE * found[0].chance))
    return likely if len(likely) > 1 and sum(each.chance for each in likely) >= CLEAR else ()


def asks(text: str) -> bool:
    """Whether a line looks like a question."""
    return "?" in text or (_asks().says(line(text)) and not _denies().says(line(text)))


def chances(rows: Sequence[Sequence[float]], line_features: Sequence[float]) -> list[float]:
    """The chance of each choice; what is missing to 1 is that the line is no answer."""
    scores = [sum(w * x for w, x in zip(WEIGHTS.values(), row, strict=True)) for row in rows]
    none = sum(w * x for w, x in zip(NO_ANSWER.values(), line_features, strict=True))
    highest = max(*scores, none)
    odds = [exp(score - highest) for score in scores]
    total = sum(odds) + exp(none - highest)
    return [each / total for each in odds]


def features(text: str, question: Question) -> tuple[float, float, float]:
    """What speaks for no answer: a constant, the part that no choice knows, the look of a question."""
    weight = choices(question).weight
    said = [term for term in terms(text) if not term.is_implied]
    unknown = sum(term.name not in weight for term in said) / max(len(said), 1)
    return 1.0, unknown, float(_asks().says(line(text)))


def _measured(text: str, question: Question) -> Answer | None:
    """The one choice whose range holds the one number of a short line."""
    numbers = measures(text, question.unit) if question.unit else ()
    if len(numbers) != 1 or len(line(text).words) > SHORT:
        return None
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in evidence(text, question)]
    held = [option for option, row in zip(question.options, rows, strict=True) if row["range"] > 0]
    return _answer(held[0].value, PLAIN, "range", question) if len(held) == 1 else None


def _weighed(text: str, question: Question) -> tuple[Answer, ...]:
    if not terms(text) and yes_no.head(text) is None and not question.unit:
        return ()
    found = chances(evidence(text, question), features(text, question))
    pairs = sorted(zip(question.options, found, strict=True), key=lambda pair: -pair[1])
    return tuple(Answer(option.value, option.label, chance, "words") for option, chance in pairs)


def _counted(text: str, question: Question) -> int | None:
    """A counted place; "ba" is a father where one is offered."""
    place = counted(text, len(question.options) + (question.unsure is not None))
    if place is None or question.unit is not None and not _names_a_choice(text):
        return None
    is_father = any(term.name == "=father" for term in terms(text))
    offered = "=father" in choices(question).weight
    return None if is_father and offered else place


def _names_a_choice(text: str) -> bool:
    """Whether a number is said to be a choice: at a question for an age "2" may be one."""
    return any(word.folded in ("so", "cau", "chon", "cai", "thu", "y") for word in line(text).words)


def _numbered(place: int, question: Question) -> tuple[Answer, ...] | NotOffered:
    count = len(question.options)
    if 1 <= place <= count:
        return (_answer(question.options[place - 1].value, SURE, "number", question),)
    if place == count + 1 and question.unsure is not None:
        return (Answer(question.unsure, "", SURE, "number"),)
    return NotOffered(place, count)


def _same_label(text: str, question: Question) -> Answer | None:
    """The one choice whose label, without what stands in brackets, is typed."""
    said = _key(text)
    found = [
        option for option in question.options if said and said in (_key(option.label), _short(option.label))
    ]
    return _answer(found[0].value, SURE, "label", question) if len(found) == 1 else None


def _key(text: str) -> str:
    said = [word.typed for word in line(text).words]
    while len(said) > 1 and said[0] in forms(BEFORE):
        said = said[1:]
    while len(said) > 1 and said[-1] in forms(AFTER):
        said = said[:-1]
    return " ".join(said)


def _short(label: str) -> str:
    return _key(label.partition("(")[0])


def _unsure_answer(question: Question) -> tuple[Answer, ...]:
    return () if question.unsure is None else (Answer(question.unsure, "", PLAIN, "unsure"),)


def _yes_or_no(text: str, question: Question) -> str | None:
    """The value that a bare yes or no means here; a nod is a yes where one agrees or confirms."""
    told = yes_no.bare(text)
    if yes_no.nods(text) and (told is None or line(text).is_marked):  # "da co" is no "dạ, cô"
        return question.yes if question.kind in NODDED or _confirms().says(line(question.text)) else None
    return None if told is None else question.yes if told else question.no


@cache
def _confirms() -> Phrases:
    return Phrases(("confirms", phrase) for phrase in ("có phải", "phải không", "đúng không", "đồng ý"))


def _answer(value: str, chance: float, how: How, question: Question) -> Answer:
    return Answer(value, question.option(value).label, chance, how)


@cache
def _unsure() -> Phrases:
    known = load()
    return Phrases([*(("unsure", p) for p in known.unsure), *(("later", p) for p in known.later)])


@cache
def _denies() -> Phrases:
    return Phrases(("denies", phrase) for phrase in load().denies)


@cache
def _asks() -> Phrases:
    return Phrases(("asks", phrase) for phrase in load().asks)
