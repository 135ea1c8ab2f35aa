"""What each button of this wing does."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.notices import actions, expiry, follow, following, notice_preferences
from handlers.turn.actions import Action
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.shared import AskFollow, StopNotices

ACTIONS: Mapping[type[Action], Callable[[Any, Context], Turn]] = {
    AskFollow: lambda do, ctx: follow.ask(do.code, ctx),
    StopNotices: lambda do, ctx: follow.stop((do.code,), ctx),
    actions.AgreeFollow: lambda do, ctx: follow.agree(do.code, ctx),
    actions.Decline: lambda do, ctx: follow.decline(ctx),
    actions.MyNotices: lambda do, ctx: following.show_all(ctx),
    actions.StopAll: lambda do, ctx: follow.stop((), ctx),
    actions.NoticeRead: lambda do, ctx: follow.read(do.number, ctx),
    actions.ForgetReminder: lambda do, ctx: follow.forget(do.number, ctx),
    actions.OfferPhone: lambda do, ctx: follow.ask_phone(ctx),
    actions.WhyNotTold: lambda do, ctx: notice_preferences.why(ctx),
    actions.AskQuiet: lambda do, ctx: notice_preferences.ask_quiet(ctx),
    actions.ChooseQuiet: lambda do, ctx: notice_preferences.choose_quiet(do.hours, ctx),
    actions.ShowTitles: lambda do, ctx: notice_preferences.show_titles(do.on == 1, ctx),
    actions.RemindOfPaper: lambda do, ctx: expiry.ask_kind(ctx),
    actions.RemindOf: lambda do, ctx: expiry.ask_day(do.paper, ctx),
    actions.AgreeReminder: lambda do, ctx: expiry.agree(do.paper, do.day, ctx),
}
