"""Actions that several wings offer; what only one wing offers stands in its own `actions.py`."""

from handlers.language.i18n import Translate
from handlers.turn.actions import Action, action
from handlers.turn.choices import Choice
from handlers.turn.retention import BACKUP_DAYS


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


@action("shared")
class SharedComputer(Action):
    """Others use this computer: the session is to end by itself."""


@action("follow")
class AskFollow(Action):
    """Wants to be told of a dossier, or of changes to a list of papers; the consent is asked for first."""

    code: str  # of the dossier or the procedure


@action("stop")
class StopNotices(Action):
    """Wants to be told no more of that."""

    code: str


@action("link")
class AskLink(Action):
    """Wants a code that links another channel, and to see those that are linked."""


@action("unlink")
class AskUnlink(Action):
    """Wants one of the linked channels to be on its own again; asked back."""

    number: int  # handlers.ports.links.Linked.number


@action("talk")
class SmallTalk(Action):
    """An answer that every office gives: hours, human, help."""

    kind: str


@action("fields")
class BrowseFields(Action):
    """The fields, the first page of them."""


@action("language")
class AskLanguage(Action):
    """Offers the languages."""


def menu_choice(tr: Translate) -> Choice:
    """The way to the beginning, under nearly everything."""
    return Choice(tr("Về đầu"), Menu())


def human_choice(tr: Translate) -> Choice:
    """The way to a person at the desk."""
    return Choice(tr("Gặp cán bộ"), SmallTalk("human"))


def backups(tr: Translate) -> str:
    """Where what was erased is for a while yet."""
    text = tr.plural("Bản sao lưu phòng hỏng máy còn giữ tối đa {days} ngày rồi tự mất.", BACKUP_DAYS)
    return text.format(days=BACKUP_DAYS)
