"""The last look at the answers, and the paper."""

from handlers.ports.world import World
from handlers.turn.blocks import Span, Text
from handlers.turn.messages import Incoming
from tests.dialogue import MONDAY, Player
from tests.handlers.intake.form_talks import begun, by_hand, do

SIX = ("Trần Gia Hân", "Trần Gia Huy", "Lê Thị Sáu", "Trần Văn Bảy", "Đỗ Minh Tám", "Đỗ Thị Chín")


def test_an_old_button_prints_nothing_while_a_question_is_open(world: World) -> None:
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh")
    old = next(c.value for r in player.replies for c in r.choices if c.label == "Lấy tờ khai")
    player.tap("Sửa một câu")
    player.tap("Khai sinh cho: Con gái của tôi")
    player.tap("Cháu trai (tôi là ông, bà)")
    player.say(Incoming(at=MONDAY, choice=old))
    player.expect("Còn câu chưa trả lời")
    assert player.replies[0].enclosures == ()


def test_the_code_for_the_desk_stands_alone_and_goes_along_as_a_qr(world: World) -> None:
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh")
    player.tap("Lấy tờ khai")
    (reply,) = player.replies
    alone = [block for block in reply.blocks if isinstance(block, Text) and not isinstance(block.text, str)]
    assert [block.text for block in alone] == [(Span("HS-0000-0001", "code"),)]
    (qr,) = [file for file in reply.enclosures if file.kind == "qr"]
    assert qr.content == "HS-0000-0001"


def test_the_paper_of_somebody_else_is_not_printed(world: World) -> None:
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh")
    other = Player(world, drafts=player.drafts)
    other.say(Incoming(at=MONDAY, choice="fp:00000001"))
    assert other.replies[0].enclosures == ()


def test_a_change_is_not_lost_when_the_paper_is_taken_at_once(world: World) -> None:
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh")
    old = next(c.value for r in player.replies for c in r.choices if c.label == "Lấy tờ khai")
    player.tap("Sửa một câu")
    player.tap("Khai sinh cho: Con gái của tôi")
    player.say(Incoming(at=MONDAY, choice=old))
    assert player.replies[0].enclosures


def test_what_to_bring_comes_from_the_own_list(world: World) -> None:
    player = Player(world)
    do(player, ["làm khai sinh cho con cần gì", "Trẻ bình thường", "Có giấy chứng sinh", "Cha hoặc mẹ"])
    player.tap("Điền tờ khai giúp tôi")
    player.tap("Đồng ý, tự gõ")
    by_hand(player, "khai-sinh").tap("Lấy tờ khai")
    player.expect("Mang theo cùng tờ khai:\n• Giấy chứng sinh")
    player.expect_not("Tờ khai đăng ký khai sinh (theo mẫu)")


def test_what_is_needed_no_more_is_not_to_be_brought(world: World) -> None:
    player = Player(world)
    do(player, ["đăng ký kết hôn cần gì"])
    while "Điền tờ khai giúp tôi" not in player.labels:
        player.tap(player.labels[0])
    player.tap("Điền tờ khai giúp tôi")
    player.tap("Đồng ý, tự gõ")
    by_hand(player, "ket-hon").tap("Lấy tờ khai")
    player.expect("Giấy tờ tùy thân của cả hai bên")
    player.expect_not("Giấy xác nhận tình trạng hôn nhân")


def test_without_a_list_the_button_tells_what_to_bring(world: World) -> None:
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh")
    player.tap("Lấy tờ khai")
    player.expect("bạn chọn “Xem danh sách giấy tờ”")
    player.expect_not("Mang theo cùng tờ khai")


def members(names: tuple[str, ...]) -> dict[str, str]:
    told = {}
    for number, name in enumerate(names, 1):
        own = f"member.{number}"
        told |= {f"{own}.any": "có", f"{own}.name": name, f"{own}.birth": f"{number}/3/1990"}
        told |= {f"{own}.sex": "Nữ", f"{own}.id_number": f"06019000123{number}", f"{own}.relation": "Con"}
    return told | {f"member.{len(names) + 1}.any": "không"}


def test_a_household_of_six_is_read_and_changed_on_small_pages(world: World) -> None:
    player = by_hand(begun(world, "ct01"), "ct01", **members(SIX))
    assert len(player.text) < 4096
    player.expect("• Người 6: Đỗ Thị Chín · 06/03/1990 · Nữ · 060190001236 · Con")
    player.expect_not("Người 7")
    player.tap("Sửa một câu")
    seen = 0
    while "Xem tiếp" in player.labels:
        seen += len(player.labels)
        player.tap("Xem tiếp")
    assert seen > 30
    player.tap("Xem trước đó")
    player.tap("Họ tên người đó (người 6): Đỗ Thị Chín")
    player.type("Đỗ Thị Chính")
    player.expect("• Người 6: Đỗ Thị Chính")


def test_the_longest_answers_are_read_in_lines_that_any_channel_can_cut_between(world: World) -> None:
    longest = tuple(f"{'Nguyễn Thị Hoài ' * 6}{letter}" for letter in "ABCDEFGHI")
    told = {**members(longest), **{f"member.{n}.relation": "con riêng của vợ " * 17 for n in range(1, 10)}}
    player = by_hand(begun(world, "ct01"), "ct01", **told)
    (reply,) = player.replies
    assert len(reply.text) > 4096
    assert max(map(len, reply.text.splitlines())) < 1000
    assert [name for name in longest if name not in reply.text] == []
    player.tap("Lấy tờ khai")
