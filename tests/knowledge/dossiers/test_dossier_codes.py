"""Dossier codes in all shapes, and what is none."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.dossiers.dossier_codes import REASONS, BadCode, Receipt, codes_in, parse

TODAY = date(2026, 11, 22)
CODE = "H15.50-260706-1377"

DIGITS = "0123456789"


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Right codes of both unit lists, with dates of six and eight digits."""
    old = st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}", fullmatch=True)
    new = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{2,3}){1,3}", fullmatch=True)
    day = draw(st.dates(date(2018, 1, 1), date(2099, 12, 31)))
    number = draw(st.text(DIGITS, min_size=4, max_size=7).filter(lambda digits: int(digits) > 0))
    return f"{draw(old | new)}-{day.strftime(draw(st.sampled_from(['%y%m%d', '%Y%m%d'])))}-{number}"


def code_of(text: str) -> str | None:
    read = parse(text)
    return read.code if isinstance(read, Receipt) else None


def in_letters(code: str) -> str:
    """O for 0 and I for 1, as people read them off a print."""
    return code.translate(str.maketrans("01", "OI"))


@pytest.mark.parametrize(
    ("text", "unit", "day", "number"),
    [
        ("000.00.12.H10-230914-0001", "000.00.12.H10", date(2023, 9, 14), "0001"),
        (CODE, "H15.50", date(2026, 7, 6), "1377"),
        ("G22.99-251225-020175", "G22.99", date(2025, 12, 25), "020175"),
        ("G09.20-20260609-0092637", "G09.20", date(2026, 6, 9), "0092637"),
        ("G01.899.404.000-241120-20155", "G01.899.404.000", date(2024, 11, 20), "20155"),
        ("H15-260706-1377", "H15", date(2026, 7, 6), "1377"),
    ],
)
def test_every_shape_is_read(text: str, unit: str, day: date, number: str) -> None:
    assert parse(text, TODAY) == Receipt(text, unit, day, number)


@pytest.mark.parametrize(
    "typed",
    [
        "h15.50-260706-1377",
        "H15.5O-26O7O6-l377",
        "HI5.5O-26O7O6-I377",
        "H15 . 50 - 260706 - 1377",
        "H 15.50-260706-1377",
        "H15 50 260706 1377",
        "H1550 260706 1377",
        "h1550-260706-1377",
        "H15,50_260706_1377",
        "H15-50-260706-1377",
        "H15.50\u2013260706\u20141377",  # en dash, em dash
        "H15.50\u2011260706\u22121377",  # non-breaking hyphen, minus sign
        "H15·50--260706--1377",
        "\u200bH15.50-260706-1377\u200b",  # zero width spaces
        "Ｈ１５．５０－２６０７０６－１３７７",  # full-width
        "H15.50-2607061377",
        "hồ sơ h15.50-260706-1377 tới đâu rồi em",
        "anh oi. h15.50 - 260706 - 1377 xong chua",
        "1.H15.50-260706-1377, 4 số cuối 0123",
        "mã H15.50-260706-1377 sđt 0901 234 567",
        "(H15.50-260706-1377).",
        "H15.50–260706–1377ạ",
        "https://dichvucong.example/tra-cuu?maHoSo=H15.50-260706-1377&lang=vi",
    ],
)
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert (codes_in(typed, TODAY), code_of(typed)) == ([CODE], CODE)


def test_spaces_inside_the_groups_are_mended_when_nothing_else_stands_there() -> None:
    assert code_of("H15.50-26 07 06 - 13 77") == CODE


def test_each_code_of_a_text_is_told_once_and_in_order() -> None:
    text = f"G22.99-251225-020175 và {CODE}\n{CODE.lower()}"
    assert codes_in(text) == ["G22.99-251225-020175", CODE]


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("", BadCode("not_a_code")),
        ("mấy giờ làm việc", BadCode("not_a_code")),
        ("H15.50", BadCode("too_short", "H15.50")),
        ("h15.50-260706", BadCode("too_short", "H15.50-260706")),
        ("260706-1377", BadCode("no_unit", "260706-1377")),
        ("20260706-1377", BadCode("no_unit", "20260706-1377")),
        ("00.00.12.H10-230914-0001", BadCode("no_unit", "230914-0001")),  # a zero was lost
        ("H15.50-261306-1377", BadCode("bad_date", "H15.50-261306-1377")),  # month 13
        ("hồ sơ H15.50-260230-1377 đâu", BadCode("bad_date", "H15.50-260230-1377")),
        ("H15.50-26070-1377", BadCode("bad_date", "H15.50-26070-1377")),
        ("H15.50-120706-1377", BadCode("bad_date", "H15.50-120706-1377")),  # before there were codes
        ("H15.50-261123-1377", BadCode("bad_date", "H15.50-261123-1377", day=date(2026, 11, 23))),
        ("H15.50-260706-137", BadCode("bad_number", "H15.50-260706-137")),
        ("H15.50-260706-12345678", BadCode("bad_number", "H15.50-260706-12345678")),
        ("H15.50-260706-0000", BadCode("bad_number", "H15.50-260706-0000")),
        ("06-1377", BadCode("short_form", "06-1377", day_of_month=6, number="1377")),
        ("hồ sơ O6 – 1377 sao rồi", BadCode("short_form", "O6 - 1377", day_of_month=6, number="1377")),
        ("tháng 06-2026, hồ sơ 06-1377", BadCode("short_form", "06-1377", day_of_month=6, number="1377")),
        ("03-2035", BadCode("short_form", "03-2035", day_of_month=3, number="2035")),
        ("mã 03706/2026/07906", BadCode("other_agency", "03706/2026/07906")),
        ("1.001193", BadCode("procedure_code", "1.001193")),
    ],
)
def test_what_is_wrong_is_told(text: str, bad: BadCode) -> None:
    assert parse(text, TODAY) == bad


def test_a_code_of_tomorrow_is_no_code_today() -> None:
    assert codes_in("H15.50-261123-0001", TODAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "0901234567",
        "0901 234 567",
        "+84 901-234-567",
        "0252 3821 234",
        "060095001234",
        "060 095 001 234",
        "CCCD 060-095-001234",
        "06-07-2026",
        "phòng A12 ngày 06-07-2026",
        "phòng A12 06-07-2026",
        "nhà B12.34, 06-07-2026",
        "tháng 06-2026",
        "123/2015/NĐ-CP",
        "QĐ 766/QĐ-TTg",
        "mẫu CT01",
        "mẫu CT01 06-07-2026",
        "thủ tục 1.001193 và 2.000635",
        "toi 260706 1377",
        "cho toi hoi 50 260706",
        "nhà K12 240115 0901",
        "EE123456785VN",
        "biển số 86A-123.45",
    ],
)
def test_other_numbers_are_no_codes(text: str) -> None:
    assert (codes_in(text), parse(text)) == ([], BadCode("not_a_code"))


def test_an_insurance_number_is_no_code() -> None:
    assert codes_in("03706/2026/07906") == []


@given(codes())
def test_the_one_form_is_read_as_itself(code: str) -> None:
    assert (code_of(code), codes_in(code)) == (code, [code])


@given(
    codes(),
    st.sampled_from(["-", " - ", "–", " — ", "--", "_", "- "]),
    st.sampled_from([".", " . ", ",", ". "]),
    st.booleans(),
)
def test_a_code_survives_how_people_type_it(code: str, dash: str, dot: str, small: bool) -> None:
    typed = code.replace("-", dash).replace(".", dot)
    assert code_of(typed.lower() if small else typed) == code


@given(codes(), st.sampled_from(["-", " – "]), st.sampled_from([".", ","]), st.booleans())
def test_letters_in_place_of_digits_are_mended(code: str, dash: str, dot: str, small: bool) -> None:
    assume(not set("OIL") & set(code))  # an office named O, I or L could not be told from a digit
    typed = in_letters(code).replace("-", dash).replace(".", dot)
    assert code_of(typed.lower() if small else typed) == code


@given(codes(), st.sampled_from(["hồ sơ {} tới đâu rồi", "Mã: {}, cảm ơn", "em hỏi ({})?", "{} đâu ạ"]))
def test_a_code_is_found_in_a_sentence(code: str, sentence: str) -> None:
    assert codes_in(sentence.format(code)) == [code]


@given(st.text(alphabet="H15OIL0.-–/ \nhơạ\u200b", max_size=80) | st.text())
def test_any_text_has_an_answer_and_what_is_found_stays_found(text: str) -> None:
    found = codes_in(text)
    assert [codes_in(code) for code in found] == [[code] for code in found]
    assert isinstance(parse(text), Receipt) >= bool(found)


@given(st.text(DIGITS + " .", max_size=40))
def test_numbers_without_a_letter_are_no_codes(text: str) -> None:
    assert codes_in(text) == []


@given(st.text())
def test_a_reason_is_one_of_the_list(text: str) -> None:
    read = parse(text)
    assert isinstance(read, Receipt) or read.reason in REASONS
