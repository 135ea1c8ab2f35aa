"""A line that replies to an older message is read in the matter of that one; what is open stays open."""

from dataclasses import replace

from handlers import typed as lines
from handlers.buttons import tapped
from handlers.dossiers import questions, status
from handlers.intake.asking import open_draft
from handlers.intake.steps import after_interjection
from handlers.procedures import ask, resume
from handlers.turn.actions import decode
from handlers.turn.choices import Choice, chosen
from handlers.turn.context import Context
from handlers.turn.messages import Quoted, Turn
from handlers.turn.pending import CaseQuestion, SecondFactorAsked, interrupted
from handlers.turn.words import ASKS_WHERE
from knowledge.dossiers.dossier_codes import codes_in
from knowledge.reading.danger import danger
from knowledge.reading.ongoing import asked
from knowledge.text import fold


def typed(text: str, ctx: Context) -> Turn | None:
    """The answer in the matter that is replied to; None if that is open anyway, or the line is about none."""
    quoted = ctx.incoming.quoted
    if quoted is None or danger(text, ctx.world.english.is_english(text)):
        return None
    choice = _choice(text, quoted)
    if choice:
        return tapped(choice.action, ctx)
    dossier = _dossier(quoted, ctx)
    if dossier:
        return _of_dossier(text, dossier, ctx)
    code = _procedure(quoted, ctx)
    return _of_procedure(text, code, ctx) if code and code != _open(ctx) else None


def _choice(text: str, quoted: Quoted) -> Choice | None:
    """What was offered in that message, by its number or its whole label."""
    choices = tuple(Choice(label, decode(value)) for label, value in quoted.choices)
    if text.strip(" .)").isdecimal():
        return chosen(text, choices)
    return next((choice for choice in choices if fold(choice.label) == fold(text)), None)


def _dossier(quoted: Quoted, ctx: Context) -> str:
    """The code of the only dossier that it tells of; empty if there is none."""
    codes = set(codes_in(quoted.text, ctx.today))
    return codes.pop() if len(codes) == 1 else ""


def _of_dossier(text: str, code: str, ctx: Context) -> Turn | None:
    pending = ctx.state.pending
    is_waiting = isinstance(pending, SecondFactorAsked) and pending.dossier == code
    if is_waiting or codes_in(text, ctx.today):
        return None
    at, told = ctx.with_state(dossier=code), None
    if code in ctx.state.proved:
        told = questions.typed(text, at)
    if told is None and (asked(text, "dossier") or ASKS_WHERE.search(f"ho so {fold(text)}")):
        told = status.show(code, at)
    if told is None:
        return None
    draft = open_draft(ctx)
    return after_interjection(told, draft, ctx) if draft else resume.going_on(told, ctx)


def _open(ctx: Context) -> str:
    """The code of the procedure that a line is about by itself."""
    draft = open_draft(ctx)
    return draft.procedure if draft else ctx.state.procedure


def _procedure(quoted: Quoted, ctx: Context) -> str:
    """The code of the procedure that stands above that message, or that was asked for in it."""
    if not quoted.is_ours:
        found = ctx.find(quoted.text)
        is_one = found.decision == "answer" and found.hits[0].kind == "procedure"
        return found.hits[0].id if is_one else ""
    title, known = fold(quoted.text.partition("\n")[0]), ctx.world.catalogue.procedures
    return next((code for code, procedure in known.items() if fold(procedure.short) == title), "")


def _of_procedure(text: str, code: str, ctx: Context) -> Turn | None:
    """As it was left, if it was talked about before another one."""
    at = ask.about(code, ctx).with_state(pending=None)
    left = next((paused for paused in ctx.state.paused if paused.code == code), None)
    if left:
        at = at.with_state(answers=left.answers, via=left.via)
    told = lines.about_procedure(text, at)
    return _beside(told, ctx) if told else None


def _beside(told: Turn, ctx: Context) -> Turn:
    """What is open stays so, and is asked again; if nothing is, the talk goes on there."""
    draft, waiting = open_draft(ctx), interrupted(ctx.state.pending)
    if draft is None and waiting is None:
        return replace(told, state=replace(told.state, pending=ctx.state.pending))
    beside = replace(told, state=ctx.state)
    if draft:
        return after_interjection(beside, draft, ctx)
    if isinstance(waiting, CaseQuestion):
        return resume.going_on(beside, ctx)
    *others, last = told.replies
    return replace(beside, replies=(*others, replace(last, choices=ctx.state.offered)), outcome="asked")
