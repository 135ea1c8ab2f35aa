"""Kept lists: thrown away only after a yes; what changed in them is told."""

from dataclasses import replace

from handlers.ports.world import World
from handlers.procedures.lists import Change, change_of
from handlers.turn.messages import Incoming, SavedList
from tests.dialogue import Player

CODE = "2.000815"


def opened(world: World) -> Player:
    player = Player(world)
    player.say(Incoming(at=player.now, choice=f"p:{CODE}"))
    return player


def test_lists_are_thrown_away_after_a_yes_only(world: World) -> None:
    player = opened(world)
    player.type("/lists")
    assert "Xóa 1 danh sách đã lưu?" in player.tap("Xóa tất cả danh sách")
    assert len(player.state.lists) == 1
    player.type("không")
    assert len(player.state.lists) == 1
    player.tap("Xóa tất cả danh sách")
    player.tap("Xóa")
    assert not player.state.lists


def test_an_old_button_throws_nothing_away_at_once(world: World) -> None:
    player = opened(world)
    player.say(Incoming(at=player.now, choice="lists:forget"))
    assert len(player.state.lists) == 1


def test_papers_that_have_gone_and_come_are_named(world: World) -> None:
    procedure = world.catalogue.procedures[CODE]
    entry = opened(world).state.lists[0]
    assert change_of(entry, procedure) == Change(CODE)
    papers = {**entry.papers, "old": "Giấy cũ"}
    first = next(iter(entry.papers))
    del papers[first]
    assert change_of(replace(entry, papers=papers), procedure) == Change(
        CODE, ("Giấy cũ",), (entry.papers[first],)
    )
    assert change_of(SavedList(CODE), procedure) == Change(CODE)  # kept before papers were


def test_a_list_that_changed_since_says_so(world: World) -> None:
    player = opened(world)
    known = world.catalogue.procedures[CODE]
    old = replace(player.state.lists[0], saved_on=known.checked.replace(year=2025))
    player.state = replace(player.state, lists=(old,))
    assert "đã được cập nhật ngày 22/11/2026" in player.say(Incoming(at=player.now, choice=f"l:{CODE}"))
