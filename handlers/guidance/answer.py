"""The answer: what a person has to know of a procedure, in the order of a phone's screen, as blocks.

First what decides whether it is for me at all, then the papers, then time, money and place; all else folded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from handlers.guidance import facts
from handlers.guidance.folds import folds, provenance
from handlers.guidance.lead import decided, head, lead, lead_lines
from handlers.guidance.matter import Matter, usual_way
from handlers.guidance.papers import HANDLING, counted, only_if, option_lines, paper_blocks
from handlers.turn.blocks import Block, Fact, Facts, Fold, Heading, Item, Items, Text
from knowledge.procedures.catalogue import Document, Via
from knowledge.procedures.checklist import relevant

NOTHING: Mapping[str, str] = MappingProxyType({})


def answer(m: Matter, ticked: Sequence[str] = (), ticks: Mapping[str, str] = NOTHING) -> tuple[Block, ...]:
    """The citizen's own list; `ticks` are the wire forms of the actions that tick a paper, by its id."""
    needed = [d for d in relevant(m.procedure.documents, m.answers, m.via) if d.handling != "not_needed"]
    if not needed and decided(m):
        return tuple(_no_list(m))
    papers = [*paper_blocks(m, ticked, ticks)]
    return (*head(m), *lead(m), *(papers or _unknown(m)), _facts(m), *folds(m))


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
