"""What the buttons of this wing do."""

from handlers.turn.actions import Action, action


@action("language")
class SetLanguage(Action):
    """Speaks that language from now on."""

    language: str


@action("e")
class OpenSignpost(Action):
    """Where to go for what another office does."""

    entry: str  # id in signposts.toml
