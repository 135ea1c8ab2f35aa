"""What messages tell, before anything is stored."""

import json
from datetime import date, datetime

import pytest

from bot.clock import VIETNAM
from bot.one_stop import sync
from bot.one_stop.taking import HELD
from bot.one_stop.values import States
from handlers.desk import faults
from handlers.language.i18n import Translate
from tests.bot.one_stop.sync_messages import (
    CODE,
    NOW,
    OTHER,
    STATES,
    full,
    moved,
    national,
    plain,
    progress,
    read,
    state_of_ministry,
    steps_of_ministry,
    update,
)


def test_our_own_message_tells_all_it_has():
    applicant = {"name": "Nguyễn Thị Lan", "phone": "+84 901 234 567", "id_number": "060190001234"}
    told = update(
        moved("4", "2026-07-07T02:30:00Z", procedure="1.004194.000.00.00.H15", applicant=applicant,
              received="2026-07-06", due="13/07/2026", note="Đang thẩm định", tracking="ee 123456785 vn")
    )  # fmt: skip
    assert (told.code, told.status, told.procedure) == (CODE, "4", "1.004194")
    assert told.at == datetime(2026, 7, 7, 9, 30, tzinfo=VIETNAM)
    assert (told.received, told.due) == (date(2026, 7, 6), date(2026, 7, 13))
    assert (told.name, told.phone, told.id_number) == ("Nguyễn Thị Lan", "0901234567", "060190001234")
    assert (told.note, told.tracking) == ("Đang thẩm định", "EE123456785VN")


def test_absent_and_null_keys_say_nothing_and_an_empty_text_empties():
    told = update(plain(status=None, note="", applicant=None, due=None))
    assert (told.status, told.note, told.name, told.due, told.procedure) == (None, "", None, None, None)


def test_without_a_date_our_own_message_is_as_of_now():
    assert update(plain(status="2")).at == NOW


@pytest.mark.parametrize(("state", "postal"), [("posted", "posted"), ("came-back", "came-back")])
def test_a_state_of_the_post_is_no_state_of_the_dossier(state, postal):
    assert (update(plain(status=state)).status, update(plain(status=state)).postal) == (None, postal)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (4, ("4", None)),
        ("04", ("4", None)),
        ("9.0", ("9", None)),
        ("9. Đã xử lý xong", ("9", None)),
        ("Đã có KQ", ("9", None)),
        ("Đang trình ký", ("4", "signature")),
        ("Chờ tiếp nhận trực tuyến", ("1", "online")),
    ],
)
def test_states_are_read_as_in_the_tables_of_the_clerks(given, taken):
    of_ours, of_theirs = update(plain(status=given)), update(full(TrangThaiHoSo=given))
    assert (of_ours.status, of_ours.stage or None) == taken
    assert (of_theirs.status, of_theirs.stage) == taken


def test_the_office_s_own_words_come_first():
    told = read(plain(status="Phòng chuyên môn"), states=States({"phong chuyen mon": "4"}))
    assert told.news[0].update.status == "4"


def test_where_a_dossier_waits_for_whom_it_is_and_why_it_is_late_can_be_told():
    told = update(plain(stage="Chờ ký", competent="Chi nhánh đất đai", late_cause="phối hợp", handed_to="Vợ"))
    assert (told.status, told.stage, told.competent) == ("4", "signature", "Chi nhánh đất đai")
    assert (told.late_cause, told.handed_to) == ("branch", "Vợ")


def test_a_note_of_state_5_is_what_is_missing():
    told = update(plain(status="5", note="Giấy chứng sinh"))
    assert (told.missing, told.note) == ("Giấy chứng sinh", None)


def test_the_national_message_about_a_whole_dossier():
    told = update(full())
    assert (told.code, told.status, told.title) == (CODE, "4", "Đăng ký tạm trú")
    assert (told.received, told.due, told.ended) == (date(2026, 7, 6), date(2026, 7, 13), None)
    assert (told.name, told.phone, told.id_number, told.note) == ("Nguyễn Thị Lan", "0901234567", None, None)
    assert told.at == datetime(2026, 7, 6, 8, 30, tzinfo=VIETNAM)


def test_it_tells_what_is_missing_only_while_it_is():
    asked = {"NoiDungBoSung": "Giấy chứng sinh", "NgayBoSung": "20260708100000", "NgayTiepNhanBoSung": ""}
    told = update(full(TrangThaiHoSo="5", DanhSachHoSoBoSung=[asked]))
    assert told.missing == "Giấy chứng sinh"
    assert told.since == told.at == datetime(2026, 7, 8, 10, 0, tzinfo=VIETNAM)
    came = asked | {"NgayTiepNhanBoSung": "20260709100000"}
    assert update(full(TrangThaiHoSo="5", DanhSachHoSoBoSung=[came])).missing is None


def test_it_tells_the_fee_only_where_it_is_asked_for():
    fees = [{"Gia": "15000"}, {"Gia": "50000.0"}, {"Gia": ""}]
    assert update(full(TrangThaiHoSo="6", DanhSachLePhi=fees)).fee_due == 65000
    assert update(full(TrangThaiHoSo="4", DanhSachLePhi=fees)).fee_due is None


@pytest.mark.parametrize("phone", ["0", "không", "", "000", None])
def test_what_clerks_write_where_there_is_no_phone_is_none(phone):
    assert update(full(SoDienThoai=phone)).phone is None


def test_the_national_message_of_progress():
    told = update(progress("5", words="Thiếu giấy chứng sinh"))
    assert told.at == datetime(2026, 7, 7, 9, 30, tzinfo=VIETNAM)
    assert (told.status, told.remark, told.missing) == ("5", "Thiếu giấy chứng sinh", "Thiếu giấy chứng sinh")
    assert update(progress("4")).missing is None


def test_the_lists_of_the_ministries_portal():
    told = update(steps_of_ministry())
    assert (told.code, told.status, told.remark) == (OTHER, "2", "Nội dung")
    assert told.at == datetime(2026, 6, 8, 7, 47, 28, 329000, tzinfo=VIETNAM)
    assert update(state_of_ministry(5)).status == "5"


def test_a_list_of_whole_dossiers_needs_no_service():
    assert read(full()["data"]) == read(full())


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"dossiers": [None]}, ("", "no_object")),
        ({"dossiers": [{}]}, ("code", "no_code")),
        ({"dossiers": [{"code": 5}]}, ("code", "bad_code")),
        ({"dossiers": [{"code": ["x"]}]}, ("code", "no_text")),
        ({"dossiers": [{"code": f"xem {CODE}"}]}, ("code", "more_than_a_code")),
        ({"dossiers": [{"code": f"{CODE}, {OTHER}"}]}, ("code", "two_codes")),
        ({"dossiers": [{"code": "9" * 100_000}]}, ("code", "too_long")),
        ({"dossiers": [{"code": "H15.50-270706-1377", "status": 2}]}, ("code", "in_the_future")),
        ({"dossiers": [{"code": CODE}]}, ("", "says_nothing")),
        ({"dossiers": [{"code": CODE, "changed_at": "2026-07-07"}]}, ("", "says_nothing")),
        ({"dossiers": [{"code": CODE, "unknown_key": 1}]}, ("unknown_key", "unknown_key")),
        (plain(status="2", applicant={"ten": "Lan"}), ("ten", "unknown_key")),
        (plain(status=True), ("status", "no_text")),
        (plain(status="99"), ("status", "unknown_state")),
        (plain(status=11), ("status", "unknown_state")),
        (plain(status="OK"), ("status", "unknown_state")),
        (plain(status="x" * 101), ("status", "too_long")),
        (plain(changed_at="yesterday"), ("changed_at", "no_date")),
        (plain(changed_at="2026-02-30"), ("changed_at", "no_date")),
        (plain(changed_at="0001-01-01T00:00:00+14:00"), ("changed_at", "no_date")),
        (plain(changed_at="9999-12-31T23:59:59-14:00"), ("changed_at", "no_date")),
        (plain(status="2", changed_at="2027-01-01"), ("changed_at", "in_the_future")),
        (plain(status="2", changed_at="2020-01-01"), ("changed_at", "before_receipt")),
        (plain(due="20261301"), ("due", "no_date")),
        (plain(due=1.5), ("due", "no_text")),
        (plain(due="2020-07-13"), ("due", "due_before_received")),
        (plain(received="2026-07-10", due="2026-07-09"), ("due", "due_before_received")),
        (plain(due="2062-07-13"), ("due", "due_too_far")),
        (plain(received="2027-07-06"), ("received", "in_the_future")),
        (plain(received="2026-06-07"), ("received", "swapped_day")),
        (plain(status="9", finished="2026-07-01"), ("finished", "ended_before_received")),
        (plain(note={}), ("note", "no_text")),
        (plain(applicant=["x"]), ("applicant", "no_object")),
        (plain(applicant={"phone": "ring me"}), ("phone", "no_phone")),
        (plain(applicant={"phone": "09012345730"}), ("phone", "broken_phone")),
        (plain(applicant={"id_number": "mã số"}), ("id_number", "no_id_number")),
        (plain(tracking="<b>"), ("tracking", "no_tracking")),
        (plain(fee_due=-5), ("fee_due", "no_amount")),
        (plain(fee_due="25"), ("fee_due", "amount_too_small")),
        (plain(stage="Trên bàn"), ("stage", "unknown_stage")),
        (plain(stage="Chờ ký", status="9"), ("stage", "stage_of_other_state")),
        (plain(late_cause="mưa"), ("late_cause", "unknown_cause")),
        (progress(at=""), ("ThoiDiemXuLy", "missing")),
        (progress(at="20260732000000"), ("ThoiDiemXuLy", "no_date")),
        (progress(at="20270101000000"), ("ThoiDiemXuLy", "in_the_future")),
        (progress(at="20200101000000"), ("ThoiDiemXuLy", "before_receipt")),
        (progress(status=""), ("TrangThai", "missing")),
        (full(TrangThaiHoSo="99"), ("TrangThaiHoSo", "unknown_state")),
        (full(NgayHenTra="13/13/2026"), ("NgayHenTra", "no_date")),
        (full(NgayHenTra="20200713170000"), ("NgayHenTra", "due_before_received")),
        (full(TrangThaiHoSo="10", NgayTra="20270101080000"), ("NgayTra", "in_the_future")),
        (full(DanhSachHoSoBoSung="none"), ("DanhSachHoSoBoSung", "no_list")),
        (full(DanhSachLePhi=[None], TrangThaiHoSo="6"), ("DanhSachLePhi", "no_list")),
        (national("DongBoHoSoMC", {"MaHoSo": CODE, "Trang": "4"}), ("", "says_nothing")),
        (state_of_ministry(None), ("TrangThai", "missing")),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_by_number_key_and_fault(message, reason):
    told = read(message)
    assert told.news == ()
    assert [(each.row, each.key, each.fault) for each in told.refused] == [(0, *reason)]


def test_every_fault_has_a_sentence():
    known = {*faults.CELLS, *faults.MESSAGES, *faults.HELD}
    assert set(HELD) == set(faults.HELD)
    assert "{" not in faults.message_text("too_long", {"most": "100"}, Translate())
    assert {"no_code", "unknown_key", "before_receipt", "clock_ahead"} <= known


def test_what_is_open_has_not_ended_whatever_day_stands_there():
    assert read(full(NgayKetThucXuLy="20270101080000")).refused == ()


def test_good_rows_beside_bad_ones_are_taken():
    told = read(national("CapNhatTienDoHoSoMC", *progress(at="")["data"], 7, *progress()["data"]))
    assert [each.row for each in told.news] == [2]
    assert [(each.row, each.code) for each in told.refused] == [(0, CODE), (1, "")]


@pytest.mark.parametrize(
    ("body", "what", "place"),
    [
        (b"", "Expecting value", (1, 1, 0)),
        (b'{"dossiers": [\n{"code": }]}', "Expecting value", (2, 10, 24)),
        (b'{"dossiers": []} x', "Extra data", (1, 18, 17)),
        (b'{"a": "\xff"}', "not UTF-8", (0, 0, 7)),
        (b'{"dossiers": NaN}', "NaN is no JSON", (0, 0, 0)),
        (b"[" * 100_000, "nested too deep", (0, 0, 0)),
        (b"null", "must be an object or a list", (0, 0, 0)),
        (b'"x"', "must be an object or a list", (0, 0, 0)),
        (b"{}", "must have `dossiers`", (0, 0, 0)),
        (b'{"service": []}', "must have `dossiers`", (0, 0, 0)),
        (b'{"service": "XoaHoSo", "data": []}', "must have `dossiers`", (0, 0, 0)),
        (b'{"service": "DongBoHoSoMC"}', "data: must be a list", (0, 0, 0)),
        (b'{"dossiers": {}}', "dossiers: must be a list", (0, 0, 0)),
    ],
)
def test_what_is_no_message_is_refused_with_its_place(body, what, place):
    with pytest.raises(sync.BadMessage, match=f"^{what}") as caught:
        sync.read(body, NOW, STATES)
    assert (caught.value.line, caught.value.column, caught.value.position) == place


def test_a_byte_order_mark_is_no_harm():
    assert sync.read(b"\xef\xbb\xbf" + json.dumps(plain(status="2")).encode(), NOW, STATES).refused == ()


def test_numbers_without_end_cost_no_time():
    told = sync.read(
        b'{"dossiers": [{"code": "%s", "status": %s}]}' % (CODE.encode(), b"9" * 1_000_000), NOW, STATES
    )
    assert (told.refused[0].key, told.refused[0].fault) == ("status", "too_long")


def test_too_many_rows():
    with pytest.raises(sync.TooManyRows):
        read({"dossiers": [{}] * (sync.ROWS + 1)})
