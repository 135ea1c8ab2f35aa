"""Two matters in one message are both seen; one matter is not torn apart."""

import pytest

from handlers.turn.ports import World
from knowledge.reading.matters import matters


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("làm khai sinh cho con với sao y căn cước", {"1.001193", "2.000815"}),
        ("tôi muốn đăng ký tạm trú và xin giấy độc thân", {"1.004194", "1.004873"}),
        (
            "việc thứ nhất khai tử cho ba, việc thứ hai xin tiền mai táng cựu chiến binh",
            {"1.000656", "2.002307"},
        ),
        ("đăng ký hộ kinh doanh, xin giấy phép xây nhà", {"1.001612", "1.013225"}),
    ],
)
def test_both_are_named(world: World, line: str, codes: set[str]) -> None:
    assert {hit.id for hit in matters(line, world.index.find)} == codes


@pytest.mark.parametrize(
    "line",
    [
        "nhập hộ khẩu cho vợ và con",
        "đăng ký kết hôn cần giấy gì và hết bao nhiêu tiền",
        "làm khai sinh cho con rồi bao lâu có",
        "khai sinh kết hợp nhận cha mẹ con",
        "chứng thực hợp đồng mua bán nhà và đất",
    ],
)
def test_one_matter_stays_one(world: World, line: str) -> None:
    assert matters(line, world.index.find) == ()
