"""A person's message comes in by either way and is answered, as far as the Bot Platform can."""

from datetime import timedelta

import pytest

from bot.media.voice import Heard
from handlers.turn.choices import Choice
from handlers.turn.messages import Reply
from handlers.turn.shared import AskDossier, Menu
from tests.bot.channels.telegram.telegram_line import Conversation, echo
from tests.bot.channels.zalo.platform.line import CHAT, Clock, connected
from tests.bot.media import photographs

CODE = "H15.50-260706-1377"
WAYS = pytest.mark.parametrize("hooked", [False, True])


async def answered(api, number=1, chat=CHAT):
    """What the person was told, once it is so many messages."""
    if api.webhook:
        await api.deliver()
    await api.until(lambda: len(api.shown[chat]) >= number)
    return api.texts(chat)


@WAYS
@pytest.mark.parametrize("wraps", [False, True])
async def test_a_text_is_answered(kept, hooked, wraps):
    async with connected(Conversation(echo), kept, hooked=hooked) as api:
        api.wraps = wraps
        await api.say(CHAT, "xin chào")
        assert await answered(api) == ["xin chào"]
        assert api.called("sendChatAction") == [{"chat_id": CHAT, "action": "typing"}]


async def test_choices_are_numbered(kept):
    reply = Reply("Việc gì?", choices=(Choice("Hồ sơ", AskDossier()), Choice("Về đầu", Menu())))
    async with connected(Conversation(lambda _: (reply,)), kept) as api:
        await api.say(CHAT, "alo")
        assert await answered(api) == ["Việc gì?\n\n1. Hồ sơ\n2. Về đầu"]


async def test_a_long_answer_goes_in_parts_that_the_platform_takes(kept):
    async with connected(Conversation(lambda _: (Reply("một hai " * 600),)), kept) as api:
        await api.say(CHAT, "alo")
        told = await answered(api, 3)
        assert "".join("".join(told).split()) == "mộthai" * 600


@pytest.mark.parametrize("key", ["photo_url", "photo"])
async def test_a_picture_is_read_and_its_words_are_taken(kept, key):
    conversation = Conversation(lambda _: (Reply("đã xem"),))
    async with connected(conversation, kept) as api:
        await api.send_picture(CHAT, photographs.photo(CODE), key, caption="giấy hẹn")
        await answered(api)
    (said,) = conversation.heard
    assert (said.attachment, said.scanned, said.text) == ("photo", (CODE,), "giấy hẹn")


async def test_a_picture_that_is_gone_is_as_one_that_cannot_be_read(kept):
    conversation = Conversation(echo)
    async with connected(conversation, kept) as api:
        await api.push(api.update(CHAT, "image", photo_url=f"{api.url}/media/none.jpg"))
        assert await answered(api) == ["photo"]
    assert conversation.heard[0].scanned == ()


@pytest.mark.parametrize(("hears", "heard"), [(True, "khai sinh"), (False, "")])
async def test_a_voice_message_is_listened_to_if_there_is_an_ear(kept, hears, heard):
    async def listen(audio):
        return Heard(audio.decode(), sure=True)

    conversation = Conversation(echo)
    async with connected(conversation, kept, listen=listen if hears else None) as api:
        await api.speak(CHAT, b"khai sinh")
        await answered(api)
    (said,) = conversation.heard
    assert (said.attachment, said.heard, said.heard_sure) == ("voice", heard, hears)


async def test_what_we_cannot_read_is_told_so_once_in_ten_minutes(kept):
    clock, conversation = Clock(), Conversation(echo)
    async with connected(conversation, kept, clock=clock) as api:
        for minutes in (0, 9, 2):  # at 0, 9 and 11 minutes
            clock.now += timedelta(minutes=minutes)
            await api.send_unsupported(CHAT)
            await api.push(api.update(CHAT, "sticker", sticker="bfe458bf64fa8da4d4eb"))
            await api.say(CHAT, str(minutes))
            await api.until(lambda: str(minutes) in api.texts(CHAT))  # noqa: B023
        assert api.texts(CHAT) == ["other", "0", "9", "other", "2"]


async def test_in_a_group_nothing_is_read(kept):
    conversation = Conversation(echo)
    async with connected(conversation, kept) as api:
        for _ in range(2):
            await api.say("9f8e7d6c5b4a39281706", "@Bot khai sinh cần gì", group=True)
        await api.say(CHAT, "xong")
        await answered(api)
        (told,) = api.texts("9f8e7d6c5b4a39281706")
        assert "nhắn riêng" in told
    assert [said.text for said in conversation.heard] == ["xong"]


async def test_a_bot_and_what_names_nobody_get_no_answer(kept):
    conversation = Conversation(echo)
    async with connected(conversation, kept) as api:
        await api.say(CHAT, "tin của bot", is_bot=True)
        await api.push({"event_name": "message.unsupported.received"})
        await api.push({"event_name": "message.poll.received", "message": {}})
        await api.push({})
        await api.say(CHAT, "người")
        assert await answered(api) == ["người"]
    assert len(conversation.heard) == 1


@WAYS
async def test_messages_of_a_person_are_answered_in_their_order(kept, hooked):
    async with connected(Conversation(echo), kept, hooked=hooked) as api:
        for number in range(10):
            await api.say(CHAT, str(number))
        assert await answered(api, 10) == [str(number) for number in range(10)]


async def test_a_message_delivered_three_times_is_answered_once(kept):
    async with connected(Conversation(echo), kept, hooked=True) as api:
        await api.say(CHAT, "một")
        await api.deliver(times=3)
        await api.say(CHAT, "hai")
        assert await answered(api, 2) == ["một", "hai"]
        assert api.deliveries == [200] * 4


async def test_an_answer_that_is_lost_is_not_sent_twice(kept):
    async with connected(Conversation(lambda _: (Reply("một"), Reply("hai"))), kept) as api:
        api.lost["sendMessage"] = 1
        await api.say(CHAT, "x")
        assert await answered(api, 2) == ["một", "hai"]


async def test_what_was_not_sent_before_a_stop_is_sent_after_it(kept):
    conversation = Conversation(lambda _: (Reply("một"), Reply("hai")))
    clock = Clock()
    async with connected(conversation, kept, clock=clock) as api:
        api.refuse("sendMessage", 401)
        await api.say(CHAT, "x")
        await api.until(lambda: api.called("sendMessage"))
    clock.now += timedelta(minutes=1)
    async with api.running(), connected(conversation, kept, clock=clock, api=api):
        assert await answered(api, 2) == ["một", "hai"]
    assert len(conversation.heard) == 1
