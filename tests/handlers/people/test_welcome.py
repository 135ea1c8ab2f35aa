"""Opening a page: what is open is told with a way on, and nothing of it is lost."""

import re
from dataclasses import replace

import pytest

from handlers.language.i18n import translator
from handlers.office.way_in import way_in
from handlers.people.tones import tone
from handlers.people.welcome import welcome
from handlers.ports.world import World
from handlers.turn.context import context
from handlers.turn.messages import Incoming, SavedList, State
from handlers.turn.pending import SecondFactorAsked
from knowledge.office.office import Phone
from tests.dialogue import MONDAY, Player
from tests.handlers.intake.form_talks import MOTHER, asked, begun, by_hand

BIRTH = "1.001193"
NOW = Incoming(at=MONDAY, address="web:1")
QUESTIONS = [
    ("erase", "xóa hết dữ liệu của bạn"),
    ("lists:forget", "xóa các danh sách đã lưu"),
]


def opens(player: Player) -> Player:
    """The player in front of a page that was just opened; the state stays as it was."""
    player.replies = welcome(context(NOW, player.state, player.world))
    return player


def tone_of(player: Player, label: str) -> str:
    return next(tone(c) for reply in player.replies for c in reply.choices if c.label == label)


def test_a_new_person_is_greeted(world: World) -> None:
    player = opens(Player(world))
    player.expect("Chào bạn, mình là trợ lý")
    assert player.labels[:2] == ["Tra cứu hồ sơ", "Điền tờ khai"]
    assert all(f"• {example}" in player.text for example in player.replies[0].examples)


def test_an_example_is_understood(world: World) -> None:
    player = Player(world)
    player.type(opens(player).replies[0].examples[0])
    player.expect("Đăng ký khai sinh")


def test_an_open_form_is_told_with_the_question_that_is_asked(world: World) -> None:
    player = begun(world, "khai-sinh", "Đồng ý, chụp thẻ")
    player.tap("Con gái của tôi")
    player.photograph(MOTHER)
    question, state = asked(player), player.state
    opens(player)
    assert re.search(r"Bạn đang làm dở: Tờ khai khai sinh, xong \d+%\.", player.text)
    assert player.state == state
    player.tap("Làm tiếp")
    assert asked(player) == question


def test_what_is_typed_after_opening_still_answers_the_form(world: World) -> None:
    player = begun(world, "ket-hon")
    question = asked(player)
    opens(player).type("Trần Thị Hương Giang")
    assert asked(player) != question


def test_a_form_put_aside_can_be_gone_on_with(world: World) -> None:
    player = begun(world, "ket-hon")
    question = asked(player)
    player.tap("Để sau")
    player.type("menu")
    opens(player).expect("Bạn đang làm dở: Tờ khai kết hôn")
    player.tap("Làm tiếp")
    assert asked(player) == question


def test_two_things_that_wait_have_a_button_each(world: World) -> None:
    player = begun(world, "ket-hon")
    player.tap("Để sau")
    player.say(Incoming(at=MONDAY, choice="form:khai-tu"))
    player.tap("Đồng ý, tự gõ")
    opens(player)
    assert "Tờ khai khai tử" in player.text
    assert any(label.startswith("Làm tiếp: Tờ khai kết hôn") for label in player.labels)


def test_a_finished_form_is_opened_again_from_the_greeting(world: World) -> None:
    player = by_hand(begun(world, "tinh-trang-hon-nhan"), "tinh-trang-hon-nhan")
    player.tap("Lấy tờ khai")
    opens(player).expect("Chào bạn, mình là trợ lý")
    player.tap("Mở lại: Tờ khai tình trạng hôn nhân (HS-0000-0001)")
    player.expect("Bạn xem lại từng dòng")


def test_an_open_case_of_a_procedure_is_asked_again(world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice=f"p:{BIRTH}"))
    opens(player).expect("Mình đang hỏi: Trẻ thuộc trường hợp nào?")
    player.tap("Làm tiếp")
    player.expect("Để biết đúng giấy tờ của bạn: Trẻ thuộc trường hợp nào?")


def test_something_else_leaves_a_case_and_keeps_the_form(world: World) -> None:
    player = begun(world, "ket-hon")
    opens(player).tap("Việc khác")
    player.expect("Chào bạn, mình là trợ lý")
    opens(player).expect("Bạn đang làm dở: Tờ khai kết hôn")


def test_a_dossier_that_waits_for_its_second_fact_is_named(world: World) -> None:
    player = Player(world, state=State(pending=SecondFactorAsked("H36.99-260706-0001")))
    opens(player).expect("Bạn đang làm dở: tra cứu hồ sơ H36.99-260706-0001.")


def test_the_list_seen_last_is_offered(world: World) -> None:
    player = Player(world, state=State(lists=(SavedList("2.000815"), SavedList("gone"))))
    opens(player)
    assert "Danh sách của tôi" in player.labels
    assert any(label.startswith("Danh sách: ") for label in player.labels)


@pytest.mark.parametrize("state", [State(draft="gone", drafts=("gone",)), State(procedure="9.999999")])
def test_what_is_gone_is_not_offered(world: World, state: State) -> None:
    opens(Player(world, state=state)).expect("Chào bạn, mình là trợ lý")


@pytest.mark.parametrize(("said", "open_now"), QUESTIONS, ids=[said for said, _ in QUESTIONS])
def test_what_a_yes_would_delete_is_told_before_it_is_said(world: World, said: str, open_now: str) -> None:
    player = Player(world, state=State(lists=(SavedList("2.000815"),)))
    player.say(Incoming(at=MONDAY, choice=said))
    question = player.text
    opens(player).expect(f"Bạn đang làm dở: {open_now}.")
    player.tap("Làm tiếp")
    assert player.text == question


def test_the_form_that_a_yes_would_delete_is_told_too(world: World) -> None:
    player = begun(world, "ket-hon")
    player.say(Incoming(at=MONDAY, choice="fc"))
    opens(player).expect("Bạn đang làm dở: xóa tờ khai.")


def test_a_form_that_was_not_agreed_to_yet_is_told(world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice="form:khai-tu"))
    asked_before = player.text
    opens(player).expect("Bạn đang làm dở: Tờ khai khai tử.")
    player.tap("Làm tiếp")
    assert player.text == asked_before


def test_the_day_that_is_asked_for_is_told(world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice=f"expiry:{world.expiries.kinds[0].id}"))
    opens(player).expect(f"Bạn đang làm dở: nhắc hạn {world.expiries.kinds[0].name}.")


def test_what_a_dossier_interrupted_is_told_after_it(world: World) -> None:
    player = begun(world, "ket-hon")
    question = asked(player)
    pending = SecondFactorAsked("H36.99-260706-0001", player.state.pending)
    player.state = replace(player.state, pending=pending)
    opens(player).expect("Bạn đang làm dở: tra cứu hồ sơ H36.99-260706-0001.")
    player.tap(next(label for label in player.labels if label.startswith("Làm tiếp: Tờ khai kết hôn")))
    assert asked(player) == question


def test_a_button_that_deletes_at_once_is_only_offered_after_one_that_asks(world: World) -> None:
    player = Player(world)
    player.type("/dulieu")
    assert tone_of(player, "Xóa hết dữ liệu của tôi") == "danger"
    player.tap("Xóa hết dữ liệu của tôi")
    assert tone_of(player, "Xóa hết") == "final"
    player.tap("Xóa hết")
    assert player.replies[0].clears


def test_a_photo_is_asked_for_where_a_card_is(world: World) -> None:
    by_card = begun(world, "khai-sinh", "Đồng ý, chụp thẻ")
    by_card.tap("Con gái của tôi")
    assert by_card.replies[-1].asks_photo
    assert not begun(world, "ket-hon").replies[-1].asks_photo


def test_the_way_to_the_office_says_what_is_not_known(world: World) -> None:
    facts = {fact.label: fact for fact in way_in(world.office, translator("vi"))}
    assert facts["Điện thoại"].phone == ""
    assert "chưa xác nhận" in facts["Giờ làm việc"].text
    assert facts["Nơi tiếp nhận"].text.startswith(world.office.name)


def test_the_way_to_the_office_names_its_phones(world: World) -> None:
    desk = world.office.places["one_stop"].model_copy(
        update={"phones": (Phone(label="Một cửa", number="0252 1"),)}
    )
    office = world.office.model_copy(
        update={"places": {**world.office.places, "one_stop": desk}, "hours": None}
    )
    facts = {fact.label: fact for fact in way_in(office, translator("vi"))}
    assert facts["Một cửa"].phone == "0252 1"
    assert "Điện thoại" not in facts
    assert "chưa có giờ làm việc" in facts["Giờ làm việc"].text
