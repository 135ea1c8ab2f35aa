"""A question about the procedure that is open, answered with what the catalogue says of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.guidance import verdicts
from handlers.guidance.folds import notes
from handlers.guidance.lead import decided, only_vietnamese, validity
from handlers.guidance.matter import Matter, matter
from handlers.language.format import money
from handlers.language.i18n import N_
from handlers.office import hours
from handlers.procedures.actions import AnswerCase
from handlers.procedures.follow_up import FACTS, ways_on
from handlers.procedures.follow_up import body as aspect_body
from handlers.turn.blocks import Block, Fact, Facts, Item, Items, Text, words
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Reply, Turn
from handlers.turn.shared import OpenProcedure
from knowledge.procedures.catalogue import Document, Topic
from knowledge.reading.subject.about import about, is_said, nearest
from knowledge.reading.subject.asking import asks_need, names_desk, names_end
from knowledge.reading.subject.copies import Cost
from knowledge.reading.subject.needs import About
from knowledge.reading.subject.passages import Passage
from knowledge.reading.words import line

FRAMED = ("need", "without")  # questions that name papers, which other procedures are about
ALIKE = 0.4  # likeness to what people ask of a procedure, from which they ask it of this one
SAID = 0.7  # chance from which a question is taken for one about the procedure
# What is asked -> the facts that stand first. What is not here is answered by the passages only.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "cost": ("fee",),
    "fee": ("fee",),
    "collect": ("result", "deadline"),
    "deadline": ("deadline",),
    "other-place": ("where",),
    "online": ("online",),
    "post": ("post",),
    "where": ("where",),
    "way": ("where",),
    "next": ("where",),
    "proxy": ("who",),
    "condition": ("who",),
    "who": ("who",),
    "decides": ("decides", "where"),
    "result": ("result",),
    "basis": ("basis",),
}
BESIDE: Mapping[str, tuple[Topic, ...]] = {"deadline": ("own_deadline",)}  # explanations that are told too
OF_KIND: Mapping[str, str] = {"who": "who", "place": "where", "methods": "where", "result": "result"}
FEW = 4  # sentences beside the facts
MONEY = re.compile(r"\d ?(?:đồng|đ\b|%)|\d lần mức|bao nhiêu")  # of a sum, or of where to ask for it
NO_AMOUNT = N_("Được nhận bao nhiêu tiền: mình không có trong dữ liệu, bạn hỏi tại {desk}.")


def heard(text: str, ctx: Context) -> About | None:
    """What a line asks about the open procedure, for the case and way so far; None if nothing."""
    m = matter(ctx)
    return about(text, m.procedure, m.answers, m.via)


def is_answer(found: About | None, aspect: str) -> bool:
    """Whether that, with what aspect is asked, is worth telling."""
    return bool(aspect) or bool(found and found.chance >= SAID)


def is_inside(text: str, ctx: Context) -> bool:
    """Whether the open procedure speaks of all that a line names, besides what it asks."""
    m = matter(ctx)
    return is_said(ctx.world.aspects.without(text) or text, m.procedure, m.answers, m.via)


def is_framed(found: About | None, text: str, ctx: Context) -> bool:
    """Whether it asks for a paper or a case of this procedure, which another one may be named after."""
    if names_end(line(text)):
        return True
    if found and found.aspect == "condition" and is_inside(text, ctx):
        return True
    if found is None or found.chance < SAID:
        return False
    return found.aspect in FRAMED or found.likeness >= ALIKE or asks_need(line(text))


def reply(found: About | None, aspect: str, ctx: Context) -> Turn:
    """The verdict on a paper, the facts that are asked for, and the sentences found."""
    m = matter(ctx)
    blocks: tuple[Block, ...] = ()
    if found and found.chance >= SAID:
        blocks = tuple(_blocks(found, m, ctx))
    blocks = blocks or (aspect_body(aspect, m, ctx) if aspect else _unknown(m, ctx))
    choices = (*(_choices(found, m) if found else ()), *ways_on(m, ctx))
    return ctx.turn(Reply(blocks, m.procedure.short, choices), outcome="answered")


def unknown(ctx: Context) -> Turn:
    """The data do not surely say: what comes nearest, whom to ask, and the way back to the list."""
    m = matter(ctx)
    return ctx.turn(Reply(_unknown(m, ctx), m.procedure.short, ways_on(m, ctx)), outcome="answered")


def _unknown(m: Matter, ctx: Context) -> tuple[Block, ...]:
    near = nearest(ctx.incoming.text, m.procedure, m.answers, m.via)
    if near is None:
        text = m.tr("Câu này mình chưa có trong dữ liệu về {procedure}: bạn hỏi tại {desk} trước khi đi.")
        return (Text(text.format(procedure=m.procedure.short, desk=m.desk)),)
    lines = [Item(line) for line in dict.fromkeys(_sentences(near, m))]
    ask = m.tr("Chưa đúng điều bạn hỏi thì bạn hỏi tại {desk} trước khi đi.").format(desk=m.desk)
    return (
        Text(m.tr("Mình chưa chắc hiểu đúng câu hỏi. Gần nhất mình có:")),
        *_shown(tuple(_facts(near, m)), lines),
        Text(ask),
    )


def _shown(facts: Sequence[Fact], lines: Sequence[Item]) -> Iterator[Block]:
    if facts:
        yield Facts(tuple(facts))
    if lines:
        yield Items(tuple(lines))


def _blocks(found: About, m: Matter, ctx: Context) -> Iterator[Block]:
    """What ends the matter for this case first, then what was asked."""
    yield from only_vietnamese(m)
    yield from (Text(f"⚠ {line}") for line in validity(m))
    if found.verdict:
        yield from (Text(line) for line in verdicts.lines(found, m))
    if "hours" in (found.aspect, *found.also):
        yield from _hours(m, ctx)
    if found.cost:
        yield Text(_computed(found.cost, m))
    facts = tuple(_facts(found, replace(m, via=ctx.world.aspects.way(ctx.incoming.text) or m.via)))
    lines = (*_sentences(found, m), *decided(m), *notes(m, BESIDE.get(found.aspect, ())))
    if found.aspect == "amount" and not any(MONEY.search(line) for line in lines):
        yield Text(m.tr(NO_AMOUNT).format(desk=m.desk))
    known = " ".join(words(fact.text) for fact in facts)
    yield from _shown(facts, [Item(line) for line in dict.fromkeys(lines) if line not in known])


def _hours(m: Matter, ctx: Context) -> Iterator[Block]:
    """Of the desk where it is filed, or that is named: of the police and others what the procedure says."""
    if m.spot.place == "one_stop" or names_desk(line(ctx.incoming.text)):
        world = ctx.world
        yield Text(hours.hours_text(world.office, world.holidays, ctx.incoming.at, ctx.tr))
        return
    yield Facts(tuple(FACTS["where"](m)))
    yield Items(tuple(Item(line) for line in notes(m, ("where",))))


def _computed(cost: Cost, m: Matter) -> str:
    """The sum, with what it is made of."""
    copies = m.tr.plural("{count} bản", cost.copies).format(count=cost.copies)
    if cost.pages is not None:
        pages = m.tr.plural("{count} trang", cost.pages).format(count=cost.pages)
        copies = m.tr("{copies}, mỗi bản {pages}").format(copies=copies, pages=pages)
    return m.tr("{what}: {total} đồng.").format(what=copies, total=money(cost.total, m.tr.language))


def _facts(found: About, m: Matter) -> Iterator[Fact]:
    """Of all that is asked, each once; where nothing else is said, of the kinds of what was found."""
    wanted = [key for aspect in (found.aspect, *found.also) for key in SHOWN.get(aspect, ())]
    if found.likeness or not wanted and not _sentences(found, m):
        told = found.passages[:1] if wanted or found.likeness else found.passages
        wanted += [OF_KIND[passage.kind] for passage in told if passage.kind in OF_KIND]
    shown: dict[str, Fact] = {}
    for fact in (fact for key in wanted for fact in FACTS[key](m)):
        shown.setdefault(fact.label, fact)
    yield from shown.values()


def _sentences(found: About, m: Matter) -> list[str]:
    """Notes and papers as the catalogue has them; papers of a verdict are in its line."""
    kinds = ("note", "about") if found.verdict else ("note", "about", "document")
    chosen = [passage for passage in found.passages if passage.kind in kinds]
    if found.aspect != "passage":  # what a procedure is for answers nothing that is asked by its name
        chosen = [passage for passage in chosen if passage.kind != "about"]
    return [*_lacking(found, m), *(_told(passage, m) for passage in chosen[:FEW])]


def _lacking(found: About, m: Matter) -> list[str]:
    """Of who lacks a paper: the cases for that, with the papers that they ask for."""
    if found.aspect != "without":
        return []
    told = [_case(passage, m) for passage in found.passages if passage.kind == "case"]
    return [line for line in told if line]


def _told(passage: Passage, m: Matter) -> str:
    if passage.kind == "note":
        note = m.procedure.notes[int(passage.place)]
        return m.told(note.text, note)
    if passage.kind == "document":
        return verdicts.explained(_document(passage, m))
    return passage.text


def _document(passage: Passage, m: Matter) -> Document:
    return next(each for each in m.procedure.documents if each.id == passage.place)


def _case(passage: Passage, m: Matter) -> str:
    """A choice with the papers that only it asks for."""
    case, _, value = passage.place.partition(":")
    papers = [d.name for d in m.procedure.documents if _is_for(d, case, value, m)]
    if not papers:
        return ""
    text = m.tr("Nếu “{choice}” thì nộp: {papers}.")
    return text.format(choice=passage.text, papers="; ".join(dict.fromkeys(papers)))


def _is_for(document: Document, case: str, value: str, m: Matter) -> bool:
    by_this_way = not document.via or m.via in document.via
    return by_this_way and value in document.when.get(case, ()) and document.handling == "submit"


def _choices(found: About, m: Matter) -> Sequence[Choice]:
    """Other cases and other procedures that what was asked belongs to."""
    chosen: list[Choice] = []
    for passage in found.passages:
        if passage.kind == "neighbour":
            chosen.append(Choice(passage.text, OpenProcedure(passage.place)))
        elif passage.kind == "case" and found.aspect == "without":
            case, _, value = passage.place.partition(":")
            chosen.append(Choice(passage.text, AnswerCase(m.procedure.code, case, value)))
    return chosen
