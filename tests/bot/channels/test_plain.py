"""Replies as plain texts: what a messenger without markup shows."""

from unicodedata import is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.plain import parts
from bot.channels.splitting import units
from handlers.procedures.actions import OpenList, Tick
from handlers.turn.blocks import Fact, Facts, Fold, Heading, Item, Items, Span, Step, Steps, Text
from handlers.turn.choices import Choice, chosen
from handlers.turn.messages import Enclosure, Reply
from handlers.turn.shared import Menu

LIMIT = 2000
MENU = Choice("Về đầu", Menu())
texts = st.text(max_size=300)


def shown(*replies: Reply) -> list[str]:
    return list(parts(replies, LIMIT))


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        ((Heading("Giấy tờ"), Text("Mang bản chính.")), "GIẤY TỜ\nMang bản chính."),
        ((Text("một"), Heading("Đi đâu"), Text("hai")), "một\n\nĐI ĐÂU\nhai"),
        ((Items((Item("Tờ khai", "2 bản"), Item("Thẻ", ticked=True))),), "• Tờ khai\n    2 bản\n• ✓ Thẻ"),
        (
            (Facts((Fact("Phí", "8.000 đ"),)), Facts((Fact("Hạn", "3 ngày"),)), Text("Hết.")),
            "Phí: 8.000 đ\nHạn: 3 ngày\n\nHết.",
        ),
        (
            (Text((Span("Xem ", ""), Span("bản đồ", "link", "https://xa.test/o"))),),
            "Xem bản đồ (https://xa.test/o)",
        ),
        ((Steps((Step("nộp", done=True), Step("chờ", current=True), Step("nhận"))),), "✔ nộp\n➤ chờ\n○ nhận"),
        ((Fold("Căn cứ", (Heading("Luật"), Text("Điều 1"))),), "CĂN CỨ\nLUẬT\nĐiều 1"),
        ((Heading("Cuối"),), "CUỐI"),
    ],
)
def test_how_each_block_reads(blocks, text):
    assert shown(Reply(blocks)) == [text]


def test_a_title_stands_above_in_capitals():
    assert shown(Reply("Mang thẻ.", "Khai sinh")) == ["KHAI SINH\nMang thẻ."]


def test_a_typed_number_is_the_choice_of_that_line():
    choices = (Choice("Có", OpenList("1")), Choice("Không", OpenList("2")), MENU)
    (text,) = shown(Reply("Có giấy chứng sinh không?", choices=choices))
    assert text.splitlines()[-3:] == ["1. Có", "2. Không", "3. Về đầu"]
    assert chosen("2", choices) == choices[1]


def test_only_the_last_choices_are_numbered_as_only_they_are_known():
    first, last = Reply("một", choices=(MENU,)), Reply("hai", choices=(Choice("Có", OpenList("1")),))
    assert shown(first, last, Reply("ba")) == ["một\n\n– Về đầu", "hai\n\n1. Có", "ba"]


def test_what_stands_in_a_list_by_its_number_is_not_told_twice():
    ticks = (Choice("Tờ khai", Tick("1", "a")), Choice("Thẻ", Tick("1", "b")))
    items = Items(tuple(Item(t.label, value=t.value) for t in ticks), numbered=True)
    assert shown(Reply((items,), choices=(*ticks, MENU))) == ["1. Tờ khai\n2. Thẻ\n\n3. Về đầu"]


def test_choices_that_a_channel_draws_are_left_to_it():
    reply = Reply("Có không?", choices=(MENU,))
    assert parts([reply], LIMIT, buttons=True) == ("Có không?",)


def test_choices_stand_on_the_last_text():
    reply = Reply((Text("a" * 1500), Text("b" * 1500)), choices=(MENU,))
    assert shown(reply) == ["a" * 1500, "b" * 1500 + "\n\n1. Về đầu"]


def test_a_heading_stays_with_what_follows_it():
    reply = Reply((Text("a" * 1990), Heading("Phí"), Text("8.000 đ")))
    assert shown(reply) == ["a" * 1990, "PHÍ\n8.000 đ"]


def test_a_text_is_measured_as_it_is_sent_and_not_as_it_was_typed():
    decomposed = normalize("NFD", "ệ" * 1500)
    assert shown(Reply(decomposed)) == ["ệ" * 1500]


def test_signs_of_two_units_count_as_two():
    assert [units(text) for text in shown(Reply("😀" * 1200))] == [2000, 400]


def test_nothing_but_a_file_has_no_text():
    assert shown(Reply(enclosures=(Enclosure("text", "a.txt", "a"),))) == []


@given(st.lists(texts, max_size=6), st.integers(20, 200))
def test_every_text_fits_and_all_is_said_once(told, limit):
    reply = Reply(tuple(Text(text) for text in told), choices=(MENU,))
    made = parts([reply], limit)
    assert all(units(text) <= limit and is_normalized("NFC", text) for text in made)
    assert "".join("".join(made).split()) == "".join(
        "".join(normalize("NFC", text) for text in (*told, "1. Về đầu")).split()
    )
