"""Questions spelled by ear: "khai xinh", "thườn chú", "sóa", "đăng kí", and Icelandic letters for Đ.

`misspelt.tsv`: code, question, and the codes of procedures that would be the wrong way round.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from handlers.ports.world import World
from knowledge.search.search import Found

MISSPELT = Path(__file__).with_name("misspelt.tsv")
RIGHT, DECLINED = 0.97, 0.03


@dataclass(frozen=True)
class Asked:
    code: str
    opposites: frozenset[str]
    found: Found
    codes: list[str]  # found, best first


@pytest.fixture(scope="module")
def asked(world: World) -> list[Asked]:
    rows = [line.split("\t") for line in MISSPELT.read_text(encoding="utf-8").splitlines()[1:]]
    found = [(code, opposites, world.index.find(text)) for code, text, opposites in rows]
    return [
        Asked(code, frozenset(opposites.split()), f, [h.id for h in f.hits if h.kind == "procedure"])
        for code, opposites, f in found
    ]


def test_a_question_spelled_by_ear_is_understood(asked: list[Asked]) -> None:
    assert sum(a.codes[0] == a.code for a in asked) / len(asked) >= RIGHT


def test_it_is_rarely_declined(asked: list[Asked]) -> None:
    assert sum(a.found.decision == "decline" for a in asked) / len(asked) <= DECLINED


def test_the_opposite_is_never_said_outright(asked: list[Asked]) -> None:
    outright = [a for a in asked if a.found.decision == "answer"]
    assert [a.code for a in outright if a.codes[0] in a.opposites] == []


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("đăng kí kết hôn cần gì", "Đăng ký kết hôn cần gì"),
        ("ðăng kí khai sinh", "đăng ký khai sinh"),
        ("Ðăng ký thường trú", "Đăng ký thường trú"),
        ("liệt sỹ hi sinh", "liệt sĩ hy sinh"),
        ("xin hũy tạm trú", "xin hủy tạm trú"),  # hỏi for ngã
    ],
)
def test_both_ways_to_write_it_are_one(world: World, heard: str, meant: str) -> None:
    assert world.index.find(heard) == world.index.find(meant)


@pytest.mark.parametrize(
    ("question", "both"),
    [
        ("đăng ký khai xinh", {"1.001193", "1.000656"}),  # birth, death
        ("sóa thường trú", {"1.003197", "1.004222"}),
        ("đăng ký thườn trú", {"1.004222", "1.004194"}),
        ("đktt cần gì", {"1.004222", "1.004194"}),  # nobody can tell which
        ("bỏ đăng ký tạm trú", {"1.004194", "1.010028"}),  # the variant is named, the plain one comes first
    ],
)
def test_both_are_offered_where_the_telling_word_was_not_typed(
    world: World, question: str, both: set[str]
) -> None:
    found = world.index.find(question)
    assert (found.decision, {hit.id for hit in found.hits[:2]}) == ("choose", both)
