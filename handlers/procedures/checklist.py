"""Journey 1, second half: the cases of a procedure, and the citizen's own list."""

from dataclasses import replace
from datetime import date

from handlers.guidance.answer import on_screen
from handlers.guidance.folds import folds
from handlers.guidance.lead import only_vietnamese
from handlers.guidance.matter import matter, usual_way
from handlers.language.format import date_text
from handlers.language.i18n import N_
from handlers.procedures.actions import (
    AnswerCase,
    AskAgain,
    ChangeWay,
    Explain,
    Neighbours,
    OpenList,
    TakeAlong,
    TickInList,
    TickView,
)
from handlers.procedures.lists import kept, saved, subject
from handlers.turn import following
from handlers.turn.blocks import Block, Text
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Reply, Turn
from handlers.turn.pending import CaseQuestion
from handlers.turn.shared import NoneOfThese, OpenForm, OpenProcedure, menu_choice
from knowledge.procedures.catalogue import UNSURE, Case, Procedure, Via
from knowledge.procedures.checklist import needs, next_case, relevant, settled

FILE_BY = {"desk": N_("Nộp tại quầy"), "online": N_("Nộp trực tuyến"), "post": N_("Gửi bưu điện")}
FILE_IN_PERSON = N_("Nộp trực tiếp")  # where there is no counter


def open_procedure(code: str, ctx: Context) -> Turn:
    """Starts on a procedure: its first case question, or the list if nothing has to be asked."""
    procedure = ctx.world.procedure(code)
    fresh = ctx.with_state(procedure=code, answers={}, via=usual_way(procedure), dossier="")
    return proceed(fresh, intro=procedure.about)


def proceed(ctx: Context, intro: str = "") -> Turn:
    """The next case question that can change the list, or the list."""
    state = ctx.state
    procedure = ctx.world.procedure(state.procedure)
    case = next_case(procedure, state.answers, state.via)
    if case is None:
        before = saved(state).saved_on
        return show_list(kept(ctx), changed=date.min < before < procedure.checked)
    reply = case_question(procedure, case, ctx, intro)
    if intro:
        reply = replace(reply, choices=(*reply.choices, *_not_this(procedure, ctx)))
    asked = ctx.with_state(pending=CaseQuestion(procedure.code, case.id))
    return asked.turn(replace(reply, replaces=not intro), outcome="asked")


def case_question(procedure: Procedure, case: Case, ctx: Context, intro: str = "") -> Reply:
    """One question with a button for each value, and one for not knowing."""
    choices = [Choice(v.label, AnswerCase(procedure.code, case.id, v.id)) for v in case.values]
    choices.append(Choice(ctx.tr("Tôi chưa rõ"), AnswerCase(procedure.code, case.id, UNSURE)))
    ask = ctx.tr("Để biết đúng giấy tờ của bạn: {question}").format(question=case.question)
    unread = only_vietnamese(matter(ctx.with_state(procedure=procedure.code)))
    said = (*unread, *(Text(text) for text in (intro, ask) if text))
    return Reply(said, procedure.short, tuple(choices))


def answer_case(code: str, case: str, value: str, ctx: Context) -> Turn:
    """Keeps the answer to a case, forgets those that it makes meaningless, and goes on."""
    ctx = subject(code, ctx)
    answers = settled(ctx.world.procedure(code), {**ctx.state.answers, case: value})
    return proceed(ctx.with_state(answers=answers))


def ask_again(code: str, ctx: Context) -> Turn:
    """Asks the cases again."""
    return proceed(subject(code, ctx).with_state(answers={}))


def change_way(code: str, via: str, ctx: Context) -> Turn:
    """The same list for another way of filing."""
    ctx = subject(code, ctx)
    chosen = next((v for v in ctx.world.procedure(code).methods if v == via), ctx.state.via)
    return proceed(ctx.with_state(via=chosen))


def open_list(code: str, ctx: Context) -> Turn:
    """A list that was kept, as it was left; asks its cases if it was never kept."""
    return proceed(subject(code, ctx))


def show_list(ctx: Context, changed: bool = False) -> Turn:
    """The citizen's own list, with what can be done next."""
    m = matter(ctx)
    procedure = m.procedure
    ticks = {d.id: str(TickInList(procedure.code, d.id)) for d in procedure.documents}
    body: tuple[Block, ...] = on_screen(m, saved(ctx.state).ticked, ticks)
    if not ctx.incoming.can.folds:
        behind = tuple(folds(m))
        body = tuple(block for block in body if block not in behind)
    if changed:
        news = ctx.tr(
            "Thủ tục này đã được cập nhật ngày {date}, sau khi bạn lưu danh sách: xem lại giúp mình."
        )
        body = (Text(news.format(date=date_text(procedure.checked))), *body)
    reply = Reply(body, procedure.short, _list_choices(procedure, ctx), replaces=True)
    return ctx.with_state(pending=None).turn(reply, outcome="answered")


def _list_choices(procedure: Procedure, ctx: Context) -> tuple[Choice, ...]:
    code, via, tr = procedure.code, ctx.state.via, ctx.tr
    form = ctx.world.form_for(code, ctx.today) if via != "online" else None  # online there is an e-form
    choices = [Choice(tr("Điền tờ khai giúp tôi"), OpenForm(form.id))] if form else []
    wanted = needs(procedure, ctx.state.answers, via)
    if wanted.sure or wanted.perhaps:
        choices.append(Choice(tr("Đánh dấu giấy đã có"), TickView(code)))
        choices.append(Choice(tr("Tải danh sách (ảnh, PDF)"), TakeAlong(code)))
    choices += [Choice(_file_by(v, ctx), ChangeWay(code, v)) for v in _other_ways(procedure, ctx)]
    if not ctx.incoming.can.folds:
        choices.append(Choice(tr("Giải thích"), Explain(code)))
    if procedure.cases:
        choices.append(Choice(tr("Trường hợp khác"), AskAgain(code)))
    return (*choices, *following.offer(code, ctx), *_not_this(procedure, ctx), menu_choice(tr))


def _other_ways(procedure: Procedure, ctx: Context) -> list[Via]:
    """Without those that hand in nothing where another does: the parties have to come and sign."""
    wanted = {v: bool(relevant(procedure.documents, ctx.state.answers, v)) for v in procedure.methods}
    return [v for v in procedure.methods if v != ctx.state.via and (wanted[v] or not any(wanted.values()))]


def _file_by(via: Via, ctx: Context) -> str:
    no_counter = via == "desk" and matter(ctx.with_state(via=via)).spot.place == "other"
    return ctx.tr(FILE_IN_PERSON if no_counter else FILE_BY[via])


def _not_this(procedure: Procedure, ctx: Context) -> tuple[Choice, ...]:
    """The way out for somebody who means a neighbour of this procedure."""
    known = any(n.code in ctx.world.catalogue.procedures for n in procedure.neighbours)
    return (Choice(ctx.tr("Không đúng việc này"), Neighbours(procedure.code)),) if known else ()


def neighbours(code: str, ctx: Context) -> Turn:
    """The procedures that are confused with this one, each by what tells it apart."""
    procedure = ctx.world.procedure(code)
    known = [n for n in procedure.neighbours if n.code in ctx.world.catalogue.procedures]
    choices = [Choice(n.label, OpenProcedure(n.code)) for n in known]
    choices += [Choice(procedure.short, OpenProcedure(code))]
    choices += [Choice(ctx.tr("Không có trong số này"), NoneOfThese())]
    return ctx.turn(Reply(ctx.tr("Trường hợp của bạn là:"), choices=tuple(choices)), outcome="offered")


def explain(code: str, ctx: Context) -> Turn:
    """All that stands folded behind a list, on its own."""
    ctx = subject(code, ctx)
    m = matter(ctx)
    back = (Choice(ctx.tr("Xem danh sách giấy tờ"), OpenList(code)), menu_choice(ctx.tr))
    return ctx.turn(Reply(tuple(folds(m)), m.procedure.short, back), outcome="answered")
