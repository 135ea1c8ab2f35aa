"""What each button of this wing does."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.dossiers import status
from handlers.turn.actions import Action
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.shared import ShowDossier

ACTIONS: Mapping[type[Action], Callable[[Any, Context], Turn]] = {
    ShowDossier: lambda do, ctx: status.show(do.code, ctx),
}
