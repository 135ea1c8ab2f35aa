"""Which state may follow which, and which days can be meant."""

from datetime import date

import pytest

from knowledge.dossiers import moves, statuses
from knowledge.dossiers.plausible_days import Unlikely, unlikely
from knowledge.office import calendar

HOLIDAYS = calendar.load()
FIRST, LAST = date(2026, 11, 23), date(2027, 6, 1)


@pytest.mark.parametrize(
    ("before", "after", "meant"),
    [
        ("10", "2", ""),  # handed over, and received again
        ("2", "1", "Đang xử lý"),
        ("1", "4", "Được tiếp nhận"),
        ("5", "10", "Đã xử lý xong"),
        ("8", "9", "Đang xử lý"),
    ],
)
def test_a_move_that_cannot_be_names_the_likelier_one(before, after, meant):
    found = moves.impossible(before, statuses.load().states[int(after) - 1])
    assert found is not None
    # what is named can be reached from there
    assert found.name in ("", meant)


@pytest.mark.parametrize(
    ("before", "after"), [("1", "2"), ("2", "5"), ("5", "4"), ("9", "10"), ("Đang rà soát", "10")]
)
def test_the_way_of_a_dossier_is_open(before, after):
    assert moves.impossible(before, statuses.load().states[int(after) - 1]) is None


def test_nothing_is_posted_before_there_is_a_result_or_delivered_after_it_came_back():
    assert moves.impossible_post("1", "", "posted") == moves.Meant("Đã xử lý xong")
    assert moves.impossible_post("9", "came-back", "delivered") == moves.Meant("Đã gửi bưu điện")
    assert moves.impossible_post("9", "", "posted") is None
    assert moves.impossible_post("9", "came-back", "posted") is None
    assert moves.impossible_post("9", "posted", "posted") is None  # the code that was forgotten


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 12, 14), None),
        (date(2026, 12, 13), Unlikely("day_off", date(2026, 12, 13), date(2026, 12, 14))),  # a Sunday
        (date(2026, 11, 24), Unlikely("day_off", date(2026, 11, 24), date(2026, 11, 25))),  # a holiday
        (date(2062, 12, 14), Unlikely("day_too_late", LAST, date(2026, 12, 14))),
        (date(2025, 12, 14), Unlikely("day_too_early", FIRST, date(2026, 12, 14))),
        (date(2026, 4, 12), Unlikely("day_too_early", FIRST, date(2027, 4, 12))),
        (date(2026, 7, 12), Unlikely("day_too_early", FIRST, date(2026, 12, 7))),  # the other way round
        (date(2020, 8, 30), Unlikely("day_too_early", FIRST, None)),
    ],
)
def test_a_day_that_cannot_be_says_which_was_meant(day, found):
    assert unlikely(day, FIRST, LAST, HOLIDAYS) == found


def test_every_stage_and_cause_is_found_by_its_names():
    known = moves.load()
    assert list(known.problems()) == []
    assert moves.stage_of("trình ký") == known.stages[1]
    assert [cause.id for cause in known.causes] == ["ours", "branch", "papers", "synchronisation"]
    assert moves.cause_of("Đồng bộ") == known.causes[3]
    assert moves.stage_of("") is None
