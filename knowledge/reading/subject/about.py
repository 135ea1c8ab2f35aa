"""A line as a question about the procedure that is open: what is asked, and the passages that answer it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from knowledge.procedures.catalogue import Procedure, Via
from knowledge.reading.answers.answers import asks
from knowledge.reading.answers.terms import terms
from knowledge.reading.subject.asking import Aspect, aspect, names_paper
from knowledge.reading.subject.copies import Cost, cost
from knowledge.reading.subject.guess import NO_ASPECT, asked_in
from knowledge.reading.subject.leaf import Found, Leaf, attributes, content, tokens
from knowledge.reading.subject.passages import Passage, passages
from knowledge.reading.words import Line, line

Verdict = Literal["", "yes", "no", "only-if", "unknown"]
VERDICTS: Mapping[str, Verdict] = {"submit": "yes", "present": "yes", "not_needed": "no"}

NEEDED, NAMED = 0.45, 0.6  # part of a question that a document's name must have; where more is asked too
THING = 0.3  # the same of a passage that names the same paper or thing
OWN = 0.3  # what a passage of the aspect's own kind is ahead
BEFORE_LACKING = (
    "together",
    "proxy",
    "other-place",
    "late",
    "illiterate",
    "expired",
)  # "không ký được thì sao"
TOLD = 0.5  # part of a question that any other passage must have to answer it
ASKED = 64  # answers that are kept: one turn reads a line several times
WHOLE = 0.95  # part of a line that a passage must have to hold all that it names
TITLE = 2  # words of a name that say what it is
BESIDE = 0.2  # part that a passage must have to be told beside those of the aspect
MOST = 4  # passages that are told

NEED, WITHOUT = "need", "without"  # the aspects of who asks whether a thing is needed, and what without it
ISSUED = "issued-by"  # of who asks where a paper comes from

# The chance that a line is meant as a question about what is open, before anything else is weighed.
ASPECT, VERDICT_FOUND, PASSAGE, LOOK = 0.8, 0.85, 0.75, 0.45


@dataclass(frozen=True)
class About:
    """A line asks about the subject."""

    aspect: str  # "fee", "need", "without", "passage" ... as in asking.toml; "" if nothing of it is known
    chance: float  # 0..1
    verdict: Verdict = ""  # of "need": whether the thing is needed
    passages: tuple[Passage, ...] = ()  # best first
    also: tuple[str, ...] = ()  # other aspects that are asked
    cost: Cost | None = None  # computed, where a fee has a unit and the line a number


class _Leaves(NamedTuple):
    """A procedure's passages, and its documents by their names only."""

    all: Leaf
    documents: Leaf


def about(text: str, procedure: Procedure, answers: Mapping[str, str], via: Via) -> About | None:
    """What a line asks about a procedure; None if it does not look like a question about it."""
    return _about(text, _Key(procedure), tuple(sorted(answers.items())), via)


@lru_cache(maxsize=ASKED)
def _about(text: str, key: "_Key", answers: tuple[tuple[str, str], ...], via: Via) -> About | None:
    typed, procedure = line(text), key.procedure
    leaf = _built(key, answers, via)
    found = leaf.all.find(text)
    asked = asked_in(text, typed)
    heard = tuple(each for name in asked if (each := aspect(name)))
    first = (
        (_issued(text, leaf, found, procedure) if ISSUED in asked else None)
        or (_need(text, leaf, found, heard) if NEED in asked else None)
        or (_without(leaf, found, heard) if WITHOUT in asked else None)
    )
    if first:
        return first
    if asked and asked[0] in NO_ASPECT:
        return About(asked[0], ASPECT)
    if heard:
        return _aspect(text, heard, found, leaf.all, procedure)
    if NEED in asked:
        return _needed_thing(text, typed, found)
    told = _telling(text, found)
    if told and asks(text):
        return About("passage", PASSAGE, "", told)
    return About("", LOOK) if asks(text) else None


def is_said(text: str, procedure: Procedure, answers: Mapping[str, str], via: Via) -> bool:
    """Whether all that a line names stands in one passage: "hộ cận nghèo" is a case of it, not a new matter."""
    found = _leaf(procedure, answers, via).all.find(text)
    return bool(found) and found[0].share >= WHOLE


def _issued(text: str, leaf: _Leaves, found: Sequence[Found], procedure: Procedure) -> About | None:
    """Where a paper comes from that is handed in here; what the procedure itself makes is filed for."""
    papers = leaf.documents.find(text)
    made = {form for forms in tokens(f"{procedure.short} {procedure.result}") for form in forms}
    if not papers or papers[0].share < NAMED or not {*content(text)} - made:
        return None
    notes = [each.passage for each in found if each.passage.kind == "note" and each.share >= TOLD]
    told = [paper for paper in (papers[0].passage,) if paper.text != paper.name]
    return About(ISSUED, VERDICT_FOUND, "", tuple([*notes, *told][:MOST]))


def _need(text: str, leaf: _Leaves, found: Sequence[Found], heard: Sequence[Aspect]) -> About | None:
    """Whether a paper is needed: by the rows whose names have what is asked for."""
    papers = leaf.documents.find(text)
    least = NAMED if heard else NEEDED
    if (
        not papers
        or papers[0].share < least
        or (heard and not _names_paper(text, papers[0].passage, leaf.all.language))
    ):
        return None
    rows = [each.passage for each in papers if each.share >= papers[0].share - BESIDE]
    notes = [each.passage for each in found if each.passage.kind in ("note", "who") and each.share >= TOLD]
    return About(NEED, VERDICT_FOUND, _verdict(rows), tuple([*rows[:2], *notes][:MOST]), _ids(heard))


def _names_paper(text: str, found: Passage, language: str) -> bool:
    """Whether a line names a paper, not only what papers have to be ("có phải công chứng không").

    Where the paper itself is called so, it is one: "Bản chính giấy tờ cần sao".
    """
    called = content(" ".join(found.name.split()[:TITLE]), language)
    return any(
        token.startswith("=") and (token not in attributes() or token in called)
        for token in content(text, language)
    )


def _needed_thing(text: str, typed: Line, found: Sequence[Found]) -> About:
    """The same for what is no paper, or not named in the data."""
    told = _telling(text, [each for each in found if each.passage.kind != "document"])
    if told:
        return About(NEED, PASSAGE, "", told)
    return About(NEED, PASSAGE if names_paper(typed) else LOOK, "unknown")


def _telling(text: str, found: Sequence[Found]) -> tuple[Passage, ...]:
    """The passages that have enough of a line to answer it; a thing named in both is worth more."""
    named = {token for token in content(text) if token.startswith("=")}
    enough = [f for f in found if f.share >= (THING if named & f.tokens else TOLD)]
    return _first(enough)


def _without(leaf: _Leaves, found: Sequence[Found], heard: Sequence[Aspect]) -> About | None:
    """What happens without a thing: the choices that lack it, or what is said about it."""
    first = heard[0].id if heard else ""
    if first in BEFORE_LACKING or not found or found[0].share < NEEDED:
        return None
    lacking = _lacking([each.passage for each in found if each.share >= NEEDED], leaf.all.passages)
    told = [
        *lacking,
        *(each.passage for each in found if each.share >= THING and each.passage not in lacking),
    ]
    return About(WITHOUT, VERDICT_FOUND, "", tuple(told[:MOST]), _ids(heard))


def _lacking(named: Sequence[Passage], everything: Sequence[Passage]) -> list[Passage]:
    """The choices that say no, of the cases that what is named belongs to."""
    cases = {each.place.partition(":")[0] for each in named if each.kind == "case"}
    choices = [p for p in everything if p.kind == "case" and p.place.partition(":")[0] in cases]
    return [p for p in choices if any(not term.is_said for term in terms(p.text))]


def _aspect(
    text: str, heard: Sequence[Aspect], found: Sequence[Found], leaf: Leaf, procedure: Procedure
) -> About | None:
    if not heard:
        return None
    first = heard[0]
    told = _told(first, found, leaf)
    price = cost(text, procedure) if first.id in ("cost", "fee") else None
    return About(first.id, ASPECT, "", told, _ids(heard[1:]), price)


def _told(aspect: Aspect, found: Sequence[Found], leaf: Leaf) -> tuple[Passage, ...]:
    """The passages of an aspect, those first that have most of the question and of the aspect's own words."""
    shares = {each.passage: each.share for each in found}
    words = aspect.told_by(leaf.language)
    own = {each.passage: each.share for each in leaf.find(words)} if words else {}
    worth = {p: shares.get(p, 0.0) + 2 * own.get(p, 0.0) + OWN * _answers(p, aspect) for p in leaf.passages}
    fits = [p for p in leaf.passages if _answers(p, aspect) or own.get(p, 0.0) >= TOLD / 2]
    beside = [each.passage for each in found if each.share >= TOLD and each.passage not in fits]
    told = sorted(beside, key=lambda p: p.kind == "document")[:1]  # a note explains more than a row
    return tuple([*told, *sorted(fits, key=lambda p: -worth[p])][:MOST])


def _answers(passage: Passage, aspect: Aspect) -> bool:
    if passage.kind == "note":
        return passage.topic in aspect.topics
    return passage.kind in aspect.kinds


def _verdict(rows: Sequence[Passage]) -> Verdict:
    """Whether what these rows name is needed: yes and no only if all of them say so without a condition."""
    told = {VERDICTS[row.handling] for row in rows}
    if told == {"no"}:
        return "no"
    free = [row for row in rows if not row.only_if and not row.when]
    return "yes" if told == {"yes"} and free else "only-if"


def _first(found: Sequence[Found]) -> tuple[Passage, ...]:
    return tuple(each.passage for each in found[:MOST])


def _ids(heard: Sequence[Aspect]) -> tuple[str, ...]:
    return tuple(aspect.id for aspect in heard)


def _leaf(procedure: Procedure, answers: Mapping[str, str], via: Via) -> _Leaves:
    return _built(_Key(procedure), tuple(sorted(answers.items())), via)


class _Key:
    """A procedure as a key of the cache: the same object is the same procedure."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure

    def __hash__(self) -> int:
        return id(self.procedure)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.procedure is other.procedure


@lru_cache(maxsize=256)
def _built(key: _Key, answers: tuple[tuple[str, str], ...], via: Via) -> _Leaves:
    told = passages(key.procedure, dict(answers), via)
    documents = [passage for passage in told if passage.kind == "document"]
    names = [passage.name for passage in documents]
    language = key.procedure.language
    return _Leaves(Leaf(told, language=language), Leaf(documents, names, language))
