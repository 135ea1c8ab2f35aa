"""What a channel cannot do is told in another way; the conversation asks what it can, never its name."""

from dataclasses import replace

import pytest

from handlers.ports.world import World
from handlers.turn.abilities import Abilities
from handlers.turn.blocks import Fold
from handlers.turn.messages import Incoming
from tests.dialogue import MONDAY, Player
from tests.handlers.notices.test_consents import Known

ASKED = "sửa lỗi đánh máy trong hợp đồng đã chứng thực"

CLOSED = Abilities(folds=False)


def folds(player: Player) -> set[str]:
    return {block.title for reply in player.replies for block in reply.blocks if isinstance(block, Fold)}


def test_a_channel_that_folds_gets_it_with_the_list(world: World) -> None:
    player = Player(world)
    player.type(ASKED)
    assert "Căn cứ, nguồn" in folds(player)
    assert "Giải thích" not in player.labels


def test_elsewhere_it_is_told_when_it_is_chosen(world: World) -> None:
    player = Player(world)
    player.say(Incoming(MONDAY, text=ASKED, can=CLOSED))
    assert folds(player) == set()
    number = player.labels.index("Giải thích") + 1
    player.say(Incoming(MONDAY, text=str(number), can=CLOSED))
    assert "Căn cứ, nguồn" in folds(player)
    assert "Xem danh sách giấy tờ" in player.labels


def taken_along(world: World, can: Abilities) -> Player:
    player = Player(world)
    player.say(Incoming(MONDAY, text=ASKED, can=can))
    player.say(Incoming(MONDAY, text="Tải danh sách (ảnh, PDF)", can=can))
    return player


def test_files_go_where_they_can(world: World) -> None:
    player = taken_along(world, Abilities())
    assert [file.kind for file in player.replies[-1].enclosures] == ["list-picture", "list"]
    assert "liên kết" not in player.text


def test_a_link_is_said_to_end(world: World) -> None:
    player = taken_along(world, Abilities(files="linked"))
    assert len(player.replies[-1].enclosures) == 2
    assert "Tệp mở bằng liên kết gửi kèm, trong 1 giờ." in player.text


def test_without_files_the_desk_prints(world: World) -> None:
    player = taken_along(world, Abilities(files="none"))
    assert player.replies[-1].enclosures == ()
    assert "nhờ cán bộ ở quầy in giúp" in player.text


@pytest.mark.parametrize("buttons", [0, 2, 100])
def test_what_cannot_be_tapped_is_said_to_be_answered_by_number(world: World, buttons: int) -> None:
    player = Player(world)
    player.say(Incoming(MONDAY, text="làm khai sinh cho con", can=Abilities(buttons=buttons)))
    assert len(player.labels) in range(3, 100)
    assert ("trả lời bằng số" in player.text) == (buttons < 3)


@pytest.mark.parametrize("contact", [True, False])
def test_a_number_is_asked_for_only_where_it_can_be_shared(world: World, contact: bool) -> None:
    citizen = Player(replace(world, followers=Known()))
    citizen.say(Incoming(MONDAY, text="/tinbao", can=Abilities(contact=contact)))
    assert ("Hồ sơ nộp bằng số điện thoại của tôi" in citizen.labels) == contact
