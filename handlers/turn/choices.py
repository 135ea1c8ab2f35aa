"""What is offered under a reply, and what was meant by a typed text."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.turn.actions import Action
from knowledge.text import fold


@dataclass(frozen=True)
class Choice:
    """A button. A channel without buttons shows a numbered line."""

    label: str
    action: Action

    @property
    def value(self) -> str:
        """The wire form: it holds all that is needed, so that old buttons still work."""
        return str(self.action)


def chosen(text: str, offered: Sequence[Choice]) -> Choice | None:
    """The offered choice that was typed: its number, its label, or words only it has."""
    if text.strip(" .)").isdecimal():
        number = int(text.strip(" .)"))
        return offered[number - 1] if 1 <= number <= len(offered) else None
    said = set(fold(text).split())
    labels = [(set(fold(choice.label).split()), choice) for choice in offered]
    same = [choice for words, choice in labels if words == said]
    inside = [choice for words, choice in labels if said and said <= words]
    meant = same or (inside if len(inside) == 1 else [])
    return meant[0] if meant else None
