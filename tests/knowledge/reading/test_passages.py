"""A question about the open procedure is answered with the sentence that holds it."""

import pytest

from handlers.turn.ports import World
from knowledge.reading.passages import about, question


@pytest.mark.parametrize(
    ("code", "line", "verdict", "paper"),
    [
        ("1.000894", "có cần giấy độc thân không", "no", "tình trạng hôn nhân"),
        ("1.001193", "vậy có phải mang giấy kết hôn theo không ạ", "no", "kết hôn"),
        ("1.001193", "cần nộp giấy chứng sinh không", "only_if", "chứng sinh"),
        ("2.000815", "có cần bản chính không", "yes", "Bản chính"),
        ("1.001193", "có cần mang căn cước không", "yes", "căn cước"),
    ],
)
def test_whether_a_paper_is_needed(world: World, code: str, line: str, verdict: str, paper: str) -> None:
    told = about(line, world.catalogue.procedures[code], {}, "desk")
    assert told.verdict == verdict
    assert paper in told.documents[0].name


@pytest.mark.parametrize(
    ("code", "line", "said"),
    [
        ("1.000894", "hai đứa có phải cùng đến không", "có mặt"),
        ("1.012812", "bên kia không chịu tới thì sao", "một bên vắng"),
        ("2.000884", "mẹ tôi không biết chữ", "điểm chỉ"),
        ("1.001193", "tôi ở tỉnh khác có làm được không", "nơi cư trú"),
    ],
)
def test_what_the_notes_say(world: World, code: str, line: str, said: str) -> None:
    told = about(line, world.catalogue.procedures[code], {}, "desk")
    assert said in " ".join([*(n.text for n in told.notes), *(d.note or "" for d in told.documents)])


@pytest.mark.parametrize("line", ["hôm nay trời đẹp quá", "ok em", ""])
def test_what_says_nothing_finds_nothing(world: World, line: str) -> None:
    assert about(line, world.catalogue.procedures["1.001193"], {}, "desk").strength == 0


@pytest.mark.parametrize(
    ("line", "frame"),
    [
        ("có cần sổ hộ khẩu không", "need"),
        ("khỏi mang giấy khai sinh được không", "need"),
        ("mất giấy chứng sinh thì sao", "lack"),
        ("không có hợp đồng thuê thì làm được không", "lack"),
        ("bao nhiêu tiền", ""),
    ],
)
def test_the_frame_of_a_question(line: str, frame: str) -> None:
    assert question(line).frame == frame
