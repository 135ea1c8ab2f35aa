"""How much weight a button has: an answer, a way elsewhere, or something that cannot be taken back."""

from collections.abc import Mapping
from typing import Literal

from handlers.intake.actions import AskDelete, DeleteForm, GoBack, PutAside, Review
from handlers.people.actions import AskErase, Erase
from handlers.procedures.actions import Forget, Neighbours
from handlers.procedures.lists import ASK, SURE
from handlers.turn.actions import Action
from handlers.turn.choices import Choice
from handlers.turn.shared import AskLanguage, Menu, SmallTalk

Tone = Literal[
    "",  # an answer, or what people mostly want next
    "way",  # leads elsewhere; below the answers
    "danger",  # asks before it deletes; apart from the others
    "final",  # deletes at once; of no use once the talk has gone on
]

TONES: Mapping[type[Action] | Action, Tone] = {
    Menu: "way",
    AskLanguage: "way",
    SmallTalk: "way",
    Neighbours: "way",
    GoBack: "way",
    Review: "way",
    PutAside: "way",
    AskErase: "danger",
    Erase: "final",
    AskDelete: "danger",
    DeleteForm: "final",
    Forget(ASK): "danger",
    Forget(SURE): "final",
}  # by what a button does, or by the kind of it


def tone(choice: Choice) -> Tone:
    """The weight of one button."""
    return TONES.get(choice.action) or TONES.get(type(choice.action), "")
