"""What each button of this wing does."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.dossiers import shared_computer, status
from handlers.turn.actions import Action
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.shared import SharedComputer, ShowDossier

ACTIONS: Mapping[type[Action], Callable[[Any, Context], Turn]] = {
    SharedComputer: lambda do, ctx: shared_computer.noted(ctx),
    ShowDossier: lambda do, ctx: status.show(do.code, ctx),
}
