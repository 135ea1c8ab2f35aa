"""Files on the Bot Platform: pictures by their address, others by a link, and what people send us."""

import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.channels.registry import CHANNELS
from bot.channels.zalo.media import Media, Outside
from bot.channels.zalo.platform.files import PATH, Links
from bot.channels.zalo.platform.text import TEXT_LIMIT, Part, parts
from bot.outbox.outcomes import Sent
from bot.printing import enclosures
from bot.storage import conversations
from bot.storage.sealing import Vault
from bot.watching.metrics import Metrics
from handlers.dossiers.payment import payment_code
from handlers.language.i18n import Translate
from handlers.notices.reminders import expiry_file
from handlers.turn.messages import Enclosure, Reply, State
from tests.bot.channels.zalo.fake_bot import BotPlatform
from tests.bot.channels.zalo.platform.line import CHAT, Clock, connected
from tests.bot.conftest import KEY, NOW
from tests.handlers.notices.test_notice import BANK, DOSSIER

ADDRESS = f"zalobot:{CHAT}"
FILES = (Enclosure("qr", "ma.png", "H15", "Mã tại quầy"), Enclosure("text", "dữ liệu.txt", "của tôi"))
ANSWER = (Reply("Của bạn đây.", enclosures=FILES),)
VAULT = Vault(KEY)


@pytest.fixture
def answered(do_kept):
    """A message that was answered with files."""
    do_kept(conversations.save, VAULT, ADDRESS, State(), 0, NOW)
    do_kept(conversations.record, VAULT, ADDRESS, "m1", ANSWER, NOW)


def test_pictures_come_first_and_other_files_are_links():
    made = parts(ANSWER, lambda reply, file, name: f"https://xa.test/{reply}/{file}/{name}")
    assert made == [
        Part("Mã tại quầy", "https://xa.test/0/0/ma.png"),
        Part("Của bạn đây.\n\ndữ liệu.txt: https://xa.test/0/1/dữ liệu.txt"),
    ]


def test_without_a_way_to_link_there_are_no_files():
    assert parts(ANSWER) == [Part("Của bạn đây.")]


async def test_a_picture_is_shown_though_it_is_read_twice(kept, do_kept):
    async def answer(address, message_id, _incoming):
        do_kept(conversations.save, VAULT, address, State(), 0, NOW)
        do_kept(conversations.record, VAULT, address, message_id, ANSWER, NOW)
        return ANSWER

    async with connected(answer, kept, hooked=True) as api:
        await api.say(CHAT, "mã của tôi")
        await api.deliver()
        await api.until(lambda: len(api.shown[CHAT]) == 2)
        (picture, caption), told = api.shown[CHAT]
        assert (picture[:4], caption) == (b"\x89PNG", "Mã tại quầy")
        link = told.rpartition(" ")[2]
        async with ClientSession() as session, session.get(link) as response:
            assert (response.status, await response.text()) == (200, "của tôi")
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.usefixtures("answered")
def test_a_link_ends_after_an_hour(kept):
    clock = Clock()
    links = Links("https://xa.test", kept, VAULT, clock)
    url = links.link(ADDRESS, "m1", 0, 1, "dữ liệu.txt")
    token = url.removeprefix(f"https://xa.test{PATH}/").partition("/")[0]
    clock.now += timedelta(minutes=59)
    assert links.find(token).data == "của tôi".encode()
    clock.now += timedelta(minutes=1)
    with pytest.raises(LookupError, match="over"):
        links.find(token)


def of_notice(world):
    """The files that notices bring."""
    office = world.office.model_copy(update={"bank": BANK})
    [paid] = payment_code(replace(DOSSIER, fee_due=50_000), office, Translate())
    return [paid, expiry_file("xay-dung", NOW.date(), world, NOW.date(), Translate())]


def test_a_file_of_a_notice_is_in_its_link_for_two_days(kept, world):
    clock = Clock()
    links = Links("https://xa.test", kept, VAULT, clock)
    files = of_notice(world)
    assert {file.kind for file in files} == {"qr", "calendar"}
    for file in files:
        url = links.whole(file)
        assert len(url) < TEXT_LIMIT
        assert links.find(url.split("/")[-2]) == enclosures.draw(file)
    clock.now += timedelta(hours=48)
    with pytest.raises(LookupError, match="over"):
        links.find(url.split("/")[-2])


async def test_a_notice_comes_with_its_files(kept, world):
    async with connected(None, kept, hooked=True) as api:
        api.update(CHAT, "text")  # so the platform knows the chat
        reply = Reply("Sắp hết hạn.", enclosures=tuple(of_notice(world)))
        async with CHANNELS["zalobot"].sending(api.settings, kept, VAULT, Metrics()) as send:
            assert isinstance(await send(ADDRESS, reply), Sent)
        (picture, _caption), told = api.shown[CHAT]
        assert picture[:4] == b"\x89PNG"
        assert told.startswith("Sắp hết hạn.")
        assert PATH in told


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("token", ["", "x", "A" * 40, "\u1ec7", "===="])
def test_a_link_that_is_made_up_opens_nothing(kept, token):
    with pytest.raises(LookupError):
        Links("", kept, VAULT, Clock()).find(token)


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    ("address", "message_id", "reply", "file"),
    [(ADDRESS, "m2", 0, 0), (ADDRESS, "m1", 1, 0), (ADDRESS, "m1", 0, 2), ("zalobot:b", "m1", 0, 0)],
)
def test_a_link_opens_what_was_sent_and_nothing_else(kept, address, message_id, reply, file):
    links = Links("", kept, VAULT, Clock())
    with pytest.raises(LookupError):
        links.find(links.link(address, message_id, reply, file, "x").split("/")[-2])


async def test_what_people_send_is_fetched_from_outside_only():
    api = BotPlatform()
    async with api.running() as url, Media(url) as media:
        here = api.put(b"picture")
        assert await media.fetch(here) == b"picture"
        assert await media.fetch(url + "/media/none.jpg") == b""
        elsewhere = here.replace("127.0.0.1", "localhost")
        for address in (
            elsewhere,
            elsewhere.replace("http", "https"),
            "https://127.0.0.1/",
            "file:///etc",
            "",
        ):
            assert await media.fetch(address) == b""


async def test_a_name_that_leads_inside_is_no_host():
    with pytest.raises(OSError, match="inner network"):
        await Outside().resolve("localhost", 443, socket.AF_INET)


async def test_what_is_too_large_is_not_taken(monkeypatch):
    monkeypatch.setattr("bot.channels.zalo.media.LIMIT", 10)
    api = BotPlatform()
    async with api.running() as url, Media(url) as media:
        assert await media.fetch(api.put(b"x" * 10)) == b"x" * 10
        assert await media.fetch(api.put(b"x" * 11)) == b""
