"""A thought in several short messages is read together; a new one is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.ports.world import World
from handlers.procedures.pieces import MOMENT, MOST
from tests.dialogue import MONDAY, Player

BIRTH, MARRIAGE, DEATH = "1.001193", "1.000894", "1.000656"


@pytest.fixture
def player(world: World) -> Player:
    return Player(world)


def say(player: Player, *lines: str, pause: timedelta = timedelta(seconds=4)) -> None:
    for line in lines:
        player.now += pause
        player.type(line)


@pytest.mark.parametrize(
    ("lines", "procedure"),
    [
        (("cho mình hỏi", "em mới sinh bé", "ở đây làm giấy tờ cho bé được ko", "cần gì ạ"), BIRTH),
        (("chào shop", "em muốn hỏi", "vợ chồng em sắp cưới", "thì làm giấy gì"), MARRIAGE),
        (("vợ chồng em sắp cưới", "dạ", "thì làm giấy gì"), MARRIAGE),
    ],
)
def test_the_last_piece_is_read_with_those_before_it(
    player: Player, lines: tuple[str, ...], procedure: str
) -> None:
    say(player, *lines)
    assert player.state.procedure == procedure


def test_after_a_while_a_line_stands_for_itself(player: Player) -> None:
    say(player, "vợ chồng em sắp cưới")
    offered = player.text
    alone = Player(player.world)
    say(alone, "em cần làm gì")
    say(player, "em cần làm gì", pause=MOMENT + timedelta(seconds=1))
    assert player.text == alone.text
    assert player.text != offered


def test_another_matter_that_is_named_is_not_mixed_with_it(player: Player) -> None:
    say(player, "vợ chồng em sắp cưới", "thủ tục đăng ký khai tử")
    assert player.state.procedure == DEATH


def test_a_choice_among_what_was_offered_is_no_piece(player: Player) -> None:
    say(player, "vợ chồng em sắp cưới", "1")
    assert player.state.procedure == MARRIAGE
    assert player.state.pieces == ()


def test_what_asks_for_a_human_is_heard_by_itself(player: Player) -> None:
    say(player, "vợ chồng em sắp cưới", "cho gặp cán bộ")
    assert player.state.procedure == ""
    player.expect("Điện thoại" if player.world.office.phones else "quầy")


def test_once_a_matter_is_open_there_are_no_pieces(player: Player) -> None:
    say(player, "vợ chồng em sắp cưới", "thì làm giấy gì")
    assert (player.state.pieces, player.state.pieces_at) == ((), None)


def test_only_so_many_are_remembered(player: Player) -> None:
    player.state = replace(player.state, pieces=("a", "b", "c"), pieces_at=MONDAY)
    say(player, "vợ chồng em sắp cưới")
    assert len(player.state.pieces) <= MOST
