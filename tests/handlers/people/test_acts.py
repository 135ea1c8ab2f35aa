"""What a line does instead of asking: each act, beside a case that is open and beside a list."""

import pytest

from handlers.people import acts
from handlers.ports.world import World
from handlers.turn.messages import Incoming
from handlers.turn.pending import CaseQuestion
from tests.dialogue import MONDAY, Player
from tests.handlers.intake.form_talks import asked, begun

BIRTH, NORMAL = "1.001193", "Trẻ bình thường (biết cha hoặc mẹ)"
PROOF = "Bạn có giấy chứng sinh không?"
HELLO = "Bạn cần làm giấy tờ gì?"
HUMAN = "Nơi tiếp nhận"

# An act, a line that does it while a case is open, what is said then.
SAID = [
    ("stop", "dừng", HELLO),
    ("erase", "xóa hết dữ liệu của tôi", "Bạn chắc chứ?"),
    ("leave", "thôi không làm nữa", HELLO),
    ("back", "quay lại câu trước", "Trẻ thuộc trường hợp nào?"),
    ("change", "em chọn nhầm rồi", "Trẻ thuộc trường hợp nào?"),
    ("go-on", "làm tiếp đi", PROOF),
    ("repeat", "nhắc lại giùm", PROOF),
    ("shorter", "nói ngắn gọn thôi", PROOF),
    ("simpler", "nói dễ hiểu hơn", "Nói đơn giản: Làm giấy khai sinh"),
    ("human", "cho gặp người thật", HUMAN),
    ("source", "thông tin này lấy ở đâu ra", "Thông tin lấy từ Cổng Dịch vụ công quốc gia, bản ngày"),
    ("privacy", "có lưu thông tin của tôi không", "dữ liệu được mã hóa"),
    ("queue", "lấy số thứ tự online được không", "Mình chưa có lấy số"),
    ("print", "in tờ khai ở đâu", "tệp PDF để in"),
    ("wait", "đợi chút nha", "Vâng, bạn cứ từ từ."),
    ("who", "em là người hay máy", "không phải người thật"),
    ("complaint", "làm ăn gì kỳ vậy", "Mình rất tiếc."),
    ("thanks", "cảm ơn em nhiều", "Không có gì ạ."),
    ("ok", "ok em", "Vâng."),
    ("greeting", "chào em", "mình là trợ lý Một Cửa"),
    ("bye", "tạm biệt nha", "Chào bạn. Danh sách giấy tờ của bạn vẫn được giữ"),
    ("help", "giúp tôi với", "gõ số thứ tự của mục đó"),
    ("menu", "menu", HELLO),
    ("link", "tôi dùng cả Zalo", "Mã liên kết: LK-"),
    ("unlink", "bỏ liên kết", "Chưa có kênh nào liên kết"),
]
KEEPS = (
    "repeat",
    "shorter",
    "simpler",
    "source",
    "privacy",
    "queue",
    "print",
    "wait",
    "thanks",
    "ok",
    "go-on",
)
ELSEWHERE = {"follow", "list"}  # tried below: a dossier and a list are no open case


def opened(world: World, *taps: str) -> Player:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice=f"p:{BIRTH}"))
    for label in taps:
        player.tap(label)
    return player


def test_every_act_is_tried() -> None:
    assert {act for act, _line, _words in SAID} | ELSEWHERE == set(acts.ACTS)


@pytest.mark.parametrize(("act", "line", "words"), SAID, ids=[act for act, _line, _words in SAID])
def test_each_act_is_done(act: str, line: str, words: str, world: World) -> None:
    player = opened(world, NORMAL)
    player.type(line)
    player.expect(words)
    if act in KEEPS:
        player.expect(PROOF)
        assert player.state.pending == CaseQuestion(BIRTH, "proof")


def test_what_is_said_again_has_no_empty_lines(world: World) -> None:
    player = opened(world, NORMAL)
    shown = player.text
    assert player.type("nhắc lại giùm") == shown


def test_thanks_without_anything_open_is_small_talk(world: World) -> None:
    player = Player(world)
    player.type("cảm ơn nhiều nha")
    player.expect("Không có gì")


def test_without_a_list_the_kept_ones_are_shown(world: World) -> None:
    player = Player(world)
    player.type("danh sách giấy tờ của tôi đâu")
    player.expect("danh sách")


def test_going_on_goes_back_to_a_form_that_was_put_aside(world: World) -> None:
    player = begun(world, "ket-hon")
    player.tap("Để sau")
    player.type("làm tiếp tờ khai")
    assert asked(player) == "requester.name"


def test_following_needs_a_dossier(world: World) -> None:
    player = opened(world, NORMAL)
    assert acts.is_follow("có gì mới thì nhắn em nha")
    player.type("có gì mới thì nhắn em nha")
    player.expect_not("Đã dừng")
    assert player.state.procedure == BIRTH


def test_a_question_on_the_law_is_no_question_on_where_the_data_come_from(world: World) -> None:
    player = opened(world, NORMAL)
    player.type("theo luật nào vậy")
    player.expect("Luật")
    player.expect_not("mình đọc lại ngày")


def test_of_several_earlier_matters_the_named_one_is_gone_back_to(world: World) -> None:
    player = opened(world, NORMAL)
    player.say(Incoming(at=MONDAY, choice="p:1.000656"))
    player.type("sang việc khác, đăng ký kết hôn cần gì")
    player.expect("Đăng ký kết hôn")
    player.type("quay lại vụ khai sinh")
    player.expect("Đăng ký khai sinh")


def test_an_erasure_leaves_no_earlier_matter(world: World) -> None:
    player = opened(world, NORMAL)
    player.say(Incoming(at=MONDAY, choice="p:1.000656"))
    assert [paused.code for paused in player.state.paused] == [BIRTH]
    player.type("xóa hết dữ liệu của tôi")
    player.tap("Xóa hết")
    assert player.state.paused == ()
