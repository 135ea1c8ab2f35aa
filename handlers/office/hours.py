"""The desk in words: its hours, phones, place and the weekly reception of citizens."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from handlers.language.format import bullets, date_text, labelled
from handlers.language.i18n import N_, Translate
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


def hours_text(office: Office, holidays: Holidays, now: datetime, tr: Translate) -> str:
    """The week, whether it is open now, and when it opens next."""
    if office.hours is None:
        return (
            tr("Mình chưa có giờ làm việc của {office}.").format(office=office.name)
            + "\n"
            + phones_text(office, tr)
        )
    lines = [tr("Giờ làm việc của {office}:").format(office=office.name)]
    lines += [*bullets(week(office.hours.week, tr)), ""]
    lines.append(_now_text(office, holidays, now, tr))
    if not office.hours.confirmed:
        lines.append(tr("Đây là giờ thông thường, bộ phận một cửa chưa xác nhận: bạn hỏi trước khi đi xa."))
    return "\n".join(lines)


def week(hours: Mapping[Weekday, Spans], tr: Translate) -> list[str]:
    """The hours of a week; days that are alike share a line."""
    return by_weekday([spans_text(hours.get(day, ()), tr) for day in WEEK], tr)


def by_weekday(told: Sequence[str], tr: Translate) -> list[str]:
    """What is told of each day, Monday first; days that are alike share a line."""
    lines: list[tuple[list[str], str]] = []
    for day, text in zip(WEEK, told, strict=True):
        if lines and lines[-1][1] == text:
            lines[-1][0].append(tr(WEEKDAYS[day]))
        else:
            lines.append(([tr(WEEKDAYS[day])], text))
    return [f"{days[0]}{' – ' + days[-1] if len(days) > 1 else ''}: {text}" for days, text in lines]


def spans_text(spans: Spans, tr: Translate) -> str:
    """The hours of a day."""
    return ", ".join(f"{s.start:%H:%M}–{s.end:%H:%M}" for s in spans) or tr("nghỉ")


def _now_text(office: Office, holidays: Holidays, now: datetime, tr: Translate) -> str:
    holiday = holidays.name_on(now.date())
    if office.is_open(now, holidays):
        return tr("Bây giờ đang mở cửa.")
    opens = office.next_open(now, holidays)
    closed = (
        tr("Hôm nay nghỉ: {holiday}.").format(holiday=holiday) if holiday else tr("Bây giờ đang đóng cửa.")
    )
    if opens is None:
        return closed
    again = tr("Mở cửa lại lúc {time} {weekday} {date}.").format(
        time=f"{opens:%H:%M}", weekday=_weekday(opens.date(), tr), date=date_text(opens.date())
    )
    return f"{closed} {again}"


def opening_text(office: Office, holidays: Holidays, now: datetime, tr: Translate) -> str:
    """The hours still to come of the next day that has any; empty while they are not known."""
    opens = office.next_hours(now, holidays)
    if opens is None or office.hours is None:
        return ""
    day, spans = opens
    sentence = tr("Mở cửa {weekday} {date}: {hours}.")
    if not office.hours.confirmed:
        sentence = tr("Giờ thông thường {weekday} {date}: {hours}. Bạn hỏi trước khi đi xa.")
    return sentence.format(weekday=_weekday(day, tr), date=date_text(day), hours=spans_text(spans, tr))


def not_before(day: date, office: Office, holidays: Holidays, tr: Translate) -> str:
    """From when one can come for what was promised for that day; empty if the desk is open then."""
    opens = office.nearest_open(day, holidays, 1)
    if opens in (None, day):
        return ""
    text = tr("Ngày {date} bộ phận một cửa nghỉ: bạn tới từ {weekday} {open}.")
    return text.format(date=date_text(day), weekday=_weekday(opens, tr), open=date_text(opens))


def not_after(day: date, office: Office, holidays: Holidays, tr: Translate) -> str:
    """Until when one can come for what is due on that day; empty if the desk is open then."""
    opens = office.nearest_open(day, holidays, -1)
    if opens in (None, day):
        return ""
    text = tr("Ngày {date} bộ phận một cửa nghỉ: nộp tại quầy thì bạn tới chậm nhất {weekday} {open}.")
    return text.format(date=date_text(day), weekday=_weekday(opens, tr), open=date_text(opens))


def _weekday(day: date, tr: Translate) -> str:
    return tr(WEEKDAYS[WEEK[day.weekday()]])


def phones_text(office: Office, tr: Translate) -> str:
    """How to reach a human."""
    if office.phones:
        return labelled(tr("Điện thoại"), _phone_lines(office.phones))
    return tr("Mình chưa có số điện thoại của bộ phận một cửa: xem trên giấy hẹn, hoặc đến thẳng quầy.")


def human_text(office: Office, holidays: Holidays, now: datetime, tr: Translate) -> str:
    """A human: the desk's phones, its place and hours, the national hotline."""
    portal = tr("Tổng đài {name}: {number}").format(name=office.portal.name, number=office.portal.hotline)
    return "\n\n".join([phones_text(office, tr) + "\n" + portal, place_text(office, tr),
                        hours_text(office, holidays, now, tr)])  # fmt: skip


def place_text(office: Office, tr: Translate) -> str:
    """Where the desk is."""
    where = f"{office.name}, {office.unit}, {office.province}"
    if office.address:
        where = f"{office.name}, {office.address}, {office.unit}, {office.province}"
    return tr("Nơi tiếp nhận: {where}.").format(where=where)


def reception_text(office: Office, tr: Translate) -> str:
    """The weekly reception of citizens."""
    if not office.receptions:
        unknown = tr("Mình chưa có lịch tiếp công dân của {unit}.").format(unit=office.unit)
        return (
            unknown
            + " "
            + tr("Lịch niêm yết tại trụ sở; bạn hỏi bộ phận một cửa.")
            + "\n"
            + phones_text(office, tr)
        )
    return labelled(tr("Lịch tiếp công dân"), [_reception_line(r, tr) for r in office.receptions])


def _reception_line(reception: Reception, tr: Translate) -> str:
    line = f"{tr(WEEKDAYS[reception.weekday])} {spans_text((reception.span,), tr)}: {reception.who}"
    return f"{line}, {reception.where}" if reception.where else line


def _phone_lines(phones: Sequence[Phone]) -> list[str]:
    return [f"{phone.label}: {phone.number}" for phone in phones]
