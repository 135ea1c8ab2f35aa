"""What the buttons of this wing do."""

from handlers.turn.actions import Action, action


@action("heard")
class HeardRight(Action):
    """The voice message was understood."""


@action("misheard")
class Misheard(Action):
    """The voice message said something else."""


@action("mydata")
class ExportData(Action):
    """Wants a file of all that is held about the own person."""


@action("erase")
class AskErase(Action):
    """Wants all of that erased; asked back."""


@action("erase")
class Erase(Action):
    """Is sure of it."""

    answer: str = "yes"


@action("link")
class AgreeLink(Action):
    """The channel that showed the code is the person's own too."""

    number: int  # handlers.ports.links.Asking.number


@action("unlink")
class Unlink(Action):
    """Is sure of it."""

    number: int  # handlers.ports.links.Linked.number
    answer: str = "yes"
