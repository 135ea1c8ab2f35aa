"""What speaks for each choice of a question in a typed line, measured several ways."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from rapidfuzz import fuzz

from knowledge.reading.answers.numbers import measures
from knowledge.reading.answers.options import Option, Question
from knowledge.reading.answers.terms import Term, opposites, parts, terms
from knowledge.reading.answers.yes_no import head, strength
from knowledge.reading.likeness import Likeness, features
from knowledge.reading.words import Line, forms, line, same

COLUMNS = (
    "label", "part", "says", "cover", "conflict", "yes_no", "other_yes_no", "denial", "likeness", "range",
    "exact", "within", "like",
)  # fmt: skip
COMMON = 0.15  # what a term weighs that every choice has
UNKNOWN = 0.35  # what a term weighs that no choice has
LATER = 0.6  # what a sentence after the first counts
LEAST, FULL = 2, 4  # words of a phrase that stands in a line as it is: from where it counts, and all it can


_DENIES = frozenset(word.folded for word in line("không chưa chẳng đâu hết khỏi").words)


@dataclass(frozen=True)
class Known:
    """A choice as terms."""

    option: Option
    label: tuple[Term, ...]
    parts: tuple[tuple[Term, ...], ...]
    says: tuple[tuple[Term, ...], ...]
    belongs: Mapping[tuple[str, bool], float]  # how much a term, said or denied, is this choice's; 0..1


@dataclass(frozen=True)
class Choices:
    """The choices of a question, compared with each other."""

    known: tuple[Known, ...]
    weight: Mapping[str, float]  # of each term name, by how few choices have it
    likeness: Likeness  # of a line to the labels and phrases of each

    def of(self, term: Term) -> float:
        """What a term weighs here."""
        return self.weight.get(term.name, UNKNOWN)


@lru_cache(maxsize=96)
def choices(question: Question) -> Choices:
    """The choices of a question as terms with their weights."""
    known = tuple(_known(option) for option in question.options)
    having: dict[str, float] = {}
    for each in known:
        own: dict[str, float] = {}
        for (name, _), share in each.belongs.items():
            own[name] = max(own.get(name, 0.0), share)
        for name, share in own.items():
            having[name] = having.get(name, 0.0) + share
    count = len(known)
    weight = {name: log(count / min(max(n, 1.0), count)) + COMMON for name, n in having.items()}
    return Choices(known, weight, Likeness(_examples(question.options), count))


def _examples(options: Sequence[Option]) -> list[tuple[int, frozenset[str]]]:
    return [
        (number, features(line(each)))
        for number, option in enumerate(options)
        for each in (option.label, *option.says)
    ]


def evidence(text: str, question: Question) -> list[list[float]]:
    """One row a choice, one column a measure (COLUMNS)."""
    among = choices(question)
    said = terms(text)
    start = head(text)
    meant = None if start is None else question.yes if start else question.no
    heads = (meant, strength(text)) if meant is not None else (None, 0.0)
    numbers = measures(text, question.unit) if question.unit else ()
    typed = line(text)
    rows = [_row(each, said, typed.spoken, start, heads, numbers, among) for each in among.known]
    within = [_within(each.option, typed) for each in among.known]
    alike = among.likeness.scores(features(typed) if said else ())  # a bare "không" is like no choice
    return [
        [*row, here * (here == max(within)), like]
        for row, here, like in zip(rows, within, alike, strict=True)
    ]


def _row(
    each: Known, said: Sequence[Term], plain: str, start: bool | None, heads: tuple[str | None, float],
    numbers: Sequence[float], among: Choices,
) -> list[float]:  # fmt: skip
    meant, strong = heads
    phrases = [_alike(phrase, said, among) for phrase in each.says]
    return [
        _said(each.label, said, among),
        max((_said(part, said, among) for part in each.parts), default=_said(each.label, said, among)),
        max(phrases, default=0.0),
        _cover(each, said, among),
        _conflict(each, said, among),
        strong * (meant == each.option.value),
        strong * (meant is not None and meant != each.option.value),
        _denial(each, said, start),
        _likeness(each.option, plain),
        _in_range(each.option, numbers),
        float(any(_bare(phrase) == _bare(plain) for phrase in (each.option.label, *each.option.says))),
    ]


def _known(option: Option) -> Known:
    split = tuple(found for part in parts(option.label) if (found := terms(part)))
    label, says = terms(option.label), tuple(terms(phrase) for phrase in option.says)
    return Known(option, label, split, says, _belongs(label, says))


def _belongs(label: Sequence[Term], says: Sequence[Sequence[Term]]) -> dict[tuple[str, bool], float]:
    """A term of the label is the choice's own; one of its phrases the more, the more of them have it."""
    counts = Counter((name, term.is_said) for phrase in says for term in phrase for name in _names(term))
    told = {key: sqrt(count / len(says)) for key, count in counts.items()}
    return told | {(name, term.is_said): 1.0 for term in label for name in _names(term)}


def _names(term: Term) -> tuple[str, ...]:
    """The name a term goes by, and for a word the one it has without marks."""
    return (term.name,) if term.name.startswith("=") else (term.name, _plain(term.name))


@lru_cache(maxsize=20_000)
def _plain(name: str) -> str:
    return "".join(word.folded for word in line(name).words) or name


def _same(one: Term, other: Term) -> bool:
    """Whether a typed term is a term of a choice, whoever denies it."""
    return one.name == other.name or (not one.is_exact and one.name == _plain(other.name))


def _matters(term: Term, among: Choices) -> bool:
    """Whether a term of the line counts against a choice that lacks it: what only follows does not."""
    return not term.is_implied or term.name in among.weight


def _counts(term: Term) -> float:
    return 1.0 if term.at == 0 else LATER


def _said(phrase: Sequence[Term], said: Sequence[Term], among: Choices) -> float:
    """The part of a phrase, by weight, that the line says and means the same way; 0..1."""
    total = sum(among.of(term) for term in phrase)
    if not total:
        return 0.0
    found = sum(
        among.of(term)
        * max((_counts(s) for s in said if _same(s, term) and s.is_said == term.is_said), default=0)
        for term in phrase
    )
    return found / total


def _alike(phrase: Sequence[Term], said: Sequence[Term], among: Choices) -> float:
    """How far a phrase and the line say the same: of both parts the harmonic mean, 0..1."""
    recall = _said(phrase, said, among)
    total = sum(among.of(s) * _counts(s) for s in said if _matters(s, among))
    if not recall or not total:
        return 0.0
    found = sum(
        among.of(s) * _counts(s) for s in said if any(_same(s, t) and s.is_said == t.is_said for t in phrase)
    )
    return 2 * recall * (found / total) / (recall + found / total)


def _cover(each: Known, said: Sequence[Term], among: Choices) -> float:
    """The part of what the line says, by weight, that is this choice's; 0..1."""
    total = sum(among.of(s) * _counts(s) for s in said if _matters(s, among))
    if not total:
        return 0.0
    return sum(among.of(s) * _counts(s) * each.belongs.get((s.name, s.is_said), 0.0) for s in said) / total


def _conflict(each: Known, said: Sequence[Term], among: Choices) -> float:
    """What the line denies that the label says, or the other way round, or what excludes it; by weight."""
    against = 0.0
    for s in said:
        if any(_same(s, t) and s.is_said != t.is_said for t in each.label):
            against += (1.0 if s.name.startswith("=") else max(among.of(s), COMMON)) * _counts(s)
        elif s.is_said and any(t.is_said and t.name in opposites().get(s.name, ()) for t in each.label):
            against += _counts(s)
    return min(against, 2.0)


def _denial(each: Known, said: Sequence[Term], start: bool | None) -> float:
    """1 if line and label both deny or both affirm, -1 if one does; 0 if the line does neither."""
    denies = start is False or any(not s.is_said for s in said)
    affirms = start is True
    if not denies and not affirms:
        return 0.0
    label_denies = any(not t.is_said for t in each.label)
    return 1.0 if label_denies == denies else -1.0


def _likeness(option: Option, plain: str) -> float:
    """The likeness of the words with the label or a phrase of it, 0..1."""
    return max(fuzz.token_sort_ratio(plain, line(each).spoken) for each in (option.label, *option.says)) / 100


def _within(option: Option, typed: Line) -> float:
    """How much of a phrase the line holds word for word, by its length: 0..1."""
    held = [length for each in option.says if (length := _held(line(each), typed)) >= LEAST]
    return min(max(held, default=0) / FULL, 1.0)


def _held(phrase: Line, typed: Line) -> int:
    """Words of a phrase that stands in a line, and is not denied there; 0 if it does not."""
    words, sought = typed.words, phrase.words
    for at in range(len(words) - len(sought) + 1):
        here = words[at : at + len(sought)]
        if all(same(word, asked, typed.is_marked) for word, asked in zip(here, sought, strict=True)):
            return 0 if at and words[at - 1].folded in _DENIES else len(sought)
    return 0


def _in_range(option: Option, numbers: Sequence[float]) -> float:
    """1 if the first number lies in the choice's range, -1 if it has one and it does not."""
    if not numbers or (option.least is None and option.most is None):
        return 0.0
    least = float("-inf") if option.least is None else option.least
    most = float("inf") if option.most is None else option.most + 0.999  # five and a half is still five
    return 1.0 if least <= numbers[0] <= most else -1.0


def _bare(text: str) -> str:
    return " ".join(word.typed for word in line(text).words if word.typed not in forms("dạ da"))
