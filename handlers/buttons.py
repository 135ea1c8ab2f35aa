"""What every button does: the tables of all wings in one, and which of them leave an open form."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from handlers.dossiers.buttons import ACTIONS as OF_DOSSIERS
from handlers.intake import drafts
from handlers.intake.buttons import ACTIONS as OF_INTAKE
from handlers.notices.buttons import ACTIONS as OF_NOTICES
from handlers.office.actions import OpenSignpost
from handlers.office.buttons import ACTIONS as OF_OFFICE
from handlers.people.buttons import ACTIONS as OF_PEOPLE
from handlers.ports.errors import StaleButton
from handlers.procedures.actions import AnswerCase, FieldPage, FieldsPage, LifeEvent, OpenList
from handlers.procedures.buttons import ACTIONS as OF_PROCEDURES
from handlers.turn.actions import Action
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.shared import (
    AskDossier,
    BrowseFields,
    MyLists,
    NoneOfThese,
    OpenProcedure,
    SmallTalk,
)

Handler = Callable[[Any, Context], Turn]
LEAVING = frozenset(
    (
        NoneOfThese, OpenProcedure, OpenList, AnswerCase, FieldPage, FieldsPage, BrowseFields,
        LifeEvent, MyLists, AskDossier, SmallTalk, OpenSignpost,
    )
)  # fmt: skip  # a form that is open waits from then on


def merged(tables: Iterable[Mapping[type[Action], Handler]]) -> dict[type[Action], Handler]:
    """All tables in one; raises ValueError for an action that two wings want to answer."""
    whole: dict[type[Action], Handler] = {}
    for table in tables:
        twice = whole.keys() & table.keys()
        if twice:
            raise ValueError(f"answered twice: {', '.join(sorted(kind.__name__ for kind in twice))}")
        whole.update(table)
    return whole


def without_form(ctx: Context) -> Context:
    """The context of somebody who turned to something else: an open form waits."""
    return replace(ctx, state=drafts.left(ctx.state))


def tapped(action: Action, ctx: Context) -> Turn:
    """What the button does. Raises StaleButton for one that means nothing any more."""
    if type(action) not in ACTIONS:
        raise StaleButton(str(action))
    if type(action) in LEAVING:
        ctx = without_form(ctx)
    return ACTIONS[type(action)](action, ctx)


ACTIONS = merged((OF_OFFICE, OF_PROCEDURES, OF_DOSSIERS, OF_NOTICES, OF_INTAKE, OF_PEOPLE))
