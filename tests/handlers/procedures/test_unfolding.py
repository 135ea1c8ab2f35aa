"""Where a channel cannot fold, what stands behind a list is a choice of its own."""

from handlers.ports.world import World
from handlers.turn.blocks import Fold
from handlers.turn.messages import Incoming
from tests.dialogue import MONDAY, Player

ASKED = "sửa lỗi đánh máy trong hợp đồng đã chứng thực"


def folds(player: Player) -> set[str]:
    return {block.title for reply in player.replies for block in reply.blocks if isinstance(block, Fold)}


def test_a_channel_that_folds_gets_it_with_the_list(world: World) -> None:
    player = Player(world)
    player.type(ASKED)
    assert "Căn cứ, nguồn" in folds(player)
    assert "Giải thích" not in player.labels


def test_elsewhere_it_is_told_when_it_is_chosen(world: World) -> None:
    player = Player(world)
    player.say(Incoming(MONDAY, text=ASKED, unfolds=False))
    assert folds(player) == set()
    number = player.labels.index("Giải thích") + 1
    player.say(Incoming(MONDAY, text=str(number), unfolds=False))
    assert "Căn cứ, nguồn" in folds(player)
    assert "Xem danh sách giấy tờ" in player.labels
