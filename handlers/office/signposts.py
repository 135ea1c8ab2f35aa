"""What another office does: where to go."""

from handlers.office.greeting import menu_choices
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn


def show(entry_id: str, ctx: Context) -> Turn:
    """Where to go, and the first step; raises StaleButton for an entry that is gone."""
    entry = ctx.world.signpost(entry_id)
    text = entry.go
    if not entry.bare:
        not_here = ctx.tr("Việc này không làm ở bộ phận một cửa của {unit}.")
        text = not_here.format(unit=ctx.world.office.unit) + "\n" + entry.go
    return ctx.turn(Reply(text, entry.name, menu_choices(ctx)), outcome="elsewhere")
