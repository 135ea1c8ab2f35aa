"""Quiet hours as people say them."""

import pytest

from knowledge.notices import quiet_hours
from knowledge.text import fold


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("đừng nhắn sau 20 giờ", "20:00-07:00"),
        ("đừng nhắn tin cho tôi sau 8 giờ tối nhé", "20:00-07:00"),
        ("không nhắn sau 20h30", "20:30-07:00"),
        ("đừng báo sau 9 giờ", "21:00-07:00"),  # nobody sleeps from nine in the morning
        ("đừng nhắn trước 8 giờ sáng", "21:00-08:00"),
        ("đừng nhắn từ 22 giờ đến 6 giờ", "22:00-06:00"),
        ("đừng gửi tin từ 10 giờ đêm đến 6 rưỡi sáng", "22:00-06:30"),
        ("đừng nhắn sau 12 giờ đêm", "00:00-07:00"),
        ("đừng nhắn sau 24 giờ", "00:00-07:00"),
        ("đừng nhắn sau 23 giờ 30", "23:30-07:00"),
        ("nhắn lúc nào cũng được", "none"),
        ("báo tin giờ nào cũng được", "none"),
        ("đừng nhắn sau 25 giờ", None),
        ("đừng nhắn từ 7 giờ tối đến 7 giờ tối", None),
        ("nhận kết quả sau 17 giờ được không", None),
        ("hồ sơ không nhận được từ hôm qua", None),
        ("làm khai sinh cho con", None),
    ],
)
def test_what_is_asked_for(said: str, hours: str | None) -> None:
    asked = quiet_hours.asked(fold(said), quiet_hours.parse("21:00-07:00"))
    assert asked == (None if hours is None else quiet_hours.parse(hours))


@pytest.mark.parametrize(
    ("current", "hours"),
    [
        ("none", "20:00-07:00"),  # the other end is the usual one
        ("22:00-06:00 none none none none none none", "20:00-06:00"),
        ("none none none none none none 22:00-09:00", "20:00-09:00"),
    ],
)
def test_who_names_one_end_keeps_the_other(current: str, hours: str) -> None:
    asked = quiet_hours.asked("dung nhan sau 20 gio", quiet_hours.parse(current))
    assert asked == quiet_hours.parse(hours)


@pytest.mark.parametrize(
    ("said", "hours"),
    [("dung nhan truoc 8 gio sang", "21:00-08:00"), ("dung nhan sau 22 gio", "22:00-07:00")],
)
def test_who_has_no_hours_keeps_the_usual_other_end(said: str, hours: str) -> None:
    assert quiet_hours.asked(said, quiet_hours.QuietHours()) == quiet_hours.parse(hours)


def test_hours_that_end_where_they_begin_are_none() -> None:
    with pytest.raises(quiet_hours.BadHours):
        quiet_hours.parse("21:00-21:00")
