"""HEIC photos and PDFs: read as other pictures are, in a process that what they unfold cannot harm."""

from io import BytesIO

import pillow_heif
import pytest
from PIL import Image

from bot.media import foreign, scan
from tests.bot.media import photographs

ROUNDED = 1.01  # to whole pixels
CODES = ("H15.50-260706-1377", "H15.50-260706-1378")


def photo(code=CODES[0]):
    return Image.open(BytesIO(photographs.photo(code))).convert("RGB")


def heic(picture):
    file = BytesIO()
    pillow_heif.from_pillow(picture).save(file, quality=70)
    return file.getvalue()


def pdf(*pages):
    file = BytesIO()
    sheets = [Image.new("RGB", (1654, 2339), "white") for _ in pages]
    for sheet, page in zip(sheets, pages, strict=True):
        sheet.paste(page.resize((1200, 900)), (200, 700))
    sheets[0].save(file, "PDF", resolution=200, save_all=True, append_images=sheets[1:])
    return file.getvalue()


def test_a_phones_own_photo_is_read():
    assert scan.scan(heic(photo())) == (CODES[0],)


def test_the_pages_of_a_pdf_are_read_each_code_once():
    assert scan.scan(pdf(photo(), photo(CODES[1]), photo())) == CODES


def test_of_a_long_pdf_the_first_pages_are_looked_at():
    blank = Image.new("RGB", (100, 100), "white")
    assert foreign.pictures(pdf(*[blank] * 5))[foreign.PAGES :] == []
    assert len(foreign.pictures(pdf(*[blank] * 5))) == foreign.PAGES


def test_what_comes_out_is_grey_and_not_too_large():
    for picture in foreign.pictures(pdf(photo())) + foreign.pictures(heic(photo().resize((3000, 2000)))):
        assert picture.mode == "L"
        assert picture.width * picture.height <= foreign.MOST * ROUNDED


HUGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
)
HUGE += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 1000000 1000000]>>endobj trailer<</Root 1 0 R>>"


def test_a_page_as_large_as_a_field_is_made_small():
    (picture,) = foreign.pictures(HUGE)
    assert picture.width * picture.height <= foreign.MOST * ROUNDED


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4 broken",
        b"\0\0\0\x18ftypheic" + bytes(1000),
        pdf(photo())[:5000],
        heic(photo())[:5000],
    ],
)
def test_what_is_damaged_shows_nothing(data):
    assert foreign.is_foreign(data)
    assert scan.scan(data) == ()


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(foreign, "WALL_SECONDS", 0.001)
    assert foreign.pictures(heic(photo())) == []


@pytest.mark.parametrize(
    ("media_type", "name", "may"),
    [
        ("image/heic", "IMG_1.HEIC", True),
        ("application/pdf", "", True),
        ("application/octet-stream", "giay hen.PDF", True),
        ("", "a.jpeg", True),
        ("application/octet-stream", "a.exe", False),
        ("text/plain", "a.jpg", False),
        ("image/svg+xml", "a.svg", False),
    ],
)
def test_which_files_are_looked_at(media_type, name, may):
    assert scan.may_hold(media_type, name) is may
