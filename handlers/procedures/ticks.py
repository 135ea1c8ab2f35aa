"""Ticking papers off: what is there, what is missing, and what nobody can know from here."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.guidance.lead import lead_notes
from handlers.guidance.matter import Matter, matter
from handlers.guidance.papers import counted, only_if
from handlers.procedures.actions import OpenList, Tick
from handlers.procedures.checklist import show_list
from handlers.procedures.lists import kept, saved, subject
from handlers.turn.blocks import Block, Item, Items, Text
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Reply, Turn
from handlers.turn.shared import menu_choice
from knowledge.procedures.catalogue import Document
from knowledge.procedures.checklist import needs

ASK = ("hỏi", "ask at ", "ask the ")


def tick_view(code: str, ctx: Context) -> Turn:
    """The papers by their numbers, each with a button that ticks it on or off."""
    ctx = kept(subject(code, ctx))
    m, ticked = matter(ctx), saved(ctx.state).ticked
    wanted = needs(m.procedure, m.answers, m.via)
    papers = (*wanted.sure, *wanted.perhaps)
    ticks = [Choice(d.name, Tick(code, d.id)) for d in papers]
    items = tuple(_item(d, m, ticked, tick) for d, tick in zip(papers, ticks, strict=True))
    said: tuple[Block, ...] = tuple(Text(line) for line in where_one_stands(m, ticked))
    body = (*said, Items(items, numbered=True)) if items else said
    back = Choice(ctx.tr("Xong, xem lại danh sách"), OpenList(code))
    reply = Reply(body, m.procedure.short, (*ticks, back, menu_choice(ctx.tr)), replaces=True)
    return ctx.with_state(pending=None).turn(reply, outcome="answered")


def _item(document: Document, m: Matter, ticked: Sequence[str], tick: Choice) -> Item:
    note = "\n".join(filter(None, (m.condition(document.when), only_if(document, m.tr))))
    return Item(counted(document, m.tr), note, document.id in ticked, tick.value)


def where_one_stands(m: Matter, ticked: Sequence[str]) -> Iterator[str]:
    """How many are missing; "you have all" only if all is known, needed for sure, and ticked."""
    wanted = needs(m.procedure, m.answers, m.via)
    missing = [d for d in wanted.sure if d.id not in ticked]
    unsure = [d for d in wanted.perhaps if d.id not in ticked]
    unknown = list(_unknown(m))
    if missing:
        yield m.tr("Chọn giấy tờ bạn đã có. Còn thiếu {count}.").format(count=len(missing))
    elif wanted.sure and not unsure and not unknown:
        yield m.tr("Bạn đã đủ giấy tờ. Nhớ mang theo tất cả khi đi nộp.")
    elif wanted.sure:
        yield m.tr("Giấy chắc chắn cần thì bạn đã có.")
    if unsure and not missing:
        count = len(unsure)
        text = m.tr.plural(
            "Còn {count} giấy chỉ cần khi đúng điều kiện ghi bên dưới: xem bạn có thuộc không.", count
        )
        yield text.format(count=count)
    if not wanted.sure and not wanted.perhaps:
        yield m.tr("Chưa rõ phải nộp giấy gì: bạn hỏi tại {desk} trước khi đi.").format(desk=m.desk)
    yield from unknown


def _unknown(m: Matter) -> Iterator[str]:
    """What the data leave open about the papers of this case, in the words of the data."""
    yield from (note.text for note in lead_notes(m) if note.topic == "documents" and asks(note.text))
    yield from m.procedure.doubts


def asks(sentence: str) -> bool:
    """Whether the sentence sends the citizen to ask."""
    return any(word in sentence.casefold() for word in ASK)


def tick(code: str, document: str, ctx: Context) -> Turn:
    """Ticks a paper on or off among the papers."""
    return tick_view(code, _toggled(code, document, ctx))


def tick_in_list(code: str, document: str, ctx: Context) -> Turn:
    """Ticks a paper on or off within the list."""
    return show_list(_toggled(code, document, ctx))


def _toggled(code: str, document: str, ctx: Context) -> Context:
    ctx = kept(subject(code, ctx))
    known = {d.id for d in ctx.world.procedure(code).documents}
    ticked = tuple(sorted({*saved(ctx.state).ticked} ^ ({document} & known)))
    lists = tuple(replace(e, ticked=ticked) if e.code == code else e for e in ctx.state.lists)
    return ctx.with_state(lists=lists)
