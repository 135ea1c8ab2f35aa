"""Reads a typed line in its context: what it may do, the likeliest first.

Kinds are weighed against each other, not in a fixed order. An open question is given up only for danger or
for a matter that is surely named; a weak new matter stands behind the subject.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.reading.acts import Act, Where, acts
from knowledge.reading.answers import yes_no
from knowledge.reading.answers.answers import Answer, NotOffered, answers, asks, narrowed
from knowledge.reading.danger import Danger, heard, worries
from knowledge.reading.kinds import (
    Context,
    Matter,
    Narrowed,
    NotWritten,
    OfDossier,
    OfProcedure,
    Reading,
    Several,
    Unclear,
    Written,
)
from knowledge.reading.matters import Find, matters, opens, turns, wishes
from knowledge.reading.shape.shape import shape
from knowledge.reading.subject.about import About, about
from knowledge.reading.subject.ongoing import asked
from knowledge.reading.words import line
from knowledge.search.search import Found

SURE = 0.9  # from here on nothing else is looked for
LEAST = 0.3  # below it a reading is not told

# What a kind is worth beside its chance, where something is open: a wrong guess costs the open question.
ASKING = -0.3  # an answer in own words that looks like a question about the subject
OPEN_ANSWER = 0.15  # said back, and can be changed with a tap
OPEN_TALK = -0.4  # small talk of the search
OPEN_MATTER = -0.15  # another matter, where it is asked or wished for
OPEN_CHOICE = -0.25  # one of several matters
OPEN_STORY = -0.45  # another matter that only a story reminds of: what was asked may be answered so
TURNED = 0.15  # a matter that a line turns to, beside what its other words ask about the subject
UNASKED = -0.3  # a question about the subject that does not look like one
DOUBTED = 0.7  # the chance of a name that no family begins
TOLD_BY_ROW = ("yes", "no", "only-if")  # verdicts that the subject itself gives
UNFORESEEN = 0.8  # a danger that no phrase says
TOLD = 0.45  # of a line at a blank that says why it is no answer
FITS = 0.92  # of what looks like what a blank asks for
BEHIND = 0.05  # what a question about the procedure is behind one about its dossier or form
NODDING = ("ok", "thanks", "greeting", "bye", "wait")  # acts that never outweigh an answer

Weighed = tuple[float, Reading]


def read(text: str, context: Context, find: Find) -> tuple[Reading, ...]:
    """What a line may do, likeliest first; never empty: the last is `Unclear`.

    `find` is the search; it is asked only if nothing else is sure.
    """
    found = sorted(_weighed(text, context, find), key=lambda each: -each[0])
    told = [reading for worth, reading in found if worth >= LEAST]
    return (*told, Unclear(asks(text), worries(line(text))))


def _weighed(text: str, context: Context, find: Find) -> Iterator[Weighed]:
    danger = heard(line(text), text)
    if danger and danger.is_sure:
        yield 2.0, danger
    near = [
        *_answering(text, context),
        *_filling(text, context),
        *_acting(text, context),
        *_asking(text, context),
    ]
    yield from near
    best = max((worth for worth, _ in near), default=0.0)
    if danger and not danger.is_sure:
        yield _doubtful(danger, near), danger
    if best < SURE + OPEN_ANSWER and not (danger and danger.is_sure):
        yield from _finding(text, context, find, near)


def _doubtful(danger: Danger, near: Sequence[Weighed]) -> float:
    """What a danger is worth that an answer to the open question may have said: "bị xe tông"."""
    if not danger.said:
        return UNFORESEEN
    answered = any(worth >= SURE for worth, reading in near if isinstance(reading, Answer | Written))
    return LEAST if answered else 2.0


def _answering(text: str, context: Context) -> Iterator[Weighed]:
    """As an answer to the open question."""
    if context.question is None:
        return
    found = answers(text, context.question)
    if isinstance(found, NotOffered):
        yield SURE + OPEN_ANSWER, found
        return
    left = narrowed(found)
    if left:
        yield sum(each.chance for each in left), Narrowed(left, sum(each.chance for each in left))
    doubt = ASKING if asks(text) and _questions(text, context) else 0.0
    for each in found[:3]:
        worth = each.chance + OPEN_ANSWER * (each is found[0])
        yield worth + (doubt if each.how == "words" else 0.0), each


def _filling(text: str, context: Context) -> Iterator[Weighed]:
    """As what a blank of a form asks for."""
    if context.blank is None:
        return
    seen = shape(text, context.blank)
    if seen.fits:
        chance = DOUBTED if "no-family" in seen.doubts else FITS
        yield chance + OPEN_ANSWER, Written(seen.value, chance, seen.doubts)
    elif seen.why:
        worth = TOLD if seen.why in ("unknown", "not-yet", "wait") else LEAST
        yield worth + OPEN_ANSWER, NotWritten(seen.why, worth)


def _acting(text: str, context: Context) -> Iterator[Weighed]:
    """As something done: thanks, back, later, stop ..."""
    where: list[Where] = [*context.where, *(["question"] if context.question or context.blank else [])]  # type: ignore[list-item]
    for act in acts(text, where, context.fields, context.earlier):
        yield act.chance - (0.05 if act.act in NODDING else 0.0), act
    told = yes_no.bare(text)
    if told is not None and context.question is None:
        yield 0.5, Act("yes" if told else "no", 0.5)


def _asking(text: str, context: Context) -> Iterator[Weighed]:
    """As a question about the subject."""
    for found in _questions(text, context):
        is_open = context.question is not None or context.blank is not None
        unasked = UNASKED if is_open and not asks(text) and not found.verdict else 0.0
        yield found.chance + unasked, found


def _questions(text: str, context: Context) -> list[About]:
    subject = context.subject
    if subject is None:
        return []
    if isinstance(subject, OfProcedure):
        told = about(text, subject.procedure, subject.answers, subject.via)
        return [told] if told else []
    first = asked(text, "dossier" if isinstance(subject, OfDossier) else "form")
    second = about(text, subject.procedure, {}, "desk") if subject.procedure else None
    behind = [replace(second, chance=second.chance - BEHIND)] if second else []
    return [first, *behind] if first else behind


def _finding(text: str, context: Context, find: Find, near: Sequence[Weighed]) -> Iterator[Weighed]:
    """As a matter of its own, or several."""
    found = find(text)
    parts = matters(text, find, found)
    if parts:
        chance = min(part.confidence for part in parts)
        yield chance + _cost(context, OPEN_MATTER), Several(parts, chance)
    matter = _matter(found)
    if matter:
        yield _worth(text, matter, context, near), matter


def _matter(found: Found) -> Matter | None:
    if found.decision == "decline" or not found.hits:
        return None
    decision = "answer" if found.decision == "answer" else "choose"
    return Matter(tuple(found.hits), decision, found.confidence)  # type: ignore[arg-type]


def _worth(text: str, matter: Matter, context: Context, near: Sequence[Weighed]) -> float:
    """A matter is worth its confidence, less what is open would lose by it."""
    first = matter.hits[0]
    if first.kind == "talk":
        return matter.chance + _cost(context, OPEN_TALK)
    questions = [reading for _, reading in near if isinstance(reading, About) and reading.aspect]
    if first.id == _code(context):  # the subject named again: whatever is asked about it goes first
        return matter.chance + (OPEN_STORY if context.question or questions else OPEN_MATTER)
    if any(question.verdict in TOLD_BY_ROW for question in questions):
        return matter.chance + OPEN_STORY
    if matter.decision == "answer" and (turns(text) if _in_form(context) else opens(text)):
        return matter.chance + TURNED
    cost = OPEN_MATTER if matter.decision == "answer" else OPEN_CHOICE
    return matter.chance + _cost(context, cost if _turns_away(text, context) else OPEN_STORY)


def _turns_away(text: str, context: Context) -> bool:
    """Whether a line asks for something else than what is open. In a form a wish may be its answer."""
    if _in_form(context):
        return asks(text) or turns(text)
    return context.question is None or asks(text) or wishes(text)


def _in_form(context: Context) -> bool:
    return "form" in context.where or context.blank is not None


def _cost(context: Context, cost: float) -> float:
    is_open = context.question or context.blank or context.subject
    return cost if is_open else 0.0


def _code(context: Context) -> str:
    subject = context.subject
    return subject.procedure.code if subject and subject.procedure else ""


__all__ = ["Context", "Danger", "Reading", "read"]
