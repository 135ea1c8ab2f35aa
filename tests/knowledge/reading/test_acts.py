"""What a line does: told by how much of it the act is, and by what is going on."""

from typing import get_args

import pytest

from knowledge.reading.acts import Act, Where, acts, load
from knowledge.reading.answers.options import Option
from tests.knowledge.reading.lines import share, table

ROWS = table("acts.tsv")
SPOKEN = 0.6  # from this chance on it is taken
FIELDS = [
    Option("requester.id_number", "Số căn cước của bạn"), Option("requester.birth", "Ngày sinh của bạn"),
    Option("child.hometown", "Quê quán"), Option("father.name", "Họ tên cha"),
]  # fmt: skip
MATTERS = [Option("1.001193", "Đăng ký khai sinh"), Option("2.000815", "Sao y bản chính (photo công chứng)")]


def first(line: str, where: str = "") -> str:
    """The likeliest act that is taken; empty for none."""
    found = acts(line, [each for each in get_args(Where) if each == where])
    return found[0].act if found and found[0].chance >= SPOKEN else ""


def test_acts_are_told_apart() -> None:
    done = [(act.strip("-") if act == "-" else act, first(line, where)) for act, where, line in ROWS]
    assert share([act == found for act, found in done]) >= 0.97


@pytest.mark.parametrize(
    ("line", "where", "act"),
    [
        ("dừng", "following", "stop"), ("dừng", "form", "leave"), ("dừng", "", ""),
        ("hủy", "following", "stop"), ("hủy", "form", "leave"),
        ("không", "", ""),
        ("bỏ qua", "form", "skip"), ("bỏ qua", "", ""),
    ],
)  # fmt: skip
def test_the_same_word_does_what_the_moment_asks(line: str, where: str, act: str) -> None:
    assert first(line, where) == act


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("sửa lại số căn cước", "requester.id_number"),
        ("sai ngày sinh rồi, cho em sửa lại", "requester.birth"),
        ("sửa quê quán giúp em", "child.hometown"), ("tên cha ghi lộn", "father.name"), ("sửa lại", ""),
    ],
)  # fmt: skip
def test_what_is_to_be_changed_is_named(line: str, target: str) -> None:
    found = {act.act: act for act in acts(line, ("review",), FIELDS)}
    assert found["change"].target == target


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("quay lại vụ khai sinh lúc nãy", "1.001193"),
        ("quay lai cai sao y hoi nay", "2.000815"),
        ("làm tiếp", ""),
    ],
)
def test_what_is_gone_on_with_is_named(line: str, target: str) -> None:
    found = {act.act: act for act in acts(line, (), (), MATTERS)}
    assert found["go-on"].target == target


def test_what_stands_beside_an_act_is_left_as_it_was_typed() -> None:
    [act] = acts("làm tiếp tờ khai kết hôn giùm", ("form",))
    assert act == Act("go-on", act.chance, "", "kết hôn giùm")


def test_a_question_with_a_thank_you_is_no_thanks() -> None:
    assert first("cảm ơn em, cho hỏi thêm lệ phí bao nhiêu") == ""


def test_every_row_says_something() -> None:
    assert [row.act for row in load().rows if not row.whole and not row.strong] == []
