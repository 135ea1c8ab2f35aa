"""A channel is one row: whoever treats channels alike reads it."""

from dataclasses import replace

import pytest

from bot.channels import registry
from bot.channels.registry import CHANNELS, NoLink
from bot.settings.settings import Settings
from handlers.dossiers import slip

PLAIN = Settings(secret_key=b"k" * 32)
FULL = Settings(secret_key=b"k" * 32, telegram_bot_token="1:x", public_url="https://motcua.example")


def test_a_channel_is_served_when_it_is_set_up():
    assert [row.name for row in registry.served(PLAIN)] == ["web"]
    assert {row.name for row in registry.served(FULL)} == {"web", "telegram"}
    assert "zalo" in {row.name for row in registry.served(replace(PLAIN, zalo_oa_id="1"))}


def test_a_row_is_found_by_its_name():
    assert {name: row.name for name, row in CHANNELS.items()} == {name: name for name in CHANNELS}


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("telegram:4711", True),
        ("zalo:a_B-9", True),
        ("telegram:an", False),  # nobody could be written to there
        ("web:4711", False),  # nobody knows his own
        ("4711", False),
        ("viber:4711", False),
        ("telegram:４７１１", False),
        ("telegram:" + "1" * 21, False),
    ],
)
def test_a_clerk_may_write_down_accounts_that_can_be_reached(written, fits):
    assert registry.is_account(written) == fits


def test_the_page_is_opened_at_its_public_address():
    assert CHANNELS["web"].follow_link(PLAIN, "f-x") == ""
    assert CHANNELS["web"].follow_link(FULL, "f-x") == "https://motcua.example/chat?start=f-x"


def test_a_link_of_zalo_opens_the_account_and_carries_nothing():
    of_oa = Settings(secret_key=b"k" * 32, zalo_oa_id="1234567890123456789")
    assert CHANNELS["zalo"].follow_link(of_oa, "f-x") == "https://zalo.me/1234567890123456789"
    assert CHANNELS["zalo"].follow_link(PLAIN, "f-x") == ""


def test_without_an_answer_of_telegram_there_is_no_link():
    away = Settings(secret_key=b"k" * 32, telegram_bot_token="1:x", telegram_api_url="http://127.0.0.1:9/bot")
    assert CHANNELS["telegram"].follow_link(PLAIN, "f-x") == ""
    with pytest.raises(NoLink):
        CHANNELS["telegram"].follow_link(away, "f-x")


def test_each_channel_that_can_be_opened_has_its_words_on_the_slip():
    no_link = registry.ChannelRow.follow_link
    linked = {row.name for row in registry.ROWS if row.follow_link is not no_link}
    assert linked == set(slip.CHANNELS)
