"""Connections over the limits are ended, the newest first; nobody else's."""

import asyncio
from typing import Any

import pytest

from bot.channels.web.streams import Crowded, Events
from bot.watching.doors import Doors


class Connection:
    """The other end, and whether we ended it."""

    def __init__(self, host: str) -> None:
        self.host, self.is_ended = host, False

    def get_extra_info(self, name: str) -> tuple[str, int]:
        return (self.host, 50_000)

    def abort(self) -> None:
        self.is_ended = True


def network(host: str) -> str:
    return "" if host == "127.0.0.1" else host


@pytest.mark.parametrize(
    ("hosts", "limits", "ended"),
    [
        ("aab", {"per_network": 2}, ""),
        ("aabab", {"per_network": 2}, "a"),
        ("abcd", {"in_all": 3}, "d"),
        ("aaaab", {"per_network": 2, "in_all": 3}, "aa"),  # b keeps the place that a's surplus leaves
    ],
)
def test_who_came_last_goes_first(hosts: str, limits: dict[str, Any], ended: str) -> None:
    opened = [Connection(host) for host in hosts]
    surplus = Doors(network, **limits).surplus(opened)
    assert "".join(each.host for each in opened if each in surplus) == ended


def test_a_proxy_holds_as_many_as_there_are_places() -> None:
    assert Doors(network, per_network=1, in_all=5).surplus([Connection("127.0.0.1")] * 5) == []


async def test_surplus_connections_are_ended_as_long_as_it_watches() -> None:
    opened = [Connection("a"), Connection("a")]
    watching = asyncio.create_task(Doors(network, per_network=1).watch(lambda: opened))
    await asyncio.sleep(0)
    assert [each.is_ended for each in opened] == [False, True]
    watching.cancel()


def test_one_network_does_not_take_all_open_pages() -> None:
    events = Events(per_network=1)
    with events.subscribe("web:1", "n"):
        with pytest.raises(Crowded), events.subscribe("web:2", "n"):
            pass
        with events.subscribe("web:3", "other"), events.subscribe("web:4"):
            pass
    with events.subscribe("web:2", "n"):
        pass
