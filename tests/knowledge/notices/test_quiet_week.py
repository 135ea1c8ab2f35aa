from datetime import datetime, time, timedelta, timezone

import pytest

from knowledge.notices import quiet_hours as quiet
from knowledge.notices.quiet_hours import QuietHours, Span

VIETNAM = timezone(timedelta(hours=7))
NIGHT = quiet.parse("21:00-07:00")
SUNDAY = 6


def at(day, hour, minute=0):
    """In November 2026, which begins on a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (at(23, 20, 59), None),
        (at(23, 21), at(24, 7)),
        (at(24, 0), at(24, 7)),
        (at(24, 6, 59), at(24, 7)),
        (at(24, 7), None),  # the end is no longer in it
        (at(30, 23), datetime(2026, 12, 1, 7, tzinfo=VIETNAM)),
    ],
)
def test_a_notice_waits_until_the_night_is_over(moment, end):
    assert NIGHT.until(moment) == end
    assert NIGHT.contains(moment) == (end is not None)


@pytest.mark.parametrize(("hour", "end"), [(11, None), (12, at(23, 14)), (13, at(23, 14)), (14, None)])
def test_quiet_hours_may_lie_within_a_day(hour, end):
    assert quiet.parse("12:00-14:00").until(at(23, hour)) == end


@pytest.mark.parametrize("text", ["", "none", "  "])
def test_there_may_be_none(text):
    assert not quiet.parse(text)
    assert quiet.parse(text).until(at(23, 23)) is None


@pytest.mark.parametrize(
    "text",
    ["21", "21:00", "24:00-07:00", "21:60-07:00", "07:00-07:00", "21h-7h", "21:00-07:00 20:00-07:00"],
)
def test_other_shapes_are_refused(text):
    with pytest.raises(quiet.BadHours):
        quiet.parse(text)


@pytest.mark.parametrize("text", ["21:00-07:00", "none", "12:00-14:00"])
def test_hours_are_written_as_they_are_read(text):
    assert str(quiet.parse(text)) == text


def test_a_clerk_may_write_them_shorter():
    assert str(quiet.parse(" 9:00 - 11:30 ")) == "09:00-11:30"


def test_a_person_s_own_hours_count_before_the_office_s():
    assert quiet.in_force(quiet.chosen("22:00-06:00"), NIGHT) == quiet.parse("22:00-06:00")
    assert not quiet.in_force(quiet.chosen("none"), NIGHT)
    assert quiet.in_force(quiet.chosen(""), NIGHT) == NIGHT
    assert quiet.in_force(quiet.chosen("at night"), NIGHT) == NIGHT


SLEEPS_IN = NIGHT.on({SUNDAY: Span(time(12), time(9))})  # from Sunday noon to Monday at nine


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (at(22, 11), None),
        (at(22, 13), at(23, 9)),
        (at(23, 8), at(23, 9)),  # Monday morning is of the hours that Sunday began
        (at(23, 9), None),
        (at(24, 8), None),  # on Tuesday it is as on other days
    ],
)
def test_a_sunday_may_have_its_own(moment, end):
    assert SLEEPS_IN.until(moment) == end


def test_hours_of_a_week_are_written_as_they_are_read():
    assert quiet.parse(str(SLEEPS_IN)) == SLEEPS_IN
    assert (NIGHT.span, SLEEPS_IN.span) == (Span(time(21), time(7)), None)


def test_hours_that_follow_on_each_other_are_waited_for_together():
    weekend = QuietHours().on({5: Span(time(0), time(23, 59)), 6: Span(time(0), time(12))})
    joined = weekend.on({5: Span(time(12), time(0)), 6: Span(time(0), time(12))})
    assert joined.until(at(21, 13)) == at(22, 12)


def test_hours_without_a_gap_end_all_the_same():
    day, night = Span(time(7), time(6)), quiet.parse("06:30-06:00")
    always = night.on(dict.fromkeys(range(7), day)).on({0: Span(time(5), time(4, 59))})
    assert always.until(at(23, 12)) is not None
