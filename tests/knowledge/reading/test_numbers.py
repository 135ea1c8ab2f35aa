"""Ages as people tell them."""

import pytest

from knowledge.reading.answers.numbers import AGE, measures


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("cụ nhà em năm nay bảy mươi hai ạ", 72),
        ("ba em sáu mươi tám tuổi", 68),
        ("nằm một chỗ ba năm nay, bảy mươi mốt tuổi", 71),
        ("con 2 đứa, đứa lớn bảy tuổi", 7),
        ("má bảy lăm", 75),
        ("cháu lên ba", 3),
        ("dưới 6 tuổi", 5.5),
    ],
)
def test_the_age_is_told_from_other_numbers(line: str, age: float) -> None:
    assert measures(line, AGE)[0] == age
