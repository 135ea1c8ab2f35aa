"""The portal's words as ours: what it does not say soundly stays unknown."""

from datetime import date

import pytest
from pydantic import ValidationError

from knowledge import portal
from knowledge.portal.terms import deadline, fees_of
from knowledge.procedures.catalogue import Procedure
from tests.bot.catalogues.dumps import line, paper, way

DAY = date(2026, 7, 18)


def taken(**cells: object) -> Procedure:
    return portal.procedure(portal.read(line(**cells)), DAY)


TIMES = [
    ("5 WORKING_DAY", "", "working_days", 5, None),
    ("30 ngày", "từ khi đủ hồ sơ", "days", 30, "từ khi đủ hồ sơ"),
    ("3 MONTH", "", "months", 3, None),
    ("1 OTHER", "", "unknown", None, "Cổng ghi “1” mà không nói là ngày, giờ hay gì khác."),
    ("3.5 WORKING_DAY", "", "other", None, "3,5 ngày làm việc"),
    ("8 HOUR", "sau khi nộp", "other", None, "8 giờ. sau khi nộp"),
    ("3 YEAR", "", "other", None, "3 năm"),
    ("OTHER", "", "unknown", None, None),
    ("Theo mô tả OTHER", "Ngay trong buổi", "other", None, "Ngay trong buổi"),
    ("Không quá 9 ngày OTHER", "", "other", None, "Không quá 9 ngày"),
    ("0 WORKING_DAY", "", "unknown", None, "Cổng ghi “0” mà không nói là ngày, giờ hay gì khác."),
    ("", "", "unknown", None, None),
]


@pytest.mark.parametrize(("time", "about", "kind", "count", "note"), TIMES)
def test_a_deadline_is_only_what_the_portal_says(
    time: str, about: str, kind: str, count: int | None, note: str | None
) -> None:
    told = deadline(time, about)
    assert (told.kind, told.count, told.note) == (kind, count, note)


FEES = [
    ("0 VNĐ ()", "not_collected", None, None, None),
    ("Không có thông tin", "unknown", None, None, None),
    ("0 VNĐ (Miễn phí)", "free", None, None, None),
    ("0 VNĐ (Do HĐND tỉnh quyết định)", "province", None, None, "Do HĐND tỉnh quyết định"),
    ("0 VNĐ (50.000 đồng/giấy)", "unknown", None, None, "50.000 đồng/giấy"),
    ("50000 VNĐ (/văn bản)", "amount", 50_000, "đồng/văn bản", None),
    ("70000 VNĐ (70.000 đồng/thẻ)", "amount", 70_000, "đồng/thẻ", None),
    ("20000 VNĐ (Miễn cho hộ nghèo)", "amount", 20_000, "đồng", "Miễn cho hộ nghèo"),
    ("50 VNĐ ()", "unknown", None, None, "Cổng ghi: 50 VNĐ ()"),  # dollars, or thousands
    ("90000 VNĐ (nay 45.000 đồng)", "unknown", None, None, "Cổng ghi: 90000 VNĐ (nay 45.000 đồng)"),
    ("Chi tiết tại biểu phí", "unknown", None, None, "Chi tiết tại biểu phí"),
    ("|", "unknown", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "level", "amount", "unit", "note"), FEES)
def test_a_fee_is_only_what_the_portal_says(
    text: str, level: str, amount: int | None, unit: str | None, note: str | None
) -> None:
    (fee,) = fees_of(text)
    assert (fee.level, fee.amount, fee.unit, fee.note) == (level, amount, unit, note)


def test_several_fees_of_one_way_are_several_fees() -> None:
    told = list(fees_of("2000 VNĐ (/trang) | 5000 VNĐ (/bản)"))
    assert [(fee.amount, fee.unit) for fee in told] == [(2000, "đồng/trang"), (5000, "đồng/bản")]


def test_what_is_the_same_for_all_ways_stands_once() -> None:
    ways = [way("DIRECT"), way("ONLINE", fee="7000 VNĐ ()"), way("POSTAL")]
    procedure = taken(ways=ways)
    assert procedure.methods == ("desk", "online", "post")
    assert [(d.count, d.via) for d in procedure.deadlines] == [(5, ())]
    assert [(f.amount, f.via) for f in procedure.fees] == [(None, ("desk", "post")), (7000, ("online",))]


def test_numbers_of_papers_stand_only_where_the_words_agree() -> None:
    ours = taken().documents
    assert [(d.originals, d.note) for d in ours] == [(1, None), (None, "Cổng ghi 2 bản chính, 0 bản sao.")]


def test_every_row_is_told_or_left_out_with_a_reason() -> None:
    procedure = taken(
        papers=[paper("Đơn"), paper("  "), paper("Thẻ cũ", heading="* Giấy tờ phải xuất trình:")]
    )
    assert [(d.rows, d.handling) for d in procedure.documents] == [((0,), "submit"), ((2,), "present")]
    assert procedure.documents[1].note is not None
    assert "Giấy tờ phải xuất trình" in procedure.documents[1].note
    assert procedure.skipped[0].rows == (1,)


def test_nothing_is_invented() -> None:
    procedure = taken(who="Không có thông tin", decision="Không có thông tin", result="", ways=[])
    assert procedure.asks == ()
    assert procedure.evidence == "partial"
    assert procedure.doubts == (portal.words().unread,)
    assert procedure.who == procedure.result == portal.words().unknown
    assert procedure.decision is None
    assert procedure.deadlines[0].kind == procedure.fees[0].level == "unknown"


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({}, "one_stop"),
        ({"agency": "Công an cấp Xã"}, "police"),
        ({"agency": "Ban chỉ huy quân sự cấp Xã"}, "military"),
        ({"agency": "Chi cục Hải quan"}, "other"),
        ({"level": "Cấp Tỉnh"}, "other"),
    ],
)
def test_the_place_is_the_commune_s_only_where_the_portal_says_so(cells: dict[str, str], place: str) -> None:
    assert taken(**cells).place == place


def test_texts_are_composed_and_clean() -> None:
    procedure = taken(name="Ca\u0302\u0301p \u200ethe\u0309\tche\u0300o đo\u0300 (1.111111)")
    assert procedure.name == "Cấp thẻ chèo đò"


def test_laws_keep_their_number() -> None:
    basis = ["Luật Đò (60/2014/QH13)", "Quy định về phí (38/2015/TT-BTC)", "Lệ làng"]
    assert taken(basis=basis).legal_basis == ("Luật 60/2014/QH13", "Thông tư 38/2015/TT-BTC", "Lệ làng")


def test_a_long_name_stands_shortened_on_buttons() -> None:
    procedure = taken(name="Cấp thẻ " + "rất dài " * 40)
    assert len(procedure.short) <= 121
    assert procedure.short.endswith("…")


@pytest.mark.parametrize("missing", ["Mã thủ tục", "Tên thủ tục", "Lĩnh vực"])
def test_a_row_without_code_name_or_field_is_no_procedure(missing: str) -> None:
    with pytest.raises(ValidationError, match=missing):
        portal.read({key: value for key, value in line().items() if key != missing})


def test_the_reviewed_shape_tells_notes_from_papers() -> None:
    record = {
        "code": "1.111111", "name": "Cấp thẻ chèo đò", "catalogue_field": "Đò ngang",
        "agency": "Công an cấp Xã",
        "documents": [
            {"name": "Thẻ cũ", "originals": 1, "copies": 0, "case": None, "kind": "present"},
            {"name": "Bến đò đóng cửa khi bão", "originals": None, "copies": None, "kind": "note"},
        ],
        "time_limit": {"text": None, "working_days": None, "notes": None, "by_method": [
            {"via": "trực tiếp", "text": "3 ngày làm việc", "working_days": 3, "note": None},
            {"via": "trực tuyến", "text": "2 đến 4 ngày", "working_days": [2, 4], "raw": "", "note": None},
        ]},
        "fee": "trực tuyến: 5000 VNĐ || trực tiếp: 0 VNĐ (/bản)",
        "submit_via": ["trực tiếp", "trực tuyến"], "legal_basis": None, "decision": None,
    }  # fmt: skip
    procedure = portal.procedure(portal.read(record), DAY)
    assert [d.name for d in procedure.documents] == ["Thẻ cũ"]
    assert [n.text for n in procedure.notes] == ["Bến đò đóng cửa khi bão"]
    assert [(d.kind, d.count, d.note, d.via) for d in procedure.deadlines] == [
        ("working_days", 3, None, ("desk",)),
        ("other", None, "2 đến 4 ngày", ("online",)),
    ]
    assert [f.amount for f in procedure.fees if f.via == ("online",)] == [5000]
    assert procedure.place == "police"
