"""What a channel can: the conversation asks this, and never a channel's name."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Abilities:
    """Of one channel; the defaults are those of the one that can all."""

    text_limit: int = 0  # UTF-16 units of a text; 0: none
    buttons: int = 100  # choices of a message that can be tapped; more, and all of 0, are numbered lines
    folds: bool = True  # shows what is opened on demand closed; else it is a choice
    files: Literal["sent", "linked", "none"] = "sent"  # how a file reaches the person
    unsent: frozenset[str] = frozenset()  # kinds of files that it does not take
    file_days: int = 0  # after which a file that was sent is gone; 0: it stays
    contact: bool = False  # can share the person's own checked number
