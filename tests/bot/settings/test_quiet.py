from datetime import UTC, datetime

import pytest

from bot.clock import VIETNAM
from bot.settings import quiet

NIGHT = quiet.parse("21:00-07:00")


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (at(23, 20, 59), None),
        (at(23, 21), at(24, 7)),
        (at(24, 0), at(24, 7)),
        (at(24, 6, 59), at(24, 7)),
        (at(24, 7), None),  # the end is no longer in it
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), at(24, 7)),  # 22:00 in Vietnam
        (at(30, 23), datetime(2026, 12, 1, 7, tzinfo=VIETNAM)),
    ],
)
def test_a_notice_waits_until_the_night_is_over(moment, end):
    assert quiet.until(moment, NIGHT) == end


@pytest.mark.parametrize(("hour", "end"), [(11, None), (12, at(23, 14)), (13, at(23, 14)), (14, None)])
def test_quiet_hours_may_lie_within_a_day(hour, end):
    assert quiet.until(at(23, hour), quiet.parse("12:00-14:00")) == end


@pytest.mark.parametrize("text", ["", "none", "  "])
def test_there_may_be_none(text):
    assert quiet.parse(text) is None
    assert quiet.until(at(23, 23), None) is None


@pytest.mark.parametrize("text", ["21", "21:00", "24:00-07:00", "21:60-07:00", "07:00-07:00", "21h-7h"])
def test_other_shapes_are_refused(text):
    with pytest.raises(quiet.BadHours):
        quiet.parse(text)


def test_a_person_s_own_hours_count_before_the_office_s():
    assert quiet.of("22:00-06:00", "21:00-07:00") == quiet.parse("22:00-06:00")
    assert quiet.of("none", "21:00-07:00") is None
    assert quiet.of("", "21:00-07:00") == NIGHT
    assert quiet.of("at night", "21:00-07:00") == NIGHT
