"""The desk in words: its hours, phones, place and the weekly reception of citizens."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.procedures.render import block, bullets, date_text
from handlers.turn.i18n import N_, Translate
from knowledge.office.calendar import Holidays
from knowledge.office.office import WEEK, Office, Phone, Reception, Spans, Weekday

WEEKDAYS: dict[Weekday, str] = {
    "mon": N_("thứ Hai"),
    "tue": N_("thứ Ba"),
    "wed": N_("thứ Tư"),
    "thu": N_("thứ Năm"),
    "fri": N_("thứ Sáu"),
    "sat": N_("thứ Bảy"),
    "sun": N_("Chủ nhật"),
}


def hours_text(office: Office, holidays: Holidays, now: datetime, _: Translate) -> str:
    """The week, whether it is open now, and when it opens next."""
    if office.hours is None:
        return (
            _("Mình chưa có giờ làm việc của {office}.").format(office=office.name)
            + "\n"
            + phones_text(office, _)
        )
    lines = [_("Giờ làm việc của {office}:").format(office=office.name)]
    lines += [*bullets(week(office.hours.week, _)), ""]
    lines.append(_now_text(office, holidays, now, _))
    if not office.hours.confirmed:
        lines.append(_("Đây là giờ thông thường, bộ phận một cửa chưa xác nhận: bạn hỏi trước khi đi xa."))
    return "\n".join(lines)


def week(hours: Mapping[Weekday, Spans], _: Translate) -> list[str]:
    """The hours of a week; days that are alike share a line."""
    lines: list[tuple[list[str], str]] = []
    for day in WEEK:
        spans = _spans_text(hours.get(day, ()), _)
        if lines and lines[-1][1] == spans:
            lines[-1][0].append(_(WEEKDAYS[day]))
        else:
            lines.append(([_(WEEKDAYS[day])], spans))
    return [f"{days[0]}{' – ' + days[-1] if len(days) > 1 else ''}: {spans}" for days, spans in lines]


def _spans_text(spans: Spans, _: Translate) -> str:
    return ", ".join(f"{s.start:%H:%M}–{s.end:%H:%M}" for s in spans) or _("nghỉ")


def _now_text(office: Office, holidays: Holidays, now: datetime, _: Translate) -> str:
    holiday = holidays.name_on(now.date())
    if office.is_open(now, holidays):
        return _("Bây giờ đang mở cửa.")
    opens = office.next_open(now, holidays)
    closed = _("Hôm nay nghỉ: {holiday}.").format(holiday=holiday) if holiday else _("Bây giờ đang đóng cửa.")
    if opens is None:
        return closed
    again = _("Mở cửa lại lúc {time} {weekday} {date}.").format(
        time=f"{opens:%H:%M}", weekday=_(WEEKDAYS[WEEK[opens.weekday()]]), date=date_text(opens.date())
    )
    return f"{closed} {again}"


def phones_text(office: Office, _: Translate) -> str:
    """How to reach a human."""
    if office.phones:
        return block(_("Điện thoại"), _phone_lines(office.phones))
    return _("Mình chưa có số điện thoại của bộ phận một cửa: xem trên giấy hẹn, hoặc đến thẳng quầy.")


def human_text(office: Office, holidays: Holidays, now: datetime, _: Translate) -> str:
    """A human: the desk's phones, its place and hours, the national hotline."""
    portal = _("Tổng đài {name}: {number}").format(name=office.portal.name, number=office.portal.hotline)
    return "\n\n".join([phones_text(office, _) + "\n" + portal, place_text(office, _),
                        hours_text(office, holidays, now, _)])  # fmt: skip


def place_text(office: Office, _: Translate) -> str:
    """Where the desk is."""
    where = f"{office.name}, {office.unit}, {office.province}"
    if office.address:
        where = f"{office.name}, {office.address}, {office.unit}, {office.province}"
    return _("Nơi tiếp nhận: {where}.").format(where=where)


def reception_text(office: Office, _: Translate) -> str:
    """The weekly reception of citizens."""
    if not office.receptions:
        unknown = _("Mình chưa có lịch tiếp công dân của {unit}.").format(unit=office.unit)
        return (
            unknown
            + " "
            + _("Lịch niêm yết tại trụ sở; bạn hỏi bộ phận một cửa.")
            + "\n"
            + phones_text(office, _)
        )
    return block(_("Lịch tiếp công dân"), [_reception_line(r, _) for r in office.receptions])


def _reception_line(reception: Reception, _: Translate) -> str:
    line = f"{_(WEEKDAYS[reception.weekday])} {_spans_text((reception.span,), _)}: {reception.who}"
    return f"{line}, {reception.where}" if reception.where else line


def _phone_lines(phones: Sequence[Phone]) -> list[str]:
    return [f"{phone.label}: {phone.number}" for phone in phones]
