"""Days as people tell them in words."""

from datetime import date

import pytest

from knowledge.intake.dates import read

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("mười lăm tháng ba năm chín mươi", "1990-03-15"),
        ("mùng hai tháng chín năm một chín tám lăm", "1985-09-02"),
        ("hai mươi tháng mười năm một nghìn chín trăm tám mươi tám", "1988-10-20"),
        ("ngày hai mốt tháng mười một năm hai ngàn lẻ hai", "2002-11-21"),
        ("mung 1 thang 8 nam hai nghin khong tram linh nam", "2005-08-01"),
        ("mồng năm tháng năm năm năm lăm", "1955-05-05"),  # "năm" is five, and the year
        ("mười lăm tháng ba", "2026-03-15"),
        ("dạ cấp hồi 20/5/22", "2022-05-20"),
        ("thẻ em làm 3-4-21 á", "2021-04-03"),
        ("hết hạn 31/12/2027 đó em", "2027-12-31"),
        ("má em sanh 12/3/50", "1950-03-12"),
        ("ảnh sinh năm 71, ngày tháng tui hổng nhớ", "1971"),
        ("không nhớ ngày, năm 1955", "1955"),
    ],
)
def test_a_day_in_words_or_among_them_is_that_day(said: str, day: str) -> None:
    assert str(read(said, TODAY, "past")) == day


def test_words_that_tell_no_day_are_none() -> None:
    assert read("hai ngàn", TODAY) == "not_a_date"
    assert read("ba mươi tháng hai năm chín mươi", TODAY, "past") == "no_such_day"


@pytest.mark.parametrize(
    "said", ["có 3 đứa con", "12/3/90 hay 13/3/90 gì đó", "năm 71 hoặc năm 72, quên ngày rồi"]
)
def test_what_is_not_one_day_is_none(said: str) -> None:
    assert read(said, TODAY, "past") == "not_a_date"
