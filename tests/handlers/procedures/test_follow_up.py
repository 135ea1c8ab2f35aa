"""One aspect of the procedure talked about, for the way of filing that the question names."""

import pytest

from handlers.ports.world import World
from handlers.turn.messages import Incoming
from tests.dialogue import Player

TALKS = [  # opened with, asked then, told, not told
    ("p:1.004222", "nộp online thì bao nhiêu tiền", "tại quầy 20.000 đồng, trực tuyến 10.000 đồng", ""),
    ("p:1.004222", "gửi bưu điện được không", "Thủ tục này không có cách nộp đó", "bộ phận một cửa"),
    ("p:1.001193", "gửi bưu điện được không", "Được, gửi qua bưu điện", "Hỏi"),
    ("p:1.001193", "nộp qua bưu điện được không", "gửi bưu điện đến: Trung tâm", ""),
    ("p:1.001193", "làm qua mạng được không", "dichvucong.gov.vn", "Nơi nộp: Trung tâm"),
    ("p:1.010801", "gửi qua bưu điện được không", "Sở Nội vụ nơi quản lý hồ sơ liệt sĩ", "Trung tâm Phục vụ"),
    ("p:1.010028", "gửi bưu điện được không", "Công an", "Trung tâm Phục vụ"),
    ("p:1.004194", "mấy giờ mở cửa", "Công an nhận hồ sơ trong giờ hành chính", "Trung tâm Phục vụ"),
    ("p:1.001193", "ai được làm", "Ai được nộp: Cha hoặc mẹ", ""),
    ("p:1.001193", "mất bao lâu", "60 ngày kể từ ngày sinh con", ""),
    ("p:1.000894", "được cấp giấy gì, kết quả gì", "Kết quả: Giấy chứng nhận kết hôn", ""),
    ("p:1.000894", "căn cứ luật nào", "Căn cứ: Luật", ""),
    ("p:2.000815", "4 trang, lấy 3 bản thì hết mấy tiền", "18.000 đồng", ""),
    ("p:1.001193", "có cần giấy kết hôn không", "Không cần Giấy chứng nhận kết hôn", "Có, phải nộp"),
    ("p:1.000894", "có cần giấy khám sức khỏe không", "không có giấy đó", "Có, phải nộp"),
    ("p:1.001193", "không có giấy chứng sinh thì sao", "Không có giấy, không ai làm chứng", ""),
    ("p:1.000894", "phải cả hai cùng lên hay một người", "cả hai phải có mặt", ""),
    ("p:1.011607", "ai duyệt cái này", "Nơi giải quyết: ", "chưa có trong dữ liệu"),
    ("p:1.001193", "tuần sau mới làm, ở mô hè", "Nơi nộp: Trung tâm", ""),
]


@pytest.mark.parametrize(("opened", "asked", "told", "not_told"), TALKS)
def test_a_question_about_the_open_procedure(
    opened: str, asked: str, told: str, not_told: str, world: World
) -> None:
    player = Player(world)
    player.say(Incoming(at=player.now, choice=opened))
    text = player.type(asked).split("Để biết đúng giấy tờ")[0]
    assert told in text
    assert not not_told or not_told not in text


def test_what_is_asked_stands_first_among_the_facts(world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=player.now, choice="p:1.000894"))
    text = player.type("gửi bưu điện được không")
    assert text.index("Trả lời: Được") < text.index("Nơi nộp") < text.index("Lưu ý")


SIGNED_IN_PERSON = ["2.000913", "2.001016", "2.001019", "2.001035", "2.001406"]


@pytest.mark.parametrize("code", SIGNED_IN_PERSON)
def test_a_way_that_hands_in_nothing_is_not_offered(code: str, world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=player.now, choice=f"p:{code}"))
    player.tap("Có tài sản phải đăng ký")
    assert "Trường hợp khác" in player.labels
    assert not {"Nộp trực tuyến", "Gửi bưu điện"} & {*player.labels}
    assert "người ký vẫn phải đến ký" in player.type("gửi bưu điện được không")


ASKED = [  # without a talk before
    ("phí nhập hộ khẩu bao nhiêu tiền, nộp trên mạng có rẻ hơn không", "10.000 đồng"),
    ("đăng ký tạm trú qua mạng mất bao nhiêu tiền", "7.000 đồng"),
    ("nộp tách hộ online hết bao nhiêu tiền", "5.000 đồng"),
    ("gia hạn tạm trú trên vneid lệ phí bao nhiêu", "7.000 đồng"),
]


@pytest.mark.parametrize(("asked", "told"), ASKED)
def test_the_fee_of_the_way_that_is_named(asked: str, told: str, world: World) -> None:
    assert told in Player(world).type(asked)
