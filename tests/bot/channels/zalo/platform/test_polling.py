"""Asking for updates: one process at a time, nothing lost, and clear words where it cannot work."""

import asyncio
import json
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.zalo.kept import store
from bot.channels.zalo.kept.arrival import Arrival
from bot.channels.zalo.platform import receiving
from bot.channels.zalo.platform.client import connected as client_of
from bot.channels.zalo.platform.receiving import Turn
from bot.settings.settings import Settings
from bot.storage import leases
from bot.storage.sealing import Vault
from tests.bot.channels.telegram.telegram_line import Conversation, echo
from tests.bot.channels.zalo.fake_bot import TOKEN, BotPlatform
from tests.bot.channels.zalo.platform.line import CHAT, Clock, connected
from tests.bot.conftest import KEY, NOW


class Stopped(Exception):
    """So many pauses were wanted."""


class Pauses:
    """The pauses that were wanted, none of them made; the last ends the loop."""

    def __init__(self, most):
        self.most, self.made = most, []

    async def __call__(self, seconds):
        self.made.append(seconds)
        if len(self.made) == self.most:
            raise Stopped


async def polled(kept, api, pauses, clock=None, arrival=None, token=TOKEN):
    """Polls until the pauses are over."""
    clock = clock or Clock()
    chosen = Settings(secret_key=KEY, zalo_bot_token=token, zalo_bot_api_url=api.url)
    turn = Turn(kept, "zalobot/x", "a", clock)
    async with client_of(chosen) as client:
        with suppress(Stopped):
            await receiving.poll(client, arrival or Arrival(kept, Vault(KEY), clock), turn, pauses)


async def test_a_webhook_is_told_of_and_left_alone(kept, caplog):
    api, pauses = BotPlatform(), Pauses(8)
    async with api.running():
        api.webhook = {"url": "https://other.example/hook", "secret_token": "12345678"}
        await polled(kept, api, pauses)
    assert pauses.made == [1, 2, 4, 8, 16, 32, 60, 60]
    assert caplog.messages.count(receiving.HOOKED) == 9
    assert api.webhook
    assert api.called("deleteWebhook") == []


async def test_a_wrong_token_is_told_without_it(kept, caplog):
    api = BotPlatform()
    async with api.running():
        await polled(kept, api, Pauses(1), token="wrong-token")
    assert any("copy ZALO_BOT_TOKEN again" in message for message in caplog.messages)
    assert "wrong-token" not in caplog.text


async def test_who_does_not_hold_the_lease_does_not_ask(kept, do_kept):
    api, clock = BotPlatform(), Clock()
    do_kept(leases.take, "zalobot/x", "another", clock.now, timedelta(seconds=90))
    async with api.running():
        await polled(kept, api, Pauses(2))
        assert api.called("getUpdates") == []
        clock.now += timedelta(seconds=90)  # it died
        api.refuse("getUpdates", 500)
        await polled(kept, api, Pauses(1), clock)
        assert len(api.called("getUpdates")) == 1
    assert do_kept(leases.take, "zalobot/x", "third", clock.now, timedelta(seconds=90))  # given back


async def test_what_was_given_out_is_kept_before_the_next_is_asked_for(kept, do_kept):
    api, pauses = BotPlatform(), Pauses(3)

    class Away(Arrival):
        """Its database is away twice."""

        async def put(self, arrived):
            if len(pauses.made) < 2:
                raise OperationalError("", None, Exception())
            api.refuse("getUpdates", 500)
            return await super().put(arrived)

    async with api.running():
        await api.say(CHAT, "một")
        await api.say(CHAT, "hai")
        await polled(kept, api, pauses, arrival=Away(kept, Vault(KEY), Clock()))
        assert len(api.called("getUpdates")) == 2
        assert len(api.updates) == 1
    (one,) = do_kept(store.claim, Vault(KEY), "zalobot", 9, NOW)
    assert "một" in json.loads(one.raw)["message"]["text"]


@pytest.mark.parametrize("status", [500, 429])
async def test_a_platform_that_is_down_is_asked_again_later(kept, status):
    api, pauses = BotPlatform(), Pauses(2)
    async with api.running():
        api.refuse("getUpdates", status)
        api.refuse("getUpdates", 408)
        api.refuse("getUpdates", status)
        await polled(kept, api, pauses)
    assert pauses.made == [1, 1]  # an answer, though nothing came, begins anew


async def test_what_is_in_hand_is_finished_when_the_process_is_told_to_stop(kept):
    begun, may_answer = asyncio.Event(), asyncio.Event()

    async def slow(said):
        begun.set()
        await may_answer.wait()
        return echo(said)

    async with connected(Conversation(slow), kept) as api:
        await api.say(CHAT, "x")
        await begun.wait()
        asyncio.get_running_loop().call_soon(may_answer.set)
    assert api.texts(CHAT) == ["x"]
