"""What is typed in the middle of a form: words, numbers, names, codes; and what a photo may do."""

from dataclasses import replace

import pytest

from handlers import router
from handlers.intake import consent
from handlers.ports.world import World
from handlers.turn.effects import Consent
from handlers.turn.messages import Incoming, State
from tests.dialogue import MONDAY
from tests.handlers.intake.form_talks import FATHER, MOTHER, asked, begun, by_hand
from tests.handlers.notices.test_follow import CODE, Desk


def test_a_number_picks_a_button_where_no_number_is_asked(world: World) -> None:
    player = begun(world, "khai-sinh")
    player.type("2")
    player.expect("Họ, chữ đệm và tên của bạn")
    by_hand(player, "khai-sinh")
    player.expect("• Khai sinh cho: Con gái của tôi")


def test_a_number_is_the_answer_where_one_is_asked(world: World) -> None:
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh", copies="4")
    player.expect("• Số bản sao: 4")


def test_a_number_picks_today(world: World) -> None:
    player = by_hand(begun(world, "khai-sinh"), "khai-sinh", **{"child.birth": "1"})
    player.expect("• Ngày sinh của người được khai sinh: 23/11/2026")


@pytest.mark.parametrize("name", ["Nguyễn Sửa", "Trần Huy", "Dũng", "Huy", "Lai"])
def test_names_that_look_like_words_of_ours_are_names(name: str, world: World) -> None:
    player = begun(world, "ket-hon")
    player.type(name)
    assert asked(player) == "requester.birth"


@pytest.mark.parametrize("word", ["back", "Back", "go back", "quay lại", "lui lại"])
def test_words_that_go_back(word: str, world: World) -> None:
    player = begun(world, "ket-hon")
    player.type("Nguyễn Thị Hoài Phương")
    player.type(word)
    assert asked(player) == "requester.name"


@pytest.mark.parametrize("word", ["later", "not now", "để sau", "dừng", "dừng lại", "stop", "quit"])
def test_words_that_put_the_form_aside(word: str, world: World) -> None:
    player = begun(world, "ket-hon")
    player.type(word)
    assert player.state.draft == ""
    assert player.state.drafts == ("00000001",)


@pytest.mark.parametrize("word", ["menu", "về đầu", "/menu", "/start", "thoát"])
def test_the_menu_leaves_the_form_for_later(word: str, world: World) -> None:
    player = begun(world, "ket-hon")
    player.type(word)
    assert player.state.draft == ""
    player.expect("Mình giữ Tờ khai kết hôn để bạn làm tiếp.")
    player.tap("Làm tiếp")
    assert asked(player) == "requester.name"
    player.type(word)
    player.type("/tokhai")
    player.tap("Làm tiếp: Tờ khai kết hôn (HS-0000-0001)")
    assert asked(player) == "requester.name"


@pytest.mark.parametrize("words", ["tờ khai của tôi", "Đơn của tôi", "my forms"])
def test_who_asks_for_his_forms_finds_them(words: str, world: World) -> None:
    player = begun(world, "ket-hon")
    player.type("/menu")
    player.type(words)
    player.expect_button("Làm tiếp: Tờ khai kết hôn (HS-0000-0001)")


def test_the_command_leaves_the_form_as_the_word_does(world: World) -> None:
    by_word, by_command = begun(world, "ket-hon"), begun(world, "ket-hon")
    assert by_command.type("/huy") == by_word.type("hủy")
    assert by_command.labels == by_word.labels


def test_an_english_talk_uses_its_own_words(world: World) -> None:
    player = begun(world, "ct01")
    player.type("/language en")
    player.say(Incoming(at=MONDAY, choice="fd:00000001"))
    player.type(player.labels[0])
    player.type("Nguyễn Thị Hoài Phương")
    player.type("back")
    player.type("cancel")
    player.type("1")
    assert player.drafts.find("00000001") is None


def test_erasing_needs_its_tap(world: World) -> None:
    player = begun(world, "ket-hon")
    player.type("hủy")
    player.type("Nguyễn Thị Hoài Phương")
    assert player.drafts.find("00000001")
    player.type("hủy")
    player.type("xóa")
    assert player.drafts.find("00000001") is None
    assert player.state.drafts == ()


class OneFollowed:
    """Somebody who is told of one dossier."""

    def __init__(self, world: World) -> None:
        self._others = world.followers

    def followed(self, address: str) -> tuple[str, ...]:
        return ("H15.50-261119-1377",)

    def __getattr__(self, name: str) -> object:
        return getattr(self._others, name)


@pytest.mark.parametrize("word", ["stop", "STOP", "dừng báo tin", "hủy theo dõi"])
def test_stop_inside_a_form_stops_the_notices_and_the_form_goes_on(word: str, world: World) -> None:
    player = begun(replace(world, followers=OneFollowed(world)), "ket-hon")
    player.type(word)
    player.expect("Đã dừng. Mình không tự nhắn cho bạn nữa.")
    player.expect("Họ, chữ đệm và tên của bạn")
    assert asked(player) == "requester.name"


@pytest.mark.parametrize("words", ["không có thẻ", "Chưa có thẻ.", "tự gõ", "no card"])
def test_without_a_card_the_questions_come_one_by_one(words: str, world: World) -> None:
    player = begun(world, "ket-hon", "Đồng ý, chụp thẻ")
    player.type(words)
    assert asked(player) == "requester.name"


@pytest.mark.parametrize("words", ["sau", "để"])
def test_a_part_of_a_way_out_is_no_answer_and_leaves_nothing(words: str, world: World) -> None:
    player = begun(world, "khai-sinh")
    player.type(words)
    player.expect("Bạn chọn một mục dưới đây")
    assert asked(player) == "who"


def test_a_parent_is_not_left_out_by_a_bare_no(world: World) -> None:
    player = begun(world, "khai-sinh", "Đồng ý, chụp thẻ")
    player.tap("Con gái của tôi")
    player.photograph(MOTHER)
    player.type("không")
    assert asked(player) == "father.card"


def test_a_dossier_is_answered_in_the_middle_and_the_form_goes_on(world: World) -> None:
    player = begun(replace(world, dossiers=Desk()), "ket-hon")
    player.type(CODE)
    player.expect_button("Làm tiếp tờ khai")
    player.type("4567")
    player.expect(CODE)
    player.expect("Họ, chữ đệm và tên của bạn")
    player.type("Nguyễn Thị Hoài Phương")
    player.photograph(CODE)
    player.expect("Bạn sinh ngày, tháng, năm nào?")
    assert asked(player) == "requester.birth"


def test_the_tap_that_begins_is_the_consent_that_was_read(world: World) -> None:
    for how, purpose in (("card", "card"), ("hand", "form")):
        turn = router.respond(Incoming(at=MONDAY, choice=f"fb:ket-hon:{how}"), State(), world)
        assert [effect.purpose for effect in turn.effects if isinstance(effect, Consent)] == [purpose]


def test_a_card_of_who_writes_by_hand_is_not_read_without_his_word(world: World) -> None:
    player = begun(world, "ket-hon")
    player.photograph(MOTHER)
    player.expect("nên mình không đọc thẻ này")
    draft = player.drafts.find("00000001")
    assert draft
    assert "060198001234" not in str(draft.interview)
    assert player.replies[0].erases


def test_a_photo_of_a_card_is_taken_off_the_chat_and_never_told_whole(world: World) -> None:
    player = begun(world, "ket-hon", "Đồng ý, chụp thẻ")
    player.photograph(MOTHER)
    assert player.replies[0].erases
    player.expect_not("060198001234")


def test_the_code_on_a_printed_form_can_be_photographed_to_go_on(world: World) -> None:
    player = begun(world, "ket-hon")
    player.type("Nguyễn Thị Hoài Phương")
    player.tap("Để sau")
    player.photograph("HS-0000-0001")
    assert asked(player) == "requester.birth"


def test_a_card_is_not_read_where_one_is_asked_of_who_writes_by_hand(world: World) -> None:
    """A parent may be left out, so the question is asked; that is no word to read a card."""
    player = begun(world, "khai-sinh")
    for answer in ("Con gái của tôi", "Nguyễn Thị Hoài Phương", "14/3/1998", "060198001234", "bỏ qua"):
        player.type(answer)
    player.type("Tiến Thành, Lâm Đồng")
    player.tap("Mẹ")
    assert asked(player) == "father.card"
    player.photograph(FATHER)
    player.expect("nên mình không đọc thẻ này")
    draft = player.drafts.find("00000001")
    assert draft
    assert draft.interview.cards == {}


def test_who_agrees_later_has_his_consent_kept_and_his_card_read(world: World) -> None:
    player = begun(world, "ket-hon")
    player.photograph(MOTHER)
    turn = router.respond(Incoming(at=MONDAY, choice="fy"), player.state, player.world)
    assert [effect for effect in turn.effects if isinstance(effect, Consent)] == [
        Consent("card", consent.CURRENT)
    ]
    player.tap("Đồng ý, chụp thẻ")
    player.say(Incoming(at=MONDAY, choice="fq:requester.card"))
    player.photograph(MOTHER)
    draft = player.drafts.find("00000001")
    assert draft
    assert draft.interview.cards["requester.card"].told["id_number"] == "060198001234"


def test_who_writes_by_hand_may_ask_for_the_card_question(world: World) -> None:
    player = begun(world, "ket-hon")
    player.say(Incoming(at=MONDAY, choice="fq:requester.card"))
    assert asked(player) == "requester.card"


def test_one_card_for_two_is_said_and_not_kept(world: World) -> None:
    player = begun(world, "khai-sinh", "Đồng ý, chụp thẻ")
    player.tap("Con gái của tôi")
    player.photograph(MOTHER)
    player.photograph(MOTHER)
    player.expect("Thẻ này đã dùng cho người khác")
    assert asked(player) == "father.card"
    assert player.replies[0].erases
