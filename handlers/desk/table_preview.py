"""What was found in a table and what would become of it, as lines for the clerk."""

from collections.abc import Iterator, Mapping

from handlers.desk.faults import REMARKS, SHEETS, cell_text
from handlers.desk.values import Age, Change, Column, Counts, Preview, Reason, Refused, Remark, Sheet
from handlers.language.format import date_text
from handlers.language.i18n import N_, Translate
from handlers.notices.notice import NAMES

# what a column holds, as a clerk calls it and may assign it
LABELS: Mapping[str, str] = {
    "code": N_("mã hồ sơ"),
    "procedure": N_("thủ tục"),
    "title": N_("thủ tục"),
    "name": N_("họ tên"),
    "phone": N_("điện thoại"),
    "id_number": N_("căn cước"),
    "contact": N_("địa chỉ, số điện thoại"),
    "received": N_("ngày nhận"),
    "due": N_("ngày hẹn"),
    "finished": N_("ngày xong"),
    "ended": N_("ngày xong"),
    "returned": N_("ngày trả"),
    "status": N_("tình trạng"),
    "note": N_("ghi chú cho người dân"),
    "desk_note": N_("ghi chú"),
    "missing": N_("giấy tờ thiếu"),
    "missing_until": N_("hạn bổ sung"),
    "fee_due": N_("còn phải nộp"),
    "fee": N_("lệ phí"),
    "tracking": N_("mã bưu gửi"),
    "postal": N_("bưu điện"),
    "changed": N_("ngày cập nhật"),
    "stage": N_("đang chờ ở"),
    "competent": N_("nhận hộ cho"),
    "handed_to": N_("người nhận kết quả"),
    "late_cause": N_("lý do trễ"),
    "posted_on": N_("ngày gửi bưu điện"),
    "ignored": N_("bỏ qua"),
}
AGES: Mapping[str, str] = {
    "given": N_("Bảng ghi tình hình đến {at} (theo --as-of)"),
    "words": N_("Bảng ghi tình hình đến {at} (dòng {row}: “{written}”)"),
    "newest": N_(
        "Bảng không ghi tính đến ngày nào; tạm lấy ngày mới nhất trong bảng, {at}. Nếu muộn hơn: --as-of"
    ),
}
ORDERS: Mapping[str, str] = {
    "month": N_("đọc theo tháng/ngày/năm"),
    "mixed": N_("lẫn ngày/tháng và tháng/ngày"),
}


def preview_lines(told: Preview, tr: Translate) -> Iterator[str]:
    """All of it: sheets, columns, first rows as read, what is refused, changes, what would be told."""
    yield tr("Tệp: {file}").format(file=told.file)
    if told.age:
        yield _age(told.age, tr)
    for sheet in told.sheets:
        yield from _sheet(sheet, tr)
    yield from _samples(told, tr)
    yield from _remarks(told.remarks, tr)
    yield from _refused(told, tr)
    yield from _changes(told, tr)
    yield from _notices(told, tr)
    yield ""
    yield counts_line(told.counts, tr)


def counts_line(counts: Counts, tr: Translate) -> str:
    """What becomes of the rows."""
    line = tr("{new} hồ sơ mới, {changed} thay đổi, {unchanged} không đổi, {refused} dòng không nhận")
    parts = [line.format(**vars(counts))]
    if counts.backward:
        parts.append(tr("{count} dòng lùi trạng thái").format(count=counts.backward))
    if counts.older:
        parts.append(
            tr("{count} dòng cũ hơn điều đang giữ, chỉ bổ sung chỗ trống").format(count=counts.older)
        )
    return "; ".join(parts)


def reason_text(reason: Reason, tr: Translate) -> str:
    """Where, what stands there, and what is wrong with it."""
    facts = {"written": reason.written, **dict(reason.facts)}
    where = reason.heading or (tr("cột {letter}").format(letter=reason.column) if reason.column else "")
    written = f" “{reason.written}”" if reason.written else ""
    return f"{where}{written}: {cell_text(reason.code, facts, tr)} [{reason.code}]".lstrip(": ")


def refused_lines(refused: Refused, tr: Translate) -> Iterator[str]:
    """A row that is not taken, with all its reasons."""
    sheet = f"{refused.sheet}, " if refused.sheet else ""
    reasons = "; ".join(reason_text(each, tr) for each in refused.reasons)
    yield tr("{sheet}dòng {row}: {reasons}").format(sheet=sheet, row=refused.row, reasons=reasons)


def _age(age: Age, tr: Translate) -> str:
    at = date_text(age.at.date()) + (f" {age.at:%H:%M}" if age.by != "newest" else "")
    return tr(AGES[age.by]).format(at=at, row=age.row, written=age.written)


def _sheet(sheet: Sheet, tr: Translate) -> Iterator[str]:
    yield ""
    name = tr("Trang “{sheet}”").format(sheet=sheet.name) if sheet.name else tr("Bảng")
    if not sheet.is_read:
        yield f"{name}: {tr(SHEETS[sheet.why_not]).format(sheet=sheet.name)}"
        return
    lines = (
        f"{sheet.first_row}" if sheet.first_row == sheet.last_row else f"{sheet.first_row}-{sheet.last_row}"
    )
    yield tr("{name}: {rows} dòng, tiêu đề ở dòng {lines}").format(name=name, rows=sheet.rows, lines=lines)
    for column in sheet.columns:
        yield f"  {column.letter:3} {column.heading} → {_column(column, tr)}"


def _column(column: Column, tr: Translate) -> str:
    more = [tr(ORDERS[column.order])] if column.order in ORDERS else []
    if column.is_hidden:
        more.append(tr("cột ẩn, vẫn đọc"))
    if column.sure == "content":
        by = (
            tr("theo nội dung bên dưới")
            if column.meaning == "status"
            else tr("bên dưới không phải tình trạng")
        )
        more.append(by)
    if column.sure == "assigned":
        more.append(tr("do cơ quan gán"))
    if column.meaning == "desk_note":
        more.append(tr("của nội bộ, không nhận"))
    told = tr(LABELS[column.meaning]) if column.meaning else _not_understood(column, tr)
    return f"{told} ({'; '.join(more)})" if more else told


def _not_understood(column: Column, tr: Translate) -> str:
    if column.sure == "doubtful":
        return tr("KHÔNG NHẬN: đã có cột khác là {label}").format(label=tr(LABELS[column.looks_like]))
    guess = tr(LABELS[column.looks_like]) if column.looks_like else tr("tên cột")
    text = tr("CHƯA HIỂU, không nhận; gán bằng --column “{heading}={guess}”")
    return text.format(heading=column.heading, guess=guess)


def _samples(told: Preview, tr: Translate) -> Iterator[str]:
    if told.samples:
        yield ""
        yield tr("Những dòng đầu, như đã hiểu:")
    for sample in told.samples:
        values = "; ".join(f"{tr(LABELS[name])}: {value}" for name, value in sample.values)
        yield "  " + tr("dòng {row}: {values}").format(row=sample.row, values=values)


def _remarks(remarks: tuple[Remark, ...], tr: Translate) -> Iterator[str]:
    if remarks:
        yield ""
        yield tr("Cần biết:")
    for remark in remarks:
        text = tr(REMARKS[remark.code]).format(count=remark.count, **dict(remark.facts))
        more = ", …" if remark.count > len(remark.rows) else ""
        rows = tr(" (dòng {rows})").format(rows=", ".join(remark.rows) + more) if remark.rows else ""
        yield f"  {text}{rows} [{remark.code}]"


def _refused(told: Preview, tr: Translate) -> Iterator[str]:
    if told.refused:
        yield ""
        yield tr("Không nhận {count} dòng:").format(count=told.counts.refused)
    for refused in told.refused:
        yield from (f"  {line}" for line in refused_lines(refused, tr))
    if told.counts.refused > len(told.refused):
        yield "  …"


def _changes(told: Preview, tr: Translate) -> Iterator[str]:
    if told.changes:
        yield ""
        yield tr("Thay đổi:")
    for change in told.changes:
        yield f"  {change.code}: {_change(change, tr)}"
    if told.counts.changed > len(told.changes):
        yield "  …"


def _change(change: Change, tr: Translate) -> str:
    fields = ", ".join(dict.fromkeys(tr(LABELS[name]) for name in change.fields))
    if change.before == change.after:
        return fields or tr("thêm một bước đã qua")
    state = f"{change.before or '–'} → {change.after or '–'}"
    return f"{state}; {fields}" if fields else state


def _notices(told: Preview, tr: Translate) -> Iterator[str]:
    if told.told:
        yield ""
        yield tr("Sẽ báo tin:")
    for each in told.told:
        more = ", …" if each.count > len(each.codes) else ""
        text = tr("{kind}: {count} tin ({codes})")
        codes = ", ".join(each.codes) + more
        yield "  " + text.format(kind=tr(NAMES[each.kind]), count=each.count, codes=codes)
