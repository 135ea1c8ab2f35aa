"""What a month has used of the Bot Platform, and who may ask for its messages."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.zalo.platform import usage
from bot.channels.zalo.platform.usage import Use
from bot.storage import leases
from bot.storage.sealing import Vault
from tests.bot.conftest import KEY, NOW

VAULT = Vault(KEY)
AN, BE = "zalobot:an", "zalobot:be"


def test_who_is_erased_is_counted_no_more(do):
    do(usage.count, VAULT, AN, NOW)
    do(usage.count, VAULT, BE, NOW)
    do(usage.erase, VAULT, AN)
    assert do(usage.use, NOW) == Use(messages=2, people=1)


def test_messages_and_people_are_counted_by_the_month(do):
    for address in (AN, AN, BE):
        do(usage.count, VAULT, address, NOW)
    december = datetime(2026, 12, 1, tzinfo=UTC)
    do(usage.count, VAULT, AN, december)
    assert do(usage.use, NOW) == Use(3, 2)
    assert do(usage.use, december) == Use(1, 1)
    do(usage.forget, december)
    assert do(usage.use, NOW) == Use(3, 2)
    do(usage.forget, datetime(2027, 1, 1, tzinfo=UTC))
    assert do(usage.use, NOW) == Use(0, 0)
    assert do(usage.use, december) == Use(1, 1)


@pytest.mark.parametrize(
    ("used", "warned"),
    [
        (Use(2399, 39), []),
        (Use(2400, 39), ["2400 of about 3000 messages"]),
        (Use(10, 40), ["40 of about 50 people"]),
        (Use(3100, 51), ["3100 of about 3000 messages", "51 of about 50 people"]),
    ],
)
def test_a_month_that_is_nearly_used_up_is_warned_of(used, warned):
    told = list(used.warnings())
    assert len(told) == len(warned)
    assert all(words in line for words, line in zip(warned, told, strict=True))


def test_a_lease_is_one_s_until_it_ends_or_is_given_back(do):
    minute = timedelta(minutes=1)
    assert do(leases.take, "x", "a", NOW, minute)
    assert not do(leases.take, "x", "b", NOW, minute)
    assert do(leases.take, "y", "b", NOW, minute)
    assert do(leases.take, "x", "a", NOW + minute / 2, minute)  # renewed
    assert not do(leases.take, "x", "b", NOW + minute, minute)
    assert do(leases.take, "x", "b", NOW + minute * 2, minute)
    do(leases.give_back, "x", "a")  # not his any more
    assert not do(leases.take, "x", "a", NOW + minute * 2, minute)
    do(leases.give_back, "x", "b")
    assert do(leases.take, "x", "a", NOW + minute * 2, minute)
