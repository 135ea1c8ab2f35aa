"""What the buttons of this wing do; what other wings offer too stands in `handlers.turn.shared`."""

from handlers.turn.actions import Action, action


@action("a")
class AnswerCase(Action):
    """The answer to a case of a procedure."""

    code: str
    case: str
    value: str


@action("u")
class Reopen(Action):
    """One case is asked again."""

    code: str
    case: str


@action("r")
class AskAgain(Action):
    """The cases of a procedure are asked again."""

    code: str


@action("v")
class ChangeWay(Action):
    """The same list for another way of filing."""

    code: str
    via: str


@action("l")
class OpenList(Action):
    """A list as it was left."""

    code: str


@action("n")
class Explain(Action):
    """All that stands folded behind a list; offered where a channel cannot fold it."""

    code: str


@action("k")
class TickView(Action):
    """The papers of a list, to be ticked."""

    code: str


@action("t")
class Tick(Action):
    """A paper is there, or is not; the tick view stays."""

    code: str
    document: str


@action("x")
class TickInList(Action):
    """The same within the list itself, where a channel draws boxes there."""

    code: str
    document: str


@action("b")
class TakeAlong(Action):
    """A list as a picture and to be printed."""

    code: str


@action("o")
class Neighbours(Action):
    """The procedures that are confused with this one."""

    code: str


@action("lists")
class Forget(Action):
    """All kept lists are thrown away: "forget" asks first, "gone" does it."""

    step: str


@action("fields")
class FieldsPage(Action):
    """A page of the fields."""

    page: int


@action("field")
class FieldPage(Action):
    """A page of the procedures of a field."""

    field: str
    page: int


@action("event")
class LifeEvent(Action):
    """What follows from a life event."""

    event: str
