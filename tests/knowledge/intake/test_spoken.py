"""Numbers, times, years and a yes as they are said: they are written on forms of births and deaths."""

from datetime import date

import pytest

from knowledge.intake.answers import BadAnswer, Kind, Limits, read
from knowledge.intake.dates import read as read_date
from knowledge.intake.dates import read_time

TODAY = date(2026, 11, 22)


def read_by(kind: Kind, text: str) -> str:
    """What is kept of it, or what is wrong with it."""
    try:
        return read(kind, text, TODAY, Limits(past=True))
    except BadAnswer as bad:
        return bad.code


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("không", "0"), ("một", "1"), ("hai", "2"), ("ba", "3"), ("bốn", "4"),
        ("năm", "5"), ("sáu", "6"), ("bảy", "7"), ("tám", "8"), ("chín", "9"), ("12", "12"),
        ("2 bản và 1 bản", "not_a_number"), ("mấy", "not_a_number"),
    ],
)  # fmt: skip
def test_a_number_of_copies(said: str, number: str) -> None:
    assert read_by("number", f"{said} bản") == number


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("nửa đêm", "00:00"), ("giữa trưa", "12:00"),
        ("1 giờ sáng", "01:00"), ("11 giờ sáng", "11:00"),
        ("11 giờ trưa", "11:00"), ("12 giờ trưa", "12:00"), ("1 giờ trưa", "13:00"), ("3 giờ trưa", "15:00"),
        ("1 giờ chiều", "13:00"), ("11 giờ chiều", "23:00"), ("12 giờ chiều", "12:00"),
        ("12 giờ tối", "00:00"),
        ("6 giờ đêm", "06:00"), ("7 giờ đêm", "19:00"), ("12 giờ đêm", "00:00"),
        ("6 giờ khuya", "06:00"), ("7 giờ khuya", "19:00"), ("12 giờ khuya", "00:00"),
        ("12 giờ", "12:00"), ("0 giờ", "00:00"), ("13 giờ", "13:00"), ("23h59", "23:59"),
        ("12 giờ sáng", "00:00"), ("15 giờ chiều", "15:00"),
        ("7 giờ rưỡi tối", "19:30"), ("7h5 tối", "19:05"), ("7 giờ 5 phút tối", "19:05"),
        ("lúc 2 giờ chiều", "14:00"), ("gần 2g chiều", "14:00"), ("19:05", "19:05"),
        ("1 giờ", "which_half"), ("11 giờ", "which_half"), ("5 rưỡi", "not_a_time"),
        ("24h", "not_a_time"), ("12h60", "not_a_time"), ("12 giờ mấy", "not_a_time"),
    ],
)  # fmt: skip
def test_a_time_of_day(said: str, time: str) -> None:
    assert read_by("time", said) == time


@pytest.mark.parametrize(
    ("written", "past", "either", "future"),
    [
        ("1/1/26", 2026, 2026, 2026),
        ("1/1/27", 1927, 2027, 2027),
        ("1/1/76", 1976, 2076, 2076),
        ("1/1/77", 1977, 1977, 2077),
        ("1/1/05", 2005, 2005, 2105),
        ("1/1/06", 2006, 2006, 2006),
    ],
)
def test_a_year_of_two_digits(written: str, past: int, either: int, future: int) -> None:
    assert str(read_date(written, TODAY, "past")) == f"{past}-01-01"
    assert str(read_date(written, TODAY, "either")) == f"{either}-01-01"
    assert str(read_date(written, TODAY, "future")) == f"{future}-01-01"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0000-05-01", "no_such_day"),
        ("0001-05-01", "0001-05-01"),
        ("2199-12-31", "2199-12-31"),
        ("2200-01-01", "no_such_day"),
        ("2020-13-01", "no_such_day"),
        ("2020-00-01", "no_such_day"),
        ("2020-05-00", "no_such_day"),
        ("2020-05-32", "no_such_day"),
        ("2020-12-31", "2020-12-31"),
        ("5/11/12 năm ngoái", "not_a_date"),
        ("5/11/12/13", "not_a_date"),
    ],
)
def test_no_day_is_made_that_there_is_not(written: str, read: str) -> None:
    assert str(read_date(written, TODAY)) == read


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *((word, "yes") for word in ("có", "yes", "đúng", "đúng rồi", "ừ", "ok", "rồi", "có ạ", "còn")),
        *((word, "no") for word in ("không", "no", "chưa", "hết", "hết rồi", "không còn", "không ạ")),
        ("còn nữa", "yes"), ("không còn ai", "no"), ("chắc vậy", "not_a_choice"),
    ],
)  # fmt: skip
def test_a_yes_and_a_no(said: str, meant: str) -> None:
    assert read_by("yes_no", said) == meant


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("name", "nguyễn văn a", "Nguyễn Văn A"),
        ("name", "Nguyễn Văn A.", "Nguyễn Văn A."),
        ("name", "Li", "Li"),
        ("phone", "84901234567", "0901234567"),
        ("text", "a" * 300, "a" * 300),
    ],
)
def test_what_just_fits_is_taken(kind: Kind, written: str, kept: str) -> None:
    assert read_by(kind, written) == kept


def test_a_time_without_words_is_read_as_it_stands() -> None:
    assert [read_time("00:00"), read_time("24:00")] == [read_time("nửa đêm"), "not_a_time"]
