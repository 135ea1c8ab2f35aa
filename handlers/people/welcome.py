"""What a person who opens the page, or goes back to its start, sees: what is open, a way on, a greeting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from handlers.intake.actions import AskDelete, DeleteForm
from handlers.intake.asking import mine, open_draft
from handlers.intake.drafts import left
from handlers.language.i18n import N_
from handlers.notices.actions import MyNotices, RemindOf
from handlers.office.greeting import greeting
from handlers.people.actions import AskErase, Erase
from handlers.ports.drafts import Draft, shown_code
from handlers.procedures.actions import ChangeWay, Forget, OpenList
from handlers.procedures.lists import ASK, SURE
from handlers.turn.actions import Action, stored
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import (
    CaseQuestion,
    Confirm,
    DraftFactorAsked,
    ExpiryDay,
    FormConsent,
    FormQuestion,
    Pending,
    SecondFactorAsked,
    VoiceGuess,
    interrupted,
)
from handlers.turn.shared import Menu, OpenForm, ResumeDraft, ShowDossier
from handlers.turn.shown import mark
from knowledge.intake import course
from knowledge.intake.path import path
from knowledge.procedures.checklist import next_case

SHOWN = 3  # unfinished or finished forms; all are behind "Điền tờ khai"
CONFIRMED: Mapping[Action, tuple[str, Action]] = {
    Erase(): (N_("xóa hết dữ liệu của bạn"), AskErase()),
    DeleteForm(): (N_("xóa tờ khai"), AskDelete()),
    Forget(SURE): (N_("xóa các danh sách đã lưu"), Forget(ASK)),
}  # by what a yes would do, which nobody must say without having read the question


@dataclass(frozen=True)
class Open:
    """Something that waits for its owner."""

    what: str  # as said in a sentence: "Tờ khai khai sinh, xong 30%"
    goes_on: Action
    asked: str = ""  # the question that the next message would answer


def welcome(ctx: Context) -> tuple[Reply, ...]:
    """The replies to somebody who opens the page. Reads only: opening it once more must lose nothing."""
    waiting, asks = list(_waiting(ctx)), mark(ctx.state, offered=False)
    if waiting:
        return (replace(_still_open(waiting, ctx), asks=asks),)
    [greeted] = greeting(ctx).replies
    return (replace(greeted, choices=(*_kept(ctx), *greeted.choices), asks=asks),)


def first_open(ctx: Context) -> Open | None:
    """What the next message would answer, or what waits for its owner."""
    return next(_waiting(ctx), None)


def menu(ctx: Context) -> Turn:
    """The greeting. A form that was open waits: that is said, with the way back to it."""
    draft, turn = open_draft(ctx), greeting(replace(ctx, state=left(ctx.state)))
    if draft is None:
        return turn
    [greeted] = turn.replies
    kept = ctx.tr("Mình giữ {form} để bạn làm tiếp.").format(form=ctx.world.forms[draft.form].short)
    choices = (Choice(ctx.tr("Làm tiếp"), ResumeDraft(draft.code)), *greeted.choices)
    return replace(turn, replies=(replace(greeted.after(kept), choices=choices),))


def _still_open(waiting: list[Open], ctx: Context) -> Reply:
    tr, (first, *others) = ctx.tr, waiting
    lines = [tr("Bạn đang làm dở: {what}.").format(what=first.what)]
    if first.asked:
        lines.append(tr("Mình đang hỏi: {question}").format(question=first.asked))
    again = [Choice(tr("Làm tiếp: {procedure}").format(procedure=o.what), o.goes_on) for o in others]
    choices = (Choice(tr("Làm tiếp"), first.goes_on), *again, Choice(tr("Việc khác"), Menu()))
    return Reply("\n".join(lines), tr("Chào bạn trở lại"), choices)


def _waiting(ctx: Context) -> Iterator[Open]:
    """What the next message would go on with, then the forms that were put aside."""
    yield from _asked(ctx.state.pending, ctx)
    open_now = open_draft(ctx)
    if open_now:
        yield _form(open_now, ctx)
    yield from _procedure(ctx)
    aside = [draft for draft in mine(ctx) if not draft.printed and draft != open_now]
    yield from (_form(draft, ctx) for draft in aside[:SHOWN])


def _asked(pending: Pending, ctx: Context) -> Iterator[Open]:
    """What is asked outside of a form and of a procedure, and what that interrupted."""
    tr = ctx.tr
    match pending:
        case SecondFactorAsked():
            yield Open(tr("tra cứu hồ sơ {code}").format(code=pending.dossier), ShowDossier(pending.dossier))
            yield from _asked(pending.before, ctx)
        case DraftFactorAsked():
            yield Open(
                tr("mở tờ khai {code}").format(code=shown_code(pending.draft)), ResumeDraft(pending.draft)
            )
        case VoiceGuess():
            yield from _asked(pending.before, ctx)
        case ExpiryDay():
            paper = ctx.world.expiries.kind(pending.paper)
            yield Open(tr("nhắc hạn {paper}").format(paper=paper.name), RemindOf(paper.id))
        case FormConsent() if pending.form in ctx.world.forms:
            yield Open(ctx.world.forms[pending.form].short, OpenForm(pending.form))
        case Confirm() if stored(pending.yes) in CONFIRMED:
            what, asks = CONFIRMED[stored(pending.yes)]
            yield Open(tr(what), asks)


def _procedure(ctx: Context) -> Iterator[Open]:
    """A procedure of which a case is still open."""
    state = ctx.state
    procedure = ctx.world.catalogue.procedures.get(state.procedure)
    case = next_case(procedure, state.answers, state.via) if procedure else None
    if procedure and case:
        is_asked = interrupted(state.pending) == CaseQuestion(procedure.code, case.id)
        question = case.question if is_asked else ""
        yield Open(procedure.short, ChangeWay(procedure.code, state.via), question)


def _form(draft: Draft, ctx: Context) -> Open:
    """A form, how far it is, and the question of it that is asked."""
    form, pending = ctx.world.forms[draft.form], interrupted(ctx.state.pending)
    percent = course.progress(form, draft.interview)
    done = ctx.tr("{form}, xong {percent}%").format(form=form.short, percent=percent)
    is_open = draft.code == ctx.state.draft
    asked = pending.question if is_open and isinstance(pending, FormQuestion) else ""
    question = next((s.question.ask for s in path(form, draft.interview) if s.question.id == asked), "")
    return Open(done if percent else form.short, ResumeDraft(draft.code), question)


def _kept(ctx: Context) -> Iterator[Choice]:
    """The way back to what is finished: forms, the list seen last, notices."""
    tr, known = ctx.tr, ctx.world.catalogue.procedures
    for draft in [draft for draft in mine(ctx) if draft.printed][:SHOWN]:
        label = tr("Mở lại: {form} ({code})")
        form = ctx.world.forms[draft.form].short
        yield Choice(label.format(form=form, code=shown_code(draft.code)), ResumeDraft(draft.code))
    seen = next((entry for entry in ctx.state.lists if entry.code in known), None)
    if seen:
        label = tr("Danh sách: {procedure}")
        yield Choice(label.format(procedure=known[seen.code].short), OpenList(seen.code))
    followers = ctx.world.followers
    if followers.followed(ctx.person) or followers.reminders(ctx.person):
        yield Choice(tr("Tin báo của tôi"), MyNotices())
