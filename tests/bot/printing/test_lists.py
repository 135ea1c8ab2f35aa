"""A citizen's own list on paper and as a picture."""

import json
from dataclasses import asdict
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from bot.printing import enclosures, lists
from handlers.ports.world import World
from handlers.procedures.take_along import taken
from handlers.turn.messages import Incoming
from tests.dialogue import Player
from tests.handlers.guidance.leaves import matter_of

LONG = ("2.001263", {"adopter": "other", "couple": "couple", "child": "orphan"})


def pages(data: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


@pytest.mark.parametrize(("code", "answers"), [("1.001193", {}), LONG])
def test_a_list_is_one_page_with_its_day_and_source(code: str, answers: dict[str, str], world: World) -> None:
    content = json.dumps(asdict(taken(matter_of(code, world, **answers), ())))
    (page,) = pages(enclosures.KINDS["list"][1](content))
    assert "Lậpngày23/11/2026" in page
    assert "PHẢINỘP" in page
    assert "Nơinộp" in page
    assert f"Mãthủtục{code}" in page


def test_all_cases_of_a_procedure_at_once_flow_over_pages_in_readable_letters(world: World) -> None:
    content = json.dumps(asdict(taken(matter_of("1.004222", world), ())))
    told = pages(enclosures.KINDS["list"][1](content))
    assert len(told) == 2
    assert "Nơinộp" in told[-1]
    assert "Mãthủtục1.004222" in told[-1]
    assert float(lists.FLOWING) >= 11


def test_a_picture_is_as_wide_as_a_phone_and_as_long_as_the_list(world: World) -> None:
    content = json.dumps(asdict(taken(matter_of("1.001193", world), ())))
    width, height = Image.open(BytesIO(enclosures.KINDS["list-picture"][1](content))).size
    assert 900 < width < 1200 < height


def test_the_list_is_taken_along_with_a_button(world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=player.now, choice="p:2.000815"))
    player.tap("Tải danh sách (ảnh, PDF)")
    (reply,) = player.replies
    assert [e.name for e in reply.enclosures] == ["danh-sach-2.000815.png", "danh-sach-2.000815.pdf"]
    assert all(enclosures.draw(e).data for e in reply.enclosures)
