"""The answer: what a person has to know of a procedure, in the order of a phone's screen, as blocks.

First what decides whether it is for me at all, then the papers, then time, money and place; all else folded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from handlers.guidance import facts
from handlers.guidance.folds import folds, provenance
from handlers.guidance.lead import decided, head, lead, lead_lines, lead_notes
from handlers.guidance.matter import Matter, usual_way
from handlers.guidance.papers import HANDLING, counted, only_if, option_lines, paper_blocks
from handlers.turn.blocks import Block, Fact, Facts, Fold, Heading, Item, Items, Text, plain, unfolded, words
from knowledge.procedures.catalogue import Document, Note, Via
from knowledge.procedures.checklist import Conditional, relevant

Row = TypeVar("Row", Document, Note)

SHORT = 700  # letters that a phone shows without tiring; a shorter list stands open with all its cases
NOTHING: Mapping[str, str] = MappingProxyType({})


def answer(m: Matter, ticked: Sequence[str] = (), ticks: Mapping[str, str] = NOTHING) -> tuple[Block, ...]:
    """The citizen's own list; `ticks` are the wire forms of the actions that tick a paper, by its id."""
    needed = [d for d in relevant(m.procedure.documents, m.answers, m.via) if d.handling != "not_needed"]
    if not needed and decided(m):
        return tuple(_no_list(m))
    papers = [*paper_blocks(m, ticked, ticks)]
    return (*head(m), *lead(m), *(papers or _unknown(m)), _facts(m), *folds(m))


def on_screen(m: Matter, ticked: Sequence[str] = (), ticks: Mapping[str, str] = NOTHING) -> tuple[Block, ...]:
    """The answer; while it is long because questions are open, what depends on a case is folded under it."""
    whole_list = answer(m, ticked, ticks)
    cases = _open_cases(m)
    if not cases or len(plain(unfolded(whole_list))) <= SHORT:
        return whole_list
    only_when = [Fold(case, tuple(_case(_only(m, case), ticked, ticks))) for case in cases]
    usual = _usual(m, ticked, ticks)
    return (
        *head(m),
        *usual,
        Heading(m.tr("TÙY TRƯỜNG HỢP CỦA BẠN")),
        *only_when,
        *_short_facts(m),
        *folds(m),
    )


def _open_cases(m: Matter) -> list[str]:
    """What is still open and decides about papers or conditions, in words, each once."""
    entries: list[Conditional] = [*relevant(m.procedure.documents, m.answers, m.via), *lead_notes(m)]
    return list(dict.fromkeys(filter(None, (m.case_of(entry.when) for entry in entries))))


def _usual(m: Matter, ticked: Sequence[str], ticks: Mapping[str, str]) -> Iterator[Block]:
    """What nearly everybody needs, with who is excepted; where all papers except the same, said once."""
    documents = [d for d in relevant(m.procedure.documents, m.answers, m.via) if m.usual(d.when)]
    notes = [n for n in lead_notes(m) if m.usual(n.when)]
    excepted = {m.condition(d.when) for d in documents}
    yield from lead(_with(m, (), notes))
    if len(documents) > 1 and len(excepted) == 1 and (one := excepted.pop()):
        yield Text(f"{one}:")
        documents = _unconditional(documents)
    yield from paper_blocks(_with(m, documents, notes), ticked, ticks)


def _only(m: Matter, case: str) -> Matter:
    """The procedure with what holds in one open case and is not said of it again."""
    documents = [d for d in relevant(m.procedure.documents, m.answers, m.via) if m.case_of(d.when) == case]
    notes = [n for n in lead_notes(m) if m.case_of(n.when) == case]
    return _with(m, _unconditional(documents), _unconditional(notes))


def _unconditional(entries: Sequence[Row]) -> list[Row]:
    return [entry.model_copy(update={"when": {}}) for entry in entries]


def _with(m: Matter, documents: Sequence[Document], notes: Sequence[Note]) -> Matter:
    update = {"documents": tuple(documents), "notes": tuple(notes)}
    return replace(m, procedure=m.procedure.model_copy(update=update))


def _case(m: Matter, ticked: Sequence[str], ticks: Mapping[str, str]) -> Iterator[Block]:
    """What is heard and needed in one case; that the ID card comes along is said before."""
    if lines := lead_lines(m):
        yield Items(tuple(Item(line) for line in lines))
    yield from (b for b in paper_blocks(m, ticked, ticks) if not isinstance(b, Text))


def _no_list(m: Matter) -> Iterator[Block]:
    """For who is not entitled, or has nothing to file: that is the answer."""
    yield from head(m)
    yield Items(tuple(Item(line) for line in decided(m)))
    asked = Fact(m.tr("Hỏi tại"), facts.at_desk(m.spot, m))
    yield Facts((facts.place(m) if m.spot.when else asked,))
    yield Fold(m.tr("Căn cứ, nguồn"), (Text(provenance(m)),))


def _unknown(m: Matter) -> Iterator[Block]:
    text = m.tr("Chưa rõ phải nộp giấy gì: bạn hỏi tại {desk} trước khi đi.").format(desk=m.desk)
    heading = HANDLING["submit"]
    yield Heading(m.tr(heading))
    yield Text(text)


def _facts(m: Matter) -> Facts:
    return Facts((facts.deadline(m), facts.fee(m), facts.place(m), *facts.opening(m)))


def _short_facts(m: Matter) -> Iterator[Block]:
    """The same; a place that has a paragraph for each open case is folded."""
    place = facts.place(m)
    if len(words(place.text)) <= SHORT:
        yield _facts(m)
        return
    yield Facts((facts.deadline(m), facts.fee(m), *facts.opening(m)))
    yield Fold(place.label, (Facts((place,)),))


def whole(m: Matter) -> tuple[Block, ...]:
    """A procedure with all its cases and ways, for the clerk and for `ask`."""
    usual = replace(m, answers={}, via=usual_way(m.procedure))
    others = [via for via in m.procedure.methods if via != usual.via]
    front = [block for block in answer(usual) if not isinstance(block, Fold)]
    about = (Text(m.procedure.about),) if lead_lines(usual) else ()  # else it is told among the front
    return (
        *about,
        *front,
        *(b for via in others for b in _other_way(usual, via)),
        *folds(usual),
    )


def _other_way(usual: Matter, via: Via) -> Iterator[Block]:
    """What another way of filing changes."""
    other = replace(usual, via=via)
    yield Heading(usual.tr("Khi {via}").format(via=other.way(via)))
    known = relevant(usual.procedure.documents, {}, usual.via)
    only = [d for d in relevant(usual.procedure.documents, {}, via) if d not in known]
    lines = [n.text for n in relevant(usual.procedure.notes, {}, via) if n.lead and via in n.via]
    yield Items((*(Item(line) for line in lines), *(_line(d, other) for d in only)))
    yield Facts((facts.place(other),))


def _line(document: Document, m: Matter) -> Item:
    notes = (m.condition(document.when), only_if(document, m.tr), *option_lines(document))
    return Item(counted(document, m.tr), "\n".join(filter(None, notes)))
