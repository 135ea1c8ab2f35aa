"""How much weight a button has: an answer, a way elsewhere, or something that cannot be taken back."""

from collections.abc import Mapping
from typing import Literal

from handlers.messages import Choice

Tone = Literal[
    "",  # an answer, or what people mostly want next
    "way",  # leads elsewhere; below the answers
    "danger",  # asks before it deletes; apart from the others
    "final",  # deletes at once; of no use once the talk has gone on
]

TONES: Mapping[str, Tone] = {
    "menu": "way",
    "language": "way",
    "talk:hours": "way",
    "talk:human": "way",
    "o": "way",
    "fback": "way",
    "fr": "way",
    "fl": "way",
    "erase": "danger",
    "erase:yes": "final",
    "fc": "danger",
    "fx": "final",
    "lists:forget": "danger",
    "lists:forget:yes": "final",
}  # by the value of a button, or by its verb


def tone(choice: Choice) -> Tone:
    """The weight of one button."""
    return TONES.get(choice.value) or TONES.get(choice.value.partition(":")[0], "")
