"""Browsing: fields, and the procedures of a field."""

from collections.abc import Callable, Sequence

from handlers.language.i18n import Translate
from handlers.procedures.actions import FieldPage, FieldsPage
from handlers.turn.actions import Action
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Reply, Turn
from handlers.turn.shared import OpenProcedure, menu_choice

PAGE = 10  # choices a message: a phone shows them without endless scrolling


def fields(page: int, ctx: Context) -> Turn:
    """The fields, a page of them."""
    choices = [Choice(field.name, FieldPage(field.id, 0)) for field in ctx.world.catalogue.fields]
    text = ctx.tr("Bạn cần việc thuộc lĩnh vực nào?")
    shown = _page(choices, page, FieldsPage, ctx.tr)
    return ctx.turn(Reply(text, choices=(*shown, menu_choice(ctx.tr)), replaces=True))


def procedures(field_id: str, page: int, ctx: Context) -> Turn:
    """The procedures of a field, a page of them; raises StaleButton for a field that is gone."""
    field = ctx.world.field(field_id)
    choices = [Choice(p.short, OpenProcedure(p.code)) for p in field.procedures]
    shown = _page(choices, page, lambda number: FieldPage(field.id, number), ctx.tr)
    back = Choice(ctx.tr("Lĩnh vực khác"), FieldsPage(0))
    return ctx.turn(Reply(field.about, field.name, (*shown, back, menu_choice(ctx.tr)), replaces=True))


def _page(
    choices: Sequence[Choice], page: int, turned_to: Callable[[int], Action], tr: Translate
) -> tuple[Choice, ...]:
    """A page of the choices, and the ways to the next and the one before."""
    last = max(0, (len(choices) - 1) // PAGE)
    page = min(max(page, 0), last)
    ways = [Choice(tr("Xem tiếp"), turned_to(page + 1))] if page < last else []
    ways += [Choice(tr("Quay lại"), turned_to(page - 1))] if page > 0 else []
    return (*choices[page * PAGE : (page + 1) * PAGE], *ways)
