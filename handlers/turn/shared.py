"""Actions that several wings offer; what only one wing offers stands in its own `actions.py`."""

from handlers.turn.actions import Action, action


@action("menu")
class Menu(Action):
    """To the beginning."""


@action("none")
class NoneOfThese(Action):
    """What was offered is not what is wanted."""


@action("p")
class OpenProcedure(Action):
    """A procedure from its first question on."""

    code: str


@action("lists")
class MyLists(Action):
    """The lists kept for this person."""


@action("forms")
class MyForms(Action):
    """The forms, and those begun."""


@action("form")
class OpenForm(Action):
    """A form from its beginning."""

    form: str


@action("fd")
class ResumeDraft(Action):
    """A form where it was left."""

    code: str


@action("status")
class AskDossier(Action):
    """Asks for the code of a dossier."""


@action("s")
class ShowDossier(Action):
    """The state of a dossier."""

    code: str


@action("talk")
class SmallTalk(Action):
    """An answer that every office gives: hours, human, help."""

    kind: str


@action("language")
class AskLanguage(Action):
    """Offers the languages."""
