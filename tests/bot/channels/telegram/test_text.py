"""Replies -> messages within Telegram's limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.splitting import split
from bot.channels.telegram.text import parts
from handlers.procedures.actions import OpenList, Tick
from handlers.turn.blocks import Fact, Facts, Fold, Heading, Item, Items, Span, Step, Steps, Text
from handlers.turn.choices import Choice
from handlers.turn.messages import Enclosure, Reply
from handlers.turn.shared import OpenForm
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


@given(st.lists(texts.filter(str.strip), min_size=1, max_size=8), st.booleans())
def test_whatever_stands_in_blocks_is_html_that_telegram_takes(told, folded):
    items = Items(tuple(Item(text, text, ticked=True) for text in told))
    facts = Facts(tuple(Fact(text, (Span(text, "code"), Span(text))) for text in told))
    blocks = (Heading(told[0]), items, facts, *((Fold(told[-1], (items, Text(told[0]))),) if folded else ()))
    for part in parts([Reply(blocks, told[0])]):
        formatted(part.html, "HTML")


def html(*blocks, title=""):
    (part,) = parts([Reply(blocks, title)])
    return part.html


def test_headings_are_bold_and_stand_close_to_what_follows():
    assert html(
        Heading("PHẢI NỘP"), Items((Item("Tờ khai", "Nếu đi thay"), Item("Đơn"))), title="Khai sinh"
    ) == ("<b>Khai sinh</b>\n<b>PHẢI NỘP</b>\n• Tờ khai\n    Nếu đi thay\n• Đơn")


def test_codes_are_tapped_to_copy_and_links_lead_on():
    account = (Span("Số tài khoản "), Span("0123456789", "code"), Span(" & "), Span("0252 1", "phone"))
    assert html(Text(account)) == "Số tài khoản <code>0123456789</code> &amp; 0252 1"
    link = (Span("Cổng", "link", "https://a.vn/?x=1&y=2"),)
    assert html(Text(link)) == '<a href="https://a.vn/?x=1&amp;y=2">Cổng</a>'


def test_facts_have_bold_labels_and_a_long_one_begins_below():
    told = Facts((Fact("Thời hạn", "5 ngày"), Fact("Chi phí", "\n• a\n• b")))
    assert html(told) == "<b>Thời hạn:</b> 5 ngày\n<b>Chi phí:</b>\n• a\n• b"


def test_a_fold_is_an_expandable_quote_and_quotes_do_not_nest():
    inner = Fold("Trong", (Text("b"),))
    assert html(Fold("Ngoài <1>", (Text("a"), inner))) == (
        "<blockquote expandable><b>Ngoài &lt;1&gt;</b>\na\n<b>Trong</b>\nb</blockquote>"
    )


def test_a_way_shows_where_one_is():
    assert html(Steps((Step("Đã nhận", done=True), Step("Đang làm", current=True), Step("Xong")))) == (
        "✔ Đã nhận\n➤ Đang làm\n○ Xong"
    )


def test_it_is_cut_between_blocks_and_a_heading_goes_with_its_list():
    long = Text("a" * 4000)
    one, two = parts([Reply((long, Heading("PHẢI NỘP"), Items((Item("b" * 90),))))])
    assert one.html == "a" * 4000
    assert two.html == "<b>PHẢI NỘP</b>\n• " + "b" * 90


def test_a_giant_block_is_cut_between_its_lines_and_its_quote_closed():
    items = Items(tuple(Item(f"{n} " + "z" * 500) for n in range(20)))
    made = [part.html for part in parts([Reply((Fold("Giải thích", (items,)),))])]
    assert len(made) == 3
    assert all(h.startswith("<blockquote expandable>") and h.endswith("</blockquote>") for h in made)
    assert all(line.count("z") in (0, 500) for h in made for line in h.split("\n"))


ANYTHING = (Text("x"),)


def labels(*choices, blocks=ANYTHING):
    (part,) = parts([Reply(blocks, choices=choices)])
    return [[button.text for button in row] for row in part.keyboard.inline_keyboard]


def choice(label, code="a"):
    return Choice(label, OpenForm(code))


def test_short_buttons_stand_in_pairs_and_long_ones_alone():
    yes, no, unsure = choice("Có", "y"), choice("Không", "n"), choice("Chưa rõ", "u")
    assert labels(yes, no, unsure) == [["Có", "Không"], ["Chưa rõ"]]
    assert labels(yes, choice("Cha mẹ chưa đăng ký kết hôn")) == [["Có"], ["Cha mẹ chưa đăng ký kết hôn"]]


def test_a_long_label_is_cut():
    (((label,),)) = labels(choice("a" * 80))
    assert label == "a" * 63 + "…"


def test_papers_are_ticked_by_their_numbers_four_a_row():
    ticks = [Choice("Tờ khai rất dài " * 5, Tick("1.001193", f"p{n}")) for n in range(6)]
    items = tuple(Item(tick.label, ticked=n == 1, value=tick.value) for n, tick in enumerate(ticks))
    blocks = (Items(items, numbered=True),)
    done = Choice("Xong", OpenList("1.001193"))
    assert labels(*ticks, done, blocks=blocks) == [["☐ 1", "☑ 2", "☐ 3", "☐ 4"], ["☐ 5", "☐ 6"], ["Xong"]]
    (part,) = parts([Reply(blocks, choices=(*ticks, done))])
    assert part.html.startswith("1. ☐ Tờ khai")
    assert "2. ☑ Tờ khai" in part.html


def test_an_empty_box_is_drawn_only_where_a_button_ticks_it():
    items = Items((Item("Tờ khai", ticked=False, value="x:1:a"), Item("Đơn", ticked=True, value="x:1:b")))
    assert html(items) == "• Tờ khai\n• ☑ Đơn"


def test_what_cannot_be_a_button_is_a_numbered_line():
    choices = [choice(f"Số {n}", str(n)) for n in range(1, 103)]
    (part,) = parts([Reply("x", choices=tuple(choices))])
    assert part.html == "x\n\n101. Số 101\n102. Số 102"
    assert checked_keyboard(part.keyboard.to_dict())


def test_only_the_first_message_replaces_the_tapped_one():
    assert [part.replaces for part in parts([Reply("a", replaces=True), Reply("b", replaces=True)])] == [
        True,
        False,
    ]
    assert [part.replaces for part in parts([Reply("a"), Reply("b", replaces=True)])] == [False, False]


@pytest.mark.parametrize(("text", "count"), [("ngắn", 1), ("dài " * 400, 2), ("", 1)])
def test_a_text_that_fits_is_the_caption_of_its_file(text, count):
    made = parts([Reply(text, enclosures=(Enclosure("text", "a.txt", "b"),))])
    assert len(made) == count
    assert made[0].enclosure is not None
