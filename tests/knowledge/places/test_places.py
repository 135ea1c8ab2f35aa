"""Places of three levels read into the two in force since 1 July 2025."""

import sys
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.places.gazetteer import Commune, Former, gazetteer, kind, proper
from knowledge.places.places import Place, Reading, read, written

LAM_DONG = "tỉnh Lâm Đồng"
TIEN_THANH = "phường Tiến Thành, tỉnh Lâm Đồng"
WORDS = [
    "xã",
    "p.",
    "TP",
    "Tân",
    "Thành",
    "Phan Thiết",
    ",",
    "-",
    "Lâm Đồng",
    "Bình Thuận",
    "1",
    "Việt Nam",
    "phố",
]
PHAN_THIET = "phường Phan Thiết, tỉnh Lâm Đồng"


def readings(text: str, home: str = LAM_DONG) -> list[str]:
    return [written(place) for place in read(text, home).places]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Thôn Tiến Hòa, Tiến Thành, Phan Thiết, Bình Thuận", f"Thôn Tiến Hòa, {TIEN_THANH}"),  # a card's QR
        ("xã Tiến Thành, TP Phan Thiết, tỉnh Bình Thuận", TIEN_THANH),
        ("phường Đức Long, TP. Phan Thiết, T. Bình Thuận", TIEN_THANH),
        ("Tiến Thành, Phan Thiết, Bình Thuận, Việt Nam", TIEN_THANH),
        ("tien thanh, phan thiet, binh thuan", TIEN_THANH),
        ("thon tien hoa tien thanh phan thiet binh thuan", f"thon tien hoa, {TIEN_THANH}"),
        ("Tổ 2 - phường Đức Long - Phan Thiết - Bình Thuận", f"Tổ 2, {TIEN_THANH}"),
        ("P. Phú Thủy, Phan Thiết, Bình Thuận", "phường Phú Thủy, tỉnh Lâm Đồng"),
        ("P.Phú Thuỷ, Phan Thiết, Bình Thuận", "phường Phú Thủy, tỉnh Lâm Đồng"),  # the tone placed otherwise
        ("TT Liên Hương, H. Tuy Phong, Bình Thuận", "xã Liên Hương, tỉnh Lâm Đồng"),
        ("x. Tân Thành, h. Hàm Thuận Nam, t. Bình Thuận", "xã Tân Thành, tỉnh Lâm Đồng"),
        ("Tiến Lợi, Lâm Đồng", "xã Tuyên Quang, tỉnh Lâm Đồng"),  # old commune, new province, no district
        ("xã Tiến Thành, Phan Thiết, Lâm Đồng", TIEN_THANH),
        ("Đức Thắng, Phan Thiết, Bình Thuận", PHAN_THIET),  # gone since 2024, still on cards
        ("Ngũ Phụng, Phú Quý, Bình Thuận", "đặc khu Phú Quý, tỉnh Lâm Đồng"),  # the source writes "Phú Quí"
        ("Lý Sơn, Quảng Ngãi", "đặc khu Lý Sơn, tỉnh Quảng Ngãi"),  # a district that became one commune
        ("P.1, Q.3, TP.HCM", "phường Bàn Cờ, thành phố Hồ Chí Minh"),
        ("12/5 Lý Thường Kiệt, P1 Q10 TPHCM", "12/5 Lý Thường Kiệt, phường Vườn Lài, thành phố Hồ Chí Minh"),
        ("Hiệp Phú, Quận 9, TP Hồ Chí Minh", "phường Tăng Nhơn Phú, thành phố Hồ Chí Minh"),
        ("Phú Hội, Thành phố Huế, Thừa Thiên Huế", "phường Thuận Hóa, thành phố Huế"),
        ("Long Hương, Bà Rịa, Bà Rịa - Vũng Tàu", "phường Long Hương, thành phố Hồ Chí Minh"),
        ("Tiến Thành", TIEN_THANH),  # in the home province
        ("tỉnh Bình Thuận", LAM_DONG),
        # a district alone, or a commune that is not found, is never put into the commune
        ("TP Phan Thiết, Bình Thuận", "TP Phan Thiết, tỉnh Lâm Đồng"),
        ("xã Không Có, huyện Tuy Phong, Bình Thuận", "xã Không Có, huyện Tuy Phong, tỉnh Lâm Đồng"),
        ("TP Vĩnh Long, Vĩnh Long", "TP Vĩnh Long, tỉnh Vĩnh Long"),
    ],
)
def test_old_names_become_those_of_today_and_are_shown(typed: str, meant: str) -> None:
    assert (readings(typed), read(typed, LAM_DONG).converted) == ([meant], True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (TIEN_THANH, TIEN_THANH),
        ("Khu phố 3, phường Tiến Thành, Lâm Đồng", f"Khu phố 3, {TIEN_THANH}"),
        ("Tiến Thành, Lâm Đồng", TIEN_THANH),
        ("phuong tien thanh, tinh lam dong", TIEN_THANH),
        ("Xã Tân Thành, Tỉnh Lâm Đồng", "xã Tân Thành, tỉnh Lâm Đồng"),
        ("Vĩnh Long", "tỉnh Vĩnh Long"),
        ("Số 5 phố Huế, Hà Nội", "Số 5 phố Huế, thành phố Hà Nội"),
    ],
)
def test_names_of_today_stay(typed: str, meant: str) -> None:
    assert (readings(typed), read(typed, LAM_DONG).converted) == ([meant], False)


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        (
            "Đội Cấn, Ba Đình, Hà Nội",  # split
            {"phường Ba Đình, thành phố Hà Nội", "phường Ngọc Hà, thành phố Hà Nội"},
        ),
        ("Phan Thiết, Bình Thuận", {"Phan Thiết, tỉnh Lâm Đồng", PHAN_THIET}),  # the city of old or the ward
        (
            "xã Tân Hà, Lâm Đồng",  # three old communes of that name in today's province
            {f"xã {name}, tỉnh Lâm Đồng" for name in ("Trà Tân", "Hàm Tân", "Tân Hà Lâm Hà")},
        ),
        (
            "xã Tân Thành, Lâm Đồng",  # today's, or those of old in Krông Nô and Đức Trọng
            {f"xã {name}, tỉnh Lâm Đồng" for name in ("Tân Thành", "Krông Nô", "Tân Hội")},
        ),
        ("xã Tân Hà, huyện Lâm Hà, Lâm Đồng", {"xã Tân Hà Lâm Hà, tỉnh Lâm Đồng"}),  # the district decides
    ],
)
def test_where_the_names_do_not_decide_the_citizen_does(typed: str, choices: set[str]) -> None:
    assert set(readings(typed)) == choices


@pytest.mark.parametrize(
    "typed",
    [
        "Paris, Pháp",
        "Hàn Quốc",
        "Bình Dương, Đài Loan",
        "không nhớ",
        "12 Trần Hưng Đạo",
        "12 phố Huế",
        "Xã",
        ",",
        "",
    ],
)
def test_what_is_not_known_is_kept_as_typed(typed: str) -> None:
    assert read(typed, LAM_DONG) == Reading(typed)


def test_diacritics_decide_between_names_that_differ_only_in_them() -> None:
    assert readings("xã Tân Thạnh, tỉnh Đồng Tháp") == ["xã Tân Thạnh, tỉnh Đồng Tháp"]
    assert readings("xã Tân Thành, tỉnh Đồng Tháp") == ["xã Tân Thành, tỉnh Đồng Tháp"]
    assert len(readings("xa tan thanh, tinh dong thap")) == 2
    assert readings("xã Nga Thanh, Nga Sơn, Thanh Hóa") == ["xã Nga Sơn, tỉnh Thanh Hóa"]
    assert len(readings("nga thanh, nga son, thanh hoa")) == 2  # or Nga Thành


def test_without_a_home_a_bare_commune_is_not_looked_for_in_the_whole_country() -> None:
    assert read("Tiến Thành").places == ()
    assert readings("Tiến Thành, Phan Thiết", home="") == [TIEN_THANH]


def test_the_table_is_whole() -> None:
    table = gazetteer()
    assert (len(set(table.today)), len(set(table.today.values())), len(table.made_of)) == (63, 34, 3321)
    assert (len(table.within), len(table.became)) == (696, 10_040)  # 10,035 communes and five islands without
    names = [*table.made_of, *(Commune(old.name, old.district.province) for old in table.became)]
    assert [name for pair in names for name in pair if unicodedata.normalize("NFC", name) != name] == []
    assert {kind(commune.name) for commune in table.made_of} == {"xã", "phường", "đặc khu"}


def test_every_commune_of_today_reads_back_to_itself() -> None:
    other = [c for c in gazetteer().made_of if read(f"Tổ 1, {written(Place('', *c))}") != _only(c)]
    assert other == []


def test_every_old_commune_written_in_full_reads_back_to_what_became_of_it() -> None:
    other = [old for old, news in gazetteer().became.items() if _communes(_full(old)) != set(news)]
    assert other == []


def test_every_old_commune_as_cards_write_it_never_reads_as_another() -> None:
    """Without kinds a town and a village of one name can only be asked about."""
    other = [old for old, news in gazetteer().became.items() if not _communes(_on_a_card(old)) >= set(news)]
    assert [_full(old) for old in other] == [
        "phường V, thành phố Vị Thanh, tỉnh Hậu Giang"
    ]  # cards write "Phường V"


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_text_can_be_read_and_nothing_is_put_into_the_detail(text: str) -> None:
    reading = read(text, LAM_DONG)
    assert [place for place in reading.places if not reading.typed.startswith(place.detail)] == []


def test_reading_looks_at_few_of_the_communes() -> None:
    text = "thon tien hoa tien thanh phan thiet binh thuan"
    read(text, LAM_DONG)  # what is kept for all readings is made now
    assert 0 < _calls(text) < 1_000  # there are 3,321 communes


def _calls(text: str) -> int:
    """How many functions of Python run while it is read."""
    events = Counter[str]()
    sys.setprofile(lambda _frame, event, _argument: events.update([event]))
    read(text, LAM_DONG)
    sys.setprofile(None)
    return events["call"]


def _only(commune: Commune) -> Reading:
    return Reading(f"Tổ 1, {commune.name}, {commune.province}", (Place("Tổ 1", *commune),), False)


def _communes(text: str) -> set[Commune]:
    return {Commune(place.commune, place.province) for place in read(text).places}


def _full(old: Former) -> str:
    return ", ".join(filter(None, (old.name, old.district.name, old.district.province)))


def _on_a_card(old: Former) -> str:
    names = [name for name in (old.name, old.district.name, old.district.province) if name]
    return ", ".join(name if proper(name).isdigit() else proper(name) for name in names)
