"""Known rows, moved, merged, retyped and reformatted, are read back the same or told. Invented people."""

from datetime import date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.clock import VIETNAM
from bot.dossiers.tables import importing
from bot.dossiers.tables.columns import Choices
from bot.dossiers.tables.remarks import Remarks

NOW = datetime(2026, 11, 30, 9, tzinfo=VIETNAM)
KNOWN = [
    (f"H36.50-2611{day:02}-{number:04}", name, phone, date(2026, 11, day), date(2026, 11, day + 3), status)
    for number, (day, name, phone, status) in enumerate(
        [(5, "Nguyễn Văn An", "0901230361", "4"), (6, "Trần Thị Bình", "0912340362", "9"),
         (12, "Lê Cúc", "0977000363", "2"), (25, "Đỗ Dũng", "0388000364", "10")], 361)
]  # fmt: skip
STATES = {
    "2": ["Được tiếp nhận", "2", "2. Được tiếp nhận"],
    "4": ["Đang xử lý", "ĐANG XỬ LÝ", "4.0", "Đang giải quyết"],
    "9": ["Đã xử lý xong", "Đã có KQ", "9"],
    "10": ["Đã trả kết quả", "10 - Đã trả kết quả"],
}
HEADINGS = {
    "code": ["Mã hồ sơ", "MÃ HS", "Mã số biên nhận"],
    "name": ["Họ tên", "Tên cá nhân, tổ chức", "Người yêu cầu"],
    "phone": ["SĐT", "Số điện thoại liên lạc", "ĐTLH"],
    "received": ["Ngày nhận", "Ngày tiếp nhận hồ sơ"],
    "due": ["Ngày hẹn", "Hẹn trả kết quả"],
    "status": ["Tình trạng", "Trạng thái xử lý"],
}
PARENTS = {"name": "Công dân", "phone": "Công dân", "received": "Thời gian", "due": "Thời gian"}
PHONES = [
    str, lambda phone: int(phone), lambda phone: f"{int(phone)}.0", lambda phone: f"+84{phone[1:]}",
    lambda phone: f"{phone[:4]} {phone[4:7]} {phone[7:]}",
]  # fmt: skip
DAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "ngày %d tháng %m năm %Y", "%d-thg %m-%y", None]


@st.composite
def books(draw):
    """A workbook of the known rows, as some clerk might have it."""
    order = draw(st.permutations(list(HEADINGS)))
    in_two_lines, day_form = draw(st.booleans()), draw(st.sampled_from(DAYS))
    book = Workbook()
    sheet = book.worksheets[0]
    for _ in range(draw(st.integers(0, 3))):
        sheet.append(["SỔ THEO DÕI"])
    if in_two_lines:
        sheet.append([PARENTS.get(name) or draw(st.sampled_from(HEADINGS[name])) for name in order])
        sheet.append([draw(st.sampled_from(HEADINGS[n])) if n in PARENTS else None for n in order])
    else:
        sheet.append([draw(st.sampled_from(HEADINGS[name])) for name in order])
    if draw(st.booleans()):
        sheet.append([f"({number})" for number in range(1, len(order) + 1)])
    for row in draw(st.permutations(KNOWN)):
        cells = written(draw, row, day_form)
        sheet.append([cells[name] for name in order])
    if draw(st.booleans()):
        sheet.append(["Tổng cộng: 4"])
    return book


def written(draw, row, day_form):
    code, name, phone, received, due, status = row

    def day(value):
        return value.strftime(day_form) if day_form else datetime(value.year, value.month, value.day)

    return {
        "code": draw(st.sampled_from([code, code.lower(), f" {code} "])),
        "name": draw(st.sampled_from([name, f"  {name} "])),
        "phone": draw(st.sampled_from(PHONES))(phone),
        "received": day(received),
        "due": day(due),
        "status": draw(st.sampled_from(STATES[status])),
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(books())
def test_what_a_clerk_makes_of_a_table_is_read_back_the_same(tmp_path_factory, book) -> None:
    path = tmp_path_factory.mktemp("so") / "so.xlsx"
    book.save(path)
    refused: list[object] = []
    choices = Choices(as_of=NOW)
    table = importing.opened(path, choices, lambda written: ("", ""), NOW, lambda share: None)
    news = [update for _, update, _ in table.rows(Remarks(), lambda told, row: refused.append(told))]
    read = sorted((u.code, u.name, u.phone, u.received, u.due, u.status) for u in news)
    assert refused == []
    assert read == KNOWN


def test_what_is_merged_downwards_is_read_in_each_row(tmp_path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Mã hồ sơ", "Họ tên", "SĐT"], [KNOWN[0][0], "An", "0901230361"], [KNOWN[1][0], None, None]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("C2:C3")
    book.save(tmp_path / "so.xlsx")
    table = importing.opened(tmp_path / "so.xlsx", Choices(), lambda w: ("", ""), NOW, lambda share: None)
    news = [update for _, update, _ in table.rows(Remarks(), lambda told, row: None)]
    assert [(each.name, each.phone) for each in news] == [("An", "0901230361")] * 2
