"""In which language a text is written."""

import pytest

from handlers.language.written import unbracketed, written_in


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Giấy khai sinh", "vi"),
        ("Birth certificate", "en"),
        ("Birth certificate (Giấy khai sinh)", "en"),
        ("(Giấy khai sinh)", "vi"),
        ("Tiến Thành Ward Public Administration Service Centre", "en"),
        ("Nộp tại Trung tâm Phục vụ hành chính công (online)", "vi"),
        ("Decree 123/2015/NĐ-CP", "en"),
        ("123/2015/NĐ-CP", ""),
        ("20.000", ""),
        ("", ""),
        ("Nam", ""),  # may be either
    ],
)
def test_it_is_told_by_its_words(text: str, language: str) -> None:
    assert written_in(text) == language


def test_brackets_within_brackets_go_too() -> None:
    assert unbracketed("Copy (Sao y (photo)) of it") == "Copy  of it"
