"""Going on with a matter or a form that was left, as it was left."""

import re
from dataclasses import replace

from handlers.intake import drafts
from handlers.intake.asking import mine
from handlers.procedures import about, case_answer, checklist, lists, resume
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from knowledge.reading.acts import Act
from knowledge.reading.answers.answers import asks
from knowledge.reading.answers.options import Option
from knowledge.text import fold

DRAFT = "draft:"  # before the desk code of a form, as a target to go on with
SAYS_FORM = re.compile(r"\b(to khai|khai|dien|don|form)\b")


def targets(ctx: Context) -> tuple[Option, ...]:
    """What can be gone back to: the procedures talked about before, and the open one."""
    known, state = ctx.world.catalogue.procedures, ctx.state
    codes = dict.fromkeys([state.procedure, *(p.code for p in state.paused), *(e.code for e in state.lists)])
    forms = ((draft.code, ctx.world.forms[draft.form]) for draft in mine(ctx))
    return (
        *(Option(c, known[c].short, known[c].asks[:8]) for c in codes if c in known),
        *(Option(f"{DRAFT}{code}", form.short, (form.title,)) for code, form in forms),
    )


def go_on(act: Act, ctx: Context) -> Turn | None:
    """Back to the matter that is named, else to the one before."""
    state = ctx.state
    own = next((draft.code for draft in mine(ctx) if not draft.printed), "")
    if act.target.startswith(DRAFT):
        return drafts.resume(act.target.removeprefix(DRAFT), ctx)
    if own and not act.target and (SAYS_FORM.search(fold(ctx.incoming.text)) or not case_answer.is_open(ctx)):
        return drafts.resume(own, ctx)
    earlier = [p.code for p in state.paused if p.code != state.procedure]
    code = act.target or (
        state.procedure if case_answer.is_open(ctx) else next(iter(earlier), state.procedure)
    )
    if not code:
        return None
    was = next((p for p in state.paused if p.code == code), None)
    if code == state.procedure or was is None:
        return _going_on(act, lists.subject(code, ctx).with_state(dossier=""))
    return _going_on(act, ctx.with_state(procedure=code, answers=was.answers, via=was.via, dossier=""))


def _going_on(act: Act, ctx: Context) -> Turn:
    """The matter as it was left; what the line asks or answers besides is heard there."""
    turn = checklist.proceed(ctx)
    asked = about.heard(act.rest, ctx)
    if asked and asked.aspect and asks(act.rest) and about.is_answer(asked, ""):
        return resume.going_on(about.reply(asked, "", ctx), replace(ctx, state=turn.state))
    _before, _comma, after = ctx.incoming.text.partition(",")
    return case_answer.typed(after, replace(ctx, state=turn.state)) or turn if after else turn
