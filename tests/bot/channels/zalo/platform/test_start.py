"""The row of the registry: notices that go out, and what `motcua check` warns of."""

import asyncio
from dataclasses import replace

import pytest

from bot.channels.registry import CHANNELS
from bot.channels.zalo.platform import receiving, start, usage
from bot.outbox.outcomes import Doubtful, Later, Refused, Sent
from bot.settings.settings import Settings
from bot.storage import conversations
from bot.storage.sealing import Vault
from bot.watching.metrics import Metrics
from handlers.turn.choices import Choice
from handlers.turn.messages import Enclosure, Reply, State
from handlers.turn.pending import CaseQuestion
from handlers.turn.shared import Menu
from tests.bot.channels.zalo.fake_bot import TOKEN, BotPlatform
from tests.bot.channels.zalo.platform.line import CHAT
from tests.bot.conftest import KEY, NOW

ADDRESS, VAULT = f"zalobot:{CHAT}", Vault(KEY)
NOTICE = Reply("Hồ sơ đã xong.", choices=(Choice("Về đầu", Menu()),))


async def pushed(kept, api, reply=NOTICE):
    """The outcome of a notice."""
    chosen = Settings(secret_key=KEY, zalo_bot_token=TOKEN, zalo_bot_api_url=api.url)
    async with CHANNELS["zalobot"].sending(chosen, kept, VAULT, Metrics()) as send:
        return await send(ADDRESS, reply)


@pytest.mark.parametrize(
    ("state", "text", "means"),
    [
        (State(), "Hồ sơ đã xong.\n\n1. Về đầu", NOTICE.choices),
        (State(pending=CaseQuestion("1", "a")), "Hồ sơ đã xong.", ()),  # a number answers that question
    ],
)
async def test_a_number_is_offered_only_if_it_will_be_understood(kept, do_kept, state, text, means):
    do_kept(conversations.save, VAULT, ADDRESS, state, 0, NOW)
    api = BotPlatform()
    async with api.running():
        api.update(CHAT, "text")
        assert isinstance(await pushed(kept, api), Sent)
        assert api.texts(CHAT) == [text]
    known, _ = do_kept(conversations.load, VAULT, ADDRESS)
    assert known == replace(state, offered=means)
    assert do_kept(usage.use, NOW).messages in (0, 1)  # of this month, whichever it is


async def test_a_file_of_a_notice_stays_out(kept):
    api = BotPlatform()
    async with api.running():
        api.update(CHAT, "text")
        await pushed(kept, api, Reply("Sắp hết hạn.", enclosures=(Enclosure("calendar", "a.ics", "x"),)))
        assert api.texts(CHAT) == ["Sắp hết hạn."]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(429, Later(30)), (401, Later(60)), (403, Refused("403 refused", gone=True)), (500, Doubtful())],
)
async def test_what_becomes_of_a_notice(kept, status, outcome):
    api = BotPlatform()
    async with api.running():
        api.update(CHAT, "text")
        api.refuse("sendMessage", status)
        assert await pushed(kept, api) == outcome


async def test_a_notice_whose_answer_is_lost_is_in_doubt(kept):
    api = BotPlatform()
    async with api.running():
        api.update(CHAT, "text")
        api.lost["sendMessage"] = 1
        assert await pushed(kept, api) == Doubtful()
        assert len(api.texts(CHAT)) == 1


HOOK = {"url": "https://xa.test/zalo/bot", "secret_token": "12345678"}


@pytest.mark.parametrize(
    ("token", "public_url", "webhook", "told"),
    [
        (TOKEN, "", {}, []),
        (TOKEN, "https://xa.test", HOOK, []),
        ("wrong", "", {}, ["ZALO_BOT_TOKEN is refused"]),
        (TOKEN, "https://xa.test", {}, ["webhook is not set, not at https://xa.test/zalo/bot"]),
        (TOKEN, "https://moi.test", HOOK, ["is at https://xa.test/zalo/bot, not at https://moi.test"]),
        (TOKEN, "", HOOK, [receiving.HOOKED]),
    ],
)
async def test_a_step_that_is_missing_is_named(kept, token, public_url, webhook, told):
    api = BotPlatform()
    async with api.running() as url:
        api.webhook = webhook
        chosen = Settings(secret_key=KEY, zalo_bot_token=token, zalo_bot_api_url=url, public_url=public_url)
        warned = await asyncio.to_thread(lambda: list(start.warnings(chosen, kept, NOW)))
    assert len(warned) == len(told)
    assert all(words in line for words, line in zip(told, warned, strict=True))
    assert api.webhook == webhook
