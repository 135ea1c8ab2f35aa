"""Each thing that is held about a person is told to who asks for it, under its own heading."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from handlers.people.my_data import DESK
from handlers.ports.drafts import Draft
from handlers.ports.followers import Given, Line, Manners, Reminder
from handlers.ports.world import World
from handlers.turn.messages import Incoming, Paused, SavedList, State
from handlers.turn.pending import Confirm, SecondFactorAsked
from knowledge.intake.interview import Interview
from knowledge.notices import quiet_hours
from tests.dialogue import MONDAY, Player
from tests.handlers.notices.test_consents import Known
from tests.handlers.notices.test_follow import CODE, OTHER

ME = "telegram:1"
MARRIAGE = "1.000894"
PAPERS = {"paper": "Giấy chứng sinh"}


def exported(world: World, state: State, **book: Any) -> str:
    player = Player(replace(world, followers=Known(**book)), state=state)
    player.say(Incoming(at=MONDAY, text="/dulieu", address=ME))
    (file,) = player.replies[0].enclosures
    assert (file.kind, file.name) == ("text", "du-lieu-cua-toi.txt")
    return str(file.content)


def kept(code: str = "1.001193", **more: Any) -> State:
    return State(lists=(SavedList(code, saved_on=date(2026, 11, 20), **more),))


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (State(), f"  {ME}"),
        (State(language="vi"), "  Ngôn ngữ: vi"),
        (State(procedure=MARRIAGE), "  Thủ tục đang xem: Đăng ký kết hôn"),
        (State(spoken="en"), "  Language: en"),
        (
            State(procedure=MARRIAGE, paused=(Paused("1.001193", {"child": "abandoned"}), Paused("9.9"))),
            "  Thủ tục đang xem: Đăng ký kết hôn, Đăng ký khai sinh (Bị bỏ rơi, hoặc chưa rõ cả cha lẫn mẹ)",
        ),
        (State(dossier=CODE), f"  Hồ sơ đang hỏi: {CODE}"),
        (State(pending=SecondFactorAsked(CODE)), f"  Hồ sơ đang hỏi: {CODE}"),
        (
            State(invited=(CODE, OTHER)),
            f"  Hồ sơ có thể báo tin cho bạn: {CODE}, {OTHER}",
        ),
        (State(phone="84901234567"), "  Số điện thoại chờ bạn đồng ý: 84901234567"),
        (State(doubtful="xin giấy tờ nhà"), "  Câu hỏi gần nhất: xin giấy tờ nhà"),
        (State(proved=(CODE,)), f"  {CODE}"),
        (kept(), "  Đăng ký khai sinh (20/11/2026)"),
        (kept("9.999999"), "  9.999999 (20/11/2026)"),
        (kept(ticked=("paper", "gone"), papers=PAPERS), "    ✓ Giấy chứng sinh, gone"),
    ],
)
def test_what_a_conversation_holds_is_told_and_only_that(world: World, state: State, line: str) -> None:
    assert line in exported(world, state).splitlines()
    assert state == State() or line not in exported(world, State()).splitlines()


@pytest.mark.parametrize(
    ("book", "line"),
    [
        ({"codes": [CODE]}, f"  {CODE}"),
        ({"papers": [Reminder(1, "xay-dung", date(2027, 3, 1))]}, "  giấy phép xây dựng: 01/03/2027"),
        ({"lines": (Line(CODE, "done", "sent", MONDAY, MONDAY),)}, f"  23/11/2026: {CODE}"),
    ],
)
def test_what_is_told_unasked_is_told(world: World, book: dict[str, Any], line: str) -> None:
    assert line in exported(world, State(), **book).splitlines()
    assert line not in exported(world, State()).splitlines()


@pytest.mark.parametrize("purpose", ["card", "form", "follow", "expiry", "of long ago"])
def test_each_purpose_is_told_with_the_version_agreed_to(world: World, purpose: str) -> None:
    told = exported(world, State(), given=(Given(purpose, "v-7", True, MONDAY),))
    (line,) = (line for line in told.splitlines() if "v-7" in line)
    assert line.startswith("  23/11/2026: ")
    assert (purpose in line) == (purpose == "of long ago")  # else in words


def test_own_quiet_hours_are_told_and_none_where_there_are_none(world: World) -> None:
    hours = Manners(quiet_hours.parse("20:00-06:00"))
    assert f"{time(20):%H:%M}" in exported(world, State(), own=hours)
    assert "Giờ không nhắn tin" not in exported(world, State(), own=Manners())


def test_a_list_without_ticks_says_of_none(world: World) -> None:
    assert "✓" not in exported(world, kept())


@pytest.mark.parametrize("gone", [State(drafts=("00000009",)), State()])
def test_a_heading_with_nothing_below_it_is_left_out(world: World, gone: State) -> None:
    told = exported(world, gone)
    blocks = [block.splitlines() for block in told.split("\n\n")]
    assert [block for block in blocks if block == [""] or not block] == []
    assert "Danh sách giấy tờ" not in told


def test_answers_of_a_form_that_is_no_more_are_no_stumbling_block(world: World) -> None:
    player = Player(world, state=State(drafts=("00000009",)))
    player.drafts.keep(Draft("00000009", "gone", Interview({"a": "b"})))
    player.type("/dulieu")
    assert player.replies[0].enclosures


def test_before_all_is_erased_a_yes_is_asked_for_and_a_no_leads_to_the_menu(world: World) -> None:
    player = Player(world)
    player.type("/xoa")
    assert player.state.pending == Confirm("erase:yes", "menu")
    assert [choice.value for choice in player.state.offered] == ["erase:yes", "menu"]


def test_what_is_erased_leaves_the_screen_too(world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice="erase:yes"))
    assert player.replies[0].clears


@pytest.mark.parametrize("wish", ["/dulieu", "erase:yes"])
def test_what_the_desk_holds_itself_is_said_in_a_line_of_its_own(world: World, wish: str) -> None:
    player = Player(world)
    player.say(Incoming(at=MONDAY, text=wish) if wish[0] == "/" else Incoming(at=MONDAY, choice=wish))
    assert DESK in player.text.splitlines()
