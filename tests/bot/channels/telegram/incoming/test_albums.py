"""An album is one message: Telegram makes an update of each of its pictures."""

import asyncio

from bot.channels.telegram.incoming.updates import Picture, Received, as_one
from handlers.turn.messages import Incoming, Reply
from tests.bot.channels.telegram.telegram_line import NOW, by_polling, by_webhook
from tests.bot.media import photographs

CHAT = 7
SHOWN = Picture("p", 2)
CODES = ("H36.99-260706-0001", "H36.99-260706-0002")


def read(incoming):
    return (Reply(" ".join((incoming.text, *incoming.scanned)), erases=bool(incoming.scanned)),)


async def album(line, *captions, name="a"):
    """Two pictures, each with what is written below it, and then a text."""
    for code, caption in zip(CODES, captions, strict=True):
        more = {"caption": caption} if caption else {}
        await line.api.send_picture(CHAT, photographs.photo(code), media_group_id=name, **more)
    await line.api.say(CHAT, "sau")


async def test_by_polling_all_its_pictures_are_read_as_one_message_in_their_place():
    async with by_polling(read) as line:
        await album(line, "", "hai mặt")
        await line.api.until(lambda: len(line.api.texts(CHAT)) == 2)
        assert line.api.texts(CHAT) == [f"hai mặt {CODES[0]} {CODES[1]}", "sau"]
        assert [said.get("text") for said in line.api.said.values()] == ["sau"]  # the pictures are taken off
        await line.api.until(lambda: not line.api.updates)
        assert line.kept.held == {}


async def test_by_webhook_the_rest_comes_only_after_the_first_is_taken():
    whole = asyncio.Event()
    async with by_webhook(read) as line:
        line.pause = whole.wait
        await album(line, "hai mặt", "")
        delivered = asyncio.create_task(line.settle())
        await line.api.until(lambda: not line.api.updates)
        while len(line.kept.held) < 2:
            await asyncio.sleep(0)
        whole.set()
        await delivered
        assert line.api.texts(CHAT) == [f"hai mặt {CODES[0]} {CODES[1]}", "sau"]


async def test_another_process_that_has_its_first_part_answers():
    async with by_webhook(read) as line:
        await line.kept.put([part(1)])
        await line.telegram.take(part(2))
        while line.telegram.albums._tasks:
            await asyncio.sleep(0)
        assert (line.answer.heard, set(line.kept.held)) == ([], {1, 2})


async def test_after_a_stop_it_is_read_again():
    async with by_polling(read) as line:
        line.api._chats.add(CHAT)
        await line.kept.put([part(1, "một"), part(2, "hai")])
        line.polling.cancel()
        await asyncio.wait([line.polling])
    async with by_polling(read) as later:
        later.api._chats.add(CHAT)
        for one in line.kept.held.values():
            await later.telegram.finish(one)
        await later.api.until(lambda: later.api.texts(CHAT))
        assert later.api.texts(CHAT) == ["một\nhai"]


def part(number, caption="x"):
    """A part without a picture that we read."""
    person = {"id": CHAT, "type": "private", "first_name": "Lê Văn Thử"}
    file = {"file_id": "a", "file_unique_id": "a", "width": 9, "height": 9, "duration": 3}
    message = {"message_id": number, "date": 1, "chat": person, "from": person | {"is_bot": False}}
    message |= {"video": file, "caption": caption, "media_group_id": "a"}
    return Received(
        CHAT,
        number,
        Incoming(NOW, text=caption, attachment="other"),
        album="a",
        raw={"update_id": number, "message": message},
    )


def test_of_parts_the_first_with_a_picture_says_what_is_attached():
    video, photo = part(1, ""), part(2)
    photo = Received(CHAT, 2, Incoming(NOW, text="x", attachment="photo"), pictures=(SHOWN,), album="a")
    one = as_one([video, photo])
    assert (one.number, one.incoming.attachment, one.incoming.text) == (1, "photo", "x")
    assert (one.pictures, one.album) == ((SHOWN,), "")
