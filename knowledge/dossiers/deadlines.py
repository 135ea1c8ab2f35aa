"""Working days, due dates, lateness, and the on-time rule of Quyết định 766/QĐ-TTg. Times are office time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeVar

from knowledge.dossiers.statuses import State
from knowledge.office.calendar import Holidays
from knowledge.procedures.catalogue import Deadline

LAST_HOUR = time(15)  # a same-day procedure that is filed later is due on the next working day
DAY = timedelta(days=1)

Pause = tuple[datetime, datetime | None]  # papers were asked for, and came; None: not yet
Steps = Sequence[tuple[State, datetime]]  # when each state was reached, oldest first
Rating = Literal["before_time", "on_time", "late"]
Moment = TypeVar("Moment", datetime, int)


class HolidaysUnknown(Exception):
    """The span leaves the years in holidays.toml: no date can be promised."""


def is_working_day(day: date, holidays: Holidays) -> bool:
    """Monday to Friday without holidays, and days of rest that are worked in exchange.

    A Saturday morning on which the desk receives is no working day of a deadline: the offices that decide are
    closed, and the law calls Saturday a day of rest (Bộ luật Dân sự 2015 Đ148 k5: "ngày nghỉ cuối tuần").
    Raises HolidaysUnknown.
    """
    if not holidays.knows(day):
        raise HolidaysUnknown(f"{day} lies outside the years {holidays.years}")
    weekday = holidays.weekday(day)
    return weekday is not None and weekday < 5


def due(
    received: datetime, deadline: Deadline, holidays: Holidays, pauses: Iterable[Pause] = ()
) -> date | None:
    """The last day to answer, never a day off; None without a number of days, and while the clock stands.

    The day of receipt does not count, and an end on a day off moves to the next working day: Bộ luật Dân sự
    2015 Đ147 k2, Đ148 k5. A month ends on the same day, or on its last one: Đ148 k3. Same-day procedures are
    due the next working day if they are filed after 15:00 or on a day off. Raises HolidaysUnknown.
    """
    first = _due_without_pauses(received, deadline, holidays)
    all_days = deadline.kind in ("days", "months")
    last = first and _after_pauses(first, received.date(), pauses, holidays, all_days)
    return last and _open_day(last, holidays)


def working_days(after: date, until: date, holidays: Holidays) -> int:
    """How many working days follow `after`, with `until`; 0 if that is no later. Raises HolidaysUnknown."""
    days = (after + n * DAY for n in range(1, (until - after).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def lateness(due: date, today: date, holidays: Holidays) -> int:
    """Working days since the due date; 0 in time and on the days off after it. Raises HolidaysUnknown."""
    return working_days(due, today, holidays)


def after_pauses(promised: date, received: date, steps: Steps, holidays: Holidays) -> date | None:
    """A promised date without the working days on which papers were awaited; None while they still are.

    Raises HolidaysUnknown.
    """
    return _after_pauses(promised, received, pauses_in(steps), holidays, all_days=False)


def pauses_in(steps: Steps) -> tuple[Pause, ...]:
    """When papers were asked for, each until the next other state; a request that is repeated is one."""
    found: list[Pause] = []
    for state, at in steps:
        asks, waits = state.awaits == "papers", bool(found) and found[-1][1] is None
        if asks and not waits:
            found.append((at, None))
        elif waits and not asks:
            found[-1] = (found[-1][0], at)
    return tuple(found)


def end_of_processing(steps: Iterable[tuple[State, Moment]]) -> Moment | None:
    """When it was done, else handed over, else stopped or refused, first told since it was last in hand.

    None while it is in hand, and when the citizen withdrew it. Moments are datetimes or Unix seconds.
    """
    ends: list[tuple[int, Moment]] = []
    for state, at in steps:
        if state.in_hand:
            ends.clear()
        elif state.ends:
            ends.append((state.ends, at))
    return min(ends)[1] if ends else None


def rating(
    received: datetime,
    promised: date | None,
    steps: Steps,
    holidays: Holidays,
    longest: Deadline | None = None,
) -> Rating | None:
    """How a dossier counts in the on-time figures; None in hand, withdrawn, and without any due date.

    Quyết định 766/QĐ-TTg: the end of processing against the due date as first promised, without the time in
    which papers were awaited; while one request is open its own moment is the end; more than one request is
    late. Without a promise the procedure's longest time holds. Raises HolidaysUnknown.
    """
    asked = pauses_in(steps)
    if len(asked) > 1:
        return "late"
    is_open = bool(asked) and asked[0][1] is None
    end = asked[0][0] if is_open else end_of_processing(steps)
    pauses = () if is_open else asked
    if promised:
        last = _after_pauses(promised, received.date(), pauses, holidays, all_days=False)
    else:
        last = due(received, longest, holidays, pauses) if longest else None
    if end is None or last is None:
        return None
    return "late" if end.date() > last else "on_time" if end.date() == last else "before_time"


def _due_without_pauses(received: datetime, deadline: Deadline, holidays: Holidays) -> date | None:
    day, count = received.date(), deadline.count or 0
    match deadline.kind:
        case "same_day":
            in_time = is_working_day(day, holidays) and received.time() <= LAST_HOUR
            return day if in_time else _moved(day, 1, holidays)
        case "working_days":
            return _moved(day, count, holidays)
        case "days":
            return day + count * DAY
        case "months":
            return _months_later(day, count)
    return None


def _after_pauses(
    last: date, received: date, pauses: Iterable[Pause], holidays: Holidays, all_days: bool
) -> date | None:
    """The end moved by the days on which papers were awaited; None while they still are. It may be a day off.

    The day of the request was still ours, the day on which the papers came is not yet.
    """
    counted = received
    for asked, came in sorted(pauses, key=lambda pause: pause[0]):
        start = max(asked.date(), counted)
        if start > _open_day(last, holidays):
            break
        if came is None:
            return None
        counted = max(came.date(), start)
        if counted == start:
            continue
        still = working_days(start, counted, holidays)
        moved = last + (counted - start) if all_days else _moved(last, still, holidays)
        last = max(moved, _open_day(counted, holidays))
    return last


def _moved(day: date, count: int, holidays: Holidays) -> date:
    """That many working days later."""
    while count:
        day += DAY
        count -= is_working_day(day, holidays)
    return day


def _open_day(day: date, holidays: Holidays) -> date:
    """That day, or the next working day."""
    return day if is_working_day(day, holidays) else _moved(day, 1, holidays)


def _months_later(day: date, count: int) -> date:
    """The same day of that month, or its last one."""
    first = _month_start(day, count)
    return min(first + (day.day - 1) * DAY, _month_start(first, 1) - DAY)


def _month_start(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    return date(day.year + years, month + 1, 1)
