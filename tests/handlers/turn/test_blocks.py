"""A reply of blocks: its plain text, what stands before it, and that it survives being stored."""

from pydantic import TypeAdapter

from handlers.turn.blocks import (
    Fact,
    Facts,
    Fold,
    Heading,
    Item,
    Items,
    Span,
    Step,
    Steps,
    Text,
    plain,
    unfolded,
)
from handlers.turn.messages import Reply

ALL = (
    Heading("PHẢI NỘP"),
    Items((Item("Tờ khai", "Nếu đi thay\n– Bản giấy", ticked=True, value="x:1:a"), Item("Đơn"))),
    Facts((Fact("Thời hạn", "5 ngày"), Fact("Chi phí", "\n• a\n• b"))),
    Steps((Step("Đã nhận", done=True), Step("Đang làm", current=True), Step("Xong"))),
    Text((Span("Số "), Span("0123", "code"), Span("a.vn", "link", "https://a.vn/"))),
    Fold("Thêm", (Text("a"), Fold("Nữa", (Text("b"),)))),
)
READ = """PHẢI NỘP
• ✓ Tờ khai
    Nếu đi thay
    – Bản giấy
• Đơn

Thời hạn: 5 ngày
Chi phí:
• a
• b

✔ Đã nhận
➤ Đang làm
○ Xong

Số 0123a.vn

▸ Thêm
a

▸ Nữa
b"""


def test_blocks_read_as_plain_text() -> None:
    assert plain(ALL) == READ
    assert Reply(ALL).text == READ


def test_a_numbered_list_has_the_numbers_of_its_choices() -> None:
    assert plain((Items((Item("a"), Item("b", ticked=True)), numbered=True),)) == "1. a\n2. ✓ b"


def test_what_is_folded_can_be_left_out() -> None:
    assert unfolded(ALL) == ALL[:-1]


def test_a_sentence_goes_before_a_text_or_blocks() -> None:
    assert Reply("b").after("a").body == "a\n\nb"
    assert Reply("").after("a").text == "a"
    assert Reply((Text("b"),), "T").after("a") == Reply((Text("a"), Text("b")), "T")


def test_a_stored_reply_is_read_back() -> None:
    kept = TypeAdapter(Reply)
    for reply in (Reply(ALL, "T"), Reply("a")):
        assert kept.validate_json(kept.dump_json(reply)) == reply


def test_a_reply_of_an_older_version_can_be_read() -> None:
    assert TypeAdapter(Reply).validate_json('{"text": "a", "title": "T"}').title == "T"
