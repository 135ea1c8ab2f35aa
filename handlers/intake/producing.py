"""The paper to print and sign, its picture, the code for the desk, and what to bring beside it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace

from handlers.guidance.papers import full_name
from handlers.ports.drafts import Draft, shown_code
from handlers.procedures.actions import OpenList
from handlers.turn.blocks import Block, Heading, Item, Items, Span, Text
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.effects import SaveDraft
from handlers.turn.messages import Enclosure, Reply, Turn
from handlers.turn.retention import PRINTED_DAYS
from handlers.turn.shared import ResumeDraft, menu_choice
from knowledge.intake.paper import Paper, laid_out
from knowledge.procedures.checklist import next_case, relevant
from knowledge.text import fold


def produce(draft: Draft, ctx: Context) -> Turn:
    """The finished form; its draft is kept for the desk."""
    form = ctx.world.forms[draft.form]
    bring = tuple(_bring(draft, ctx))
    blank = laid_out(form, draft.interview, ctx.world.office)
    paper = replace(blank, desk_code=shown_code(draft.code), bring=bring)
    body = (*([Text(form.doubt)] if form.doubt else []), *_handed(draft, ctx), *_beside(bring, draft, ctx))
    reply = Reply(body, form.title, tuple(_choices(draft, ctx)), enclosures=_files(paper))
    kept = SaveDraft(replace(draft, printed=True))
    return ctx.with_state(draft="", pending=None).turn(reply, outcome="answered", effects=(kept,))


def _handed(draft: Draft, ctx: Context) -> Iterator[Block]:
    yield Text(ctx.tr("Tờ khai đây. Bạn in ra, đọc lại rồi ký tay; chưa ký thì mới là bản nháp."))
    yield Heading(ctx.tr("Mã tại quầy"))
    yield Text((Span(shown_code(draft.code), "code"),))
    text = ctx.tr.plural(
        "Không có máy in: đưa cán bộ ở quầy xem mã này hoặc ảnh mã QR bên dưới, cán bộ mở và in giúp "
        "(mã dùng được {days} ngày).",
        PRINTED_DAYS,
    )
    yield Text(text.format(days=PRINTED_DAYS))


def _beside(bring: tuple[str, ...], draft: Draft, ctx: Context) -> Iterator[Block]:
    """What else goes to the desk, or how to learn it."""
    if bring:
        yield Heading(ctx.tr("Mang theo cùng tờ khai:"))
        yield Items(tuple(Item(name) for name in bring))
    elif draft.procedure in ctx.world.catalogue.procedures:
        yield Text(ctx.tr("Cần mang theo giấy tờ gì, bạn chọn “Xem danh sách giấy tờ”."))


def _choices(draft: Draft, ctx: Context) -> Iterator[Choice]:
    yield Choice(ctx.tr("Sửa tờ khai"), ResumeDraft(draft.code))
    if draft.procedure in ctx.world.catalogue.procedures:
        yield Choice(ctx.tr("Xem danh sách giấy tờ"), OpenList(draft.procedure))
    yield menu_choice(ctx.tr)


def _files(paper: Paper) -> tuple[Enclosure, ...]:
    content = json.dumps(asdict(paper), ensure_ascii=False)
    return (
        Enclosure("preview", f"to-khai-{paper.form}.png", content),
        Enclosure("qr", f"ma-{paper.desk_code}.png", paper.desk_code),
        Enclosure("paper", f"to-khai-{paper.form}.pdf", content),
    )


def _bring(draft: Draft, ctx: Context) -> Iterator[str]:
    """The citizen's own list without the form itself; nothing if the cases were not answered yet."""
    procedure = ctx.world.catalogue.procedures.get(draft.procedure)
    saved = next((entry for entry in ctx.state.lists if entry.code == draft.procedure), None)
    if procedure is None or saved is None or next_case(procedure, saved.answers, saved.via):
        return
    for document in relevant(procedure.documents, saved.answers, saved.via):
        if document.handling != "not_needed" and not fold(document.name).startswith("to khai"):
            yield full_name(document)
