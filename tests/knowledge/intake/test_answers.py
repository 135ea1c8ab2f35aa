"""What people write, and what is kept of it."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake import ethnic
from knowledge.intake.answers import BadAnswer, Kind, Limits, chosen, read
from knowledge.intake.dates import read as read_date
from knowledge.intake.dates import read_day
from knowledge.intake.in_words import date_words, number_words
from knowledge.office import office

TODAY = date(2026, 11, 22)
PAST = Limits(past=True)


def problem(kind: Kind, text: str, limits: Limits = PAST) -> str:
    with pytest.raises(BadAnswer) as caught:
        read(kind, text, TODAY, limits)
    return caught.value.code


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("mùng 5 tháng 11", "2026-11-05"),
        ("Mồng 3 tháng 2", "2026-02-03"),
        ("hôm qua", "2026-11-21"),
        ("hôm kia", "2026-11-20"),
        ("hom nay", "2026-11-22"),
        ("5/11", "2026-11-05"),
        ("5.11", "2026-11-05"),
        ("0511", "2026-11-05"),
        ("25/12", "2025-12-25"),  # the nearest that has been
        ("29/2", "2024-02-29"),
        ("05112026", "2026-11-05"),
        ("051126", "2026-11-05"),
        ("5/11/26", "2026-11-05"),
        ("5/11/98", "1998-11-05"),
        ("ngày 5 tháng 11 năm 2026", "2026-11-05"),
        ("tháng 11 ngày 5", "2026-11-05"),
        ("mùng năm tháng mười một", "2026-11-05"),
        ("ngày hai mươi lăm tháng năm năm 1990", "1990-05-25"),
        ("15 tháng tư", "2026-04-15"),
        ("ngày 5 tháng này", "2026-11-05"),
        ("mùng 5 tháng trước", "2026-10-05"),
        ("5/11 năm ngoái", "2025-11-05"),
        ("5/11/2026 dương lịch", "2026-11-05"),
        ("sinh ngày 5/11/2026", "2026-11-05"),
        ("2026-11-05", "2026-11-05"),
    ],
)
def test_a_day_is_understood_as_people_say_it(said: str, meant: str) -> None:
    assert read("date", said, TODAY, PAST) == meant


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("năm ngoái", "no_day"),
        ("tháng trước", "no_day"),
        ("tuần trước", "no_day"),
        ("2020", "no_day"),
        ("tháng 5 năm 2020", "no_day"),
        ("ngày 5", "no_day"),
        ("rằm tháng bảy", "lunar"),
        ("mùng 5 tết", "lunar"),
        ("mùng 5 tháng giêng", "lunar"),
        ("10/3 âm lịch", "lunar"),
        ("31/2", "no_such_day"),
        ("12/13/2020", "no_such_day"),
        ("ngày mai", "future"),
        ("25/12/2026", "future"),
        ("5/11/1790", "too_long_ago"),
        ("chưa nhớ", "not_a_date"),
        ("1/2/3/4", "not_a_date"),
        ("99999999999999999999", "not_a_date"),
        ("   ", "empty"),
    ],
)
def test_a_day_that_is_none_is_told_why(said: str, code: str) -> None:
    assert problem("date", said) == code


@pytest.mark.parametrize(
    ("said", "meant"),
    [("1955", "1955"), ("năm 1955", "1955"), ("5/1955", "1955-05"), ("tháng 5 năm 1955", "1955-05")],
)
def test_of_an_old_person_the_year_will_do(said: str, meant: str) -> None:
    assert read("date", said, TODAY, Limits(past=True, partial=True)) == meant


def test_a_day_to_come_is_taken_where_it_may_be() -> None:
    assert read("date", "25/12", TODAY, Limits()) == "2026-12-25"


@pytest.mark.parametrize(
    ("said", "past", "either", "future"),
    [
        ("25/12", "2025-12-25", "2026-12-25", "2026-12-25"),
        ("5/11", "2026-11-05", "2026-11-05", "2027-11-05"),
        ("22/11", "2026-11-22", "2026-11-22", "2026-11-22"),  # today
        ("29/2", "2024-02-29", "2028-02-29", "2028-02-29"),
        ("31/12/27", "1927-12-31", "2027-12-31", "2027-12-31"),
        ("311227", "1927-12-31", "2027-12-31", "2027-12-31"),
        ("1/5/98", "1998-05-01", "1998-05-01", "2098-05-01"),
        ("1/5/24", "2024-05-01", "2024-05-01", "2024-05-01"),  # a paper that is over since
        ("1/5/2019", "2019-05-01", "2019-05-01", "2019-05-01"),  # who writes the year means it
        ("ngày mai", "2026-11-23", "2026-11-23", "2026-11-23"),
    ],
)
def test_what_is_left_out_of_the_year_lies_where_it_has_to(
    said: str, past: str, either: str, future: str
) -> None:
    assert str(read_date(said, TODAY, "past")) == past
    assert str(read_date(said, TODAY, "either")) == either
    assert str(read_date(said, TODAY, "future")) == future


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("hết hạn ngày 31/12/2027 đó em", "2027-12-31"),
        ("trên thẻ ghi có giá trị đến 31.12.2027", "2027-12-31"),
        ("ngày 31 tháng 12 năm 2027", "2027-12-31"),
        ("31122027", "2027-12-31"),
        ("từ 1/1/2020 đến 31/12/2027", "not_a_date"),  # which of the two?
        ("hồ sơ 1/1/2020-31/12/2027", "not_a_date"),
        ("giá trị đến 31/2/2027", "no_such_day"),
        ("tháng 12 năm 2027", "no_day"),
        ("2027", "no_day"),
        ("31/12/2027 âm lịch", "lunar"),
        ("chưa biết", "not_a_date"),
    ],
)
def test_a_whole_day_is_found_in_a_sentence(said: str, meant: str) -> None:
    assert str(read_day(said, TODAY, "future")) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("3 giờ chiều", "15:00"),
        ("3 giờ rưỡi chiều", "15:30"),
        ("22h", "22:00"),
        ("12 giờ đêm", "00:00"),
        ("12h trưa", "12:00"),
        ("10 giờ 30 phút tối", "22:30"),
        ("khoảng 5 giờ sáng", "05:00"),
        ("0h15", "00:15"),
        ("nửa đêm", "00:00"),
        ("10:30", "10:30"),
    ],
)
def test_a_time_is_understood(said: str, meant: str) -> None:
    assert read("time", said, TODAY, PAST) == meant


def test_a_time_that_can_be_morning_or_afternoon_is_asked_back() -> None:
    assert (problem("time", "5 giờ"), problem("time", "25h")) == ("which_half", "not_a_time")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("NGUYỄN VĂN an", "Nguyễn Văn An"),
        ("  nguyễn   thị\thoà ", "Nguyễn Thị Hoà"),  # the tone stays where it was put
        ("Nguye\u0302\u0303n Va\u0306n An", "Nguyễn Văn An"),
        ("K'BRẺO", "K'Brẻo"),
        ("H'hen niê", "H'Hen Niê"),
        ("Y Moan Ê Ban", "Y Moan Ê Ban"),
        ("John McDonald", "John McDonald"),
        ("ĐÀNG NĂNG THỊ", "Đàng Năng Thị"),
    ],
)
def test_a_name_gets_its_capitals_and_nothing_else(written: str, kept: str) -> None:
    assert read("name", written, TODAY, PAST) == kept


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Nguyễn Văn 4n", "digits_in_name"),
        ("A", "too_short"),
        ("???", "not_a_name"),
        ("An 😀", "not_a_name"),
        ("an " * 60, "too_long"),
    ],
)
def test_what_is_no_name_is_told_why(written: str, code: str) -> None:
    assert problem("name", written) == code


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("id_number", "060 198 001 234", "060198001234"),
        ("id_number", "260123456", "260123456"),
        ("phone", "+84 912 345 678", "0912345678"),
        ("phone", "0912.345.678", "0912345678"),
        ("phone", "0252 3821 234", "02523821234"),
        ("number", "2 bản", "2"),
        ("number", "hai bản", "2"),
        ("number", "không", "0"),
        ("yes_no", "Có ạ", "yes"),
        ("yes_no", "hết rồi", "no"),
        ("ethnic", "người Raglai", "Ra Glai"),
        ("ethnic", "dân tộc k'ho", "Cơ Ho"),
        ("ethnic", "kinh", "Kinh"),
        ("ethnic", "Mông (Hmông)", "Mông (Hmông)"),
        ("ethnic", "H'Mông", "Mông"),
        ("place", "Tiến Thành, Phan Thiết, Bình Thuận", "phường Tiến Thành, tỉnh Lâm Đồng"),
        ("place", "Đã chết", "Đã chết"),
        ("text", " Viêm   phổi ", "Viêm phổi"),
    ],
)
def test_other_answers_are_kept_in_one_form(kind: Kind, written: str, kept: str) -> None:
    assert read(kind, written, TODAY, PAST) == kept


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        ("id_number", "12345", "not_an_id_number"),
        ("id_number", "06019800123a", "not_an_id_number"),
        ("phone", "113", "not_a_phone"),
        ("phone", "0123456789", "not_a_phone"),
        ("number", "hai ba", "not_a_number"),
        ("number", "-2", "not_a_number"),
        ("ethnic", "sao Hỏa", "not_an_ethnic_group"),
        ("yes_no", "có lẽ", "not_a_choice"),
        ("text", "...", "too_short"),
        ("text", "a" * 301, "too_long"),
    ],
)
def test_other_answers_that_will_not_do_are_told_why(kind: Kind, written: str, code: str) -> None:
    assert problem(kind, written) == code


def test_a_number_keeps_to_its_limits() -> None:
    limits = Limits(least=1, most=20)
    assert (problem("number", "0", limits), problem("number", "21", limits)) == ("too_few", "too_many")


def test_a_choice_is_understood_as_value_and_as_label() -> None:
    pairs = [("male", "Nam"), ("female", "Nữ")]
    assert (chosen("female", pairs), chosen("nu", pairs)) == ("female", "female")


def test_a_place_that_can_be_several_is_asked_back_with_all() -> None:
    with pytest.raises(BadAnswer) as caught:
        read("place", "Tân Hà", TODAY, PAST, "tỉnh Lâm Đồng")
    assert caught.value.code == "which_place"
    chosen_again = [read("place", option, TODAY, PAST) for option in caught.value.options]
    assert chosen_again == list(caught.value.options)
    assert len(chosen_again) > 1


def test_there_are_fifty_four_groups_and_hmong_in_both_spellings() -> None:
    peoples = ethnic.load()
    assert (len(peoples.names), len(set(peoples.names))) == (55, 55)
    assert set(office.load().local_peoples) | set(peoples.also) <= set(peoples.names)


@given(st.dates(date(1890, 1, 1), TODAY))
def test_every_day_is_read_in_digits_and_in_words(day: date) -> None:
    forms = [f"{day:%d%m%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%Y-%m-%d}"]
    words = f"ngày {number_words(day.day)} tháng {number_words(day.month)} năm {day.year}"
    assert {read("date", text, TODAY, PAST) for text in [*forms, words]} == {day.isoformat()}


KINDS: list[Kind] = [kind for kind in get_args(Kind) if kind not in ("card", "choice")]  # those of a text


@given(st.sampled_from(KINDS), st.text(max_size=40))
def test_whatever_is_written_is_an_answer_or_a_slip(kind: Kind, text: str) -> None:
    try:
        value = read(kind, text, TODAY, PAST)
    except BadAnswer:
        return
    assert read(kind, value, TODAY, PAST) == value  # a value as it is stored is read as itself


def test_a_day_in_words_is_written_as_at_the_desk() -> None:
    assert date_words(date(2026, 11, 5)) == "Ngày năm, tháng mười một, năm hai nghìn không trăm hai mươi sáu"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (30, "ba mươi"),
        (1905, "một nghìn chín trăm linh năm"),
        (1995, "một nghìn chín trăm chín mươi lăm"),
        (2000, "hai nghìn"),
        (2010, "hai nghìn không trăm mười"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize("text", ["{{7*7}}", "7*7", "7+7", "<7/7>", "$7/7", "7/7|x"])
def test_what_nobody_writes_into_a_date_is_none(text: str) -> None:
    assert problem("date", text) == "not_a_date"


def test_a_whole_date_amid_signs_is_one() -> None:
    assert read("date", "ngày * 05/11/2025 *", TODAY, PAST) == "2025-11-05"
