"""Where something happened: its capitals, and whether it is more than a name."""

import pytest

from knowledge.places import spots


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("bệnh viện đa khoa lâm đồng", "Bệnh viện đa khoa Lâm Đồng"),
        ("trạm y tế phường tiến thành, tỉnh lâm đồng", "Trạm y tế phường Tiến Thành, tỉnh Lâm Đồng"),
        ("BỆNH VIỆN TỪ DŨ, TP.HCM", "Bệnh viện Từ Dũ, TP.HCM"),
        ("12/3 trần phú, khu phố 2", "12/3 Trần Phú, khu phố 2"),
        ("tại nhà, xã k'dòn", "Tại nhà, xã K'dòn"),
        ("Bệnh viện Từ Dũ, quận 1 cũ", "Bệnh viện Từ Dũ, quận 1 cũ"),  # whoever writes capitals is believed
        ("nhà Bè", "nhà Bè"),
        ("123", "123"),
        ("", ""),
    ],
)
def test_capitals_are_put_right_where_there_are_none_or_only_these(written: str, right: str) -> None:
    assert spots.put_right(written) == right
    assert spots.put_right(right) == right


@pytest.mark.parametrize("written", ["bệnh viện đa khoa lâm đồng", "Từ Dũ", "ở nhà", "12 Trần Phú"])
def test_the_name_of_a_house_is_no_address(written: str) -> None:
    assert not spots.has_address(written)


@pytest.mark.parametrize(
    "written", ["Từ Dũ, TP.HCM", "phường Tiến Thành", "Seoul, Hàn Quốc", "xa Tien Thanh"]
)
def test_a_commune_a_province_or_what_follows_a_comma_is_one(written: str) -> None:
    assert spots.has_address(written)
