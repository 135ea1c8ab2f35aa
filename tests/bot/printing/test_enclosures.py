"""The files of a reply: each kind is drawn as what it says it is."""

import json
from dataclasses import asdict
from io import BytesIO
from typing import get_args, get_type_hints

import pytest
import zxingcpp
from PIL import Image
from pydantic import ValidationError
from pypdf import PdfReader

from bot.printing import paper
from bot.printing.enclosures import KINDS, draw
from handlers.turn.messages import Enclosure
from tests.bot.printing.test_paper import hardest

CONTENT = json.dumps(asdict(hardest()), ensure_ascii=False)


def test_every_kind_can_be_drawn():
    assert set(KINDS) == set(get_args(get_type_hints(Enclosure)["kind"]))


def test_a_paper_is_a_pdf_of_all_pages():
    file = draw(Enclosure("paper", "to-khai.pdf", CONTENT))
    assert (file.name, file.media_type) == ("to-khai.pdf", "application/pdf")
    assert len(PdfReader(BytesIO(file.data)).pages) == 2


def test_a_preview_is_a_picture_of_all_pages():
    file = draw(Enclosure("preview", "to-khai.png", CONTENT))
    picture = Image.open(BytesIO(file.data))
    assert (file.media_type, picture.format) == ("image/png", "PNG")
    codes = [code.text for code in zxingcpp.read_barcodes(picture)]
    assert codes == [hardest().desk_code] * len(paper.pages(hardest()))


@pytest.mark.parametrize("text", ["7K3F92QX", "https://example.org/" + "a" * 300, "Nguyễn Thị Ấ"])
def test_a_qr_is_read_back(text):
    file = draw(Enclosure("qr", "ma.png", text))
    picture = Image.open(BytesIO(file.data))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [text]
    assert 250 <= picture.width <= 700


def test_what_a_qr_holds_stands_below_it_and_is_not_in_it():
    bare = Image.open(BytesIO(draw(Enclosure("qr", "ma.png", "7K3F92QX")).data))
    long = "Ủy ban nhân dân phường Tiến Thành, tỉnh Lâm Đồng, bộ phận một cửa"
    told = Image.open(BytesIO(draw(Enclosure("qr", "ma.png", f"7K3F92QX\n25.000 đồng\n{long}")).data))
    assert [code.text for code in zxingcpp.read_barcodes(told)] == ["7K3F92QX"]
    assert (told.width, told.height > bare.height + 30) == (bare.width, True)
    below = told.convert("L").crop((0, bare.height, told.width, told.height))
    assert below.getextrema() == (0, 255)
    edge = told.convert("L").crop((0, bare.height, 5, told.height))
    assert edge.getextrema() == (255, 255)  # nothing is cut


@pytest.mark.parametrize(("kind", "media_type"), [("calendar", "text/calendar"), ("text", "text/plain")])
def test_a_text_is_itself_in_utf_8(kind, media_type):
    file = draw(Enclosure(kind, "a", "Hết hạn: giấy phép\r\n"))
    assert file.media_type == media_type
    assert file.data.decode("utf-8") == "Hết hạn: giấy phép\r\n"


def test_a_paper_of_another_version_is_refused():
    with pytest.raises(ValidationError):
        draw(Enclosure("paper", "a", '{"form": "x"}'))
