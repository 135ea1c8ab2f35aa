"""A bot with manners: buttons that were answered go, it types, groups are left alone, rows make sense."""

import asyncio

import pytest

from bot.channels.telegram import busy
from handlers.intake.actions import GoBack
from handlers.people.actions import AskErase
from handlers.turn.actions import Stale
from handlers.turn.messages import Choice, Enclosure, Reply
from handlers.turn.shared import Menu
from tests.bot.channels.telegram.bot_api_checks import bad
from tests.bot.channels.telegram.telegram_line import by_webhook
from tests.bot.media import photographs

CHAT, GROUP, OTHERS = 7, -5, -6
YES_NO = (Choice("Có", Stale("yes")), Choice("Không", Stale("no")))


def buttons(line, chat=CHAT):
    """Of each message the rows of its buttons."""
    rows = [m.get("reply_markup", {}).get("inline_keyboard", []) for m in line.api.shown(chat)]
    return [[[button["text"] for button in row] for row in keyboard] for keyboard in rows]


def asks(incoming):
    if incoming.text == "cảm ơn":
        return (Reply("Không có gì."),)
    return (Reply(f"Câu {incoming.text}?", choices=YES_NO, replaces=incoming.text == ""),)


async def said(line, *texts):
    for text in texts:
        await line.api.say(CHAT, text)
        await line.settle()


async def test_the_buttons_of_what_is_answered_go():
    async with by_webhook(asks) as line:
        await said(line, "một", "hai")
        assert buttons(line) == [[], [["Có", "Không"]]]
        await said(line, "cảm ơn")  # asks nothing: what was asked stays
        assert buttons(line) == [[], [["Có", "Không"]], []]


async def test_all_buttons_of_one_answer_stay_until_the_next():
    async with by_webhook(lambda _: (Reply("a", choices=YES_NO), Reply("b", choices=YES_NO))) as line:
        await said(line, "một")
        assert buttons(line) == [[["Có", "Không"]]] * 2
        await said(line, "hai")
        assert buttons(line) == [[], [], [["Có", "Không"]], [["Có", "Không"]]]


async def test_a_message_that_is_edited_keeps_its_new_buttons():
    async with by_webhook(asks) as line:
        await said(line, "một")
        await line.api.tap(CHAT, "Có")
        await line.settle()
        assert buttons(line) == [[["Có", "Không"]]]
        await said(line, "hai")
        assert buttons(line) == [[], [["Có", "Không"]]]


async def test_buttons_that_stay_stop_nothing():
    async with by_webhook(asks) as line:
        await said(line, "một")
        line.api.refuse("editMessageReplyMarkup", bad("message can't be edited"))
        await said(line, "hai", "ba")
        assert line.api.texts(CHAT) == ["Câu một?", "Câu hai?", "Câu ba?"]
        assert buttons(line) == [[["Có", "Không"]], [], [["Có", "Không"]]]


async def test_answers_ways_and_what_deletes_have_rows_of_their_own():
    choices = (
        Choice("Xóa dữ liệu", AskErase()),
        Choice("Quay lại", GoBack()),
        *YES_NO,
        Choice("Về đầu", Menu()),
        Choice("Cha mẹ chưa đăng ký kết hôn", Stale("x")),
    )
    async with by_webhook(lambda _: (Reply("?", choices=choices),)) as line:
        await said(line, "một")
    assert buttons(line) == [
        [["Có"], ["Không"], ["Cha mẹ chưa đăng ký kết hôn"], ["Quay lại", "Về đầu"], ["Xóa dữ liệu"]]
    ]


async def test_a_group_is_told_once_to_write_in_private():
    async with by_webhook() as line:
        await line.api.say_in_group(GROUP, "/start@motcua_test_bot")
        await line.api.say_in_group(GROUP, "khai sinh cần gì")
        await line.api.say_in_group(OTHERS, "/help", language="en")
        await line.settle()
        ((text,), (other,)) = line.api.texts(GROUP), line.api.texts(OTHERS)
        assert "nhắn riêng" in text
        assert other != text
        ((button,),) = line.api.shown(GROUP)[0]["reply_markup"]["inline_keyboard"]
        assert button == {"text": "Nhắn riêng cho mình", "url": "https://t.me/motcua_test_bot"}
        assert line.answer.heard == []


async def test_a_group_in_which_we_may_not_write_stops_nothing():
    async with by_webhook() as line:
        line.api.refuse("sendMessage", bad("not enough rights to send text messages to the chat"))
        number = await line.api.say_in_group(GROUP, "x")
        await line.settle()
        assert line.api.deliveries == [(number, 200)]


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr("bot.channels.telegram.answering.SLOW_S", 0)


async def test_while_an_answer_takes_its_time_it_types(at_once):
    may_answer = asyncio.Event()

    async def slow(incoming):
        await may_answer.wait()
        return (Reply("x"),)

    async with by_webhook(slow) as line:
        await line.api.say(CHAT, "khai sinh")
        settled = asyncio.create_task(line.settle())
        await line.api.until(lambda: line.api.called("sendChatAction"))
        may_answer.set()
        await settled
        assert [call["action"] for call in line.api.called("sendChatAction")] == ["typing"]


async def test_a_quick_answer_needs_no_typing():
    async with by_webhook() as line:
        await said(line, "một")
        assert line.api.called("sendChatAction") == []
        assert busy.SLOW_S > 0.3


async def test_a_picture_is_looked_at_and_a_file_is_sent_under_a_sign():
    files = (Enclosure("qr", "ma.png", "H15"), Enclosure("text", "a.txt", "x"))
    async with by_webhook(lambda _: (Reply("đây", enclosures=files),)) as line:
        await line.api.send_picture(CHAT, photographs.photo("H36.99-260706-0001"))
        await line.settle()
        actions = [call["action"] for call in line.api.called("sendChatAction")]
        assert actions[0] == "typing"
        assert set(actions[1:]) <= {"upload_document"}
        assert len(line.api.shown(CHAT)) == 2
