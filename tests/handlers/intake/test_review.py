"""How far a form is, and the last look at it: read in groups, changed from each."""

from dataclasses import replace

import pytest

from handlers import router
from handlers.intake import consent
from handlers.ports.world import World
from handlers.turn import retention
from handlers.turn.blocks import Heading, Items, words
from handlers.turn.messages import Incoming
from handlers.turn.pending import Confirm, FormQuestion
from tests.dialogue import MONDAY, Player
from tests.handlers.intake.form_talks import FATHER, FORMS, MOTHER, asked, begun, by_hand, do


def titles(player: Player, steps: list[str]) -> list[str]:
    """The title after each step."""
    seen = []
    for step in steps:
        do(player, [step])
        seen.append(player.replies[0].title)
    return seen


def percents(seen: list[str]) -> list[int]:
    return [int(title.rpartition(" ")[2].rstrip("%")) for title in seen if title.endswith("%")]


def test_progress_only_grows_with_two_cards(world: World) -> None:
    player = begun(world, "khai-sinh", "Đồng ý, chụp thẻ")
    steps = ["Con gái của tôi", MOTHER, FATHER, "Trần Nguyễn Bảo An", "5/11/2026", "Trạm y tế, Tiến Thành"]
    seen = titles(player, [*steps, "Cả nhà là người Kinh", "Tiến Thành, Lâm Đồng"])
    assert len(percents(seen)) == len(seen)
    assert percents(seen) == sorted(percents(seen))
    assert 0 < min(percents(seen)) < max(percents(seen)) < 100


def test_a_change_from_the_review_counts_nothing(world: World) -> None:
    """It was "question 10 of 9" once."""
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh")
    player.tap("Sửa một câu")
    player.tap("Khai sinh cho: Con gái của tôi")
    assert player.replies[0].title == "Tờ khai khai sinh · sửa một câu"


def test_the_review_is_read_in_groups(world: World) -> None:
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh")
    (reply,) = player.replies
    heads = [block.text for block in reply.blocks if isinstance(block, Heading)]
    assert heads == ["Người yêu cầu", "Người được khai sinh", "Mẹ", "Cha", "Phần chung"]
    lists = [block for block in reply.blocks if isinstance(block, Items)]
    assert "Họ tên cha: Trần Văn Bình" in [words(item.text) for item in lists[3].items]
    ways = [label.removeprefix("Sửa: ") for label in player.labels if label.startswith("Sửa: ")]
    assert ways == heads


def test_every_line_of_the_review_can_be_changed_where_it_stands(world: World) -> None:
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh")
    (reply,) = player.replies
    items = [item for block in reply.blocks if isinstance(block, Items) for item in block.items]
    assert [item for item in items if not item.value] == []
    assert all(item.ticked is None for item in items)
    (father,) = [item for item in items if words(item.text).startswith("Họ tên cha:")]
    player.say(Incoming(at=MONDAY, choice=father.value))
    assert asked(player) == "father.name"


def test_every_answer_is_read_once(confirmed: World) -> None:
    for name in FORMS:
        player = by_hand(begun(confirmed, name), name)
        lines = [line for line in player.text.splitlines() if line.startswith("• ")]
        assert len(lines) == len(set(lines))


def test_a_group_is_changed_from_its_own_button(world: World) -> None:
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh")
    player.tap("Sửa: Cha")
    assert all("cha" in label.lower() for label in player.labels[:-1])
    player.tap("Họ tên cha: Trần Văn Bình")
    assert asked(player) == "father.name"
    player.type("Trần Văn Bảo")
    player.expect("• Họ tên cha: Trần Văn Bảo")
    player.tap("Sửa: Phần chung")
    player.tap("Không sửa gì")
    player.expect("Đã đủ. Bạn xem lại từng dòng")


@pytest.mark.parametrize("value", ["fg:9", "fg:-1", "fg:2", "fe:99", "fe:-1"])
def test_a_group_or_page_that_is_not_there_is_a_stale_button(value: str, world: World) -> None:
    player = begun(world, "khai-sinh")
    player.tap("Con gái của tôi")
    player.say(Incoming(at=MONDAY, choice=value))
    player.expect("Mục này không dùng được nữa")


def test_what_is_open_is_a_value(world: World) -> None:
    player = begun(world, "ket-hon")
    assert player.state.pending == FormQuestion("requester.name")
    player.type("hủy")
    assert player.state.pending == Confirm("fx", f"fd:{player.state.draft}")
    player.tap("Không, làm tiếp")
    by_hand(player, "ket-hon")
    assert player.state.pending == FormQuestion()
    player.tap("Để sau")
    assert player.state.pending is None


def test_the_photo_is_asked_for_and_the_code_is_described(world: World) -> None:
    player = begun(world, "ket-hon", "Đồng ý, chụp thẻ")
    assert player.replies[0].asks_photo
    player.expect("ở mặt sau thẻ căn cước cấp từ 1/7/2024")
    player.expect("bấm 📷 hoặc 📎 cạnh ô nhập tin")
    player.tap("Tự gõ")
    assert not player.replies[0].asks_photo


def test_who_writes_by_hand_is_not_asked_for_a_photo(world: World) -> None:
    player = begun(world, "khai-sinh")
    player.tap("Con gái của tôi")
    assert not any(reply.asks_photo for reply in player.replies)


def test_back_is_offered_where_there_is_something_to_go_back_to(world: World) -> None:
    player = begun(world, "ket-hon")
    player.expect_no_button("Quay lại")
    player.type("Nguyễn Thị Hoài Phương")
    player.tap("Quay lại")
    assert asked(player) == "requester.name"
    card = begun(world, "ket-hon", "Đồng ý, chụp thẻ")
    card.tap("Tự gõ")
    card.tap("Quay lại")
    assert asked(card) == "requester.card"


def test_days_are_told_as_they_are_kept(world: World) -> None:
    player = by_hand(begun(world, "ket-hon"), "ket-hon")
    player.tap("Để sau")
    player.expect(f"{retention.DRAFT_DAYS} ngày không dùng")
    player.tap("Làm tiếp")
    player.tap("Lấy tờ khai")
    player.expect(f"mã dùng được {retention.PRINTED_DAYS} ngày")
    player.tap("Sửa tờ khai")
    player.tap("Để sau")
    player.expect(f"{retention.PRINTED_DAYS} ngày không dùng")
    text = consent.consent_text(player.world.languages.translator("vi"))
    assert f"{retention.DRAFT_DAYS} ngày không dùng" in text
    assert f"sau {retention.PRINTED_DAYS} ngày" in text


def test_a_printed_form_is_called_so(world: World) -> None:
    player = by_hand(begun(world, "ket-hon"), "ket-hon")
    player.type("hủy")
    player.expect("đang làm?")
    player.tap("Không, làm tiếp")
    player.tap("Lấy tờ khai")
    player.type("/tokhai")
    player.tap("Đã in: Tờ khai kết hôn (HS-0000-0001)")
    player.type("hủy")
    player.expect("đã in?")


def test_a_stored_consent_keeps_its_text() -> None:
    assert consent.CURRENT in consent.TEXTS
    assert "14 ngày" in consent.TEXTS["card-2026-11"]


def test_a_form_of_an_old_button_begins(world: World) -> None:
    """What a citizen taps may be of last month."""
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice="fb:ket-hon:hand"))
    player.say(Incoming(at=MONDAY, choice="fa:requester.name:x"))
    assert player.state.draft == "00000001"


def test_an_unknown_form_is_a_stale_button(world: World) -> None:
    for value in ("form:none", "fb:none:hand", "fx", "fp:99999999"):
        turn = router.respond(Incoming(at=MONDAY, choice=value), replace(Player(world).state), world)
        assert "Mục này không dùng được nữa" in turn.replies[0].text
