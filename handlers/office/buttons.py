"""What each button of this wing does, and those that every wing offers of it."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.office import greeting, not_understood, signposts, small_talk
from handlers.office.actions import OpenSignpost, SetLanguage
from handlers.turn.actions import Action
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.shared import AskDossier, AskLanguage, NoneOfThese, SmallTalk

ACTIONS: Mapping[type[Action], Callable[[Any, Context], Turn]] = {
    NoneOfThese: lambda do, ctx: not_understood.not_found(ctx),
    SmallTalk: lambda do, ctx: small_talk.talk(do.kind, ctx),
    AskDossier: lambda do, ctx: small_talk.ask_dossier(ctx),
    AskLanguage: lambda do, ctx: greeting.ask_language(ctx),
    SetLanguage: lambda do, ctx: greeting.set_language(do.language, ctx),
    OpenSignpost: lambda do, ctx: signposts.show(do.entry, ctx),
}
