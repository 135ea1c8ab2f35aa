"""Ticks tell the truth: "you have all" only where all is known, surely needed, and ticked."""

import pytest

from handlers.ports.world import World
from handlers.procedures.ticks import where_one_stands
from handlers.turn.blocks import Items
from handlers.turn.messages import Incoming
from knowledge.procedures.checklist import needs
from tests.dialogue import Player
from tests.handlers.guidance.leaves import every_leaf, matter_of

COMPLETE = "Bạn đã đủ giấy tờ"


def stands(code: str, world: World, via: str = "", **answers: str) -> str:
    """With all that is surely needed ticked."""
    m = matter_of(code, world, via, **answers)
    sure = tuple(d.id for d in needs(m.procedure, m.answers, m.via).sure)
    return "\n".join(where_one_stands(m, sure))


OPEN = [  # the case, and what is said instead of "you have all"
    ("2.001159", {}, "Chưa rõ phải nộp giấy gì"),
    ("2.001944", {}, "Chưa rõ phải nộp giấy gì"),
    ("2.002226", {"what": "change"}, "thay đổi tổ hợp tác thì nộp giấy gì?"),
    ("1.004194", {"kind": "household", "home": "rent"}, "chỉ cần khi đúng điều kiện"),
    ("1.013229", {"building": "house"}, "có phải nộp bản vẽ và ảnh hiện trạng không?"),
    ("1.014061", {}, "chỉ cần khi đúng điều kiện"),
    ("1.001776", {}, "chỉ cần khi đúng điều kiện"),
]


@pytest.mark.parametrize(("code", "answers", "told"), OPEN)
def test_what_is_unknown_or_open_is_said(code: str, answers: dict[str, str], told: str, world: World) -> None:
    said = stands(code, world, **answers)
    assert told in said
    assert COMPLETE not in said


def test_nowhere_is_all_there_while_something_is_unknown_or_open(world: World) -> None:
    wrong = set()
    for m in every_leaf(world):
        wanted = needs(m.procedure, m.answers, m.via)
        said = "\n".join(where_one_stands(m, tuple(d.id for d in wanted.sure)))
        if COMPLETE in said and (not wanted.sure or wanted.perhaps or m.procedure.doubts):
            wrong.add(m.procedure.code)
    assert wrong == set()


def test_some_lists_can_be_completed(world: World) -> None:
    assert COMPLETE in stands("2.000815", world)


def test_a_paper_that_is_missing_is_counted(world: World) -> None:
    player = Player(world)
    player.type("sửa lỗi đánh máy trong hợp đồng đã chứng thực")
    assert "Còn thiếu" in player.tap("Đánh dấu giấy đã có")
    before = player.text
    player.type("1")
    assert player.text != before
    assert "1. ✓ " in player.text


def test_a_paper_is_ticked_in_the_list_itself(world: World) -> None:
    player = Player(world)
    player.type("sửa lỗi đánh máy trong hợp đồng đã chứng thực")
    (items, *_others) = [b for b in player.replies[-1].blocks if isinstance(b, Items) and b.items[0].value]
    ticked = items.items[0]
    text = player.say(Incoming(at=player.now, choice=ticked.value))
    assert "• ✓ " in text
    assert "PHẢI NỘP" in text
    assert player.replies[-1].replaces
