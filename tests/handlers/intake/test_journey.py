"""Forms in a talk: few taps, reached by asking, every form, another channel."""

from pathlib import Path

import pytest

from handlers.ports.world import World
from handlers.turn.messages import Incoming
from knowledge.intake import course
from knowledge.intake.blanks import blanks
from tests import ROOT
from tests.dialogue import MONDAY, Player, play
from tests.handlers.intake.form_talks import (
    FATHER,
    FORMS,
    MOTHER,
    asked,
    begun,
    by_hand,
    changed_to_the_example,
    do,
)

UNCERTAIN = sorted(ROOT.joinpath("tests", "conversations", "da-xac-nhan").glob("*.txt"))


def test_a_birth_declaration_takes_twelve_steps_with_two_cards(world: World) -> None:
    player = Player(world)
    place = "phường Tiến Thành, tỉnh Lâm Đồng"
    steps = ["điền tờ khai khai sinh giúp tôi", "Đồng ý, chụp thẻ", "Con gái của tôi", MOTHER, FATHER]
    steps += ["Trần Nguyễn Bảo An", "mùng 5 tháng 11", place, "Cả nhà là người Kinh", place, "2"]
    assert do(player, [*steps, "Lấy tờ khai"]) <= 12
    assert [file.kind for file in player.replies[0].enclosures] == ["preview", "qr", "paper"]


def test_a_marital_status_paper_takes_six_steps_with_one_card(world: World) -> None:
    player = Player(world)
    steps = ["viết giùm đơn xin xác nhận độc thân", "Đồng ý, chụp thẻ", MOTHER]
    steps += ["Chưa kết hôn lần nào", "Vay vốn", "Lấy tờ khai"]
    assert do(player, steps) <= 6
    assert [file.kind for file in player.replies[0].enclosures] == ["preview", "qr", "paper"]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_written_by_hand(form: str, confirmed: World) -> None:
    player = by_hand(begun(confirmed, form), form)
    changed_to_the_example(player, form)
    draft = player.drafts.find("00000001")
    assert draft
    straight = course.filled(FORMS[form], FORMS[form].example, MONDAY.date())
    office = confirmed.office
    assert blanks(FORMS[form], draft.interview, office) == blanks(FORMS[form], straight, office)
    player.tap("Lấy tờ khai")
    assert [file.kind for file in player.replies[0].enclosures] == ["preview", "qr", "paper"]


@pytest.mark.parametrize("form", FORMS)
def test_back_leads_from_the_end_to_the_first_question_by_hand(form: str, confirmed: World) -> None:
    player = begun(confirmed, form)
    first = asked(player)
    by_hand(player, form)
    for _ in range(80):
        player.type("quay lại")
        if asked(player) == first:
            return
    raise AssertionError(f"stuck at {asked(player)}")


@pytest.mark.parametrize("path", UNCERTAIN, ids=lambda path: path.stem)
def test_an_uncertain_form_once_it_is_confirmed(path: Path, confirmed: World) -> None:
    play(path, confirmed)


def test_an_uncertain_form_is_not_filled_in_before(world: World) -> None:
    player = Player(world)
    player.type("điền tờ khai trợ cấp hưu trí xã hội giúp tôi")
    player.expect("Tờ khai của thủ tục này mình chưa điền giúp được")
    player.expect("Để biết đúng giấy tờ của bạn")  # the way to its list of papers
    player.expect_no_button("Điền tờ khai giúp tôi")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("điền tờ khai khai sinh giúp tôi", "Tờ khai đăng ký khai sinh"),
        ("dien to khai khai sinh giup toi", "Tờ khai đăng ký khai sinh"),
        ("viết giùm đơn xin xác nhận độc thân", "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân"),
        ("khai giúp tôi tờ khai đăng ký kết hôn", "Tờ khai đăng ký kết hôn"),
        ("điền mẫu CT01 giúp tôi", "Tờ khai thay đổi thông tin cư trú"),
        ("viết giùm đơn xin đăng ký lại khai sinh", "Tờ khai đăng ký lại khai sinh"),
        ("viết hộ tôi đơn xin trích lục khai sinh", "Tờ khai cấp bản sao trích lục hộ tịch"),
        ("làm giúp tôi tờ khai khai tử", "Tờ khai đăng ký khai tử"),
    ],
)
def test_a_form_is_reached_by_asking(words: str, title: str, world: World) -> None:
    player = Player(world)
    player.type(words)
    assert player.replies[0].title == title
    player.expect_button("Đồng ý, chụp thẻ")


@pytest.mark.parametrize("words", ["lấy mẫu tờ khai ở đâu", "khai sinh cần giấy tờ gì", "khai sinh mẫu nào"])
def test_questions_about_forms_keep_their_meaning(words: str, world: World) -> None:
    player = Player(world)
    player.type(words)
    player.expect_no_button("Đồng ý, chụp thẻ")


def test_who_names_no_form_sees_all_of_them(world: World) -> None:
    player = Player(world)
    player.type("điền tờ khai giúp tôi")
    player.expect_button("Tờ khai khai tử")


def test_other_writing_is_no_form(world: World) -> None:
    player = Player(world)
    player.type("viết giùm em bài văn tả mẹ")
    player.expect_no_button("Tờ khai khai tử")


def test_the_form_of_the_procedure_talked_about(world: World) -> None:
    player = Player(world)
    player.type("đăng ký kết hôn cần gì")
    player.type("điền giúp tôi")
    assert player.replies[0].title == "Tờ khai đăng ký kết hôn"


def test_a_form_goes_on_in_another_channel(world: World) -> None:
    player = begun(world, "khai-sinh", "Đồng ý, chụp thẻ")
    player.tap("Con trai của tôi")
    player.photograph(MOTHER)
    player.tap("Để sau")
    other = Player(world, drafts=player.drafts)
    other.type("HS-0000-0001")
    other.expect("thẻ căn cước của cha")
    other.photograph(FATHER)
    player.tap("Làm tiếp")
    player.expect("Bé tên đầy đủ là gì?")


def test_a_code_typed_into_another_form_opens_its_own(world: World) -> None:
    player = begun(world, "khai-sinh")
    player.tap("Để sau")
    player.say(Incoming(at=MONDAY, choice="form:ket-hon"))
    player.tap("Đồng ý, tự gõ")
    player.type("hs 0000-0001")
    player.expect("Bạn làm khai sinh cho ai?")


def test_a_button_that_another_editor_has_overtaken_asks_on(world: World) -> None:
    player = begun(world, "khai-sinh")
    player.tap("Chính tôi")
    other = Player(world, drafts=player.drafts)
    other.type("HS-0000-0001")
    other.type("Nguyễn Thị Hoài Phương")
    player.say(Incoming(at=MONDAY, choice="fa:relation:mother"))
    assert asked(player) == "requester.birth"
    assert player.labels
