"""The buttons of this journey."""

from collections.abc import Callable

from handlers.intake import cards, drafts, review, steps
from handlers.intake.asking import opened
from handlers.turn.i18n import Translate
from handlers.turn.messages import Incoming, State, Turn
from handlers.turn.ports import World


def actions(
    state: State, world: World, incoming: Incoming, _: Translate
) -> dict[tuple[str, int], Callable[..., Turn]]:
    """The buttons of this journey: verb and number of arguments -> what it does."""
    here = (state, world, incoming, _)
    return {
        ("forms", 0): lambda: drafts.my_forms(*here),
        ("form", 1): lambda form: drafts.open_form(form, *here),
        ("fb", 2): lambda form, how: drafts.begin(form, how, *here),
        ("fd", 1): lambda code: drafts.resume(code, *here),
        ("fa", 2): lambda question, value: steps.tapped(question, value, *here),
        ("fo", 2): lambda question, number: steps.offered(question, number, *here),
        ("fs", 1): lambda question: steps.tapped(question, "", *here),
        ("fq", 1): lambda question: steps.change(question, *here),
        ("fw", 2): lambda question, keep: steps.settle(question, keep, *here),
        ("fk", 1): lambda code: steps.agree(code, *here),
        ("fe", 1): lambda page: review.changes(opened(state, world), int(page), *here),
        ("fp", 1): lambda code: steps.produce(code, *here),
        ("fy", 0): lambda: cards.agree(*here),
        ("fback", 0): lambda: steps.step("back", *here),
        ("fr", 0): lambda: steps.step("review", *here),
        ("fl", 0): lambda: steps.step("later", *here),
        ("fc", 0): lambda: steps.step("cancel", *here),
        ("fx", 0): lambda: drafts.cancel(state, world, _),
    }
