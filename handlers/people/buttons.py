"""What each button of this wing does."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.people import linking, my_data, voice, welcome
from handlers.people.actions import AgreeLink, AskErase, Erase, ExportData, Misheard, Unlink
from handlers.turn.actions import Action
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.shared import AskLink, AskUnlink, Menu

# HeardRight is none of them: `voice.taken_up` has turned it into the words that were heard.
ACTIONS: Mapping[type[Action], Callable[[Any, Context], Turn]] = {
    Menu: lambda do, ctx: welcome.menu(ctx),
    Misheard: lambda do, ctx: voice.misheard(ctx),
    ExportData: lambda do, ctx: my_data.export(ctx),
    AskErase: lambda do, ctx: my_data.ask_erase(ctx),
    Erase: lambda do, ctx: my_data.erase(ctx),
    AskLink: lambda do, ctx: linking.offer(ctx),
    AgreeLink: lambda do, ctx: linking.agree(do.number, ctx),
    AskUnlink: lambda do, ctx: linking.ask_unlink(do.number, ctx),
    Unlink: lambda do, ctx: linking.unlink(do.number, ctx),
}
