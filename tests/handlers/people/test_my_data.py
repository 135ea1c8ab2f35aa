"""My data: all of it in a file that can be read, and all of it gone after one confirmation."""

from dataclasses import replace

from handlers import router
from handlers.ports.world import World
from handlers.turn.effects import Erase
from handlers.turn.messages import Incoming, SavedList, State
from tests.dialogue import MONDAY, Player
from tests.handlers.intake.form_talks import MOTHER, begun


def exported(player: Player) -> str:
    player.type("/dulieu")
    (file,) = player.replies[0].enclosures
    assert file.kind == "text"
    return file.content


def test_nothing_is_held_about_a_new_person(world: World) -> None:
    assert "Cuộc trò chuyện đang dở" not in exported(Player(world))


def test_answers_of_a_form_are_exported_as_they_read(world: World) -> None:
    player = begun(world, "khai-sinh", "Đồng ý, chụp thẻ")
    player.tap("Con gái của tôi")
    player.photograph(MOTHER)
    content = exported(player)
    assert "Tờ khai đăng ký khai sinh (HS-0000-0001)" in content
    assert "  Ngày sinh của bạn: 14/03/1998" in content
    assert "  Nơi cư trú của bạn: 12 Trần Phú, phường Tiến Thành, tỉnh Lâm Đồng" in content


def test_what_left_the_path_is_exported_too(world: World) -> None:
    player = begun(world, "khai-sinh", "Đồng ý, chụp thẻ")
    player.tap("Con gái của tôi")
    player.photograph(MOTHER)
    player.tap("Tự gõ")
    player.type("Trần Văn Bình")
    player.type("2/11/1995")
    player.say(Incoming(at=MONDAY, choice="fq:father.card"))
    player.tap("Không ghi phần cha")
    (left,) = (line for line in exported(player).splitlines() if "Còn lưu" in line)
    assert "02/11/1995" in left
    assert "Trần Văn Bình" in left


def test_what_only_a_card_has_told_is_exported_as_the_card_says_it(world: World) -> None:
    player = begun(world, "khai-sinh", "Đồng ý, chụp thẻ")
    player.tap("Cháu trai (tôi là ông, bà)")
    player.photograph("060195009999||Đàng Thị Rở|03021960|Nữ|xã Tân Hà, Bình Thuận|15082024")
    (left,) = (line for line in exported(player).splitlines() if "Còn lưu" in line)
    assert "xã Tân Hà, Bình Thuận" in left
    assert "Nữ" in left


def test_marks_of_ours_are_not_exported(world: World) -> None:
    player = begun(world, "ket-hon")
    player.type("Bình")
    content = exported(player)
    assert "by_hand" not in content
    assert "manual" not in content


def test_what_a_talk_remembers_is_exported(world: World) -> None:
    lists = (SavedList("1.001193", ticked=("paper",), papers={"paper": "Giấy chứng sinh"}),)
    state = State(phone="84901234567", doubtful="xin giấy tờ nhà", procedure="1.000894", lists=lists)
    turn = router.respond(Incoming(at=MONDAY, text="/dulieu"), state, world)
    content = turn.replies[0].enclosures[0].content
    for told in ("84901234567", "xin giấy tờ nhà", "Đăng ký kết hôn", "✓ Giấy chứng sinh"):
        assert told in content


def test_the_desk_is_named_for_what_it_holds_itself(world: World) -> None:
    player = Player(world)
    player.type("/dulieu")
    player.expect("do bộ phận một cửa giữ theo quy định lưu trữ")
    player.tap("Xóa hết dữ liệu của tôi")
    player.tap("Xóa hết")
    player.expect("do bộ phận một cửa giữ theo quy định lưu trữ")


def test_erasing_asks_once_and_forgets_all(world: World) -> None:
    player = begun(world, "ket-hon")
    player.type("/xoa")
    assert player.state.drafts == ("00000001",)
    before = replace(player.state, language="en")
    turn = router.respond(Incoming(at=MONDAY, choice="erase:yes"), before, player.world)
    assert turn.effects == (Erase(("00000001",)),)
    assert replace(turn.state, offered=()) == State(language="en")


def test_the_confirmation_may_be_typed_in_the_middle_of_a_form(world: World) -> None:
    player = begun(world, "ket-hon")
    player.type("/xoa")
    player.type("1")
    player.expect("Đã xóa hết dữ liệu của bạn ở đây.")


def test_not_erasing_keeps_all(world: World) -> None:
    player = begun(world, "ket-hon")
    player.type("/xoa")
    player.tap("Không xóa")
    assert player.state.drafts == ("00000001",)
