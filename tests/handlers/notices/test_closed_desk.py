"""No notice, and no answer about a dossier, sends anybody to a desk that is closed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.clock import VIETNAM
from handlers.dossiers.progress import dossier_blocks
from handlers.notices.notice import TEXTS, Apology, notice
from handlers.notices.occasion import Follower, Occasion
from handlers.ports.dossiers import Dossier
from handlers.ports.world import World
from handlers.turn.blocks import plain
from handlers.turn.context import context
from handlers.turn.messages import Incoming, State

TOLD = re.compile(r"(?:Mở cửa|Giờ thông thường) [^:]* (\d\d/\d\d/\d{4}): ([\d:–, ]+)")
MOMENTS = [
    datetime.combine(date(2026, 8, 27) + timedelta(days=n), time(hour, minute), VIETNAM)
    for n in range(10)  # over the weekend and the National Day
    for hour, minute in ((6, 0), (9, 0), (11, 45), (16, 59), (20, 0))
]
COMES = ("done", "came-back", "withdrawn", "fee")  # kinds whose reader goes to the desk
SUNDAY, MONDAY, SATURDAY = date(2026, 11, 29), date(2026, 11, 30), date(2026, 11, 28)
DOSSIER = Dossier("H15.50-261119-1377", procedure="1.001193", due=MONDAY, fee_due=50_000)


def named(text: str) -> Iterator[tuple[date, time]]:
    """The days, and when they end, that a text names as open."""
    for day, hours in TOLD.findall(text):
        last = hours.strip(" ,.").rpartition("–")[2]
        yield datetime.strptime(day, "%d/%m/%Y").date(), time.fromisoformat(last)  # noqa: DTZ007


@pytest.mark.parametrize("kind", TEXTS)
def test_the_hours_that_are_told_are_still_to_come(world: World, kind: str) -> None:
    for moment in MOMENTS:
        told = notice(kind, DOSSIER, Occasion(world, moment, Follower(proved=True))).text  # type: ignore[arg-type]
        hours = list(named(told))
        assert len(hours) == (kind in COMES), told
        for day, end in hours:
            assert world.office.open_on(day, world.holidays), (moment, told)
            assert datetime.combine(day, end, VIETNAM) > moment, (moment, told)


def test_the_state_of_a_result_to_fetch_tells_them_too(world: World) -> None:
    for moment in MOMENTS:
        done = replace(DOSSIER, status="9", finished=date(2026, 8, 20))
        ctx = context(Incoming(at=moment), State(), world)
        ((day, end),) = named(plain(dossier_blocks(done, ctx)))
        assert world.office.open_on(day, world.holidays)
        assert datetime.combine(day, end, VIETNAM) > moment


def on(world: World) -> Occasion:
    return Occasion(world, datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM), Follower(proved=True))


@pytest.mark.parametrize("kind", ["received", "late"])
def test_a_day_that_was_promised_and_is_closed_is_said_so(world: World, kind: str) -> None:
    apology = Apology("thiếu người", SUNDAY)
    told = notice(kind, replace(DOSSIER, due=SUNDAY), on(world), apology).text  # type: ignore[arg-type]
    assert "Ngày 29/11/2026 bộ phận một cửa nghỉ: bạn tới từ thứ Hai 30/11/2026." in told
    apology = Apology("thiếu người", MONDAY)
    told = notice(kind, DOSSIER, on(world), apology).text  # type: ignore[arg-type]
    assert "nghỉ" not in told


def test_the_last_day_to_hand_in_is_one_with_hours(world: World) -> None:
    last = "nộp tại quầy thì bạn tới chậm nhất thứ Sáu 27/11/2026."
    if world.office.open_on(SATURDAY, world.holidays):
        last = "nộp tại quầy thì bạn tới chậm nhất thứ Bảy 28/11/2026."
    asked = replace(DOSSIER, status="5", missing="giấy chứng sinh", missing_until=SUNDAY)
    assert last in notice("missing", asked, on(world)).text
    ctx = context(Incoming(at=on(world).at), State(), world)
    assert last in plain(dossier_blocks(asked, ctx))
    in_time = replace(asked, missing_until=MONDAY)
    assert "nghỉ" not in notice("missing", in_time, on(world)).text
