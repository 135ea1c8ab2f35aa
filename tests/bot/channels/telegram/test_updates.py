"""Telegram end to end, by webhook and by polling: persons on our Bot API server, the real library."""

import asyncio

import pytest

from handlers.turn.actions import Stale
from handlers.turn.messages import Choice, Reply
from tests.bot.channels.telegram.bot_api_checks import Refusal, bad, units
from tests.bot.channels.telegram.telegram_line import by_polling, by_webhook

CHAT, OTHER = 7, 8
YES_NO = (Choice("Có", Stale("yes")), Choice("Không", Stale("no")))


def questions(incoming):
    """Asks, then edits the question into the answer."""
    if incoming.choice:
        return (Reply(f"Bạn chọn {incoming.choice}", replaces=True),)
    return (Reply("Cha mẹ có đăng ký kết hôn không?", "Khai sinh", YES_NO),)


def two(incoming):
    return (Reply("một"), Reply("hai"))


@pytest.fixture(params=[by_webhook, by_polling])
def line_of(request):
    return request.param


async def test_a_dialogue_with_buttons_edits_the_question(line_of):
    async with line_of(questions) as line:
        await line.api.say(CHAT, "khai sinh")
        await line.settle()
        assert line.api.texts(CHAT) == ["Khai sinh\nCha mẹ có đăng ký kết hôn không?"]
        await line.api.tap(CHAT, "Có")
        await line.settle()
        assert line.api.texts(CHAT) == ["Bạn chọn yes"]
        assert len(line.api.ended) == 1


async def test_a_title_is_bold_and_nothing_in_a_text_is_markup(line_of):
    async with line_of(lambda _: (Reply("1 < 2 & <b>3</b> &lt;", "A & B"),)) as line:
        await line.api.say(CHAT, "x")
        await line.settle()
        (message,) = line.api.messages.values()
        assert message["text"] == "A & B\n1 < 2 & <b>3</b> &lt;"
        assert message["entities"] == [{"type": "bold", "offset": 0, "length": 5}]


async def test_a_long_text_comes_in_parts_with_the_buttons_below(line_of):
    long = "\n\n".join(f"{number}. " + "giấy tờ 😀 " * 80 for number in range(12))
    async with line_of(lambda _: (Reply(long, "Danh sách", YES_NO),)) as line:
        await line.api.say(CHAT, "x")
        await line.settle()
        texts = line.api.texts(CHAT)
        assert len(texts) == 3
        assert max(map(units, texts)) <= 4096
        assert "".join("".join(texts).split()) == "".join(f"Danh sách{long}".split())
        assert ["reply_markup" in message for message in line.api.messages.values()] == [False, False, True]


async def test_a_short_flood_wait_is_obeyed(line_of):
    async with line_of() as line:
        line.api.flood("sendMessage", 2)
        await line.api.say(CHAT, "một")
        await line.settle()
        assert (line.waits, line.api.texts(CHAT)) == ([2], ["một"])


async def test_what_is_unsent_comes_later_and_once(line_of):
    async with line_of(two) as line:
        line.api.refuse("sendMessage", bad("sad"))
        line.api.flood("sendMessage", 20)
        await line.api.say(CHAT, "x")
        await line.settle()
        assert line.api.texts(CHAT) == ["hai"]  # the first was refused for good
        assert len(line.answer.heard) == 1


async def test_a_message_whose_answer_was_lost_is_sent_again(line_of):
    async with line_of() as line:
        line.api.lost["sendMessage"] = 1
        await line.api.say(CHAT, "một")
        await line.settle()
        assert line.api.texts(CHAT) == ["một", "một"]


async def test_who_blocked_us_is_left_alone(line_of):
    async with line_of() as line:
        line.api.blocked.add(CHAT)
        await line.api.say(CHAT, "một")
        await line.settle()
        assert (line.api.texts(CHAT), line.waits) == ([], [])
        line.api.blocked.clear()
        await line.api.say(CHAT, "hai")
        await line.settle()
        assert line.api.texts(CHAT) == ["hai"]


@pytest.mark.parametrize(
    "refusal",
    [
        bad("message can't be edited"),
        bad("message to edit not found"),
        bad("there is no text in the message to edit"),
    ],
)
async def test_a_refused_edit_becomes_a_new_message(line_of, refusal):
    async with line_of(questions) as line:
        await line.api.say(CHAT, "khai sinh")
        await line.settle()
        line.api.refuse("editMessageText", refusal)
        await line.api.tap(CHAT, "Có")
        await line.settle()
        assert line.api.texts(CHAT)[1:] == ["Bạn chọn yes"]


async def test_an_edit_that_changes_nothing_is_done(line_of):
    async with line_of(lambda _: (Reply("a", choices=YES_NO, replaces=True),)) as line:
        await line.api.say(CHAT, "x")
        await line.settle()
        await line.api.tap(CHAT, "Có")
        await line.settle()
        assert line.api.texts(CHAT) == ["a"]


async def test_an_edit_refused_for_its_rate_stays_an_edit(line_of):
    async with line_of(questions) as line:
        await line.api.say(CHAT, "khai sinh")
        await line.settle()
        line.api.flood("editMessageText", 1)
        await line.api.tap(CHAT, "Có")
        await line.settle()
        assert line.api.texts(CHAT) == ["Bạn chọn yes"]


async def test_a_tap_ends_before_the_answer_is_found(line_of):
    found = asyncio.Event()

    async def slow(incoming):
        await found.wait()
        return (Reply("x"),)

    async with line_of(lambda incoming: slow(incoming) if incoming.choice else questions(incoming)) as line:
        await line.api.say(CHAT, "khai sinh")
        await line.settle()
        await line.api.tap(CHAT, "Có")
        settled = asyncio.create_task(line.settle())
        try:
            await line.api.until(lambda: line.api.ended)
        finally:
            found.set()
        await settled
        assert line.api.texts(CHAT)[1:] == ["x"]


async def test_a_tap_that_is_too_old_is_answered_all_the_same(line_of):
    async with line_of(questions) as line:
        await line.api.say(CHAT, "khai sinh")
        await line.settle()
        line.api.refuse("answerCallbackQuery", bad("query is too old"))
        await line.api.tap(CHAT, "Không")
        await line.settle()
        assert line.api.texts(CHAT) == ["Bạn chọn no"]


async def test_a_button_on_a_message_that_is_gone_still_works(line_of):
    gone = {"message_id": 999, "date": 0, "chat": {"id": CHAT, "type": "private"}}
    async with line_of(questions) as line:
        await line.api.say(CHAT, "khai sinh")
        await line.api.tap_data(CHAT, "old", gone)
        await line.settle()
        assert line.api.texts(CHAT)[1:] == ["Bạn chọn old"]


async def test_two_persons_are_answered_at_the_same_time(line_of):
    other_came = asyncio.Event()

    async def waits_for_the_other(incoming):
        if incoming.text == "đợi":
            await other_came.wait()
        other_came.set()
        return (Reply(incoming.text),)

    async with line_of(waits_for_the_other) as line:
        await line.api.say(CHAT, "đợi")
        await line.api.say(OTHER, "tới")
        await asyncio.wait_for(line.settle(), 5)
        assert (line.api.texts(CHAT), line.api.texts(OTHER)) == (["đợi"], ["tới"])


async def test_one_person_is_answered_in_order(line_of):
    inside, most = [], [0]

    async def answer(incoming):
        inside.append(incoming)
        most.append(len(inside))
        await asyncio.sleep(0.01)
        inside.remove(incoming)
        return (Reply(incoming.text or incoming.choice), Reply("."))

    async with line_of(answer) as line:
        await line.api.say(CHAT, "một")
        await line.settle()
        first = next(iter(line.api.messages.values()))
        await line.api.tap_data(CHAT, "hai", first)  # another queue of the webhook than messages
        await line.api.say(CHAT, "ba")
        await line.settle()
        texts = line.api.texts(CHAT)
        assert sorted(texts[2::2]) == ["ba", "hai"]
        assert texts[1::2] == [".", ".", "."]
    assert max(most) == 1


async def test_a_server_error_of_telegram_is_waited_out(line_of):
    async with line_of() as line:
        line.api.refuse("sendMessage", Refusal(502, "Bad Gateway"))
        await line.api.say(CHAT, "một")
        await line.settle()
        assert line.api.texts(CHAT) == ["một"]


async def test_refusals_are_logged_without_the_text(line_of, caplog):
    async with line_of() as line:
        line.api.refuse("sendMessage", bad("chat not found"))
        await line.api.say(CHAT, "bí mật")
        await line.settle()
    assert "message refused" in caplog.messages
    assert "bí mật" not in str([vars(record) for record in caplog.records])
