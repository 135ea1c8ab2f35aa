"""Photographed receipts, and shared contacts, from the person to the answer: the whole house behind it."""

from datetime import UTC, datetime
from functools import partial

import pytest
from aiohttp import FormData

from bot import assemble
from bot.channels.telegram import polling
from bot.channels.web.app import make_app
from bot.channels.web.inbox import WebInbox
from bot.channels.web.sessions.table import SessionTable
from bot.clock import vietnam_now
from bot.dossiers import embedded
from bot.dossiers.record import Update
from bot.settings import settings
from bot.storage import database
from bot.turns.converse import converse
from bot.turns.welcoming import welcomed
from tests.bot.channels.telegram.bot_api_checks import bad
from tests.bot.channels.telegram.telegram_line import by_webhook
from tests.bot.media import photographs
from tests.bot.media.test_foreign import heic, pdf
from tests.bot.media.test_foreign import photo as shown

CHAT = 7
CODE, PHONE = "H36.99-260706-0001", "84901234567"
MORNING = datetime(2026, 7, 6, 9, tzinfo=UTC)
DOSSIER = Update(CODE, MORNING, status="2", since=MORNING, name="Nguyễn Văn An", phone="0901 234 567")
ID_CARD = "001090012345||Nguyễn Văn An|01021990|Nam|Thôn Một, Xã Thử, Tỉnh Bịa|01072021"
BLURRED = photographs.Spoilt("far too blurred", then=(photographs.blurred(9),))


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = assemble.build(settings.read({}, tmp_path_factory.mktemp("data")))
    with database.writing(made.engine) as connection:
        embedded.record(connection, made.vault, DOSSIER)
    return made


@pytest.fixture
async def line(house):
    async with by_webhook(partial(converse, house)) as line:
        await line.api.say(CHAT, "/start")
        await line.settle()
        yield line


async def sent(line, chat, payload, **more):
    """A photo of a receipt with this in its QR code; what the person sees then."""
    await line.api.send_picture(chat, photographs.photo(payload), **more)
    await line.settle()
    return line.api.texts(chat)[-1]


async def said(line, chat, text):
    await line.api.say(chat, text)
    await line.settle()
    return line.api.texts(chat)[-1]


@pytest.mark.parametrize("payload", [CODE, f"https://motcua.example.vn/tra-cuu?ma={CODE}"])
@pytest.mark.parametrize("as_file", ["", "image/jpeg"])
async def test_a_photographed_receipt_and_four_digits_tell_where_it_is(line, payload, as_file, request):
    chat = hash(request.node.name)  # who proved it once is not asked again
    asked = await sent(line, chat, payload, as_file=as_file)
    assert CODE in asked
    assert "4 số cuối" in asked
    assert "Tình trạng" in await said(line, chat, "4567")


async def test_a_phones_own_photo_and_a_scanned_paper_are_read_too(line):
    for chat, (file, media_type) in enumerate(
        [(heic(shown(CODE)), "image/heic"), (pdf(shown(CODE)), "application/pdf")], 70
    ):
        await line.api.send_picture(chat, file, as_file=media_type)
        await line.settle()
        assert CODE in line.api.texts(chat)[-1]


async def test_the_own_contact_proves_it_and_the_button_goes_away(line):
    await sent(line, CHAT, CODE)
    assert line.api.keyboards[CHAT] == ["Gửi số điện thoại của tôi", "Về đầu"]
    await line.api.share_contact(CHAT, PHONE, owner=CHAT)
    await line.settle()
    assert "Tình trạng" in line.api.texts(CHAT)[-1]
    assert line.api.keyboards == {}
    assert "✓" not in line.api.texts(CHAT)


async def test_the_contact_of_somebody_else_proves_nothing(line):
    await sent(line, 8, CODE)
    await line.api.share_contact(8, PHONE, owner=CHAT)
    await line.settle()
    assert "không phải số của tài khoản" in line.api.texts(8)[-1]
    assert 8 in line.api.keyboards
    assert "Tình trạng" in await said(line, 8, "4567")
    assert line.api.keyboards == {}


async def test_the_menu_below_the_input_works_as_a_button(line):
    await sent(line, 9, CODE)
    assert "trợ lý Một Cửa" in await said(line, 9, "Về đầu")
    assert line.api.keyboards == {}


async def test_a_button_that_cannot_be_taken_away_does_not_hold_the_answer_back(line):
    await sent(line, 10, CODE)
    line.api.refuse("sendMessage", bad("sad"))
    assert "Tình trạng" in await said(line, 10, "4567")


async def test_advice_on_a_photo_that_cannot_be_read(line):
    blurred = photographs.photo(CODE, spoilt=BLURRED)
    for advice in ("lại gần", "dạng tệp", "dạng tệp"):
        await line.api.send_picture(11, blurred)
        await line.settle()
        assert advice in line.api.texts(11)[-1]
    await line.api.send_picture(11, blurred, as_file="image/jpeg")
    await line.settle()
    assert "gõ mã hồ sơ" in line.api.texts(11)[-1]
    assert "dạng tệp" not in line.api.texts(11)[-1]


@pytest.mark.parametrize(
    ("chat", "payload", "words"),
    [(12, ID_CARD, "thẻ căn cước"), (13, "https://example.vn", "không phải mã hồ sơ")],
)
async def test_another_code_is_told_so_and_not_kept(line, house, caplog, chat, payload, words):
    caplog.set_level("DEBUG", "bot")
    assert words in await sent(line, chat, payload)
    with house.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT state FROM conversation").all())
        kept += str(connection.exec_driver_sql("SELECT replies FROM handled").all())
    logged = str([vars(record) for record in caplog.records])
    assert payload.split("|")[0] not in kept + logged


async def test_a_picture_that_cannot_be_fetched_is_as_one_that_cannot_be_read(line, caplog):
    caplog.set_level("INFO", "bot")
    line.api.refuse("getFile", bad("wrong file_id or the file is temporarily unavailable"))
    assert "lại gần" in await sent(line, 14, CODE)
    assert "file not fetched" in caplog.messages


async def test_a_redelivered_photo_counts_once(line):
    line.api.flood("sendMessage", 20)
    await line.api.send_picture(15, b"no picture")
    await line.settle()
    assert "lại gần" in line.api.texts(15)[-1]


async def test_a_receipt_photographed_on_the_page_tells_the_same(house, aiohttp_client):
    page = await aiohttp_client(
        make_app(
            house,
            partial(converse, house),
            welcome=partial(welcomed, house),
            inbox=WebInbox(house.engine, house.vault, vietnam_now),
            sessions=SessionTable(house.engine),
        )
    )
    form = FormData()
    form.add_field("file", photographs.photo(CODE), filename="a.jpg", content_type="image/jpeg")
    asked = await (await page.post("/chat/messages", data=form)).json()
    assert "4 số cuối" in asked["replies"][0]["text"]
    told = await (await page.post("/chat/messages", json={"text": "4567"})).json()
    assert "Tình trạng" in told["replies"][0]["text"]


def test_files_come_from_the_server_that_is_set():
    usual = polling.make_bot("1:a", "https://api.telegram.org/bot")
    assert usual.base_file_url == "https://api.telegram.org/file/bot1:a"
