"""Tables as clerks write them. The people in them are invented."""

import tomllib
import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from bot.clock import VIETNAM
from bot.dossiers.tables import importing
from bot.dossiers.tables.columns import HEADINGS, Choices
from bot.dossiers.tables.parsing import Parsing, Place
from bot.dossiers.tables.procedures import procedures
from bot.dossiers.tables.reading import BadRow, Reading
from bot.dossiers.tables.remarks import Remarks
from bot.spreadsheets import cells, headings
from bot.spreadsheets.cells import BadCell
from handlers.desk.faults import BadTable
from knowledge.procedures import loading
from knowledge.text import plain

WRITTEN = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
CATALOGUE = loading.load(loading.FIELDS)
FIND = procedures(CATALOGUE)
TABLE = """ỦY BAN NHÂN DÂN PHƯỜNG;;;;;;;;
Sổ theo dõi tháng 7;;;;;;;;
TT;Số hồ sơ;Tên thủ tục;Họ và tên;SĐT;Căn cước;Ngày tiếp nhận;Hẹn trả (dd/mm/yyyy);Trạng thái
1;H36.99-260706-0001;Đăng ký khai sinh;Lê Ân;0901 234 567;000123456789;06/07/2026 08:30;7/7/2026;Đang xử lý
;;;;;;;;
2;H36.99-260706-1;Đăng ký khai tử;Trần Thị Bưởi;0901234567;;06/07/2026;;
3;H36.99-260706-0003;Việc khác;Lê Cúc;901234567;;6.7.26;31/06/2026;Đã trả
4;H36.99-260706-0004;Việc khác;Lê Cúc;12;;6.7.26;;Đang rà soát
5;H36.99-260706-0005;;Lê Cúc;;;2026-07-06;;Đang rà soát
6;H36.99-260706-0006;;Lê "Cúc";;;2026-07-06;;Đang giải quyết
"""


def read(path):
    refused = []
    choices = Choices(as_of=WRITTEN)
    table = importing.opened(path, choices, FIND, WRITTEN, lambda share: None)
    rows = table.rows(Remarks(), lambda told, row: refused.append(told))
    taken = [update for _, update, _ in rows]
    return taken, [(each.row, [reason.code for reason in each.reasons]) for each in refused]


def as_windows_writes(text):
    """Vietnamese of code page 1258: the tone mark stands after its vowel."""
    letters = unicodedata.normalize("NFD", text)
    for base in "ăâêôơưĂÂÊÔƠƯ":
        marks = unicodedata.normalize("NFD", base)
        for tone in "\u0300\u0301\u0303\u0309\u0323":
            letters = letters.replace(marks[0] + tone + marks[1], base + tone)
        letters = letters.replace(marks, base)
    return letters.encode("cp1258")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_good_rows_are_taken_and_bad_ones_told_by_number(tmp_path, encoding, separator):
    path = tmp_path / "so.csv"
    text = TABLE.replace(";", separator)
    path.write_bytes(as_windows_writes(text) if encoding == "cp1258" else text.encode(encoding))
    taken, refused = read(path)
    assert [update.code[-4:] for update in taken] == ["0001", "0006"]
    assert refused == [
        (6, ["bad_code"]),
        (7, ["no_date"]),
        (8, ["no_phone", "unknown_state"]),
        (9, ["unknown_state"]),
    ]
    first = taken[0]
    assert first.name == "Lê Ân"
    assert (first.procedure, first.phone, first.id_number) == ("1.001193", "0901234567", "000123456789")
    assert (first.received, first.due, first.status) == (date(2026, 7, 6), date(2026, 7, 7), "4")
    assert (taken[1].status, taken[1].at, taken[1].name) == ("4", WRITTEN, 'Lê "Cúc"')


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_excel_in_both_date_systems(tmp_path, epoch):
    book = Workbook()
    book.epoch = epoch
    sheet = book.active
    sheet.title = "T7"
    sheet.append(["Danh sách"])
    sheet.append([])
    sheet.append(
        ["Mã HS", "Mã TTHC", "Chủ hồ sơ", "Điện thoại", "CCCD", "Ngày nhận", "Ngày hẹn trả", "Ngày trả"]
    )
    a_date, a_number = datetime(2026, 7, 6, 15, 30), to_excel(datetime(2026, 7, 8), epoch)
    sheet.append(["H36.99-260706-0001", "1.001193", "An", 901234567, 1234567890, a_date, a_number, None])
    sheet.append([])
    sheet.append(["H36.99-260706-0002", 1.001193, "An", 901234567, None, "06/07/2026", "#N/A", None])
    sheet.append(
        ["H36.99-260706-0003", "1.001193.000.00.00.H36", "An", None, None, a_date, None, date(2026, 7, 9)]
    )
    book.create_sheet("Ghi chú").append(["không có gì"])
    book.save(tmp_path / "so.xlsx")
    taken, refused = read(tmp_path / "so.xlsx")
    assert refused == [(6, ["excel_error"])]
    first, last = taken
    assert (first.received, first.due) == (date(2026, 7, 6), date(2026, 7, 8))
    assert (first.phone, first.id_number) == (
        "0901234567",
        "001234567890",
    )  # with the zeros that Excel dropped
    assert (last.status, last.ended, last.procedure) == ("10", date(2026, 7, 9), "1.001193")


@pytest.mark.parametrize("cell", ["Mã hồ sơ", "số hồ sơ", "MÃ HS", "Mã hồ sơ (*)", " mã  hồ sơ ", "Ma ho so"])
def test_a_heading_is_known_however_it_is_written(cell):
    assert columns([cell, "Họ tên"]) == {"code": 0, "name": 1}


def test_short_words_in_headings_are_known():
    found = columns(["Mã HS", "Ngày nhận HS", "Ngày trả KQ", "Tình trạng HS"])
    assert list(found) == ["code", "received", "returned", "status"]


def columns(heading):
    return headings.layout([(1, heading)], (), Choices().meaning, bool).columns


def test_no_spelling_of_a_heading_stands_for_two_things():
    tables = tomllib.loads(HEADINGS.read_text(encoding="utf-8"))
    spelled = [(plain(spelling), name) for name, spellings in tables.items() for spelling in spellings]
    assert len({spelling for spelling, _ in spelled}) == len(set(spelled))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.csv", b"", "empty_file"),
        ("x.csv", "Họ tên,Điện thoại\nAn,0901234567\n".encode(), "no_headings"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"),
        ("x.xls", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("x.xls", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "word"),
        ("x.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("x.xlsx", b"%PDF-1.7", "pdf"),
        ("x.csv", b"\xff\xd8\xff\xe0", "image"),
        ("x.csv", b"ma ho so,ho ten\n" + b"\n" * 40 + b'"' + b"x" * 200_000, "csv_quote"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_it_is(tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadTable) as refused:
        read(tmp_path / name)
    assert refused.value.code == told


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("6/7/2026", (2026, 7, 6, 0, 0)),
        ("06-07-2026", (2026, 7, 6, 0, 0)),
        ("06.07.26", (2026, 7, 6, 0, 0)),
        ("06/07/2026 15:30", (2026, 7, 6, 15, 30)),
        ("15:30 06/07/2026", (2026, 7, 6, 15, 30)),
        ("15h30 06/07/2026", (2026, 7, 6, 15, 30)),
        ("06/07/2026, 8h", (2026, 7, 6, 8, 0)),
        ("2026-07-06T15:30:00.000", (2026, 7, 6, 15, 30)),
    ],
)
def test_dates_as_clerks_write_them(written, moment):
    assert cells.moment(written) == datetime(*moment, tzinfo=VIETNAM)


@pytest.mark.parametrize("written", ["", "-", "không có", None])
def test_nothing_is_written_in_many_ways(written):
    assert cells.moment(written) is None
    assert cells.phone(written) == ""


@pytest.mark.parametrize(
    "written", ["07/15/2026", "31/02/2026", "6/7", "12345", 45123, "01/01/0001", True, "mai"]
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(BadCell):
        cells.moment(written)


def reading(columns):
    places = [Place(name, at) for name, at in columns.items()]
    return Reading(places, Parsing(FIND, Remarks(), CALENDAR_WINDOWS_1900), WRITTEN, WRITTEN)


def test_a_row_that_was_answered_before_it_came_is_refused():
    with pytest.raises(BadRow, match="due_before_received"):
        reading({"code": 0, "received": 1, "due": 2}).update(
            ["H36.99-260706-0001", "06/07/2026", "05/07/2026"]
        )


CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.datetimes())


@given(st.lists(CELLS, max_size=8))
def test_whatever_stands_in_a_row_it_is_taken_or_refused(row):
    columns = {
        "code": 0,
        "received": 1,
        "phone": 2,
        "id_number": 3,
        "status": 4,
        "fee_due": 5,
        "procedure": 6,
    }
    with pytest.raises(BadRow):  # no row of these has a code
        reading(columns).update(row)
    reading({"code": 0, "name": 1}).update(["H36.99-260706-0001", "An"])
