"""A citizen's own list to take along: a picture, and a page to be printed, with its day."""

import json
from dataclasses import asdict, dataclass

from handlers.guidance.answer import answer
from handlers.guidance.folds import provenance
from handlers.guidance.matter import Matter, matter
from handlers.language.format import day_text
from handlers.procedures.actions import OpenList
from handlers.procedures.lists import saved, subject
from handlers.turn.blocks import Block, unfolded
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Enclosure, Reply, Turn
from handlers.turn.shared import menu_choice


@dataclass(frozen=True)
class TakenList:
    """All texts of the page."""

    office: str
    title: str
    blocks: tuple[Block, ...]
    made: str  # "Lập ngày 23/11/2026"
    source: str


def take_along(code: str, ctx: Context) -> Turn:
    """The list as a picture and as PDF."""
    ctx = subject(code, ctx)
    m = matter(ctx)
    content = json.dumps(asdict(taken(m, saved(ctx.state).ticked)), ensure_ascii=False)
    files = (
        Enclosure("list-picture", f"danh-sach-{code}.png", content),
        Enclosure("list", f"danh-sach-{code}.pdf", content),
    )
    text = ctx.tr("Danh sách của bạn: ảnh để xem trên máy, PDF để in.")
    back = Choice(ctx.tr("Xem danh sách giấy tờ"), OpenList(code))
    reply = Reply(text, m.procedure.short, (back, menu_choice(ctx.tr)), enclosures=files)
    return ctx.turn(reply, outcome="answered")


def taken(m: Matter, ticked: tuple[str, ...]) -> TakenList:
    """The page of a list as it is ticked now."""
    made = m.tr("Lập ngày {date}").format(date=day_text(m.today))
    return TakenList(m.office.name, m.procedure.short, unfolded(answer(m, ticked)), made, provenance(m))
