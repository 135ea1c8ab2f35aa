"""Short words keep what is open, and a matter that was left is gone back to by its name."""

import pytest

from handlers.ports.world import World
from handlers.turn.messages import Incoming
from tests.dialogue import Player


def opened(world: World, *codes: str) -> Player:
    player = Player(world)
    for code in codes:
        player.say(Incoming(at=player.now, choice=f"p:{code}"))
    return player


@pytest.mark.parametrize("word", ["để em xem", "dạ để coi đã", "okkk chị", "dạaa", "cảm ơn em nhiều"])
def test_a_short_word_answers_nothing_and_the_case_stays_open(word: str, world: World) -> None:
    player = opened(world, "1.001193")
    player.type(word)
    player.expect("Trẻ thuộc trường hợp nào?")
    assert player.state.answers == {}
    assert "Bạn có giấy chứng sinh không" in player.type("trẻ bình thường")


def test_a_nod_to_a_form_asks_which_way(world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=player.now, choice="form:khai-tu"))
    player.type("dạ")
    assert "Người mất là ai của bạn" in player.type("Đồng ý, tự gõ")


def test_a_matter_that_was_left_is_named(world: World) -> None:
    player = opened(world, "1.001612")
    player.type("Một người đứng ra lập")
    player.say(Incoming(at=player.now, choice="p:1.000656"))
    player.type("rồi giờ làm tiếp vụ mở quán")
    assert player.state.procedure == "1.001612"
    player.expect("Ai đi nộp hồ sơ?")


def test_what_is_answered_besides_is_heard_there(world: World) -> None:
    player = opened(world, "1.010824", "1.000894")
    player.type("quay lại vụ người có công mất, tôi xin tiền mai táng thôi")
    player.expect("Người mất thuộc trường hợp nào?")


def test_what_is_asked_besides_is_answered_there(world: World) -> None:
    player = opened(world, "1.004873", "1.000894")
    player.type("còn cái giấy độc thân hồi nãy mấy ngày có")
    player.expect("3 ngày làm việc")
    assert player.state.procedure == "1.004873"
