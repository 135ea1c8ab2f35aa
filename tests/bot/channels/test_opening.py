"""What opens a channel with a payload, known without waiting."""

from dataclasses import replace

import pytest

from bot.channels.opening import Doors
from bot.channels.registry import CHANNELS, NoLink
from bot.settings.settings import Settings

CHOSEN = Settings(secret_key=b"k" * 32, public_url="https://motcua.example", zalo_oa_id="12")
TELEGRAM = "https://t.me/bot?start={}"


@pytest.fixture
def waiting():
    """What was begun and is not done yet."""
    return []


@pytest.fixture
def doors(waiting):
    """Of a channel whose link a network tells with these answers; None: it is away."""

    def make(*answers):
        left = list(answers)

        def ask(_settings, payload):
            answer = left.pop(0)
            if answer is None:
                raise NoLink("away")
            return answer.format(payload)

        rows = (replace(CHANNELS["telegram"], follow_link=ask), CHANNELS["web"])
        return Doors(CHOSEN, rows, waiting.append)

    return make


def test_nobody_waits_for_a_network_and_who_comes_later_has_its_link(doors, waiting):
    known = doors(TELEGRAM)
    assert known.opens("lk-1") == {}
    assert known.opens("lk-1") == {}
    [work] = waiting  # asked once
    work()
    links = {"telegram": "https://t.me/bot?start=lk-2", "web": "https://motcua.example/chat?start=lk-2"}
    assert known.opens("lk-2") == links
    assert len(waiting) == 1


def test_a_network_that_is_away_is_asked_again_and_keeps_no_other_from_its_link(doors, waiting):
    known = doors(None, TELEGRAM)
    known.opens("lk-1")
    waiting.pop()()
    assert set(known.opens("lk-1")) == {"web"}
    waiting.pop()()
    assert set(known.opens("lk-1")) == {"telegram", "web"}


def test_a_link_that_carries_nothing_opens_nothing():
    known = Doors(CHOSEN, [CHANNELS["zalo"]], lambda work: work())
    assert known.opens("lk-1") == {}
