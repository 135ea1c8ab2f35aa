"""Updates as Telegram writes them -> what the conversation hears."""

import pytest
from telegram import Update

from bot.channels.telegram.incoming.updates import Picture, Received, received
from handlers.turn.messages import Incoming, Quoted
from tests.bot.channels.telegram.telegram_line import NOW

PERSON = {"id": 7, "is_bot": False, "first_name": "Lê Văn Thử", "language_code": "vi"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Lê Văn Thử"}
GROUP = {"id": -5, "type": "group", "title": "Tổ dân phố"}
FILE = {"file_id": "a", "file_unique_id": "a"}
TAP = {"id": "q", "from": PERSON, "chat_instance": "1", "data": "x"}
STICKER = {**FILE, "width": 9, "height": 9, "is_animated": False, "is_video": False, "type": "regular"}
PHOTO = [{**FILE, "width": 9, "height": 9}]


def heard(**update):
    return received(Update.de_json({"update_id": 42, **update}, None), NOW)


def message(chat=PRIVATE, **content):
    return {"message_id": 5, "date": 1, "chat": chat, "from": PERSON, **content}


def test_a_text():
    assert heard(message=message(text="khai sinh")) == Received(
        7, 42, Incoming(NOW, text="khai sinh", language="vi", number="5")
    )
    assert heard(message=message(text="khai sinh")).address == "telegram:7"


def test_a_tap():
    query = {"id": "q", "from": PERSON, "chat_instance": "1", "data": "yes", "message": message(text="?")}
    assert heard(callback_query=query) == Received(7, 42, Incoming(NOW, choice="yes", language="vi"), "q", 5)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("/start", ""),
        ("/start 1_001193", "1_001193"),
        ("/start@motcua_bot p-1_001193", "p-1_001193"),
        ("/start " + "a" * 64, "a" * 64),
        ("/start " + "a" * 65, ""),
        ("/start khai sinh", ""),
        ("/start 1.001193", ""),
        ("/started x", ""),
        ("xin /start x", ""),
    ],
)
def test_a_deep_link(text, start):
    assert heard(message=message(text=text)).incoming == Incoming(
        NOW, text=text, start=start, language="vi", number="5"
    )


@pytest.mark.parametrize(
    ("content", "attachment"),
    [
        ({"photo": PHOTO}, "photo"),
        ({"document": {**FILE, "file_name": "CCCD.PDF"}}, "image"),
        ({"document": {**FILE, "file_name": "don.docx"}}, "file"),
        ({"document": {**FILE, "mime_type": "application/octet-stream", "file_name": "a.JPG"}}, "image"),
        ({"document": {**FILE, "mime_type": "text/plain", "file_name": "a.jpg"}}, "file"),
        ({"voice": {**FILE, "duration": 3}}, "voice"),
        ({"audio": {**FILE, "duration": 3}}, "voice"),
        ({"video_note": {**FILE, "duration": 3, "length": 9}}, "voice"),
        ({"video": {**FILE, "duration": 3, "width": 9, "height": 9}}, "other"),
        ({"animation": {**FILE, "duration": 3, "width": 9, "height": 9}, "document": FILE}, "other"),
        ({"document": {**FILE, "mime_type": "image/svg+xml"}}, "file"),  # not read
        ({"document": {**FILE, "mime_type": "image/png", "file_size": 20_000_001}}, "file"),
        ({"contact": {"phone_number": "0", "first_name": "x"}}, "contact"),
        ({"location": {"longitude": 105.8, "latitude": 21.0}}, "location"),
        ({"venue": {"location": {"longitude": 1, "latitude": 2}, "title": "x", "address": "x"},
          "location": {"longitude": 1, "latitude": 2}}, "location"),
        ({"sticker": STICKER}, "other"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "other"),
    ],
)  # fmt: skip
def test_an_attachment(content, attachment):
    assert heard(message=message(**content)).incoming == Incoming(
        NOW, attachment=attachment, language="vi", number="5"
    )


@pytest.mark.parametrize(
    ("sizes", "chosen"),
    [
        ([(90, 67), (320, 240), (1280, 960), (2560, 1920)], "1280"),
        ([(67, 90), (960, 1280)], "960"),
        ([(2560, 1920)], "2560"),
    ],
)
def test_of_a_photo_telegrams_usual_size_is_fetched(sizes, chosen):
    photo = [{"file_id": str(w), "file_unique_id": str(w), "width": w, "height": h} for w, h in sizes]
    assert heard(message=message(photo=photo)).pictures == (Picture(chosen, 5),)


KINDS = ["image/jpeg", "image/jpg", "image/png", "image/webp", "image/heic", "application/pdf"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_sent_as_a_file(kind):
    update = heard(message=message(document={**FILE, "mime_type": kind, "file_size": 20_000_000}))
    assert (update.pictures[0].file, update.incoming.attachment) == ("a", "image")


@pytest.mark.parametrize(
    ("owner", "phone"), [({"user_id": 7}, "84901234567"), ({"user_id": 8}, ""), ({}, "")]
)
def test_only_the_own_contact_is_believed(owner, phone):
    contact = {"phone_number": "84901234567", "first_name": "x", **owner}
    assert heard(message=message(contact=contact)).incoming.phone == phone


@pytest.mark.parametrize("kind", ["group", "supergroup"])
@pytest.mark.parametrize("content", [{"text": "khai sinh"}, {"new_chat_members": [PERSON]}])
def test_of_a_group_only_the_language_is_heard(kind, content):
    update = heard(message=message(GROUP | {"type": kind}, **content))
    assert (update.chat, update.in_group, update.incoming) == (-5, True, Incoming(NOW, language="vi"))


def test_an_edited_message_says_which_one_it_corrects():
    said = heard(edited_message=message(text="khai sinh", edit_date=2)).incoming
    assert said == Incoming(NOW, text="khai sinh", language="vi", edits="5")


BUTTON = {"text": "Phí", "callback_data": "v:1.001193:desk"}
OURS = {
    "message_id": 4,
    "date": 1,
    "chat": PRIVATE,
    "from": PERSON | {"is_bot": True},
    "text": "Khai sinh\nx",
}


@pytest.mark.parametrize(
    ("replied", "quoted"),
    [
        (OURS, Quoted("Khai sinh\nx")),
        (
            OURS | {"reply_markup": {"inline_keyboard": [[BUTTON]]}},
            Quoted("Khai sinh\nx", choices=(("Phí", "v:1.001193:desk"),)),
        ),
        (message(text="khai sinh"), Quoted("khai sinh", is_ours=False)),
        (message(photo=PHOTO, caption="giấy hẹn"), Quoted("giấy hẹn", is_ours=False)),
    ],
)
def test_a_reply_says_to_what(replied, quoted):
    assert heard(message=message(text="phí?", reply_to_message=replied)).incoming.quoted == quoted


def test_a_caption_is_the_text():
    said = heard(message=message(photo=PHOTO, caption="sao y cái này")).incoming
    assert (said.text, said.attachment) == ("sao y cái này", "photo")


def test_a_person_without_a_language():
    assert (
        heard(
            message=message(text="x") | {"from": {"id": 7, "is_bot": False, "first_name": "x"}}
        ).incoming.language
        == ""
    )


@pytest.mark.parametrize(
    "update",
    [
        {"edited_message": message(GROUP, text="khai sinh")},
        {"message": message(GROUP, new_chat_title="x")},
        {"callback_query": TAP | {"message": message(GROUP)}},
        {"callback_query": TAP | {"inline_message_id": "1"}},
        {"callback_query": TAP | {"data": None, "game_short_name": "x", "message": message()}},
        {"edited_message": message(location={"longitude": 105.8, "latitude": 21.0})},
        {"channel_post": message({"id": -9, "type": "channel", "title": "x"}, text="x")},
        {"edited_channel_post": message({"id": -9, "type": "channel", "title": "x"}, text="x")},
        {"message": message(pinned_message=message(text="x"))},
        {"message": message(new_chat_title="x")},
        {},
    ],
)  # fmt: skip
def test_what_is_not_for_us(update):
    assert heard(**update) is None
