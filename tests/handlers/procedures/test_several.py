"""Several matters in one message: all are named, and answered one after the other."""

from handlers.ports.world import World
from handlers.turn.messages import Incoming
from tests.dialogue import MONDAY, Player

TWO = "đăng ký kết hôn và sao y căn cước cần gì"
NEXT = "Việc kế: Sao y bản chính (photo công chứng)"


def asking(line: str, world: World) -> Player:
    player = Player(world)
    player.type(line)
    return player


def test_all_are_named_and_the_first_is_answered(world: World) -> None:
    player = asking(TWO, world)
    player.expect("Bạn hỏi 2 việc: Đăng ký kết hôn; Sao y bản chính (photo công chứng).")
    assert player.replies[0].title == "Đăng ký kết hôn"


def test_the_next_waits_under_the_answer_and_is_told_once(world: World) -> None:
    player = asking(TWO, world)
    player.tap(NEXT)
    assert player.state.procedure == "2.000815"
    player.expect_no_button(NEXT)
    assert player.state.owed == ()


def test_the_next_comes_after_the_cases_of_the_first(world: World) -> None:
    player = asking("khai tử cho ba rồi xóa hộ khẩu luôn", world)
    player.expect_no_button("Việc kế: Xóa thường trú (cắt khẩu)")
    player.tap("Có giấy báo tử hoặc giấy thay thế")
    player.tap("Người thân hoặc đại diện có trách nhiệm")
    player.expect("PHẢI NỘP")
    player.tap("Việc kế: Xóa thường trú (cắt khẩu)")
    assert player.state.procedure == "1.003197"


def test_at_the_beginning_nothing_is_owed(world: World) -> None:
    player = asking(TWO, world)
    player.say(Incoming(at=MONDAY, choice="menu"))
    player.type("đăng ký tạm trú cần gì")
    player.expect_no_button(NEXT)


def test_a_step_of_a_life_event_is_no_matter_beside_it(world: World) -> None:
    player = asking("tôi định mở tiệm tạp hóa, đăng ký hộ kinh doanh hết bao nhiêu tiền", world)
    player.expect_not("Bạn hỏi 2 việc")


def test_one_matter_is_not_divided(world: World) -> None:
    player = asking("cha và mẹ đi làm khai sinh cho con", world)
    player.expect_not("Bạn hỏi 2")
