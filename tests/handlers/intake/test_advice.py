"""A form that advises against itself: the paper that two Vietnamese do not need to marry at home."""

import pytest

from handlers.ports.world import World
from tests.dialogue import Player
from tests.handlers.intake.form_talks import MOTHER, asked, begun, do

STATUS = "tinh-trang-hon-nhan"


def marrying(world: World) -> Player:
    player = begun(world, STATUS, "Đồng ý, chụp thẻ")
    do(player, [MOTHER, "Chưa kết hôn lần nào", "Kết hôn"])
    return player


def test_it_is_said_before_anything_else_is_asked(world: World) -> None:
    player = marrying(world)
    assert player.text.splitlines()[1].startswith("Từ 1/1/2026")
    assert player.labels[:2] == ["Tờ khai kết hôn", "Vẫn làm"]


def test_the_right_form_is_one_tap_away(world: World) -> None:
    player = marrying(world)
    player.tap("Tờ khai kết hôn")
    assert player.replies[0].title == "Tờ khai đăng ký kết hôn"


def test_who_needs_it_all_the_same_goes_on(world: World) -> None:
    player = marrying(world)
    player.tap("Vẫn làm")
    player.expect_not("1/1/2026")
    assert asked(player) == "partner.name"
    do(player, ["Kim Min Su", "Bỏ qua", "Hàn Quốc"])
    player.expect_not("1/1/2026")
    assert asked(player) == "partner.where"


@pytest.mark.parametrize("words", ["vẫn làm", "2"])
def test_it_may_be_typed(words: str, world: World) -> None:
    player = marrying(world)
    player.type(words)
    assert asked(player) == "partner.name"
    player.expect_not("1/1/2026")


def test_an_answer_to_the_question_below_goes_on_too(world: World) -> None:
    player = marrying(world)
    player.type("trần văn tèo")
    player.expect("Mình ghi: Trần Văn Tèo.")
    assert asked(player) == "partner.birth"


def test_once_both_are_known_to_be_vietnamese_it_is_said_for_sure(world: World) -> None:
    player = marrying(world)
    do(player, ["Trần Văn Tèo", "Bỏ qua"])
    player.expect_not("1/1/2026")
    player.tap("Việt Nam")
    player.expect("Hai người đều là công dân Việt Nam. Từ 1/1/2026")
    player.expect_button("Tờ khai kết hôn")
    assert asked(player) == "partner.where"


def test_for_another_purpose_nothing_is_said(world: World) -> None:
    player = begun(world, STATUS, "Đồng ý, chụp thẻ")
    do(player, [MOTHER, "Chưa kết hôn lần nào", "Vay vốn"])
    player.expect_not("1/1/2026")


def test_a_limit_is_told_as_the_form_has_it(world: World) -> None:
    young = "060310001234||Nguyễn Thị Hoài Phương|14032010|Nữ|Khu phố 5, Tiến Thành, Lâm Đồng|15082024"
    player = begun(world, STATUS, "Đồng ý, chụp thẻ")
    do(player, [young, "Chưa kết hôn lần nào", "Kết hôn", "Kim Min Su", "Bỏ qua", "Hàn Quốc", "Seoul"])
    player.expect("Tính ra chưa đủ tuổi kết hôn (từ đủ 18 tuổi).")
