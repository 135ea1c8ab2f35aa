"""Life events: the procedures that follow from one, in their order."""

from handlers.turn.i18n import Translate
from handlers.turn.messages import Choice, Reply, State, Turn
from handlers.turn.ports import World
from knowledge.procedures.life_events import Step


def show(event_id: str, state: State, world: World, _: Translate) -> Turn:
    """What has to be done, each step a button."""
    event = world.events.event(event_id)
    steps = [(step, choice) for step in event.steps if (choice := _choice(step, world))]
    lines = [_line(number, step, choice) for number, (step, choice) in enumerate(steps, 1)]
    text = "\n".join([event.intro, *lines, "", _("Bấm vào việc bạn cần để xem giấy tờ.")])
    choices = (*(choice for _step, choice in steps), Choice(_("Về đầu"), "menu"))
    return Turn((Reply(text, event.name, choices),), state, "answered")


def _line(number: int, step: Step, choice: Choice) -> str:
    return f"{number}. {choice.label}" + (f" ({step.when})" if step.when else "")


def _choice(step: Step, world: World) -> Choice | None:
    if step.elsewhere:
        return Choice(world.elsewhere.entry(step.elsewhere).name, f"e:{step.elsewhere}")
    procedure = world.catalogue.procedures.get(step.code or "")
    return Choice(procedure.short, f"p:{procedure.code}") if procedure else None
