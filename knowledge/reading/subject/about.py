"""A line as a question about the procedure that is open: what is asked, and the passages that answer it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.procedures.catalogue import Procedure, Via
from knowledge.reading.answers.answers import asks
from knowledge.reading.subject import needs
from knowledge.reading.subject.asking import Aspect, aspect, conditions, names_itself
from knowledge.reading.subject.copies import cost
from knowledge.reading.subject.guess import NO_ASPECT, asked_in, probably_asks
from knowledge.reading.subject.leaf import Found, Leaf
from knowledge.reading.subject.needs import ISSUED, LOOK, MOST, NEED, PASSAGE, TOLD, WITHOUT, About, Leaves
from knowledge.reading.subject.passages import Passage, passages
from knowledge.reading.subject.questions import Asked
from knowledge.reading.words import line

OWN = 0.3  # what a passage of the aspect's own kind is ahead
LEAVES = 40  # procedures in a case that are kept ready to be searched, about half a MB each
ASKED = 64  # answers that are kept: one turn reads a line several times
WHOLE = 0.95  # part of a line that a passage must have to hold all that it names
LIKE = 0.24  # how like the questions that a passage answers a line must be to be answered by it
ALONE, APART = 0.16, 0.55  # the same where the second one is no more like it than that, in parts of the first
SURELY = 0.36  # the same of one that does not look like a question
CLOSE = 0.6  # the same of a second one, in parts of the first
# What is told of a line that is like none: from where on, how many, and what the words of a passage count.
NEAR, NEARBY, SHARED = 0.13, 2, 0.3
# Aspects that are answered by facts: what only comes nearest is not told beside them.
FACTUAL = (
    "fee", "cost", "deadline", "where", "hours", "online", "post", "way", "basis", "result", "decides", *NO_ASPECT,
)  # fmt: skip

# The chance that a line is meant as a question about what is open, before anything else is weighed.
ASPECT, ALIKE = 0.8, 0.8


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
    like = leaf.asked.find(text)
    meant = _meant(like)
    if NEED in asked:
        meant = tuple(each for each in meant if leaf.asked.speaks_of(each, text))
    told = _found(text, leaf, found, asked, heard, meant, procedure)
    if not meant:
        return _with_near(told, like) if told else None
    likeness = like[0][1]
    if told is None or not told.aspect:
        is_asked = bool(asked) or likeness >= SURELY or asks(text) or probably_asks(text)
        return About("passage", ALIKE, "", meant, likeness=likeness) if is_asked else told
    return replace(told, passages=_with(meant, told), likeness=likeness)


def _found(
    text: str, leaf: Leaves, found: Sequence[Found], asked: Sequence[str], heard: Sequence[Aspect],
    meant: Sequence[Passage], procedure: Procedure,
) -> About | None:  # fmt: skip
    first = (
        (needs.issued(text, leaf, found, procedure) if ISSUED in asked else None)
        or (needs.need(text, leaf, found, heard, meant) if NEED in asked else None)
        or (needs.without(leaf, found, heard) if WITHOUT in asked else None)
    )
    if first:
        return first
    if NEED in asked and names_itself(line(text)):  # whether the matter is one's own, not what is handed in
        return _aspect(text, heard or conditions(), found, leaf.all, procedure)
    if asked and asked[0] in NO_ASPECT:
        return About(asked[0], ASPECT)
    if heard:
        return _aspect(text, heard, found, leaf.all, procedure)
    if NEED in asked:
        thing = needs.needed_thing(text, line(text), found)
        return thing if thing.passages or not meant else None
    told = needs.telling(text, found)
    if told and asks(text):
        return About("passage", PASSAGE, "", told)
    return About("", LOOK) if asks(text) else None


def _meant(like: Sequence[tuple[Passage, float]]) -> tuple[Passage, ...]:
    """What surely answers a line, of the passages with how like their questions it is."""
    first, second = [*(score for _, score in like[:2]), 0.0, 0.0][:2]
    least = ALONE if second <= APART * first else LIKE
    return tuple(passage for passage, score in like[:2] if score >= max(least, CLOSE * first))


def nearest(text: str, procedure: Procedure, answers: Mapping[str, str], via: Via) -> About | None:
    """What comes nearest to a question that nothing surely answers, to be told as such; None if nothing is near."""
    leaf = _leaf(procedure, answers, via)
    shares = {each.passage: SHARED * each.share for each in leaf.all.find(text)}
    worth = {passage: score + shares.get(passage, 0.0) for passage, score in leaf.asked.find(text)}
    ranked = sorted(worth, key=lambda passage: -worth[passage])
    near = tuple(each for each in ranked[:NEARBY] if worth[each] >= NEAR)
    return About("passage", LOOK, "", near, likeness=worth[near[0]]) if near else None


def is_said(text: str, procedure: Procedure, answers: Mapping[str, str], via: Via) -> bool:
    """Whether all that a line names stands in one passage: "hộ cận nghèo" is a case of it, not a new matter."""
    found = _leaf(procedure, answers, via).all.find(text)
    return bool(found) and found[0].share >= WHOLE


def _aspect(
    text: str, heard: Sequence[Aspect], found: Sequence[Found], leaf: Leaf, procedure: Procedure
) -> About:
    first = heard[0]
    told = _told(first, found, leaf)
    price = cost(text, procedure) if first.id in ("cost", "fee") else None
    return About(first.id, ASPECT, "", told, needs.ids(heard[1:]), price)


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


def _with_near(told: About, like: Sequence[tuple[Passage, float]]) -> About:
    """With what comes nearest in the second place, where only sentences answer what is asked."""
    if told.verdict or told.aspect in (*FACTUAL, "") or not like or like[0][1] < NEAR:
        return told
    first, rest = told.passages[:1], told.passages[1:]
    return replace(told, passages=tuple(dict.fromkeys((*first, like[0][0], *rest)))[:MOST])


def _with(meant: Sequence[Passage], told: About) -> tuple[Passage, ...]:
    """What a line surely asks for stands first; but for the paper of a verdict, which is about that paper."""
    papers = [each for each in told.passages if each.kind == "document"] if told.verdict else []
    first = [each for each in meant if not told.verdict or each.kind != "document"]
    return tuple(dict.fromkeys((*papers, *first, *told.passages)))[:MOST]


def _leaf(procedure: Procedure, answers: Mapping[str, str], via: Via) -> Leaves:
    return _built(_Key(procedure), tuple(sorted(answers.items())), via)


class _Key:
    """A procedure as a key of the cache: the same object is the same procedure."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure

    def __hash__(self) -> int:
        return id(self.procedure)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.procedure is other.procedure


@lru_cache(maxsize=LEAVES)
def _built(key: _Key, answers: tuple[tuple[str, str], ...], via: Via) -> Leaves:
    told = passages(key.procedure, dict(answers), via)
    documents = [passage for passage in told if passage.kind == "document"]
    names = [passage.name for passage in documents]
    language = key.procedure.language
    asked = Asked(told if language == "vi" else (), key.procedure)
    return Leaves(Leaf(told, language=language), Leaf(documents, names, language), asked)
