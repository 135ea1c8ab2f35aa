"""The Bot API server of the tests is as strict as Telegram's; seen through the library's own client."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from tests.bot.channels.telegram.bot_api import TOKEN, BotApi
from tests.bot.channels.telegram.bot_api_checks import parse_html

CHAT = 7


@pytest.fixture
async def api():
    return BotApi()


@pytest.fixture
async def bot(api):
    async with api.running() as url, Bot(TOKEN, base_url=url) as bot:
        await api.say(CHAT, "chào")
        yield bot


def keyboard(*rows):
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
    )


@pytest.mark.parametrize(
    ("text", "parse_mode", "problem"),
    [
        ("", None, "message text is empty"),
        (" \n ", None, "message text is empty"),
        ("<b></b>", "HTML", "message text is empty"),
        ("a" * 4097, None, "message is too long"),
        ("😀" * 2049, None, "message is too long"),  # two units each
        ("a < b", "HTML", "can't parse entities"),
        ("<b>a", "HTML", "can't parse entities"),
        ("<b><i>a</b></i>", "HTML", "can't parse entities"),
        ("a</b>", "HTML", "can't parse entities"),
        ("<p>a</p>", "HTML", "can't parse entities"),
        ("a<br>b", "HTML", "can't parse entities"),
    ],
)
async def test_a_text_over_the_limits_is_refused(bot, text, parse_mode, problem):
    with pytest.raises(BadRequest, match=f"(?i){problem}"):
        await bot.send_message(CHAT, text, parse_mode=parse_mode)


@pytest.mark.parametrize("text", ["a" * 4096, "😀" * 2048, f"<b>{'a' * 4096}</b>", "&lt;" * 4096])
async def test_a_text_at_the_limit_is_taken(bot, api, text):
    await bot.send_message(CHAT, text, parse_mode="HTML")
    assert len(api.texts(CHAT)) == 1


def test_markup_becomes_entities_in_utf16_units():
    assert parse_html("😀<b>a &amp; b</b> &nbsp;") == (
        "😀a & b &nbsp;",
        [{"type": "bold", "offset": 2, "length": 5}],
    )


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([[("a", "x" * 65)]], "BUTTON_DATA_INVALID"),
        ([[("a", "ệ" * 22)]], "BUTTON_DATA_INVALID"),  # 66 bytes
        ([[(" ", "x")]], "must be non-empty"),
        ([[("a", "x")]] * 101, "too long"),
        ([[("a", "x")] * 9], "too long"),
    ],
)
async def test_a_button_over_the_limits_is_refused(bot, rows, problem):
    with pytest.raises(BadRequest, match=f"(?i){problem}"):
        await bot.send_message(CHAT, "a", reply_markup=keyboard(*rows))


async def test_a_button_without_an_action_is_refused(bot):
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("a")]])
    with pytest.raises(BadRequest, match="(?i)unallowed"):
        await bot.send_message(CHAT, "a", reply_markup=markup)


async def test_an_edit_to_the_same_is_refused(bot):
    message = await bot.send_message(CHAT, "a", reply_markup=keyboard([("b", "x")]))
    with pytest.raises(BadRequest, match="(?i)message is not modified"):
        await bot.edit_message_text("a", CHAT, message.message_id, reply_markup=keyboard([("b", "x")]))
    await bot.edit_message_text("a", CHAT, message.message_id)
    with pytest.raises(BadRequest, match="(?i)message to edit not found"):
        await bot.edit_message_text("a", CHAT, 999)


async def test_a_deleted_message_is_gone(bot, api):
    message = await bot.send_message(CHAT, "a")
    await bot.delete_message(CHAT, message.message_id)
    assert api.texts(CHAT) == []
    with pytest.raises(BadRequest, match="(?i)not found"):
        await bot.delete_message(CHAT, message.message_id)


async def test_a_tap_is_answered_once(bot, api):
    await api.tap_data(CHAT, "x", (await bot.send_message(CHAT, "a")).to_dict())
    query = api.updates[-1]["callback_query"]["id"]
    await bot.answer_callback_query(query)
    with pytest.raises(BadRequest, match="(?i)query is too old"):
        await bot.answer_callback_query(query)


async def test_who_never_wrote_or_blocked_us_is_not_reached(bot, api):
    with pytest.raises(BadRequest, match="(?i)chat not found"):
        await bot.send_message(8, "a")
    api.blocked.add(CHAT)
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_chat_action(CHAT, "typing")


async def test_a_flood_is_told_how_long_to_wait(bot, api):
    api.flood("sendMessage", 7)
    with pytest.raises(RetryAfter) as error:
        await bot.send_message(CHAT, "a")
    assert error.value.retry_after == 7


async def test_another_token_is_refused(api):
    async with api.running() as url:
        with pytest.raises(InvalidToken):
            await Bot("123456:another", base_url=url).initialize()


async def test_updates_come_until_the_offset_confirms_them(bot, api):
    ids = [api.updates[0]["update_id"], await api.say(CHAT, "hai"), await api.say(CHAT, "ba")]
    assert [u.update_id for u in await bot.get_updates()] == ids
    assert [u.update_id for u in await bot.get_updates(offset=ids[1], limit=1)] == ids[1:2]
    assert [u.update_id for u in await bot.get_updates(offset=ids[0])] == ids[1:]
    assert not await bot.get_updates(offset=ids[2] + 1)


async def test_unwanted_updates_are_not_kept(bot, api):
    await api.push(edited_message={})
    assert len(await bot.get_updates(allowed_updates=["message"])) == 1


async def test_two_pollers_exclude_each_other(bot, api):
    await bot.get_updates(offset=await api.say(CHAT) + 1)
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await api.until(lambda: len(api.called("getUpdates")) == 2)
    async with Bot(TOKEN, base_url=bot.base_url.removesuffix(TOKEN)) as other:
        second = asyncio.create_task(other.get_updates(timeout=50))
        with pytest.raises(Conflict, match="other getUpdates"):
            await first
        await api.say(CHAT, "hai")
        assert len(await second) == 1


async def test_no_polling_beside_a_webhook(bot):
    await bot.set_webhook("https://motcua.example/telegram/webhook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("http://motcua.example/hook", "ok"),
        ("https://motcua.example:8080/hook", "ok"),
        ("https://motcua.example/hook", "không được"),
        ("https://motcua.example/hook", "x" * 257),
    ],
)
async def test_a_bad_webhook_is_refused(bot, url, secret):
    with pytest.raises(BadRequest):
        await bot.set_webhook(url, secret_token=secret)


@pytest.mark.parametrize(
    ("name", "description"), [("Help", "x"), ("trợ_giúp", "x"), ("help", ""), ("help", "x" * 257)]
)
async def test_a_bad_command_is_refused(bot, name, description):
    with pytest.raises(BadRequest):
        await bot.set_my_commands([(name, description)])
