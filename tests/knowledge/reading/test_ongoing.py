"""What is asked about a dossier or a form, where no phrase says it: as lines like it have asked."""

from unicodedata import is_normalized

import pytest

from knowledge.reading.ongoing import LINES, NOTHING, asked, asks, heard, likely

ROWS = [row.split("\t") for row in LINES.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize(
    ("subject", "what", "line"),
    [
        ("dossier", "kept", "em kẹt dưới tàu, ba tuần nữa vô bờ mới ghé được, giấy có bị bỏ không"),
        ("dossier", "delivery", "phường có chuyển giấy xuống tận thôn cho dân hông"),
        ("form", "kept", "mấy cái tui khai nãy giờ có ai dòm ngó gì không"),
        ("form", "print", "chỗ em không ai có máy để in ra hết"),
    ],
)
def test_lines_like_those_that_asked_ask_the_same(subject: str, what: str, line: str) -> None:
    assert what in likely(line, subject)  # type: ignore[arg-type]


@pytest.mark.parametrize("line", ["dạ", "không", "cảm ơn em nhiều nghen", "chào buổi sáng"])
def test_what_asks_nothing_is_no_question(line: str) -> None:
    assert likely(line, "dossier") == ()


def test_words_that_are_known_for_it_go_before_likeness() -> None:
    line = "rút hồ sơ lại được không"
    assert heard(line, "dossier")[0] == asked(line, "dossier") == "withdraw"


def test_every_line_asks_something_known_and_stands_once() -> None:
    assert {(subject, what) for subject, what, _ in ROWS if what != NOTHING} <= {
        (subject, what)
        for subject in ("dossier", "form")
        for what in asks(subject)  # type: ignore[arg-type]
    }
    assert len({(subject, text.casefold()) for subject, _, text in ROWS}) == len(ROWS)
    assert all(is_normalized("NFC", text) for *_, text in ROWS)
