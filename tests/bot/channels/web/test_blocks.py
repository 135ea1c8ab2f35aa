"""Blocks as the page gets them: absent keys are empty, and the text is there for any other client."""

import pytest

from bot.channels.web.blocks import as_json, block_json
from handlers.turn.blocks import Block, Fact, Facts, Fold, Heading, Item, Items, Span, Step, Steps, Text
from handlers.turn.choices import Choice
from handlers.turn.messages import Reply
from handlers.turn.shared import OpenForm

BLOCKS: list[tuple[Block, object]] = [
    (Text("a"), {"kind": "text", "text": "a"}),
    (Heading("PHẢI NỘP"), {"kind": "heading", "text": "PHẢI NỘP"}),
    (
        Text((Span("Số tài khoản "), Span("0123", "code"), Span("Cổng", "link", "https://a.vn"))),
        {
            "kind": "text",
            "text": "Số tài khoản 0123Cổng (https://a.vn)",
            "spans": [
                {"text": "Số tài khoản ", "as": ""},
                {"text": "0123", "as": "code"},
                {"text": "Cổng", "as": "link", "href": "https://a.vn"},
            ],
        },
    ),
    (
        Items((Item("a", "b", False, "x:1:a"), Item("c"), Item("d", ticked=True))),
        {
            "kind": "items",
            "items": [
                {"text": "a", "note": "b", "ticked": False, "value": "x:1:a"},
                {"text": "c"},
                {"text": "d", "ticked": True},
            ],
        },
    ),
    (Items((Item("a"),), numbered=True), {"kind": "items", "numbered": True, "items": [{"text": "a"}]}),
    (
        Facts((Fact("Chi phí", "\n• a\n• b"),)),
        {"kind": "facts", "facts": [{"label": "Chi phí", "text": "• a\n• b"}]},
    ),
    (
        Fold("Giải thích", (Text("a"),)),
        {"kind": "fold", "fold": {"title": "Giải thích", "blocks": [{"kind": "text", "text": "a"}]}},
    ),
    (
        Steps((Step("a", done=True), Step("b", current=True))),
        {
            "kind": "steps",
            "steps": [
                {"text": "a", "done": True, "current": False},
                {"text": "b", "done": False, "current": True},
            ],
        },
    ),
]


@pytest.mark.parametrize(
    ("block", "told"), BLOCKS, ids=[f"{n} {b.kind}" for n, (b, _told) in enumerate(BLOCKS)]
)
def test_a_block_is_told(block: Block, told: object) -> None:
    assert block_json(block) == told


def test_a_reply_keeps_title_text_and_choices() -> None:
    body = (Heading("H"), Items((Item("a"),)), Fold("Thêm", (Text("b"),)))
    reply = Reply(body, "T", (Choice("Điền", OpenForm("ct01")),), asks_photo=True)
    told = as_json(reply, [{"name": "a.pdf", "url": "/a"}])
    assert told["title"] == "T"
    assert told["text"] == "H\n• a\n\n▸ Thêm\nb"
    assert told["choices"] == [{"label": "Điền", "value": "form:ct01"}]
    assert told["files"] == [{"name": "a.pdf", "url": "/a"}]
    assert told["asks_photo"] is True
    assert [block["kind"] for block in told["blocks"]] == ["heading", "items", "fold"]


def test_what_a_reply_is_not_is_not_told() -> None:
    assert {"asks_photo", "examples", "clears"} & as_json(Reply("a"), []).keys() == set()


def test_a_plain_reply_is_one_text() -> None:
    assert as_json(Reply("a"), [])["blocks"] == [{"kind": "text", "text": "a"}]
    assert as_json(Reply(""), [])["blocks"] == []


def test_a_text_in_another_language_than_its_reply_is_marked_for_a_screen_reader() -> None:
    body = (
        Text("What follows is in Vietnamese only."),
        Items((Item("Tờ khai đăng ký"), Item("Where to file"))),
    )
    told = as_json(Reply(body, choices=(Choice("Điền tờ khai", OpenForm("ct01")),)), [])
    assert told["lang"] == "en"
    assert told["blocks"][0] == {"kind": "text", "text": "What follows is in Vietnamese only."}
    assert told["blocks"][1]["items"] == [
        {"text": "Tờ khai đăng ký", "lang": "vi"},
        {"text": "Where to file"},
    ]
    assert told["choices"] == [{"label": "Điền tờ khai", "value": "form:ct01", "lang": "vi"}]
