"""What about a procedure a question asks, and whether it names one."""

import pytest

from knowledge.procedures.aspects import load

ASPECTS = load()


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("mất bao lâu?", "deadline"),
        ("mat bao lau", "deadline"),
        ("chừng nào có vậy em", "deadline"),
        ("hết bao nhiêu tiền?", "fee"),
        ("có tốn tiền không", "fee"),
        ("nộp ở đâu?", "where"),
        ("người khác làm thay được không?", "proxy"),
        ("làm online được ko", "online"),
        ("gửi bưu điện được không", "post"),
        ("cần giấy tờ gì", "documents"),
        ("căn cứ luật nào", "basis"),
        ("đăng ký kết hôn", ""),
    ],
)
def test_the_aspect_of_a_question(question: str, aspect: str) -> None:
    assert ASPECTS.of(question) == aspect


@pytest.mark.parametrize("question", ["mất bao lâu vậy em?", "thủ tục này nộp ở đâu", "hết nhiêu tiền hả ad"])
def test_a_question_without_a_subject_is_a_follow_up(question: str) -> None:
    assert not ASPECTS.names_a_subject(question)


@pytest.mark.parametrize("question", ["khai sinh mất bao lâu", "giám hộ nộp ở đâu"])
def test_a_question_with_a_subject_is_not(question: str) -> None:
    assert ASPECTS.names_a_subject(question)
