"""The buttons of this journey."""

from collections.abc import Callable

from handlers.i18n import Translate
from handlers.intake import answering, drafts, review
from handlers.intake.asking import opened
from handlers.messages import Incoming, State, Turn
from handlers.ports import World


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
        ("fa", 2): lambda question, value: answering.tapped(question, value, *here),
        ("fo", 2): lambda question, number: answering.offered(question, number, *here),
        ("fs", 1): lambda question: answering.tapped(question, "", *here),
        ("fq", 1): lambda question: answering.change(question, *here),
        ("fw", 2): lambda question, keep: answering.settle(question, keep, *here),
        ("fk", 1): lambda code: answering.agree(code, *here),
        ("fe", 1): lambda page: review.changes(opened(state, world), int(page), *here),
        ("fp", 0): lambda: review.produce(opened(state, world), *here),
        ("fback", 0): lambda: answering.step("back", *here),
        ("fr", 0): lambda: answering.step("review", *here),
        ("fl", 0): lambda: answering.step("later", *here),
        ("fc", 0): lambda: answering.step("cancel", *here),
        ("fx", 0): lambda: drafts.cancel(state, world, _),
    }
