import pytest

from bot.address import Address, BadAddress, parse


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("telegram:1234", Address("telegram", "1234")),
        ("web:x_Y-9", Address("web", "x_Y-9")),
        ("phone:0901234567", Address("phone", "0901234567")),
        ("cho-lon/telegram:1234", Address("telegram", "1234", "cho-lon")),
        ("zalo:a:b/c", Address("zalo", "a:b/c")),  # a channel names its persons as it likes
    ],
)
def test_an_address_is_read_as_it_is_written(written, address):
    assert parse(written) == address
    assert str(address) == written


@pytest.mark.parametrize("written", ["", "telegram", "telegram:", ":1234", "cho-lon/:1234"])
def test_what_is_no_address_is_refused_and_not_repeated(written):
    with pytest.raises(BadAddress) as caught:
        parse(written)
    assert "1234" not in str(caught.value)
