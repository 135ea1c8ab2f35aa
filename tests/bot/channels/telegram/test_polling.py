"""The start of Telegram, and updates that we ask for."""

import asyncio
import logging
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError

from bot.channels.telegram import polling
from handlers.language.i18n import languages
from handlers.office.commands import COMMANDS
from handlers.turn.messages import Reply
from tests.bot.channels.telegram.bot_api import BotApi
from tests.bot.channels.telegram.bot_api_checks import Refusal
from tests.bot.channels.telegram.telegram_line import SECRET, by_polling, connected

CHAT, OTHER = 7, 8
POLLING = "bot.channels.telegram.polling"  # the name of its logger


async def test_an_update_is_confirmed_after_it_is_handled():
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def slow(incoming):
        asked.set()
        await may_answer.wait()
        return (Reply("x"),)

    async with by_polling(slow) as line:
        await line.api.say(CHAT, "x")
        await asked.wait()
        assert len(line.api.updates) == 1
        may_answer.set()
        await line.settle()
        assert line.api.texts(CHAT) == ["x"]


async def test_what_a_stop_interrupts_comes_again_at_the_next_start():
    asked, forever = asyncio.Event(), asyncio.Event()

    async def hangs_once(incoming):
        if not asked.is_set():
            asked.set()
            await forever.wait()
        return (Reply("x"),)

    async with by_polling(hangs_once) as line:
        await line.api.say(CHAT, "x")
        await asked.wait()
        line.polling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await line.polling
        line.polling = asyncio.create_task(polling.poll(line.telegram, line.bot))
        await line.settle()
        assert line.api.texts(CHAT) == ["x"]


async def test_an_unreadable_update_stops_nobody():
    async with by_polling() as line:
        await line.api.push(message="x")
        await line.api.say(CHAT, "một")
        await line.settle()
        assert line.api.texts(CHAT) == ["một"]


async def test_a_message_that_always_fails_is_given_up(caplog):
    def fails(incoming):
        if incoming.text == "hỏng":
            raise OSError
        return (Reply(incoming.text),)

    async with by_polling(fails) as line:
        await line.api.say(CHAT, "hỏng")
        await line.api.say(OTHER, "lành")
        await line.api.say(CHAT, "lành")
        await line.settle()
        assert (line.api.texts(CHAT), line.api.texts(OTHER)) == (["lành"], ["lành"])
    assert "update given up" in caplog.messages


async def test_polling_backs_off_and_goes_on():
    async with connected() as line:
        down = [Refusal(502, "Bad Gateway")] * 7 + [
            Refusal(409, "Conflict: other"),
            Refusal(429, "x", retry_after=99),
        ]
        line.api.refuse("getUpdates", *down)
        line.polling = asyncio.create_task(polling.poll(line.telegram, line.bot))
        await line.api.say(CHAT, "một")
        await line.settle()
        line.polling.cancel()
        assert line.waits == [1, 2, 4, 8, 16, 30, 30, 30, 99]
        assert line.api.texts(CHAT) == ["một"]


@asynccontextmanager
async def running(line, public_url):
    """The start, as the process runs it, until it stops."""
    task = asyncio.create_task(polling.run(line.telegram, line.bot, public_url, SECRET))
    yield
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_with_a_public_address_telegram_is_told_the_webhook():
    async with connected() as line, running(line, "https://motcua.example"):
        await line.api.until(lambda: line.api.webhook)
        url = "https://motcua.example/telegram/webhook"
        assert line.api.webhook == {"url": url, "secret": SECRET, "allowed": list(polling.UPDATES)}


async def test_without_a_public_address_the_webhook_goes_and_polling_starts():
    async with connected() as line:
        line.api.webhook = {"url": "https://old.example", "secret": "", "allowed": None}
        async with running(line, ""):
            await line.api.say(CHAT, "một")
            await line.settle()
            assert (line.api.webhook, line.api.texts(CHAT)) == ({}, ["một"])


async def test_the_start_waits_for_telegram():
    async with connected() as line:
        line.api.refuse("setWebhook", Refusal(429, "Too Many Requests", retry_after=1), Refusal(500, "x"))
        async with running(line, "https://motcua.example"):
            await line.api.until(lambda: line.api.webhook)
        assert line.waits[:2] == [1, 2]


async def test_the_session_ends_with_the_process():
    async with connected() as line:
        async with running(line, "https://motcua.example"):
            await line.api.until(lambda: line.api.webhook)
        with pytest.raises(NetworkError):
            await line.bot.get_me()


class Said(logging.Handler):
    """Wakes the test when something is logged as an error."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.event = asyncio.Event()

    def emit(self, record):
        self.event.set()


@pytest.fixture
def said():
    handler, logger = Said(), logging.getLogger(POLLING)
    logger.addHandler(handler)
    yield handler.event
    logger.removeHandler(handler)


def errors(caplog):
    return [record for record in caplog.records if (record.levelno, record.name) == (logging.ERROR, POLLING)]


async def test_a_refused_token_is_said_in_one_line_and_does_not_end_the_loop(caplog, said):
    """To start the process again would not help, and would take the web chat along."""
    async with BotApi().running() as url, connected() as line:
        bot = polling.make_bot("123456:wrong", url)
        task = asyncio.create_task(polling.run(line.telegram, bot, "", SECRET))
        await said.wait()
        await asyncio.sleep(0)
        assert not task.done()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [record.getMessage() for record in errors(caplog)] == [
        "Telegram refuses the token; copy TELEGRAM_BOT_TOKEN again from @BotFather"
    ]


async def test_refused_commands_are_said_so_and_polling_begins(caplog):
    async with connected() as line:
        refusal = Refusal(400, "Bad Request: language_code must be a two-letter code")
        line.api.refuse("setMyCommands", *[refusal] * (1 + len(languages())))
        async with running(line, ""):
            await line.api.say(CHAT, "một")
            await line.settle()
    assert (line.api.texts(CHAT), line.waits) == (["một"], [])
    assert {record.getMessage() for record in errors(caplog)} == {"Telegram refuses what we say of us"}
    assert {record.language for record in errors(caplog)} == {"vi", *languages()}
    assert "two-letter" in errors(caplog)[0].reason


async def test_one_refused_language_keeps_no_other_from_being_told(caplog):
    async with connected() as line:
        line.api.refuse("setMyCommands", Refusal(400, "Bad Request: command description is too long"))
        async with running(line, ""):
            await line.api.until(lambda: line.api.called("getUpdates"))
        assert {language for _, language in line.api.commands} == set(languages())
    assert len(errors(caplog)) == 1


async def test_a_refused_webhook_is_said_so_and_tried_again(caplog):
    async with connected() as line:
        line.api.refuse("setWebhook", Refusal(400, "Bad Request: bad webhook: IP address is reserved"))
        async with running(line, "https://motcua.example"):
            await line.api.until(lambda: line.api.webhook)
    assert "bad webhook" in errors(caplog)[0].reason.lower()


async def test_the_commands_are_told_in_each_language():
    async with by_polling() as line:
        told = line.api.commands
    scope = "all_private_chats"
    assert set(told) == {(scope, ""), *((scope, language) for language in languages())}
    assert [command["command"] for command in told[scope, ""]] == [name for name, _, _ in COMMANDS]
    assert told[scope, ""] == told[scope, "vi"]
    assert [command["command"] for command in told[scope, "en"]] == [name for _, name, _ in COMMANDS]


async def test_an_empty_chat_says_who_we_are_in_each_language():
    async with by_polling() as line:
        told = line.api.described
    assert set(told) == {(kind, code) for kind in ("description", "short") for code in ("", *languages())}
    assert "trợ lý" in told["description", ""]
    assert told["description", "en"] != told["description", ""] == told["description", "vi"]
