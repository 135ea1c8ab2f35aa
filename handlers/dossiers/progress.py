"""What is told of a dossier: its state, the way, the dates, what to do."""

from datetime import date

from handlers.procedures import render
from handlers.turn.dossiers import Dossier
from handlers.turn.i18n import N_, Translate
from handlers.turn.ports import World
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


def dossier_text(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    """The state in plain words, the way, the dates, and what to do."""
    state, posted = statuses.state_of(dossier.status), postal.state_of(dossier.postal)
    late = _days_late(dossier, state, world, today)
    parts = [
        "\n".join(_head(dossier, state, _)),
        way_text(dossier, state, _) if state else "",
        _meaning(dossier, state, _) if posted is None else posted.meaning,
        "\n".join(_dates(dossier, state, late, world, today, _)),
        "\n".join(_demands(dossier, _)),
        "\n".join(_where(dossier, world, _)),
        _next(state, late, _) if posted is None else posted.next,
    ]
    return "\n\n".join(part for part in parts if part)


def _head(dossier: Dossier, state: statuses.State | None, _: Translate) -> list[str]:
    lines = [_("Mã hồ sơ: {code}").format(code=dossier.code)]
    if dossier.applicant:
        lines.append(_("Người nộp: {name}").format(name=dossier.applicant))
    if name := state.name if state else dossier.status:
        lines.append(_("Tình trạng: {state}").format(state=name))
    return lines


def _meaning(dossier: Dossier, state: statuses.State | None, _: Translate) -> str:
    if state:
        return state.meaning
    if dossier.status:
        return _("Đây là tên gọi của phần mềm một cửa; chưa rõ thì bạn hỏi bộ phận một cửa.")
    return _("Bộ phận một cửa chưa báo tình trạng của hồ sơ này.")


def _next(state: statuses.State | None, late: int, _: Translate) -> str:
    if late and state and not state.acts and state.phase in ("received", "in_work"):
        return _("Bạn gọi bộ phận một cửa để hỏi lý do và ngày hẹn mới.")
    return state.next if state else ""


def way_text(dossier: Dossier, state: statuses.State, _: Translate) -> str:
    """A picture of the way that reads well on a phone; a dossier that has left it ends with a cross."""
    names = [name for name, _label in PHASES]
    if state.phase not in names:
        past = {found.phase for step in dossier.steps if (found := statuses.state_of(step.status))}
        been = [_(label) for name, label in PHASES[:2] if name in past and state.code != REFUSED]
        return "\n".join([*(f"✔ {label}" for label in been), f"✖ {state.name}"])
    here = names.index(state.phase)
    is_there = state.is_over or dossier.postal == "delivered"
    marks = ["✔" if n < here or is_there else "➤" if n == here else "○" for n in range(len(PHASES))]
    labels = [_(label) for _name, label in PHASES]
    if state.code == SENT:
        labels[0] = _("Chờ tiếp nhận")
    return "\n".join(f"{mark} {label}" for mark, label in zip(marks, labels, strict=True))


def _dates(
    dossier: Dossier, state: statuses.State | None, late: int, world: World, today: date, _: Translate
) -> list[str]:
    lines = []
    if dossier.received:
        lines.append(_("Ngày nhận: {date}").format(date=render.date_text(dossier.received)))
    if dossier.due:
        lines.append(_("Ngày hẹn trả: {date}").format(date=render.date_text(dossier.due)))
    if dossier.finished and state and state.phase == "ended":
        lines.append(_("Dừng lại: {date}").format(date=render.date_text(dossier.finished)))
    elif dossier.finished:
        lines.append(_("Giải quyết xong: {date}").format(date=render.date_text(dossier.finished)))
    lines += _pace(dossier, state, late, world, today, _)
    if dossier.due and dossier.status != AWAITED and any(s.status == AWAITED for s in dossier.steps):
        lines.append(_("Thời gian chờ bạn bổ sung không tính vào thời hạn."))
    return lines


def _pace(
    dossier: Dossier, state: statuses.State | None, late: int, world: World, today: date, _: Translate
) -> list[str]:
    """How it stands with the due date."""
    if late and dossier.finished:
        return [_("Trễ {count} ngày làm việc so với ngày hẹn. Xin lỗi bạn.").format(count=late)]
    if late:
        return [_("Đã trễ {count} ngày làm việc. Xin lỗi bạn.").format(count=late)]
    if dossier.due is None or dossier.finished or (state and (state.is_over or state.acts)):
        return []
    return _days_left(dossier.due, world, today, _)


def _days_left(due: date, world: World, today: date, _: Translate) -> list[str]:
    if due == today:
        return [_("Hôm nay là ngày hẹn trả.")]
    try:
        count = working_days(today, due, world.holidays)
    except HolidaysUnknown:  # the table of holidays ends: no promise
        return []
    return [_("Còn {count} ngày làm việc.").format(count=count)] if count else []


def _days_late(dossier: Dossier, state: statuses.State | None, world: World, today: date) -> int:
    """Working days after the due date, without those on which papers were awaited; 0 while they are."""
    if dossier.due is None or (state and (state.acts or state.phase == "ended")):
        return 0
    if dossier.finished is None and state and state.is_over:
        return 0  # handed over, nobody said when
    steps = [(step.state, step.at) for step in dossier.steps if step.state]
    try:
        last = after_pauses(dossier.due, dossier.received or dossier.due, steps, world.holidays)
        return lateness(last, dossier.finished or today, world.holidays) if last else 0
    except HolidaysUnknown:
        return 0


def _demands(dossier: Dossier, _: Translate) -> list[str]:
    lines = []
    if dossier.missing:
        lines.append(_("Cần bổ sung: {papers}").format(papers=dossier.missing))
    if dossier.missing_until:
        lines.append(_("Hạn bổ sung: {date}").format(date=render.date_text(dossier.missing_until)))
    if dossier.fee_due:
        lines.append(_("Cần nộp: {amount} đồng").format(amount=render.money(dossier.fee_due)))
    if dossier.note:
        lines.append(_("Ghi chú: {note}").format(note=dossier.note))
    return lines


def is_to_fetch(dossier: Dossier) -> bool:
    """Whether the result lies at the desk."""
    state = statuses.state_of(dossier.status)
    is_done = state is not None and state.phase == "done"
    return dossier.postal == "came-back" or (is_done and not dossier.postal)


def _where(dossier: Dossier, world: World, _: Translate) -> list[str]:
    """Where the result is: in the post, or to be fetched."""
    lines = []
    if dossier.tracking:
        lines.append(_("Số bưu gửi: {code}").format(code=dossier.tracking))
    if is_to_fetch(dossier):
        place = world.office.places[_place(dossier, world)]
        where = ", ".join(filter(None, (place.name, place.address)))
        lines.append(_("Nơi nhận kết quả: {place}").format(place=where))
    return lines


def _place(dossier: Dossier, world: World) -> PlaceId:
    procedure = world.catalogue.procedures.get(dossier.procedure)
    return procedure.place if procedure and procedure.place != "other" else "one_stop"


def title(dossier: Dossier, world: World, _: Translate) -> str:
    procedure = world.catalogue.procedures.get(dossier.procedure)
    return procedure.short if procedure else dossier.title or _("Hồ sơ của bạn")
