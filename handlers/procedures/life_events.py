"""Life events: the procedures that follow from one, in their order."""

from handlers.office.actions import OpenSignpost
from handlers.ports.world import World
from handlers.turn.blocks import Item, Items, Text
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Reply, Turn
from handlers.turn.shared import OpenProcedure, menu_choice
from knowledge.procedures.life_events import Step


def show(event_id: str, ctx: Context) -> Turn:
    """What has to be done, each step a button; raises StaleButton for an event that is gone."""
    event = ctx.world.life_event(event_id)
    steps = [(step, choice) for step in event.steps if (choice := _choice(step, ctx.world))]
    lines = Items(tuple(Item(choice.label, step.when or "") for step, choice in steps), numbered=True)
    body = (Text(event.intro), lines, Text(ctx.tr("Chọn việc bạn cần để xem giấy tờ.")))
    choices = (*(choice for _step, choice in steps), menu_choice(ctx.tr))
    return ctx.turn(Reply(body, event.name, choices), outcome="answered")


def _choice(step: Step, world: World) -> Choice | None:
    if step.elsewhere:
        return Choice(world.elsewhere.entry(step.elsewhere).name, OpenSignpost(step.elsewhere))
    procedure = world.catalogue.procedures.get(step.code or "")
    return Choice(procedure.short, OpenProcedure(procedure.code)) if procedure else None
