"""For how long a page is the same person, and how fast he may write."""

import hashlib
import time
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from itsdangerous import TimestampSigner

from bot.channels.web.refusal import Refusal
from bot.channels.web.sessions import pace as paces
from bot.channels.web.sessions.cookies import COOKIE, Sessions
from bot.channels.web.sessions.pace import Pace
from bot.clock import vietnam_now
from bot.settings import values
from bot.settings.settings import Settings
from tests.bot.channels.web.web_house import Nothing

CHOSEN = Settings(secret_key=b"k" * 32, retention_days=30)
DAY_S = 86_400


def sessions(settings: Settings = CHOSEN) -> Sessions:
    return Sessions(settings, Nothing(), vietnam_now)


class Earlier(TimestampSigner):
    """Signs as of some days ago."""

    days = 0.0

    def get_timestamp(self) -> int:
        return int(time.time() - self.days * DAY_S)


def came_with(days: float, secret: bytes = b"k" * 32) -> str:
    """The address of somebody whose cookie is so many days old."""
    signer = Earlier(secret, salt="web session", key_derivation="hmac", digest_method=hashlib.sha256)
    signer.days = days
    request = make_mocked_request("GET", "/", headers={"Cookie": f"{COOKIE}={signer.sign('ba').decode()}"})
    return sessions().claimed(request).address


@pytest.mark.parametrize("days", [0, 1, 29.9])
def test_a_page_is_the_same_person_for_as_long_as_the_talk_is_kept(days: float) -> None:
    assert came_with(days) == "web:ba"


@pytest.mark.parametrize("days", [30.1, 400])
def test_a_cookie_that_is_older_than_the_talk_is_nobody_s(days: float) -> None:
    assert came_with(days) != "web:ba"


def test_a_cookie_of_another_key_is_nobody_s() -> None:
    assert came_with(0, b"x" * 32) != "web:ba"


def refused(pace: Pace, person: str) -> bool:
    try:
        pace.check(person)
    except Refusal as refusal:
        return refusal.status == 429
    return False


def test_one_person_may_write_so_many_messages_at_once() -> None:
    pace = Pace(at_once=3)
    assert [refused(pace, "web:1") for _ in range(4)] == [False, False, False, True]
    assert not refused(pace, "web:2")


def test_the_longest_silent_are_forgotten_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paces, "PEOPLE", 3)
    pace = Pace(at_once=1)
    people = [f"web:{number}" for number in range(4)]
    assert [refused(pace, person) for person in people] == [False] * 4
    assert [refused(pace, person) for person in reversed(people)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("remote", "expected"), [("127.0.0.1", True), ("10.1.2.3", False), ("::1", True), ("", False)]
)
def test_no_limit_counts_the_networks_that_are_set_apart(remote: str, expected: bool) -> None:
    apart = replace(CHOSEN, unlimited=values.networks("127.0.0.0/8, ::1"))
    request = make_mocked_request("GET", "/").clone(remote=remote)
    assert sessions(apart).is_unlimited(request) is expected
    assert not sessions().is_unlimited(request)


@pytest.mark.parametrize(
    ("settings", "peer", "said", "expected"),
    [
        ({}, "127.0.0.1", "https", True),  # a proxy on this machine is believed by default
        ({}, "127.0.0.1", "http", False),
        ({}, "127.0.0.1", "", False),
        ({}, "203.0.113.7", "https", False),  # anybody can write that
        ({}, "127.0.0.1", "http, https", True),  # what the nearest proxy says
        ({"trusted_proxies": ()}, "127.0.0.1", "https", False),
        ({"public_url": "https://motcua.example"}, "203.0.113.7", "", True),
    ],
)
def test_behind_tls_the_cookie_never_travels_without_it(settings, peer, said, expected):
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-Proto": said} if said else {})
    response = web.Response()
    sessions(replace(CHOSEN, **settings)).greet(request.clone(remote=peer), response)
    assert bool(response.cookies[COOKIE]["secure"]) is expected
