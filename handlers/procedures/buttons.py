"""What each button of this wing does, and those that every wing offers of it."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.procedures import browse, case_answer, checklist, life_events, lists, take_along, ticks
from handlers.procedures.actions import (
    AnswerCase,
    AskAgain,
    ChangeWay,
    Explain,
    FieldPage,
    FieldsPage,
    Forget,
    LifeEvent,
    Neighbours,
    OpenList,
    Reopen,
    TakeAlong,
    Tick,
    TickInList,
    TickView,
)
from handlers.turn.actions import Action
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.shared import BrowseFields, MyLists, OpenProcedure

ACTIONS: Mapping[type[Action], Callable[[Any, Context], Turn]] = {
    OpenProcedure: lambda do, ctx: checklist.open_procedure(do.code, ctx),
    AnswerCase: lambda do, ctx: checklist.answer_case(do.code, do.case, do.value, ctx),
    AskAgain: lambda do, ctx: checklist.ask_again(do.code, ctx),
    Reopen: lambda do, ctx: case_answer.reopen(do.code, do.case, ctx),
    ChangeWay: lambda do, ctx: checklist.change_way(do.code, do.via, ctx),
    OpenList: lambda do, ctx: checklist.open_list(do.code, ctx),
    Explain: lambda do, ctx: checklist.explain(do.code, ctx),
    Neighbours: lambda do, ctx: checklist.neighbours(do.code, ctx),
    TickView: lambda do, ctx: ticks.tick_view(do.code, ctx),
    Tick: lambda do, ctx: ticks.tick(do.code, do.document, ctx),
    TickInList: lambda do, ctx: ticks.tick_in_list(do.code, do.document, ctx),
    TakeAlong: lambda do, ctx: take_along.take_along(do.code, ctx),
    MyLists: lambda do, ctx: lists.my_lists(ctx),
    Forget: lambda do, ctx: lists.forget(do.step, ctx),
    BrowseFields: lambda do, ctx: browse.fields(0, ctx),
    FieldsPage: lambda do, ctx: browse.fields(do.page, ctx),
    FieldPage: lambda do, ctx: browse.procedures(do.field, do.page, ctx),
    LifeEvent: lambda do, ctx: life_events.show(do.event, ctx),
}
