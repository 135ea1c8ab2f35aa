"""The whole house behind Telegram: what it says about each procedure passes Telegram's limits."""

import logging
from functools import partial

import pytest

from bot import assemble
from bot.settings import settings
from bot.turns.converse import converse
from tests.bot.channels.telegram.telegram_line import by_webhook

CHAT = 7
VIEWS = (
    "p",
    "l",
    "k",
    "n",
    "v:{}:desk",
    "r",
)  # opened, its list, to tick off, what is not needed, how, from anew


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    return assemble.build(settings.read({}, tmp_path_factory.mktemp("data")))


def buttons(line):
    """Labels of the newest message's buttons."""
    *_, newest = line.api.messages.values()
    return [button["text"] for row in newest["reply_markup"]["inline_keyboard"] for button in row]


async def test_a_question_becomes_the_citizens_list(house):
    async with by_webhook(partial(converse, house)) as line:
        await line.api.say(CHAT, "làm khai sinh cho con cần gì")
        await line.settle()
        while "Đánh dấu giấy đã có" not in buttons(line):
            await line.api.tap(CHAT, buttons(line)[0])
            await line.settle()
        assert "Tờ khai" in "\n".join(line.api.texts(CHAT)[-2:])  # its explanations may be a message more
        assert len(line.api.texts(CHAT)) < 5  # the questions were edited into one another


async def test_the_app_language_decides(house):
    async with by_webhook(partial(converse, house)) as line:
        await line.api.say(8, "/help", language="en-GB")
        await line.settle()
        assert "Browse" in str(buttons(line))


async def test_an_edit_and_a_reply_reach_the_talk(house):
    async with by_webhook(partial(converse, house)) as line:
        await line.api.say(9, "làm kết hô cần gì")
        await line.settle()
        ((_, number),) = line.api.said
        await line.api.edit(9, number, "làm kết hôn cần gì")
        await line.settle()
        assert "Đăng ký kết hôn\nMình đọc lại theo tin bạn vừa sửa." in line.api.texts(9)[-1]
        list_of_papers = line.api.shown(9)[-1]
        await line.api.say(9, "thủ tục đăng ký khai tử")
        await line.settle()
        await line.api.reply(9, list_of_papers, "bao lâu thì xong")
        await line.settle()
        assert line.api.texts(9)[-2].startswith("Đăng ký kết hôn\nThời hạn")
        assert line.api.texts(9)[-1].startswith("Đăng ký khai tử")  # what is open is asked again


async def test_all_views_of_all_procedures_pass(house, caplog):
    async with by_webhook(partial(converse, house)) as line:
        await line.api.say(CHAT, "/menu")
        await line.settle()
        menu = next(iter(line.api.messages.values()))
        for code in house.world.catalogue.procedures:
            for view in VIEWS:
                await line.api.tap_data(CHAT, view.format(code) if "{" in view else f"{view}:{code}", menu)
        await line.settle()
        taps = len(VIEWS) * len(house.world.catalogue.procedures)
        assert len(line.api.ended) == taps
        assert {status for _, status in line.api.deliveries} == {200}
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == []
