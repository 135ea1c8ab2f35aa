"""The files of replies on their way to the person: on Telegram, on the page, in the terminal."""

from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import FormData
from PIL import Image
from pypdf import PdfReader

from bot import assemble
from bot.channels.telegram.send import push
from bot.channels.web import stored
from bot.channels.web.app import make_app
from bot.channels.web.inbox import WebInbox
from bot.channels.web.sessions.table import SessionTable
from bot.clock import vietnam_now
from bot.outbox.outcomes import Refused, Sent
from bot.settings import settings
from bot.storage import database
from bot.turns.converse import converse
from bot.turns.welcoming import welcomed
from handlers.turn.actions import Stale
from handlers.turn.messages import Choice, Enclosure, Reply
from tests.bot.channels.telegram.bot_api_checks import CAPTION_LIMIT, bad, units
from tests.bot.channels.telegram.telegram_line import by_webhook, connected
from tests.bot.channels.web.web_house import Kept, Talk, app
from tests.bot.commands.terminal import motcua
from tests.bot.media import photographs

CHAT = 7
CARD = "060198001234|260123456|Nguyễn Thị Thử|14031998|Nữ|12 Trần Phú, Tiến Thành, Bình Thuận|20052022"
FORM = "tinh-trang-hon-nhan"
TAPS = ("Chưa kết hôn lần nào", "Vay vốn", "Lấy tờ khai")
QR = Enclosure("qr", "ma.png", "https://motcua.example.vn/t/1")
NOTICE = Reply("Hồ sơ đã xong.", "Tin mới", (Choice("Xem", Stale("status")),), enclosures=(QR,))
OLD = Enclosure("paper", "cu.pdf", '{"form": "x"}')  # of another version of the program
TEXT = Enclosure("text", "du-lieu.txt", "Lê Văn Thử")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    return assemble.build(settings.read({}, tmp_path_factory.mktemp("data")))


# Telegram


@pytest.fixture
async def filled(house):
    """A form that a citizen has just filled in with a photo of the card."""
    async with by_webhook(partial(converse, house)) as line:
        await line.api.say(CHAT, "/tokhai")
        await line.settle()
        menu = line.api.shown(CHAT)[-1]
        await line.api.tap_data(CHAT, f"fb:{FORM}:card", menu)
        await line.settle()
        await line.api.send_picture(CHAT, photographs.photo(CARD, "ID card"))
        await line.settle()
        for label in TAPS:
            await line.api.tap(CHAT, label)
            await line.settle()
        yield line


async def test_a_filled_form_arrives_as_picture_and_paper(filled):
    photo, code, document = filled.api.shown(CHAT)[-3:]
    name, picture = filled.api.sent[photo["photo"][0]["file_id"]]
    assert (name, Image.open(BytesIO(picture)).format) == (f"to-khai-{FORM}.png", "PNG")
    assert "caption" not in photo
    assert "reply_markup" not in photo
    assert filled.api.sent[code["photo"][0]["file_id"]][0].startswith("ma-HS-")
    name, paper = filled.api.sent[document["document"]["file_id"]]
    assert name == f"to-khai-{FORM}.pdf"
    assert "Nguyễn Thị Thử" in PdfReader(BytesIO(paper)).pages[0].extract_text()


async def test_text_and_buttons_stand_below_the_paper(filled):
    document = filled.api.shown(CHAT)[-1]
    assert document["caption"].startswith("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân\n")
    assert document["caption_entities"][0]["type"] == "bold"
    assert units(document["caption"]) <= CAPTION_LIMIT
    labels = [button["text"] for row in document["reply_markup"]["inline_keyboard"] for button in row]
    assert labels[0] == "Sửa tờ khai"


async def test_the_buttons_below_a_paper_work(filled):
    await filled.api.tap(CHAT, "Về đầu")
    await filled.settle()
    assert "trợ lý Một Cửa" in filled.api.texts(CHAT)[-1]


async def test_the_photo_of_the_card_is_taken_off_the_chat(filled):
    kinds = [sorted(set(message) & {"text", "photo"}) for message in filled.api.said.values()]
    assert kinds == [["text"]]  # the citizen's own messages that still stand there


async def test_a_photo_that_cannot_be_taken_off_holds_nothing_up(house, caplog):
    caplog.set_level("INFO", "bot")
    async with by_webhook(partial(converse, house)) as line:
        await line.api.say(8, "/tokhai")
        await line.settle()
        await line.api.tap_data(8, f"fb:{FORM}:card", line.api.shown(8)[-1])
        await line.settle()
        line.api.refuse("deleteMessage", bad("message can't be deleted"))
        await line.api.send_picture(8, photographs.photo(CARD, "ID card"))
        await line.settle()
        assert "Đã đọc thẻ" in line.api.texts(8)[-1]
    assert "message not erased" in caplog.messages


async def test_a_photo_of_a_receipt_stays(house):
    async with by_webhook(partial(converse, house)) as line:
        await line.api.send_picture(9, photographs.photo("H36.99-260706-0001"))
        await line.settle()
        assert len(line.api.said) == 1


async def test_a_notice_with_a_qr_is_one_photo_with_text_and_buttons():
    async with connected() as line:
        await line.api.say(CHAT, "/start")
        assert isinstance(await push(line.bot, f"telegram:{CHAT}", NOTICE), Sent)
        (message,) = line.api.shown(CHAT)
    assert message["photo"]
    assert message["caption"] == "Tin mới\nHồ sơ đã xong."
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Xem"


async def test_a_text_too_long_for_a_caption_follows_its_file():
    long = Reply("chữ " * 400, choices=NOTICE.choices, enclosures=(QR, TEXT))
    async with connected() as line:
        await line.api.say(CHAT, "/start")
        await push(line.bot, f"telegram:{CHAT}", long)
        photo, document, text = line.api.shown(CHAT)
    assert [len({"caption", "reply_markup"} & set(file)) for file in (photo, document)] == [0, 0]
    assert "reply_markup" in text
    assert line.api.sent[document["document"]["file_id"]] == ("du-lieu.txt", "Lê Văn Thử".encode())


async def test_who_blocked_us_is_told_to_the_ledger():
    async with connected() as line:
        await line.api.say(CHAT, "/start")
        line.api.blocked.add(CHAT)
        assert isinstance(await push(line.bot, f"telegram:{CHAT}", NOTICE), Refused)


async def test_a_file_of_another_version_does_not_hold_up_the_chat(caplog):
    async with by_webhook(lambda incoming: (Reply("", enclosures=(OLD,)), Reply("Còn đây."))) as line:
        await line.api.say(CHAT, "tờ khai")
        await line.settle()
        assert line.api.texts(CHAT) == ["Còn đây."]
        assert {status for _, status in line.api.deliveries} == {200}
    assert "message refused" in caplog.messages


# The page


@pytest.fixture
def inbox(house):
    return WebInbox(house.engine, house.vault, vietnam_now)


@pytest.fixture
async def page(house, inbox, aiohttp_client):
    answer, welcome = partial(converse, house), partial(welcomed, house)
    return await aiohttp_client(
        make_app(house, answer, welcome=welcome, inbox=inbox, sessions=SessionTable(house.engine))
    )


async def said(page, **message):
    return (await (await page.post("/chat/messages", json=message)).json())["replies"]


async def fill_in(page):
    """The files of the filled form, as the page is told of them."""
    await said(page, choice=f"fb:{FORM}:card")
    form = FormData()
    form.add_field("file", photographs.photo(CARD, "ID card"), filename="the.jpg", content_type="image/jpeg")
    replies = (await (await page.post("/chat/messages", data=form)).json())["replies"]
    for label in TAPS:
        (value,) = [c["value"] for r in replies for c in r["choices"] if c["label"] == label]
        replies = await said(page, choice=value)
    return replies[-1]["files"]


async def test_the_page_is_told_of_picture_and_paper_and_gets_them(page):
    picture, code, paper = await fill_in(page)
    assert (picture["name"], paper["name"]) == (f"to-khai-{FORM}.png", f"to-khai-{FORM}.pdf")
    assert code["name"].startswith("ma-HS-")
    response = await page.get(picture["url"])
    assert (response.status, response.content_type) == (200, "image/png")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert Image.open(BytesIO(await response.read())).format == "PNG"
    response = await page.get(paper["url"])
    assert (response.status, response.content_type) == (200, "application/pdf")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "Nguyễn Thị Thử" in PdfReader(BytesIO(await response.read())).pages[0].extract_text()


async def test_a_file_is_for_this_person_only(page, aiohttp_client):
    picture, *_ = await fill_in(page)
    stranger = await aiohttp_client(page.server)
    assert (await stranger.get(picture["url"])).status == 404  # without a session
    await said(stranger, text="xin chào")
    assert (await stranger.get(picture["url"])).status == 404
    assert (await page.get(picture["url"])).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "{id}/0/0/khac.png",  # another name
        "{id}/0/3/{name}",
        "{id}/1/0/{name}",
        "{id}/0/-1/{name}",
        "{id}/-1/0/{name}",
        "{id}/0/" + "9" * 5000 + "/{name}",
        "{id}/0/0/",
        "{id}/0/0/..%2f{name}",
        "other/0/0/{name}",
        "notice-1/0/0/{name}",
        "notice-/0/0/{name}",
        "notice--1/0/0/{name}",
        "notice-" + "9" * 50 + "/0/0/{name}",
        "notice-²/0/0/{name}",
        "a" * 65 + "/0/0/{name}",
        "%00/0/0/{name}",
    ],
)
async def test_a_forged_address_finds_nothing(path, page):
    picture, *_ = await fill_in(page)
    source = picture["url"].split("/")[3]
    assert (await page.get("/chat/files/" + path.format(id=source, name=picture["name"]))).status == 404


async def test_the_file_of_a_notice_by_its_number(page, house, inbox):
    await said(page, text="xin chào")
    with house.engine.connect() as connection:
        address = connection.exec_driver_sql(
            "SELECT address FROM conversation WHERE address LIKE 'web:%' ORDER BY seen_at DESC, rowid DESC"
        ).scalar()
    sent = await inbox.send(address, NOTICE)
    response = await page.get(f"/chat/files/notice-{sent.receipt}/0/0/ma.png")
    assert (response.status, response.content_type) == (200, "image/png")
    with database.writing(house.engine) as connection:
        others = stored.put(connection, house.vault, "web:somebody", [NOTICE], vietnam_now())
    assert (await page.get(f"/chat/files/notice-{others}/0/0/ma.png")).status == 404


async def fetched(aiohttp_client, enclosure):
    """The response to a page that fetches it."""
    kept, talk = Kept(), Talk(Reply("Dữ liệu của bạn.", enclosures=(enclosure,)))
    client = await aiohttp_client(app(talk, inbox=kept))
    (reply,) = await said(client, id="m1", text="/dulieu")
    kept.sent[talk.people[0], "m1"] = talk.replies
    return await client.get(reply["files"][0]["url"])


async def test_a_file_of_another_version_is_gone(aiohttp_client):
    assert (await fetched(aiohttp_client, OLD)).status == 404


async def test_a_text_says_that_it_is_utf_8(aiohttp_client):
    response = await fetched(aiohttp_client, TEXT)
    assert (response.content_type, response.charset) == ("text/plain", "utf-8")
    assert await response.text() == "Lê Văn Thử"


# The terminal


def test_the_terminal_tells_where_the_files_are(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    file = Path(motcua("chat", said="/dulieu\n").stdout.split()[-1])
    assert file.suffix == ".txt"
    assert file.read_text(encoding="utf-8").strip()
    assert file.parent.stat().st_mode & 0o077 == 0
