"""What a line puts in the place of an answer that was given before."""

import pytest

from knowledge.reading.shape.corrected import corrected
from knowledge.reading.shape.shape import Kind

DAY = "1986-03-12"


@pytest.mark.parametrize(
    ("line", "kind", "before", "right"),
    [
        ("í lộn, 15/3 mới đúng", "date", DAY, "15/3/1986"),
        ("nhầm rồi, sinh ngày 15 mới phải", "date", DAY, "15/03/1986"),
        ("sinh thang 4 moi dung", "date", DAY, "12/4/1986"),
        ("năm 1968 chứ không phải 86", "date", DAY, "12/03/1968"),
        ("ghi sai rồi, 1/2/1990", "date", DAY, "1/2/1990"),
        ("tên là Nguyễn Thị Nga chứ ko phải Na", "name", "Nguyễn Thị Na", "Nguyễn Thị Nga"),
        ("lộn số rồi 0912 345 678 mới đúng", "phone", "0912345670", "0912 345 678"),
        ("phường Mũi Né chớ không phải Tiến Thành", "place", "Phường Tiến Thành", "phường Mũi Né"),
    ],
)
def test_the_right_answer_is_told(line: str, kind: Kind, before: str, right: str) -> None:
    assert corrected(line, kind, before) == right


@pytest.mark.parametrize(
    ("line", "kind", "before"),
    [
        ("15/3/1990", "date", DAY),  # says nothing of a mistake: the answer to what is open
        ("Nguyễn Thị Nga", "name", "Nguyễn Thị Na"),
        ("sinh năm 1990 chứ không phải 91", "date", DAY),  # of somebody else
        ("Trần Thị Hoa chứ không phải Huệ", "name", "Nguyễn Thị Na"),
        ("nhầm rồi", "date", DAY),
        ("í lộn", "name", "Nguyễn Thị Na"),
        ("ghi sai tên rồi", "name", "Nguyễn Thị Na"),
    ],
)
def test_a_line_that_corrects_nothing_leaves_what_was_said(line: str, kind: Kind, before: str) -> None:
    assert corrected(line, kind, before) == ""
