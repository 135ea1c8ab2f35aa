"""Replies -> messages within Telegram's limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.text import parts, split
from handlers.turn.messages import Choice, Reply
from tests.bot.channels.telegram.bot_api_checks import checked_keyboard, formatted, units

letters = st.characters(exclude_categories=("Cs",))
texts = st.text(st.one_of(st.sampled_from(" \n<&>😀ệ"), letters), max_size=300)


@given(texts, st.integers(2, 40))
def test_pieces_fit_and_together_say_all(text, limit):
    pieces = split(text, limit)
    assert all(piece.strip() and units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("một hai", ["một hai"]),
        ("a\n\nbbbbbb\n\ncccccc", ["a\n\nbbbbbb", "cccccc"]),
        ("aaaaaa\nbbbbbb", ["aaaaaa", "bbbbbb"]),
        ("aaaa bbbb cccc", ["aaaa bbbb", "cccc"]),
        ("a\n\nbbbbbbbbbbb", ["a\n\nbbbbbbb", "bbbb"]),  # the blank line is too early to cut there
        ("😀" * 6, ["😀" * 5, "😀"]),
        ("a" + "😀" * 5, ["a" + "😀" * 4, "😀"]),  # a pair is not torn
    ],
)
def test_where_a_text_is_cut(text, pieces):
    assert split(text, 10) == pieces


@given(texts.filter(str.strip), texts)
def test_whatever_is_said_is_html_that_telegram_takes(text, title):
    for part in parts([Reply(text, title)]):
        formatted(part.html, "HTML")


def labels(*choices):
    (part,) = parts([Reply("x", choices=choices)])
    return [[button.text for button in row] for row in part.keyboard.inline_keyboard]


def test_short_buttons_stand_in_pairs_and_long_ones_alone():
    yes, no, unsure = Choice("Có", "y"), Choice("Không", "n"), Choice("Chưa rõ", "u")
    assert labels(yes, no, unsure) == [["Có", "Không"], ["Chưa rõ"]]
    assert labels(yes, Choice("Cha mẹ chưa đăng ký kết hôn", "n")) == [
        ["Có"],
        ["Cha mẹ chưa đăng ký kết hôn"],
    ]


def test_a_long_label_is_cut():
    (((label,),)) = labels(Choice("a" * 80, "a"))
    assert label == "a" * 63 + "…"


def test_what_cannot_be_a_button_is_a_numbered_line():
    choices = [
        Choice("Có", "y"),
        Choice("Khác", "ệ" * 22),
        *(Choice(f"Số {n}", str(n)) for n in range(3, 103)),
    ]
    (part,) = parts([Reply("x", choices=choices)])
    assert part.html == "x\n\n2. Khác\n102. Số 102"
    assert checked_keyboard(part.keyboard.to_dict())


def test_only_the_first_message_replaces_the_tapped_one():
    assert [part.replaces for part in parts([Reply("a", replaces=True), Reply("b", replaces=True)])] == [
        True,
        False,
    ]
    assert [part.replaces for part in parts([Reply("a"), Reply("b", replaces=True)])] == [False, False]
