"""What is told of a dossier: its state, the way, the dates, what to do."""

from datetime import date

from handlers import render
from handlers.dossiers import Dossier
from handlers.i18n import N_, Translate
from handlers.ports import World
from knowledge import postal, statuses
from knowledge.deadlines import HolidaysUnknown, lateness, working_days

PHASES: tuple[tuple[statuses.Phase, str], ...] = (
    ("received", N_("Đã nhận")),
    ("in_work", N_("Đang giải quyết")),
    ("done", N_("Có kết quả")),
    ("handed_over", N_("Đã trả")),
)


def dossier_text(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    """The state in plain words, the way, the dates, and what to do."""
    state = statuses.state_of(dossier.status)
    head = [_("Mã hồ sơ: {code}").format(code=dossier.code)]
    if dossier.applicant:
        head.append(_("Người nộp: {name}").format(name=dossier.applicant))
    head.append(_("Tình trạng: {state}").format(state=state.name if state else dossier.status))
    parts = [
        "\n".join(head),
        way_text(state, _) if state else "",
        state.meaning
        if state
        else _("Đây là tên gọi của phần mềm một cửa; chưa rõ thì bạn hỏi bộ phận một cửa."),
        "\n".join(_dates(dossier, state, world, today, _)),
        "\n".join(_demands(dossier, _)),
        "\n".join(_post(dossier, _)),
        state.next if state else "",
    ]
    return "\n\n".join(part for part in parts if part)


def way_text(state: statuses.State, _: Translate) -> str:
    """A picture of the way that reads well on a phone; empty for a dossier that has left it."""
    names = [name for name, _label in PHASES]
    if state.phase not in names:
        return ""
    here = names.index(state.phase)
    marks = ["✔" if n < here or state.is_over else "➤" if n == here else "○" for n in range(len(PHASES))]
    return "\n".join(f"{mark} {_(label)}" for mark, (_name, label) in zip(marks, PHASES, strict=True))


def _dates(
    dossier: Dossier, state: statuses.State | None, world: World, today: date, _: Translate
) -> list[str]:
    lines = []
    if dossier.received:
        lines.append(_("Ngày nhận: {date}").format(date=render.date_text(dossier.received)))
    if dossier.due:
        lines.append(_("Ngày hẹn trả: {date}").format(date=render.date_text(dossier.due)))
        if not dossier.finished and not (state and (state.is_over or state.acts)):
            lines += _lateness(dossier.due, world, today, _)
    if dossier.finished:
        lines.append(_("Giải quyết xong: {date}").format(date=render.date_text(dossier.finished)))
    return lines


def _lateness(due: date, world: World, today: date, _: Translate) -> list[str]:
    try:
        late = lateness(due, today, world.holidays)
        if late:
            return [
                _("Đã trễ {count} ngày làm việc. Xin lỗi bạn; bạn hỏi bộ phận một cửa lý do.").format(
                    count=late
                )
            ]
        return [_("Còn {count} ngày làm việc.").format(count=working_days(today, due, world.holidays))]
    except HolidaysUnknown:  # the table of holidays ends: no promise
        return []


def _demands(dossier: Dossier, _: Translate) -> list[str]:
    lines = []
    if dossier.missing:
        lines.append(_("Cần bổ sung: {papers}").format(papers=dossier.missing))
    if dossier.fee_due:
        lines.append(_("Cần nộp: {amount} đồng").format(amount=render.money(dossier.fee_due)))
    if dossier.note:
        lines.append(_("Ghi chú: {note}").format(note=dossier.note))
    return lines


def _post(dossier: Dossier, _: Translate) -> list[str]:
    posted = postal.state_of(dossier.postal) if dossier.postal else None
    lines = [posted.meaning, posted.next] if posted else []
    if dossier.tracking:
        lines.append(_("Số bưu gửi: {code}").format(code=dossier.tracking))
    return lines


def title(dossier: Dossier, world: World, _: Translate) -> str:
    procedure = world.catalogue.procedures.get(dossier.procedure)
    return procedure.short if procedure else dossier.title or _("Hồ sơ của bạn")
