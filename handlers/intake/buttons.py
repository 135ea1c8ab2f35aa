"""What each button of this wing does."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.intake import cards, changes, drafts, steps
from handlers.intake.actions import (
    AgreeToCards,
    AnswerQuestion,
    AskDelete,
    BeginForm,
    ChangeAnswer,
    DeleteForm,
    GoBack,
    KeepInconsistency,
    ListAnswers,
    ListGroup,
    MakePaper,
    PutAside,
    Review,
    SettleConflict,
    SkipQuestion,
    TakeOffer,
)
from handlers.turn.actions import Action
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.shared import MyForms, OpenForm, ResumeDraft

ANSWERS = (AnswerQuestion, TakeOffer, SkipQuestion)  # to the question that is asked
ACTIONS: Mapping[type[Action], Callable[[Any, Context], Turn]] = {
    MyForms: lambda do, ctx: drafts.my_forms(ctx),
    OpenForm: lambda do, ctx: drafts.open_form(do.form, ctx),
    BeginForm: lambda do, ctx: drafts.begin(do.form, do.how, ctx),
    ResumeDraft: lambda do, ctx: drafts.resume(do.code, ctx),
    AnswerQuestion: lambda do, ctx: steps.tapped(do.question, do.value, ctx),
    TakeOffer: steps.offered,
    SkipQuestion: lambda do, ctx: steps.tapped(do.question, "", ctx),
    ChangeAnswer: lambda do, ctx: steps.change(do.question, ctx),
    SettleConflict: lambda do, ctx: steps.settle(do.question, do.keep, ctx),
    KeepInconsistency: lambda do, ctx: steps.keep(do.code, ctx),
    ListAnswers: lambda do, ctx: changes.page(do.page, ctx),
    ListGroup: lambda do, ctx: changes.group(do.group, ctx),
    MakePaper: lambda do, ctx: steps.produce(do.code, ctx),
    AgreeToCards: lambda do, ctx: cards.agree(ctx),
    GoBack: lambda do, ctx: steps.step("back", ctx),
    Review: lambda do, ctx: steps.step("review", ctx),
    PutAside: lambda do, ctx: steps.step("later", ctx),
    AskDelete: lambda do, ctx: steps.step("cancel", ctx),
    DeleteForm: lambda do, ctx: drafts.delete(ctx),
}
