"""Days and moments, whoever writes them."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dossiers import moments

HERE = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("6/7/2026", (2026, 7, 6)),
        ("06.07.26", (2026, 7, 6)),
        ("06-07-2026", (2026, 7, 6)),
        ("06/07/2026 15:30", (2026, 7, 6, 15, 30)),
        ("15h30 06/07/2026", (2026, 7, 6, 15, 30)),
        ("06/07/2026, 8h", (2026, 7, 6, 8)),
        ("2026-07-06", (2026, 7, 6)),
        ("2026-07-06T15:30:00", (2026, 7, 6, 15, 30)),
        ("2026-07-06T02:30:00Z", (2026, 7, 6, 9, 30)),  # moved here
        ("20260706", (2026, 7, 6)),
        ("20260706083015", (2026, 7, 6, 8, 30, 15)),
        ("202607060830", (2026, 7, 6, 8, 30)),
        ("2026/07/06", (2026, 7, 6)),
        ("ngày 6 tháng 7 năm 2026", (2026, 7, 6)),
        ("6 tháng bảy năm 2026", (2026, 7, 6)),
        ("06-thg 7-26", (2026, 7, 6)),
        ("6/Thg7/2026", (2026, 7, 6)),
        ("06-Jul-2026", (2026, 7, 6)),
        ("Thứ hai, 06/07/2026", (2026, 7, 6)),
        ("06/07/2026 2:05 CH", (2026, 7, 6, 14, 5)),
        ("06/07/2026 2:05 PM", (2026, 7, 6, 14, 5)),
        ("06/07/2026 12:05 SA", (2026, 7, 6, 0, 5)),
        ("12:05 CH 06/07/2026", (2026, 7, 6, 12, 5)),
        ("14 giờ 30 phút, ngày 06/07/2026", (2026, 7, 6, 14, 30)),
        ("46209", (2026, 7, 6)),  # as workbooks count
        ("46209.5", (2026, 7, 6, 12)),
    ],
)
def test_a_moment_is_read_however_it_is_written(written: str, moment: tuple[int, ...]) -> None:
    assert moments.read(written, HERE) == datetime(*moment, tzinfo=HERE)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    "written",
    [
        "", "mai", "6/7", "07/15/2026", "31/02/2026", "6/7-2026", "20260732", "12345", "36525", "2026-02-30",
        "01/01/0001", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "06/07/2026 25:00",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        moments.read(written, HERE)


@pytest.mark.parametrize(
    ("written", "month", "day"), [("11/5/2026", 11, 5), ("11/25/2026", 11, 25), ("2026-11-05", 11, 5)]
)
def test_a_column_may_have_the_month_first(written: str, month: int, day: int) -> None:
    assert moments.read(written, HERE, month_first=True) == datetime(2026, month, day, tzinfo=HERE)


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("25/11/2026", "day"),
        ("11/25/2026", "month"),
        ("5/11/2026 08:30", "either"),
        ("5/5/2026", None),  # the same either way
        ("2026-11-05", None),
        ("40/11/2026", None),
    ],
)
def test_what_a_day_tells_of_its_order(written: str, order: str | None) -> None:
    assert moments.order(written) == order


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 30)))
def test_the_forms_agree(moment: datetime) -> None:
    second = moment.replace(microsecond=0)
    forms = ("%d/%m/%Y %H:%M:%S", "%H:%M:%S %d-%m-%Y", "%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S")
    assert {moments.read(second.strftime(form), HERE) for form in forms} == {second.replace(tzinfo=HERE)}
