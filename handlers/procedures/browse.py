"""Browsing: fields, and the procedures of a field."""

from handlers.turn.i18n import Translate
from handlers.turn.messages import Choice, Reply, State, Turn
from handlers.turn.ports import World

PAGE = 10  # choices a message: a phone shows them without endless scrolling


def fields(page: int, state: State, world: World, _: Translate) -> Turn:
    """The fields, a page of them."""
    choices = [Choice(field.name, f"field:{field.id}:0") for field in world.catalogue.fields]
    text = _("Bạn cần việc thuộc lĩnh vực nào?")
    return Turn((Reply(text, choices=_page(choices, page, "fields", _), replaces=True),), state)


def procedures(field_id: str, page: int, state: State, world: World, _: Translate) -> Turn:
    """The procedures of a field, a page of them; raises StopIteration for an unknown field."""
    field = next(f for f in world.catalogue.fields if f.id == field_id)
    choices = [Choice(p.short, f"p:{p.code}") for p in field.procedures]
    shown = _page(choices, page, f"field:{field.id}", _)
    back = Choice(_("Lĩnh vực khác"), "fields:0")
    return Turn((Reply(field.about, field.name, (*shown[:-1], back, shown[-1]), replaces=True),), state)


def _page(choices: list[Choice], page: int, value: str, _: Translate) -> tuple[Choice, ...]:
    last = max(0, (len(choices) - 1) // PAGE)
    page = min(max(page, 0), last)
    shown = choices[page * PAGE : (page + 1) * PAGE]
    if page < last:
        shown.append(Choice(_("Xem tiếp"), f"{value}:{page + 1}"))
    if page > 0:
        shown.append(Choice(_("Quay lại"), f"{value}:{page - 1}"))
    return (*shown, Choice(_("Về đầu"), "menu"))
