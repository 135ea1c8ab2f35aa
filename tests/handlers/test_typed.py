"""A typed line in its context: what comes first, what stays open, what is gone back to."""

import pytest

from handlers.ports.world import World
from handlers.turn.messages import Incoming
from handlers.turn.pending import CaseQuestion
from tests.dialogue import MONDAY, Player
from tests.handlers.intake.form_talks import asked, begun

BIRTH = "1.001193"
NORMAL = "Trẻ bình thường (biết cha hoặc mẹ)"
PROOF = "Bạn có giấy chứng sinh không?"


def opened(world: World, *taps: str) -> Player:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice=f"p:{BIRTH}"))
    for label in taps:
        player.tap(label)
    return player


def in_form(world: World) -> Player:
    player = begun(world, "khai-sinh")
    player.tap("Con gái của tôi")
    assert asked(player) == "requester.name"
    return player


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("cháy nhà rồi cứu với", "114"),
        ("chồng em đang cầm dao rượt em", "113"),
        ("con em đuối nước rồi", "115"),
    ],
)
def test_danger_comes_before_a_form_and_writes_nothing_into_it(line: str, number: str, world: World) -> None:
    player = in_form(world)
    assert number in player.type(line)[:200]
    assert asked(player) == "requester.name"
    player.type("Nguyễn Thị Mận")
    assert asked(player) == "requester.birth"


def test_danger_comes_before_a_case_which_stays_open(world: World) -> None:
    player = opened(world)
    assert "114" in player.type("cháy nhà rồi cứu với")[:200]
    player.type("trẻ bình thường")
    player.expect(PROOF)


def test_a_question_in_a_form_is_answered_and_the_form_goes_on(world: World) -> None:
    player = in_form(world)
    player.type("nộp cái này hết bao nhiêu tiền vậy")
    player.expect("Lệ phí đăng ký khai sinh")
    player.expect("Họ, chữ đệm và tên của bạn")
    player.expect_button("Để sau")
    assert asked(player) == "requester.name"


def test_what_is_not_understood_keeps_the_case_and_its_buttons(world: World) -> None:
    player = opened(world)
    player.type("zxqv qwzx")
    player.expect("Mình chưa hiểu câu này")
    player.expect_button(NORMAL)
    assert player.state.pending == CaseQuestion(BIRTH, "child")


def test_the_third_time_a_human_is_offered_and_the_case_is_still_open(world: World) -> None:
    player = opened(world)
    for line in ("zxqv qwzx", "qwzx plok"):
        player.type(line)
        player.expect_not("Người thật")
    player.type("zzkw uuq")
    player.expect("Người thật ở bộ phận một cửa")
    player.expect("Giờ làm việc")
    player.type("trẻ bình thường")
    player.expect(PROOF)


def test_misses_count_in_a_row_only(world: World) -> None:
    player = opened(world)
    for line in ("zxqv qwzx", "qwzx plok", "lệ phí bao nhiêu", "zzkw uuq"):
        player.type(line)
    player.expect_not("Người thật")
    assert player.state.misses == 1


def test_a_matter_that_was_left_is_gone_back_to_as_it_was(world: World) -> None:
    player = opened(world, NORMAL)
    player.type("cho hỏi sao y bản chính bao nhiêu tiền")
    player.expect("Sao y bản chính")
    assert [paused.code for paused in player.state.paused] == [BIRTH]
    player.type("quay lại vụ khai sinh")
    player.expect("Đăng ký khai sinh")
    player.expect(PROOF)  # the case before it is not asked again
    assert player.state.answers == {"child": "ordinary"}


def test_a_case_is_answered_in_own_words_which_are_said_back(world: World) -> None:
    player = opened(world)
    player.type("dạ bé nhà em bình thường ạ")
    player.expect(f"Mình hiểu: {NORMAL}.")
    player.tap(f"Sửa: {NORMAL}")
    player.expect("Trẻ thuộc trường hợp nào?")


def test_a_number_that_no_button_has_is_told(world: World) -> None:
    player = opened(world)
    player.type("9")
    player.expect("Không có số 9. Bạn chọn từ 1 đến 4:")
    assert player.state.pending == CaseQuestion(BIRTH, "child")


def test_a_line_in_english_is_answered_in_english_and_back(world: World) -> None:
    player = opened(world)
    player.type("how much does it cost to register")
    player.expect("Fees")
    player.type("vậy lệ phí bao nhiêu")
    player.expect("Chi phí")


def test_a_chosen_language_is_kept(world: World) -> None:
    player = opened(world)
    player.type("/language vi")
    player.type("how much does it cost to register")
    player.expect_not("Fees")


@pytest.mark.parametrize(
    "line",
    [
        "đừng xóa",
        "giữ lại giùm",
        "thôi khoan",
        "không",
        "zxqv",
        "xóa làm gì",
        "sao phải xóa",
        "xóa thiệt hả",
        "xóa hết?",
        "xóa rồi có lấy lại được không",
    ],
)
def test_nothing_is_erased_but_by_a_yes(line: str, world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice="p:2.000815"))
    player.type("xóa hết dữ liệu của tôi")
    player.expect("Bạn chắc chứ?")
    player.type(line)
    assert len(player.state.lists) == 1
