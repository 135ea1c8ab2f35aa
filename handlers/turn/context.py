"""What every handler is given: who says what, when, to which state, and all that may be looked up."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.turn.i18n import Translate, language_of, translator
from handlers.turn.messages import Incoming, Reply, State, Turn
from handlers.turn.ports import World


@dataclass(frozen=True)
class Context:
    """One value through all handlers."""

    incoming: Incoming
    state: State
    world: World
    tr: Translate  # a msgid in the person's language

    @property
    def today(self) -> date:
        """The day in office time."""
        return self.incoming.at.date()

    @property
    def person(self) -> str:
        """The address: "telegram:1234"."""
        return self.incoming.address

    def with_state(self, **changes: Any) -> "Context":
        """The same with some of the state changed."""
        return replace(self, state=replace(self.state, **changes))

    def after(self, turn: Turn) -> "Context":
        """The same with the state that a turn leads to."""
        return replace(self, state=turn.state)

    def turn(self, *replies: Reply, **more: Any) -> Turn:
        """These replies, with the state as it is; `more` as in Turn."""
        return Turn(replies, self.state, **more)


def context(incoming: Incoming, state: State, world: World) -> Context:
    """The context of a message; texts in the language that the person chose, else the app's."""
    return Context(incoming, state, world, translator(language_of(state.language, incoming.language)))
