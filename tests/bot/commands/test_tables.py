"""`motcua dossiers import` and `undo-import` as a clerk meets them. The people are invented."""

import pytest
from openpyxl import Workbook, load_workbook

from bot.clock import vietnam_now
from bot.dossiers import store
from bot.notices import follows
from bot.notices.follows import Terms
from bot.settings import settings
from bot.storage import database
from bot.storage.sealing import Vault
from tests.bot.commands.terminal import motcua

CODE, OTHER = "H36.99-260706-0001", "H36.99-260706-0002"
HEADINGS = "Mã hồ sơ,Họ tên,SĐT,Ngày nhận,Tình trạng\n"
AN = f"{CODE},An,0901234567,6/7/2026,{{state}}\n"
BINH = f"{OTHER},Bình,0912345678,6/7/2026,Đang xử lý\n"


class Desk:
    """A clerk in a folder of her own."""

    def __init__(self, folder):
        self.folder = folder
        self.engine = database.connect(f"sqlite:///{folder}/data/motcua.db")

    def __call__(self, *arguments):
        return motcua("dossiers", *arguments, folder=self.folder)

    def table(self, *rows, name="so.csv"):
        (self.folder / name).write_text(HEADINGS + "".join(rows), encoding="utf-8")
        return name

    def held(self):
        vault = Vault(settings.read({}, self.folder / "data").secret_key)
        with database.reading(self.engine) as connection:
            return {record.code: record for record in store.every(connection, vault)}

    def follow(self, code):
        with database.writing(self.engine) as connection:
            follows.follow(connection, "telegram:1", code, Terms("vi", 0, vietnam_now()))

    def notices(self):
        with database.reading(self.engine) as connection:
            rows = connection.exec_driver_sql("SELECT code, kind, state FROM notice ORDER BY id").all()
        return [(row.code, row.kind, row.state) for row in rows]

    def dump(self):
        """Everything in the database."""
        own = self.engine.raw_connection()
        try:
            return list(own.driver_connection.iterdump())
        finally:
            own.close()


def untraced(dump):
    """Without the notes of who looked."""
    return [line for line in dump if 'INTO "trace"' not in line and "sqlite_sequence" not in line]


@pytest.fixture
def desk(tmp_path):
    found = Desk(tmp_path)
    yield found
    found.engine.dispose()


def take(desk, *rows, more=()):
    return desk("import", desk.table(*rows), "--as-of", "01/08/2026", *more)


def test_a_table_is_taken_in_again_and_again(desk):
    rows = AN.format(state="Đang xử lý"), "sai,B,,,\n"
    first = take(desk, *rows)
    assert "1 hồ sơ mới, 0 thay đổi, 0 không đổi, 1 dòng không nhận" in first.stdout
    assert first.returncode == 1
    assert "0 hồ sơ mới, 0 thay đổi, 1 không đổi, 1 dòng không nhận" in take(desk, *rows).stdout


def test_a_dry_run_writes_nothing_and_shows_what_is_then_taken(desk):
    take(desk, AN.format(state="Đang xử lý"))
    desk.follow(CODE)
    before = desk.dump()
    rows = AN.format(state="Đã có kết quả"), BINH, "sai,B,,,\n"
    dry = take(desk, *rows, more=("--dry-run", "--column", "Ngày nhận=ngày nhận", "--state", "OK=4"))
    assert desk.dump() == before
    assert not (desk.folder / "data/refused").exists()
    assert "có kết quả: 1 tin" in dry.stdout
    done = take(desk, *rows, more=("--column", "Ngày nhận=ngày nhận", "--state", "OK=4"))
    shown = dry.stdout.splitlines()[1:]
    assert done.stdout.splitlines()[: len(shown)] == shown
    assert [notice[1] for notice in desk.notices()] == ["done"]
    assert set(desk.held()) == {CODE, OTHER}


def test_what_the_office_means_is_remembered(desk):
    (desk.folder / "so.csv").write_text(
        f"Mã hồ sơ,Họ tên,Số của bà con,Tình trạng\n{CODE},An,0901234567,Trình lãnh đạo\n", encoding="utf-8"
    )
    assert "CHƯA HIỂU" in desk("import", "so.csv").stdout
    assert desk.held() == {}
    said = ("--column", "Số của bà con=điện thoại", "--state", "Trình lãnh đạo=Đang xử lý")
    assert desk("import", "so.csv", *said).returncode == 0
    again = desk("import", "so.csv")
    assert "điện thoại (do cơ quan gán)" in again.stdout
    assert (desk.held()[CODE].phone, desk.held()[CODE].status) == ("0901234567", "4")


def test_rows_that_were_not_taken_come_back_with_all_reasons(desk):
    take(desk, "=1+1,=HYPERLINK(1),12,mai,OK\n", BINH)
    (path,) = (desk.folder / "data/refused").iterdir()
    headings, row = load_workbook(path).worksheets[0].iter_rows()
    assert [cell.value for cell in headings][-1] == "Lý do"
    assert [cell.value for cell in row][:2] == ["=1+1", "=HYPERLINK(1)"]
    assert {cell.data_type for cell in row} == {"s"}  # nothing is calculated
    told = ("bad_code", "no_phone", "no_date", "unknown_state")
    assert [f"[{code}]" in str(row[5].value) for code in told] == [True] * 4
    book = load_workbook(path)
    for place, value in {"A2": CODE, "C2": "0901234567", "D2": "6/7/2026", "E2": "4"}.items():
        book.worksheets[0][place] = value
    book.save(desk.folder / "mended.xlsx")
    assert desk("import", "mended.xlsx").returncode == 0


def test_a_take_in_is_undone_as_a_whole(desk):
    take(desk, AN.format(state="Đang xử lý"))
    desk.follow(CODE)
    before = desk.held()
    take(desk, AN.format(state="Đã có kết quả"), BINH)
    assert desk.notices() == [(CODE, "done", "waiting")]
    undone = desk("undo-import", "2")
    assert undone.stdout == "Đã hoàn lại lần nạp 2: bỏ 1 hồ sơ mới, 1 hồ sơ trở lại như trước.\n"
    assert desk.held() == before
    assert desk.notices() == [(CODE, "done", "superseded")]
    assert "[import_undone]" in desk("undo-import", "2").stderr
    assert desk("undo-import").stdout.count("đã hoàn lại") == 1


def test_a_notice_that_it_superseded_waits_again(desk):
    take(desk, AN.format(state="Đang xử lý"))
    desk.follow(CODE)
    take(desk, AN.format(state="Đã có kết quả"))
    take(desk, AN.format(state="Đã trả kết quả"))
    assert [notice[2] for notice in desk.notices()] == ["superseded", "waiting"]
    assert desk("undo-import", "3").returncode == 0
    assert [notice[2] for notice in desk.notices()] == ["waiting", "superseded"]


def test_what_was_told_is_not_undone(desk):
    take(desk, AN.format(state="Đang xử lý"))
    desk.follow(CODE)
    take(desk, AN.format(state="Đã có kết quả"))
    with database.writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE notice SET state = 'sent'")
    assert "[import_told]" in desk("undo-import", "2").stderr
    assert desk.held()[CODE].status == "9"


def test_what_moved_on_is_not_undone(desk):
    take(desk, AN.format(state="Đang xử lý"), BINH)
    desk("move", CODE, "9")
    told = desk("undo-import", "1")
    assert (told.returncode, CODE in told.stderr, "[import_moved_on]" in told.stderr) == (2, True, True)
    assert len(desk.held()) == 2


def test_no_such_take_in(desk):
    assert "[no_such_import]" in desk("undo-import", "7").stderr
    assert desk("undo-import").stdout == "Chưa nạp bảng nào.\n"


def test_a_table_speaks_for_its_newest_day_and_not_for_the_file_s_clock(desk):
    desk("import", desk.table(AN.format(state="Đang xử lý")))
    desk("move", CODE, "9")
    told = desk("import", desk.table(AN.format(state="Đang xử lý")))  # copied, saved: the file is new
    assert "1 dòng cũ hơn điều đang giữ" in told.stdout
    assert desk.held()[CODE].status == "9"


def test_english_on_request(desk):
    told = motcua("dossiers", "import", desk.table(BINH), "--language", "en", folder=desk.folder)
    assert "1 new" in told.stdout
    assert "hồ sơ mới" not in told.stdout


def test_an_open_quote_takes_nothing(desk):
    headings = HEADINGS.strip() + ",Ghi chú cho người dân\n"
    rows = AN.format(state="4").strip() + ',"thiếu\n' + BINH
    (desk.folder / "so.csv").write_text(headings + rows, encoding="utf-8")
    told = desk("import", "so.csv")
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert desk.held() == {}


def test_a_workbook_is_taken_in_too(desk):
    book = Workbook()
    for row in (["Mã hồ sơ", "Họ tên", "SĐT"], [CODE, "An", 901234567]):
        book.active.append(row)
    book.save(desk.folder / "so.xlsx")
    assert desk("import", "so.xlsx").returncode == 0
    assert desk.held()[CODE].phone == "0901234567"


def test_words_of_the_office_are_told_forgotten_and_understood(desk):
    told = desk("words", "--state", "Phòng chuyên môn=4", "--column", "Số ĐT của dân=điện thoại")
    assert told.stdout.splitlines() == [
        "cột “so dt cua dan”: điện thoại",
        "trạng thái “phong chuyen mon”: 4 Đang xử lý",
    ]
    desk("import", desk.table(AN.format(state="Phòng chuyên môn")))
    assert desk.held()[CODE].status == "4"
    assert desk("words", "--forget", "Phòng chuyên môn").stdout == "cột “so dt cua dan”: điện thoại\n"
    assert "[no_such_word]" in desk("words", "--forget", "Phòng chuyên môn").stderr


def test_what_was_exported_is_taken_in_again_with_where_it_waits(desk):
    desk("import", desk.table(AN.format(state="Chờ ký")))
    desk("correct", CODE, "--late-cause", "branch", "--for-office", "Chi nhánh đất đai")
    desk("export", "ra.xlsx")
    desk("delete", CODE, "--reason", "thử")
    desk("import", "ra.xlsx")
    held = desk.held()[CODE]
    assert (held.status, held.stage, held.competent, held.late_cause) == (
        "4", "signature", "Chi nhánh đất đai", "branch",
    )  # fmt: skip


def test_an_export_of_the_portal_is_laid_beside_what_is_held(desk):
    desk("import", desk.table(AN.format(state="Đang xử lý"), BINH))
    before = desk.dump()
    other = "H36.99-260706-0003,Cúc,0901234569,6/7/2026,Đang xử lý\n"
    told = desk("compare", desk.table(AN.format(state="Đã trả kết quả"), other, "x\n", name="cong.csv"),
                "--out", "khac.xlsx")  # fmt: skip
    assert untraced(desk.dump()) == untraced(before)
    assert told.returncode == 1
    lines = [line.split() for line in told.stdout.splitlines()]
    assert ["tất", "cả", "2", "2"] in lines
    assert [CODE, "tình", "trạng", "10", "Đã", "trả", "kết", "quả", "4", "Đang", "xử", "lý"] in lines
    assert "3 hồ sơ khác nhau" in told.stdout
    rows = list(load_workbook(desk.folder / "khac.xlsx").active.iter_rows(values_only=True))
    assert {row[0] for row in rows[1:]} == {CODE, OTHER, "H36.99-260706-0003"}


def test_an_export_that_agrees_is_said_so(desk):
    desk("import", desk.table(BINH))
    told = desk("compare", desk.table(BINH))
    assert (told.returncode, "Không khác nhau chỗ nào." in told.stdout) == (0, True)


def test_a_move_by_a_clock_that_ran_ahead_does_not_hold_up_the_tables(desk):
    desk("import", desk.table(AN.format(state="Đang xử lý")))
    ahead = int(vietnam_now().timestamp()) + 180 * 86_400
    with desk.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE dossier SET changed_at = {ahead}")
    told = desk("import", desk.table(AN.format(state="Đã xử lý xong")))
    assert "1 thay đổi" in told.stdout
    assert desk.held()[CODE].status == "9"
