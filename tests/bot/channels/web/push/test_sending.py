"""What a push service gets, and what only the person's browser can open."""

import json
from datetime import timedelta

import pytest

from bot.channels.web import inbox, stored
from bot.channels.web.push import keys, subscriptions
from bot.channels.web.push.sending import LENGTH, pushing, said
from bot.channels.web.push.subscriptions import Subscription
from bot.clock import vietnam_now
from bot.notices import recipients
from bot.notices.recipients import Wants
from bot.outbox.outcomes import Sent
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.turn.messages import Reply
from tests.bot.channels.web.push.service import Browser, claims, running
from tests.bot.conftest import KEY

HOME = "https://motcua.example.vn:8443/chat"
WHO = "web:ba"
NEWS = Reply("Hồ sơ H36.99-260706-0003 của bà Nguyễn Thị Thử đã xong.", "Đăng ký khai sinh")
VAULT = Vault(KEY)


@pytest.fixture
async def service():
    async with running() as made:
        yield made


def kept(engine, browser, address=WHO, now=None):
    with database.writing(engine) as connection:
        told = Subscription.model_validate(browser.told)
        subscriptions.keep(connection, VAULT, address, told, now or vietnam_now())


def known(engine, address=WHO):
    with database.reading(engine) as connection:
        return [one.endpoint for one in subscriptions.of_person(connection, VAULT, address)]


async def tell(engine, address=WHO, news=NEWS):
    async with pushing(engine, VAULT, HOME) as pushes:
        await pushes.tell(address, news)


async def test_the_service_learns_that_there_is_news_and_the_browser_no_more(engine, service):
    browser = Browser(f"{service.address}send/an")
    kept(engine, browser)
    await tell(engine)
    [(headers, body)] = service.came
    assert b"news" not in body
    assert browser.opened(body) == {
        "title": "Một Cửa",
        "body": "Bạn có tin mới về việc bạn đang theo dõi.",
        "lang": "vi",
    }
    assert (headers["Content-Encoding"], headers["TTL"], headers["Topic"]) == ("aes128gcm", "259200", "news")


async def test_it_is_signed_by_the_key_that_browsers_were_given(engine, service):
    kept(engine, Browser(f"{service.address}send/an"))
    await tell(engine)
    [(headers, _)] = service.came
    told = claims(headers["Authorization"], keys.public_key(VAULT))
    assert told["aud"] == service.address.rstrip("/")
    assert told["sub"] == "https://motcua.example.vn"
    assert timedelta(0) < timedelta(seconds=told["exp"] - vietnam_now().timestamp()) <= timedelta(hours=24)


def test_the_key_is_the_same_under_a_later_secret_and_another_in_another_database():
    rotated = Vault(b"n" * 32, KEY)
    assert keys.public_key(rotated) == keys.public_key(VAULT)
    assert keys.public_key(Vault(b"o" * 32)) != keys.public_key(VAULT)


async def test_who_asked_for_details_gets_them_and_only_he(engine, service):
    browser = Browser(f"{service.address}send/an")
    kept(engine, browser)
    with database.writing(engine) as connection:
        recipients.set_detailed(connection, WHO, detailed=True)
    await tell(engine)
    assert "0003" in browser.opened(service.came[0][1])["body"]


@pytest.mark.parametrize(
    ("wants", "expected"),
    [
        (Wants(), "Bạn có tin mới về việc bạn đang theo dõi."),
        (Wants(language="en"), "There is news about what you follow."),
        (Wants(detailed=True), f"Đăng ký khai sinh {NEWS.text}"),
    ],
)
def test_what_a_screen_shows_is_in_the_person_s_language(wants, expected):
    assert said(NEWS, wants)["body"] == expected


def test_a_long_notice_is_cut():
    body = said(Reply("a " * 5000), Wants(detailed=True))["body"]
    assert (len(body), body[-1]) == (LENGTH, "…")


@pytest.mark.parametrize(("status", "left"), [(201, 1), (404, 0), (410, 0), (429, 1), (500, 1), (302, 1)])
async def test_a_subscription_ends_when_its_service_says_so(engine, service, status, left):
    service.status = status
    kept(engine, Browser(f"{service.address}send/an"))
    await tell(engine)
    assert len(known(engine)) == left
    assert len(service.came) == 1  # a redirection is not followed


async def test_all_browsers_of_a_person_are_told_and_no_other_s(engine, service):
    mine = [Browser(f"{service.address}{n}") for n in range(2)]
    for browser in mine:
        kept(engine, browser)
    kept(engine, Browser(f"{service.address}other"), "web:other")
    await tell(engine)
    assert len(service.came) == 2


async def test_a_service_that_is_away_stops_no_notice(engine):
    kept(engine, Browser("http://127.0.0.1:9/nobody"))
    async with inbox.sending(engine, VAULT, HOME) as send:
        outcome = await send(WHO, NEWS)
    assert isinstance(outcome, Sent)
    with database.reading(engine) as connection:
        assert len(stored.since(connection, VAULT, WHO, 0)) == 1


async def test_a_notice_is_on_the_page_before_it_is_pushed(engine, service):
    kept(engine, Browser(f"{service.address}send/an"))
    async with inbox.sending(engine, VAULT, HOME) as send:
        await send(WHO, NEWS)
    assert len(service.came) == 1


async def test_without_an_address_nothing_is_pushed(engine, service):
    kept(engine, Browser(f"{service.address}send/an"))
    async with inbox.sending(engine, VAULT, "") as send:
        await send(WHO, NEWS)
    assert service.came == []


def test_a_browser_is_of_who_used_it_last(engine):
    browser = Browser()
    kept(engine, browser)
    kept(engine, browser, "web:other")
    assert (known(engine), known(engine, "web:other")) == ([], [browser.endpoint])


def test_the_longest_not_seen_is_dropped(engine):
    now = vietnam_now()
    for n in range(subscriptions.MOST + 2):
        kept(engine, Browser(f"https://fcm.googleapis.com/{n}"), now=now + timedelta(days=n))
    assert len(known(engine)) == subscriptions.MOST
    assert "https://fcm.googleapis.com/0" not in known(engine)


def test_a_browser_that_does_not_come_any_more_is_forgotten(engine):
    now = vietnam_now()
    kept(engine, Browser(), now=now - timedelta(days=2))
    with database.writing(engine) as connection:
        assert subscriptions.forget(connection, now - timedelta(days=3)) == 0
        assert subscriptions.forget(connection, now - timedelta(days=1)) == 1


def test_the_database_holds_no_endpoint_in_clear(engine):
    kept(engine, Browser("https://fcm.googleapis.com/fcm/send/secret-token"))
    with database.reading(engine) as connection:
        rows = connection.exec_driver_sql("SELECT * FROM push_subscription").all()
    assert len(rows) == 1
    assert "secret-token" not in json.dumps(str(rows))
