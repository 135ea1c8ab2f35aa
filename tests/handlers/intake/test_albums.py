"""Cards sent as an album at the card step: one is read, and what the others are for is said."""

import pytest

from handlers.ports.world import World
from handlers.turn.messages import Incoming
from tests.dialogue import Player

OWN = "060198001234|260123456|Nguyễn Thị Hoài Phương|14031998|Nữ|12 Trần Phú, Tiến Thành, Bình Thuận|20052022"
OTHER = "060095004321||Trần Văn Bình|02111995|Nam|Khu phố 2, Đức Long, Phan Thiết, Bình Thuận|15082024"
OTHERS = "Thẻ của người khác trong các ảnh thì mình chưa dùng"


@pytest.mark.parametrize(
    ("scanned", "is_told"), [((OWN,), False), (("mặt sau", OWN, OWN), False), ((OWN, OTHER), True)]
)
def test_one_card_is_read_and_the_others_are_asked_for_later(
    world: World, scanned: tuple[str, ...], is_told: bool
) -> None:
    player = Player(world)
    player.type("điền tờ khai tình trạng hôn nhân")
    player.tap("Đồng ý, chụp thẻ")
    said = player.say(Incoming(at=player.now, attachment="photo", scanned=scanned))
    assert "Đã đọc thẻ của Nguyễn Thị Hoài Phương." in said
    assert (OTHERS in said) is is_told
    assert len(player.replies) == 1
