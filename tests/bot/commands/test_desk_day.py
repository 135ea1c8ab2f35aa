"""A clerk's day by commands, from the first dossier to the post. The people are invented."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from bot.clock import vietnam_now
from knowledge.dossiers.deadlines import is_working_day
from knowledge.office import calendar
from tests.bot.commands.terminal import Ran, motcua

HOLIDAYS = calendar.load()
TODAY = vietnam_now().date()
CODE = f"H36.99-{TODAY:%y%m%d}-0007"
NEXT = f"H36.99-{TODAY:%y%m%d}-0008"
PERSON = ("--name", "Nguyễn Thử An", "--phone", "0901 234 567")


def open_day(after: date, days: int = 1) -> date:
    """The working day that is so many later, and no earlier."""
    day = after + timedelta(days=days)
    return day if is_working_day(day, HOLIDAYS) else open_day(day)


def closed_day(after: date) -> date:
    day = after + timedelta(days=1)
    return closed_day(day) if is_working_day(day, HOLIDAYS) else day


@dataclass
class Desk:
    """A clerk at a terminal."""

    folder: Path

    def __call__(self, *arguments: str, said: str = "") -> Ran:
        return motcua("dossiers", *arguments, said=said, folder=self.folder, MOTCUA_CLERK="lan")


@pytest.fixture
def desk(tmp_path):
    at_work = Desk(tmp_path)
    assert at_work("add", "--code", CODE, "--procedure", "đăng ký khai sinh", *PERSON).returncode == 0
    return at_work


def refusal(done: Ran) -> str:
    """The code of what was refused, in one line and with status 2."""
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done
    return done.stderr.rstrip().rpartition("[")[2].rstrip("]")


def test_a_day_of_a_clerk(desk):
    taken = desk("add", "--procedure", "khai tử", "--name", "Trần Thử Bình", "--phone", "0901234568")
    assert f"Mã hồ sơ {NEXT} là số tiếp theo" in taken.stdout
    assert "đã tiếp nhận Đăng ký khai tử" in taken.stdout
    assert "motcua dossiers form 01" in taken.stdout

    assert "Đang xử lý, Chờ ký" in desk("move", CODE, "Chờ ký").stdout
    assert CODE in desk("list", "--signature").stdout
    until = f"{open_day(TODAY, 9):%d/%m/%Y}"
    asked = desk("move", NEXT, "Yêu cầu bổ sung", "--note", "Giấy báo tử; Tờ khai", "--until", until)
    assert f"motcua dossiers form 02 {NEXT}" in asked.stdout
    waiting = desk("list", "--waiting").stdout
    assert (NEXT in waiting, CODE in waiting) == (True, False)
    assert "thời hạn tạm dừng" in waiting
    calls = motcua("notices", "calls", folder=desk.folder).stdout
    assert re.search(f"{NEXT} +cần bổ sung giấy tờ .*chưa ai theo dõi .*Trần Thử Bình +0901234568", calls)

    [path] = desk("form", "02", NEXT).stdout.split()
    words = PdfReader(desk.folder / path).pages[0].extract_text()
    assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ" in words
    assert "2. Tờ khai" in words

    assert desk("move", CODE, "Đã có kết quả").returncode == 0
    assert CODE in desk("list", "--ready", "--field", "ho-tich").stdout
    posted = desk("dispatch", said=f"EE123456785VN\n{CODE}\n")
    assert (posted.returncode, posted.stdout) == (0, f"{CODE}: EE123456785VN\n")
    assert desk("post").returncode == 0
    [book] = (desk.folder / "data/post").glob("*.xlsx")
    [_, row] = load_workbook(book).active.iter_rows(values_only=True)
    assert row == (CODE, "Nguyễn Thử An", "0901234567", "EE123456785VN")
    made = [each for each in (desk.folder / "data").rglob("*") if each.suffix in (".pdf", ".xlsx")]
    assert {each.stat().st_mode & 0o777 for each in made} == {0o600}  # they tell of people
    assert desk("move", CODE, "came-back").returncode == 0
    assert CODE in desk("list", "--came-back").stdout

    shown = desk("show", "tran thu binh").stdout
    assert NEXT in shown
    assert "giấy tờ thiếu" in shown
    assert desk("show", "0901234568").stdout == shown
    told = motcua("trace", folder=desk.folder).stdout
    assert re.search("lan +sửa +chuyển trạng thái", told)
    assert "0901234568" not in told


def test_a_form_is_printed_with_what_it_goes_with(desk):
    asked = desk("move", CODE, "5", "--note", "Giấy chứng sinh", "--print").stdout.split()
    assert "PHIẾU YÊU CẦU BỔ SUNG" in PdfReader(desk.folder / asked[-1]).pages[0].extract_text()
    person = ("--name", "Trần Thử Bình", "--phone", "0901234568")
    taken = desk("add", "--procedure", "khai tử", *person, "--print").stdout.split()
    assert NEXT in PdfReader(desk.folder / taken[-1]).pages[0].extract_text()
    day = f"{open_day(TODAY, 20):%d/%m/%Y}"
    sorry = desk("apologise", NEXT, "--reason", "Máy hỏng", "--due", day, "--print").stdout.split()
    assert sorry[-1] == f"data/papers/{NEXT}-mau-04.pdf"


def test_papers_that_nobody_named_are_asked_after(desk):
    asked = desk("move", CODE, "5")
    assert (asked.returncode, "ghi bằng --note" in asked.stderr, "form 02" in asked.stdout) == (
        0,
        True,
        False,
    )
    listed = motcua("notices", folder=desk.folder).stdout
    assert re.search("quầy gọi +chưa ai theo dõi hồ sơ này", listed)


def test_a_move_is_taken_back(desk):
    assert desk("move", CODE, "8", "--note", "nhầm").returncode == 0
    undone = desk("undo", CODE)
    assert "tình trạng: Được tiếp nhận" in undone.stdout
    assert "1 tin chưa gửi đã được giữ lại" in undone.stdout
    assert CODE not in motcua("notices", "calls", folder=desk.folder).stdout
    assert refusal(desk("undo", CODE)) == "nothing_to_undo"


@pytest.mark.parametrize(
    ("status", "more", "refused"),
    [
        ("1", (), "impossible_move"),
        ("delivered", (), "impossible_move"),
        ("11", (), "bad_state"),
        ("OK", (), "bad_state"),
        ("4", ("--due", f"{closed_day(TODAY):%d/%m/%Y}"), "day_off"),
        ("4", ("--due", "1/1/2020"), "day_too_early"),
        ("4", ("--due", f"{open_day(TODAY, 9):%d/%m}/2062"), "day_too_late"),
        ("4", ("--due", "mai"), "bad_date"),
        ("6", ("--fee", "mười"), "bad_amount"),
    ],
)
def test_what_cannot_be_is_refused_by_a_code(desk, status, more, refused):
    before = desk("show", CODE).stdout
    assert refusal(desk("move", CODE, status, *more)) == refused
    assert desk("show", CODE).stdout == before


def test_what_was_probably_meant_is_said(desk):
    day = open_day(TODAY, 9)
    told = desk("move", CODE, "4", "--due", f"{day:%d/%m}/2062").stderr
    assert f"có phải ý bạn là “{day:%d/%m/%Y}”?" in told
    english = desk("move", CODE, "delivered", "--language", "en").stderr
    assert "did you mean “Đã xử lý xong”?" in english


def test_papers_are_asked_for_once_and_a_date_moved_once(desk):
    for status in ("5", "4"):
        assert desk("move", CODE, status, "--note", "Giấy chứng sinh").returncode == 0
    assert refusal(desk("move", CODE, "5", "--note", "Tờ khai")) == "papers_asked_before"
    assert desk("move", CODE, "5", "--note", "Tờ khai", "--anyway").returncode == 0
    assert desk("move", CODE, "4").returncode == 0
    first, second = open_day(TODAY, 20), open_day(TODAY, 30)
    released = desk("apologise", CODE, "--reason", "Máy hỏng", "--due", f"{first:%d/%m/%Y}", "--release")
    assert "đã đưa vào danh sách gọi" in released.stdout
    assert "trễ hẹn" in motcua("notices", "calls", folder=desk.folder).stdout
    again = ("apologise", CODE, "--reason", "Vẫn hỏng", "--due", f"{second:%d/%m/%Y}")
    assert refusal(desk(*again)) == "date_moved_before"
    assert desk(*again, "--anyway").returncode == 0
    words = PdfReader(desk.folder / desk("form", "4", CODE).stdout.strip()).pages[0].extract_text()
    assert f"trả kết quả vào ngày: {second:%d/%m/%Y}" in words
    assert "118/2025" in words


def test_a_mistake_in_the_record_is_mended_and_a_dossier_deleted_and_brought_back(desk):
    wrong = (TODAY + timedelta(days=1)).strftime("%d/%m/%Y")
    assert refusal(desk("correct", CODE, "--received", wrong)) == "day_too_late"
    assert refusal(desk("correct", CODE)) == "nothing_to_correct"
    mended = desk(
        "correct", CODE, "--phone", "0901234999", "--late-cause", "đồng bộ", "--handed-to", "Lê Thử"
    )
    assert "điện thoại, lý do trễ, người nhận kết quả" in mended.stdout
    assert "Do đồng bộ dữ liệu" in desk("show", "0901234999").stdout
    assert refusal(desk("show", "0901234567")) == "nobody_found"
    assert refusal(desk("correct", CODE, "--late-cause", "mưa")) == "bad_cause"
    assert desk("delete", CODE, "--reason", "nhập hai lần").returncode == 0
    gone = desk("show", CODE)
    assert (gone.returncode, "nhập hai lần" in gone.stdout) == (1, True)
    assert desk("undo", CODE).returncode == 0
    assert "0901234999" in desk("show", CODE).stdout


def test_an_export_holds_no_formula_and_is_read_back(desk):
    evil = '=HYPERLINK("http://127.0.0.1")'
    assert desk("correct", CODE, "--name", evil).returncode == 0
    assert desk("export", "list.xlsx").returncode == 0
    cells = [cell for row in load_workbook(desk.folder / "list.xlsx").active for cell in row]
    assert {cell.data_type for cell in cells if cell.value == evil} == {"s"}
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "0 dòng không nhận" in desk("import", "list.xlsx").stdout
    assert evil in desk("show", CODE).stdout


@pytest.mark.parametrize(
    ("number", "refused"),
    [("03", "form_unknown"), ("7", "form_unknown"), ("99", "no_such_form"), ("2", "no_papers_missing"),
     ("4", "no_apology")],
)  # fmt: skip
def test_no_form_is_made_up(desk, number, refused):
    assert refusal(desk("form", number, CODE)) == refused


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        (("--procedure", "khai sinh"), "no_second_fact"),
        (("--procedure", "khai sinh", "--phone", "0901234567"), "no_name"),
        (("--procedure", "1.999999", *PERSON), "no_procedure"),
        (("--procedure", "khai sinh", *PERSON, "--code", CODE), "dossier_exists"),
        (("--procedure", "khai sinh", *PERSON, "--received", "10/12/2062"), "day_too_late"),
    ],
)
def test_what_nobody_could_open_is_not_taken_in(desk, arguments, refused):
    done = desk("add", *arguments)
    assert done.returncode == 2
    assert done.stderr.rstrip().endswith(f"[{refused}]")


def test_a_scan_without_its_pair_is_told(desk):
    assert "scan_without_pair" in desk("dispatch", said=f"{CODE}\n").stderr
    assert "bad_scan" in desk("dispatch", said="xin chào\n").stderr
    assert "impossible_move" in desk("dispatch", said=f"{CODE} EE123456785VN\n").stderr
