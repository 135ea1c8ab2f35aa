"""A typed text as one of the choices that were offered."""

from handlers.turn.messages import Choice
from knowledge.text import fold


def chosen(text: str, offered: tuple[Choice, ...]) -> str:
    """The value of the offered choice that was typed: its number, its label, or words only it has."""
    if text.strip(" .)").isdecimal():
        number = int(text.strip(" .)"))
        return offered[number - 1].value if 1 <= number <= len(offered) else ""
    said = set(fold(text).split())
    labels = [(set(fold(choice.label).split()), choice.value) for choice in offered]
    same = [value for words, value in labels if words == said]
    inside = [value for words, value in labels if said and said <= words]
    return (same or (inside if len(inside) == 1 else [""]))[0]
