"""Whether a paper or a thing is needed, what happens without it, and where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from knowledge.procedures.catalogue import Procedure
from knowledge.reading.answers.terms import terms
from knowledge.reading.subject.asking import Aspect, names_paper
from knowledge.reading.subject.copies import Cost
from knowledge.reading.subject.leaf import Found, Leaf, attributes, content, tokens
from knowledge.reading.subject.passages import Passage
from knowledge.reading.subject.questions import Asked
from knowledge.reading.words import Line

Verdict = Literal["", "yes", "no", "only-if", "unknown"]
VERDICTS: Mapping[str, Verdict] = {"submit": "yes", "present": "yes", "not_needed": "no"}

NEEDED, NAMED = 0.45, 0.6  # part of a question that a document's name must have; where more is asked too
THING = 0.3  # the same of a passage that names the same paper or thing
# What is asked before a lack: "không ký được thì sao".
BEFORE_LACKING = ("together", "proxy", "other-place", "late", "illiterate", "expired")
TOLD = 0.5  # part of a question that any other passage must have to answer it
TITLE = 2  # words of a name that say what it is
BESIDE = 0.2  # part that a passage must have to be told beside those of the aspect
MOST = 4  # passages that are told

NEED, WITHOUT = "need", "without"  # the aspects of who asks whether a thing is needed, and what without it
ISSUED = "issued-by"  # of who asks where a paper comes from

# The chance that a line is meant as a question about what is open, before anything else is weighed.
VERDICT_FOUND, PASSAGE, LOOK = 0.85, 0.75, 0.45


@dataclass(frozen=True)
class About:
    """A line asks about the subject."""

    aspect: str  # "fee", "need", "without", "passage" ... as in asking.toml; "" if nothing of it is known
    chance: float  # 0..1
    verdict: Verdict = ""  # of "need": whether the thing is needed
    passages: tuple[Passage, ...] = ()  # best first
    also: tuple[str, ...] = ()  # other aspects that are asked
    cost: Cost | None = None  # computed, where a fee has a unit and the line a number
    likeness: float = 0.0  # to what the first passage is asked; about 1, or 0 if it was found otherwise


class Leaves(NamedTuple):
    """A procedure's passages, its documents by their names only, and what people ask that a passage answers."""

    all: Leaf
    documents: Leaf
    asked: Asked


def issued(text: str, leaf: Leaves, found: Sequence[Found], procedure: Procedure) -> About | None:
    """Where a paper comes from that is handed in here; what the procedure itself makes is filed for."""
    papers = leaf.documents.find(text)
    made = {form for forms in tokens(f"{procedure.short} {procedure.result}") for form in forms}
    if not papers or papers[0].share < NAMED or not {*content(text)} - made:
        return None
    notes = [each.passage for each in found if each.passage.kind == "note" and each.share >= TOLD]
    told = [paper for paper in (papers[0].passage,) if paper.text != paper.name]
    return About(ISSUED, VERDICT_FOUND, "", tuple([*notes, *told][:MOST]))


def need(
    text: str, leaf: Leaves, found: Sequence[Found], heard: Sequence[Aspect], meant: Sequence[Passage]
) -> About | None:
    """Whether a paper is needed: by the row that is asked for so, or those whose names have what is asked for."""
    papers = leaf.documents.find(text)
    pointed = [each.passage for each in papers if each.passage in meant and each.share >= THING]
    if not pointed and (meant and meant[0].kind == "document" or not _is_named(text, papers, heard, leaf)):
        return None
    rows = pointed or [each.passage for each in papers if each.share >= papers[0].share - BESIDE]
    notes = [each.passage for each in found if each.passage.kind in ("note", "who") and each.share >= TOLD]
    return About(NEED, VERDICT_FOUND, _verdict(rows), tuple([*rows[:2], *notes][:MOST]), ids(heard))


def _is_named(text: str, papers: Sequence[Found], heard: Sequence[Aspect], leaf: Leaves) -> bool:
    least = NAMED if heard else NEEDED
    if not papers or papers[0].share < least:
        return False
    return not heard or _names_paper(text, papers[0].passage, leaf.all.language)


def _names_paper(text: str, found: Passage, language: str) -> bool:
    """Whether a line names a paper, not only what papers have to be ("có phải công chứng không").

    Where the paper itself is called so, it is one: "Bản chính giấy tờ cần sao".
    """
    called = content(" ".join(found.name.split()[:TITLE]), language)
    return any(
        token.startswith("=") and (token not in attributes() or token in called)
        for token in content(text, language)
    )


def needed_thing(text: str, typed: Line, found: Sequence[Found]) -> About:
    """The same for what is no paper, or not named in the data."""
    told = telling(text, [each for each in found if each.passage.kind != "document"])
    if told:
        return About(NEED, PASSAGE, "", told)
    return About(NEED, PASSAGE if names_paper(typed) else LOOK, "unknown")


def telling(text: str, found: Sequence[Found]) -> tuple[Passage, ...]:
    """The passages that have enough of a line to answer it; a thing named in both is worth more."""
    named = {token for token in content(text) if token.startswith("=")}
    enough = [f for f in found if f.share >= (THING if named & f.tokens else TOLD)]
    return tuple(each.passage for each in enough[:MOST])


def without(leaf: Leaves, found: Sequence[Found], heard: Sequence[Aspect]) -> About | None:
    """What happens without a thing: the choices that lack it, or what is said about it."""
    asked = heard[0].id if heard else ""
    if asked in BEFORE_LACKING or not found or found[0].share < NEEDED:
        return None
    lacking = _lacking([each.passage for each in found if each.share >= NEEDED], leaf.all.passages)
    told = [
        *lacking,
        *(each.passage for each in found if each.share >= THING and each.passage not in lacking),
    ]
    return About(WITHOUT, VERDICT_FOUND, "", tuple(told[:MOST]), ids(heard))


def _lacking(named: Sequence[Passage], everything: Sequence[Passage]) -> list[Passage]:
    """The choices that say no, of the cases that what is named belongs to."""
    cases = {each.place.partition(":")[0] for each in named if each.kind == "case"}
    choices = [p for p in everything if p.kind == "case" and p.place.partition(":")[0] in cases]
    return [p for p in choices if any(not term.is_said for term in terms(p.text))]


def _verdict(rows: Sequence[Passage]) -> Verdict:
    """Whether what these rows name is needed: yes and no only if all of them say so without a condition."""
    told = {VERDICTS[row.handling] for row in rows}
    if told == {"no"}:
        return "no"
    free = [row for row in rows if not row.only_if and not row.when]
    return "yes" if told == {"yes"} and free else "only-if"


def ids(heard: Sequence[Aspect]) -> tuple[str, ...]:
    """Of the aspects that are heard."""
    return tuple(aspect.id for aspect in heard)
