"""What the buttons of this wing do. `OpenForm`, `MyForms` and `ResumeDraft` are offered by others too."""

from handlers.turn.actions import Action, action


@action("fb")
class BeginForm(Action):
    """Agrees to the consent that was read, and begins."""

    form: str
    how: str  # "card" or "hand"


@action("fa")
class AnswerQuestion(Action):
    """One of the choices of a question."""

    question: str
    value: str


@action("fo")
class TakeOffer(Action):
    """One of the answers that were offered last: a text too long for a button's value."""

    question: str
    number: int


@action("fs")
class SkipQuestion(Action):
    """Leaves an optional question open."""

    question: str


@action("fq")
class ChangeAnswer(Action):
    """Asks a question again."""

    question: str


@action("fw")
class SettleConflict(Action):
    """The card and an answer say different things: one of them counts."""

    question: str
    keep: str  # "card" or "answer"


@action("fk")
class KeepInconsistency(Action):
    """It is as it was answered, strange as it looks."""

    code: str


@action("fe")
class ListAnswers(Action):
    """All answers, to change one."""

    page: int


@action("fg")
class ListGroup(Action):
    """The answers of one group, to change one."""

    group: int  # its place in `Form.groups`


@action("fp")
class MakePaper(Action):
    """Makes the paper of a draft."""

    code: str


@action("fy")
class AgreeToCards(Action):
    """Who began by hand agrees that cards are read."""


@action("fback")
class GoBack(Action):
    """Takes the last answer back."""


@action("fr")
class Review(Action):
    """Shows all answers."""


@action("fl")
class PutAside(Action):
    """Keeps the form for later."""


@action("fc")
class AskDelete(Action):
    """Wants the form deleted; asked once."""


@action("fx")
class DeleteForm(Action):
    """Deletes the open form."""
