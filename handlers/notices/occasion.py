"""To whom and when a notice goes."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.language.i18n import Translate
from handlers.notices.actions import NoticeRead
from handlers.ports.world import World
from handlers.turn.choices import Choice


@dataclass(frozen=True)
class Follower:
    """Who is told, as far as the text depends on it."""

    language: str = ""
    detailed: bool = False  # with the procedure's title
    proved: bool = False  # gave the second fact of the dossier: else only the kind of news is told


@dataclass(frozen=True)
class Occasion:
    """To whom and when a notice goes, and as what."""

    world: World
    at: datetime  # office time
    follower: Follower = Follower()
    is_reminder: bool = False
    number: int = 0  # the notice's id where it has to be acknowledged, else 0

    @property
    def today(self) -> date:
        """The day on which it goes out."""
        return self.at.date()

    @property
    def tr(self) -> Translate:
        """Texts in the follower's language."""
        languages = self.world.languages
        return languages.translator(languages.of(self.follower.language, ""))

    def said(self, text: str) -> str:
        """The text, marked where it is told a second time."""
        return self.tr("Nhắc lại: {notice}").format(notice=text) if self.is_reminder else text

    def acknowledgement(self) -> tuple[Choice, ...]:
        """The button that says it was read, under those that matter: else the person is told otherwise."""
        return (Choice(self.tr("Tôi đã nhận tin"), NoticeRead(self.number)),) if self.number else ()
