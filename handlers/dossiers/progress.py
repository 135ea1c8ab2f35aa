"""What is told of a dossier: its state, the way, the dates, what to do."""

from collections.abc import Iterator
from datetime import date

from handlers.dossiers.payment import payment
from handlers.language.format import date_text, money
from handlers.language.i18n import N_, Translate
from handlers.office.hours import not_after, not_before, opening_text, phones_text
from handlers.ports.dossiers import Dossier
from handlers.ports.world import World
from handlers.turn.blocks import Block, Fact, Facts, Span, Step, Steps, Text
from handlers.turn.context import Context
from knowledge.dossiers import postal, statuses
from knowledge.dossiers.deadlines import HolidaysUnknown, after_pauses, lateness, working_days
from knowledge.office.office import PlaceId

PHASES: tuple[tuple[statuses.Phase, str], ...] = (
    ("received", N_("Đã nhận")),
    ("in_work", N_("Đang giải quyết")),
    ("done", N_("Có kết quả")),
    ("handed_over", N_("Đã trả")),
)


SENT, REFUSED, AWAITED = 1, 3, "5"  # states of the national list


def dossier_blocks(dossier: Dossier, ctx: Context) -> tuple[Block, ...]:
    """The state in plain words, the way, the dates, and what to do."""
    return tuple(block for block in _parts(dossier, ctx) if block != Text(""))


def _parts(dossier: Dossier, ctx: Context) -> Iterator[Block]:
    state, posted, tr = statuses.state_of(dossier.status), postal.state_of(dossier.postal), ctx.tr
    late = days_late(dossier, ctx)
    yield Facts(tuple(_head(dossier, state, tr)))
    if state:
        yield _way(dossier, state, tr)
    yield Text(_meaning(dossier, state, tr) if posted is None else posted.meaning)
    yield Text("\n".join(_dates(dossier, state, late, ctx)))
    yield Text("\n".join(demands(dossier, ctx)))
    yield from payment(dossier, ctx.world.office, tr)
    yield from where(dossier, ctx.world, tr)
    if is_to_fetch(dossier) and _place(dossier, ctx.world) == "one_stop":
        yield Text(opening_text(ctx.world.office, ctx.world.holidays, ctx.incoming.at, tr))
    yield Text(_next(state, late, ctx) if posted is None else posted.next)


def _head(dossier: Dossier, state: statuses.State | None, tr: Translate) -> Iterator[Fact]:
    yield code_fact(dossier.code, tr)
    if dossier.applicant:
        yield Fact(tr("Người nộp"), dossier.applicant)
    if name := state.name if state else dossier.status:
        yield Fact(tr("Tình trạng"), name)


def code_fact(code: str, tr: Translate) -> Fact:
    """The code of a dossier, to be copied."""
    return Fact(tr("Mã hồ sơ"), (Span(code, "code"),))


def _meaning(dossier: Dossier, state: statuses.State | None, tr: Translate) -> str:
    if state:
        return state.meaning
    if dossier.status:
        return tr("Đây là tên gọi của phần mềm một cửa; chưa rõ thì bạn hỏi bộ phận một cửa.")
    return tr("Bộ phận một cửa chưa báo tình trạng của hồ sơ này.")


def _next(state: statuses.State | None, late: int, ctx: Context) -> str:
    if late and state and not state.acts and state.phase in ("received", "in_work"):
        ask = ctx.tr("Bạn gọi bộ phận một cửa để hỏi lý do và ngày hẹn mới.")
        return f"{ask}\n{phones_text(ctx.world.office, ctx.tr)}"
    return state.next if state else ""


def _way(dossier: Dossier, state: statuses.State, tr: Translate) -> Block:
    """A picture of the way that reads well on a phone; a dossier that has left it ends with a cross."""
    names = [name for name, _label in PHASES]
    if state.phase not in names:
        past = {found.phase for step in dossier.steps if (found := statuses.state_of(step.status))}
        been = [tr(label) for name, label in PHASES[:2] if name in past and state.code != REFUSED]
        return Text("\n".join([*(f"✔ {label}" for label in been), f"✖ {state.name}"]))
    here = names.index(state.phase)
    is_there = state.is_over or dossier.postal == "delivered"
    labels = [tr(label) for _name, label in PHASES]
    if state.code == SENT:
        labels[0] = tr("Chờ tiếp nhận")
    return Steps(
        tuple(
            Step(label, done=n < here or is_there, current=n == here and not is_there)
            for n, label in enumerate(labels)
        )
    )


def _dates(dossier: Dossier, state: statuses.State | None, late: int, ctx: Context) -> list[str]:
    lines, tr = [], ctx.tr
    if dossier.received:
        lines.append(tr("Ngày nhận: {date}").format(date=date_text(dossier.received)))
    if dossier.due:
        lines.append(tr("Ngày hẹn trả: {date}").format(date=date_text(dossier.due)))
        closed = not_before(dossier.due, ctx.world.office, ctx.world.holidays, tr)
        lines += [closed] if closed and dossier.due >= ctx.today and not dossier.finished else []
    if dossier.finished and state and state.phase == "ended":
        lines.append(tr("Dừng lại: {date}").format(date=date_text(dossier.finished)))
    elif dossier.finished:
        lines.append(tr("Giải quyết xong: {date}").format(date=date_text(dossier.finished)))
    lines += _pace(dossier, state, late, ctx)
    if dossier.due and dossier.status != AWAITED and any(s.status == AWAITED for s in dossier.steps):
        lines.append(tr("Thời gian chờ bạn bổ sung không tính vào thời hạn."))
    return lines


def _pace(dossier: Dossier, state: statuses.State | None, late: int, ctx: Context) -> list[str]:
    """How it stands with the due date."""
    if late:
        return [_lateness(late, dossier.finished is not None, ctx.tr)]
    if dossier.due is None or dossier.finished or (state and (state.acts or not state.is_open)):
        return []
    return _days_left(dossier.due, ctx)


def _lateness(days: int, is_over: bool, tr: Translate) -> str:
    text = tr.plural("Đã trễ {count} ngày làm việc. Xin lỗi bạn.", days)
    if is_over:
        text = tr.plural("Trễ {count} ngày làm việc so với ngày hẹn. Xin lỗi bạn.", days)
    return text.format(count=days)


def _days_left(due: date, ctx: Context) -> list[str]:
    if due == ctx.today:
        return [ctx.tr("Hôm nay là ngày hẹn trả.")]
    try:
        count = working_days(ctx.today, due, ctx.world.holidays)
    except HolidaysUnknown:  # the table of holidays ends: no promise
        return []
    return [ctx.tr.plural("Còn {count} ngày làm việc.", count).format(count=count)] if count else []


def days_late(dossier: Dossier, ctx: Context) -> int:
    """Working days after the due date, without those on which papers were awaited; 0 while they are."""
    state, holidays = statuses.state_of(dossier.status), ctx.world.holidays
    if dossier.due is None or (state and (state.acts or state.phase == "ended")):
        return 0
    if dossier.finished is None and state and not state.is_open:
        return 0  # done or handed over, nobody said when
    steps = [(step.state, step.at) for step in dossier.steps if step.state]
    try:
        last = after_pauses(dossier.due, dossier.received or dossier.due, steps, holidays)
        return lateness(last, dossier.finished or ctx.today, holidays) if last else 0
    except HolidaysUnknown:
        return 0


def dates(dossier: Dossier, ctx: Context) -> list[str]:
    """When it came, when it is due, and how it stands with that."""
    state = statuses.state_of(dossier.status)
    return _dates(dossier, state, days_late(dossier, ctx), ctx)


def demands(dossier: Dossier, ctx: Context) -> list[str]:
    """What the citizen has to hand in, to pay, or to know."""
    lines, tr, world = [], ctx.tr, ctx.world
    if dossier.missing:
        lines.append(tr("Cần bổ sung: {papers}").format(papers=dossier.missing))
    if dossier.missing_until:
        lines.append(tr("Hạn bổ sung: {date}").format(date=date_text(dossier.missing_until)))
        closed = not_after(dossier.missing_until, world.office, world.holidays, tr)
        lines += [closed] if closed else []
    if dossier.fee_due:
        lines.append(tr("Cần nộp: {amount} đồng").format(amount=money(dossier.fee_due, tr.language)))
    if dossier.note:
        lines.append(tr("Ghi chú: {note}").format(note=dossier.note))
    return lines


def is_to_fetch(dossier: Dossier) -> bool:
    """Whether the result lies at the desk."""
    state = statuses.state_of(dossier.status)
    is_done = state is not None and state.phase == "done"
    return dossier.postal == "came-back" or (is_done and not dossier.postal)


def is_closed(dossier: Dossier) -> bool:
    """Whether nothing more is to be told of it: it is over, and the post carries nothing."""
    state = statuses.state_of(dossier.status)
    return state is not None and state.is_over and dossier.postal in ("", "delivered")


def asks_desk(dossier: Dossier, ctx: Context) -> bool:
    """Whether the way on leads to the desk: it is late, ended without a result, or came back."""
    state = statuses.state_of(dossier.status)
    ended = state is not None and state.phase == "ended"
    return ended or dossier.postal == "came-back" or days_late(dossier, ctx) > 0


def where(dossier: Dossier, world: World, tr: Translate) -> Iterator[Facts]:
    """Where the result is: in the post, or to be fetched."""
    if dossier.tracking:
        yield Facts((tracking_fact(dossier.tracking, tr),))
    if is_to_fetch(dossier):
        yield Facts((Fact(tr("Nơi nhận kết quả"), place_text(dossier, world)),))


def tracking_fact(number: str, tr: Translate) -> Fact:
    """The number by which the post finds it, to be copied."""
    return Fact(tr("Số bưu gửi"), (Span(number, "code"),))


def place_text(dossier: Dossier, world: World) -> str:
    """The office that has it, with its address as far as that is known."""
    place = world.office.places[_place(dossier, world)]
    return ", ".join(filter(None, (place.name, place.address)))


def _place(dossier: Dossier, world: World) -> PlaceId:
    procedure = world.catalogue.procedures.get(dossier.procedure)
    return procedure.place if procedure and procedure.place != "other" else "one_stop"


def title(dossier: Dossier, world: World, tr: Translate) -> str:
    """The procedure in few words, as far as it is known."""
    procedure = world.catalogue.procedures.get(dossier.procedure)
    return procedure.short if procedure else dossier.title or tr("Hồ sơ của bạn")
