"""What messages tell, before anything is stored."""

import json
from datetime import date, datetime

import pytest

from bot.clock import VIETNAM
from bot.one_stop import sync
from tests.bot.one_stop.sync_messages import (
    CODE,
    NOW,
    OTHER,
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
    assert (told.name, told.phone, told.id_number) == tuple(applicant.values())
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
    [(4, "4"), ("04", "4"), ("10", "10"), ("11", "11"), ("Đang trình ký", "Đang trình ký")],
)
def test_states_of_the_national_list_have_one_form_and_others_stay(given, taken):
    assert update(plain(status=given)).status == taken


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
        ({"dossiers": [None]}, "must be an object"),
        ({"dossiers": [{}]}, "code: missing"),
        ({"dossiers": [{"code": 5}]}, "code: no dossier code"),
        ({"dossiers": [{"code": ["x"]}]}, "code: must be a text"),
        ({"dossiers": [{"code": f"xem {CODE}"}]}, "code: no dossier code"),
        ({"dossiers": [{"code": "9" * 100_000}]}, "code: no dossier code"),
        (plain(status=True), "status: must be a text"),
        (plain(status="x" * 101), "status: longer than 100 letters"),
        (plain(changed_at="yesterday"), "changed_at: no such date"),
        (plain(changed_at="2026-02-30"), "changed_at: no such date"),
        (plain(changed_at="0001-01-01T00:00:00+14:00"), "changed_at: no such date"),
        (plain(changed_at="9999-12-31T23:59:59-14:00"), "changed_at: no such date"),
        (plain(changed_at="2027-01-01"), "changed_at: in the future"),
        (plain(due="20261301"), "due: no such date"),
        (plain(due=1.5), "due: must be a text"),
        (plain(note={}), "note: must be a text"),
        (plain(applicant=["x"]), "applicant: must be an object"),
        (plain(applicant={"phone": "ring me"}), "phone: no phone number"),
        (plain(applicant={"id_number": "mã số"}), "id_number: no ID number"),
        (plain(tracking="<b>"), "tracking: no tracking code"),
        (plain(fee_due=-5), "fee_due: must be a whole number"),
        (progress(at=""), "ThoiDiemXuLy: missing"),
        (progress(at="20260732000000"), "ThoiDiemXuLy: no such date"),
        (progress(at="20270101000000"), "ThoiDiemXuLy: in the future"),
        (progress(status=""), "TrangThai: missing"),
        (full(NgayHenTra="13/13/2026"), "NgayHenTra: no such date"),
        (full(DanhSachHoSoBoSung="none"), "DanhSachHoSoBoSung: must be a list of objects"),
        (full(DanhSachLePhi=[None], TrangThaiHoSo="6"), "DanhSachLePhi: must be a list of objects"),
        (state_of_ministry(None), "TrangThai: missing"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_by_number_and_reason(message, reason):
    told = read(message)
    assert told.news == ()
    assert [(each.row, each.reason) for each in told.refused] == [(0, reason)]


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
        sync.read(body, NOW)
    assert (caught.value.line, caught.value.column, caught.value.position) == place


def test_a_byte_order_mark_is_no_harm():
    assert sync.read(b"\xef\xbb\xbf" + json.dumps(plain()).encode(), NOW).refused == ()


def test_numbers_without_end_cost_no_time():
    told = sync.read(b'{"dossiers": [{"code": "%s", "status": %s}]}' % (CODE.encode(), b"9" * 1_000_000), NOW)
    assert told.refused[0].reason == "status: longer than 100 letters"


def test_too_many_rows():
    with pytest.raises(sync.TooManyRows):
        read({"dossiers": [{}] * (sync.ROWS + 1)})
