"""Vietnamese of fonts from before Unicode, as files of offices hold it."""

import pytest

from knowledge import legacy_fonts


@pytest.mark.parametrize(
    ("written", "font", "meant"),
    [
        ("NguyÔn V¨n Thö", "TCVN3 (ABC)", "Nguyễn Văn Thử"),
        ("Yªu cÇu bæ sung", "TCVN3 (ABC)", "Yêu cầu bổ sung"),
        ("GiÊy chøng sinh", "TCVN3 (ABC)", "Giấy chứng sinh"),
        ("Sè ®iÖn tho¹i", "TCVN3 (ABC)", "Số điện thoại"),
        ("Ñang xöû lyù", "VNI", "Đang xử lý"),
        ("Nguyeãn Vaên An", "VNI", "Nguyễn Văn An"),
        ("UÛy ban", "VNI", "Ủy ban"),
    ],
)
def test_what_an_old_font_wrote_is_known_and_turned(written: str, font: str, meant: str) -> None:
    found = legacy_fonts.font_of(written)
    assert found is not None
    assert (found.name, found.converted(written)) == (font, meant)


@pytest.mark.parametrize(
    "written", ["Trần Thị Bình", "Lê Cúc", "Lê Ân", "Tô Đà", "Cà phê", "José Müller", "Søren Ågård", "An", ""]
)
def test_unicode_is_left_alone(written: str) -> None:
    assert legacy_fonts.font_of(written) is None


def test_a_column_tells_what_a_word_alone_does_not() -> None:
    assert legacy_fonts.font_of("Hêng") is None  # Hêng, or Hờng?
    font = legacy_fonts.font_among(["Hêng", "NguyÔn ThÞ Hêng"])
    assert font is not None
    assert font.converted("Hêng") == "Hờng"


def test_each_letter_is_written_in_one_way() -> None:
    for font in legacy_fonts.load().fonts:
        assert len(font.table) == len(font.letters.split(" "))
