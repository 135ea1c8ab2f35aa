"""The slip of a dossier: one small page with its code, and what a phone opens to be told of it."""

import asyncio
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from bot.commands import receipt
from bot.media import scan
from bot.notices import followers
from bot.printing import slip
from bot.settings.settings import Settings
from bot.storage import migrate
from bot.storage.sealing import Vault
from handlers.dossiers import slip as words
from handlers.language.i18n import SOURCE, translator
from handlers.ports.dossiers import Dossier
from knowledge.notices.quiet_hours import QuietHours
from tests.bot.channels.telegram.bot_api import TOKEN, BotApi
from tests.bot.channels.telegram.bot_api_checks import Refusal
from tests.bot.channels.telegram.bot_api_methods import BOT
from tests.bot.commands.terminal import motcua

VAULT = Vault(b"k" * 32)
CODE = "H36.99-260706-0001"
DOSSIER = Dossier(
    CODE, procedure="1.004884", received=date(2026, 7, 6), due=date(2026, 7, 13), applicant="N*** A*"
)
URL = "https://motcua.example.vn"
ZALO = "https://zalo.me/1234567890123456789"
TELEGRAM = f"https://t.me/motcua_bot?start=f-{'x' * 60}"


def slip_of(world, channels=("telegram", "web"), dossier=DOSSIER, code="7K3F92QX"):
    return words.slip(dossier, channels, code, world, translator(SOURCE))


def printed(told, links):
    pages = PdfReader(BytesIO(slip.pdf(told, links))).pages
    return ["".join(page.extract_text().split()) for page in pages]


def test_every_text_is_on_its_one_page(world):
    told = slip_of(world)
    [page] = printed(told, (TELEGRAM, URL))
    texts = [told.office, told.heading, told.procedure, told.code, told.code_use, *told.lines, told.warning]
    texts += [*told.ways, told.type_it, told.typed]
    assert [text for text in texts if "".join(text.split()) not in page] == []
    assert "N***" not in page


def test_the_longest_name_stays_on_one_page(world):
    longest = max(world.catalogue.procedures.values(), key=lambda each: len(each.short))
    dossier = Dossier("H15.50.123-20260706-1234567", procedure=longest.code, due=date(2026, 7, 13))
    told = slip_of(world, ("telegram", "zalo", "web"), dossier)
    assert len(printed(told, (TELEGRAM, ZALO, URL))) == 1


def test_every_code_says_below_it_what_it_does(world):
    told, pieces = slip_of(world), []
    page = PdfReader(BytesIO(slip.pdf(told, (TELEGRAM, URL)))).pages[0]
    page.extract_text(visitor_text=lambda text, cm, tm, *_: pieces.append((text.strip(), tm[4] + cm[4])))
    at = {text: x for text, x in pieces if text}
    left, right = (at[way] for way in told.ways)
    assert left < right
    [use] = [x for text, x in at.items() if text and told.code_use.startswith(text)]
    assert use > at[told.code]


def test_without_a_channel_there_is_nothing_to_scan_for_news(world):
    told = slip_of(world, (), code="")
    [page] = printed(told, ())
    assert "".join(told.warning.split()) not in page
    assert "Nhắn mã hồ sơ" in told.how


def test_its_codes_are_read_from_a_photo(world):
    [page] = slip.pages(slip_of(world, ("telegram", "zalo", "web")), (TELEGRAM, ZALO, URL))
    assert {CODE, TELEGRAM, ZALO, URL, "tra cứu 7K3F-92QX"} <= set(scan.scan(page))


def test_what_was_agreed_to_at_the_desk_stays_readable():
    assert "số điện thoại của bạn" in words.CONSENTS[words.AT_DESK]


def chosen(**more):
    return Settings(secret_key=b"k" * 32, **more)


async def test_the_links_name_the_bot_and_open_the_dossier_and_no_other(tmp_path):
    async with BotApi().running() as api:
        told = chosen(telegram_bot_token=TOKEN, telegram_api_url=api, public_url=URL)
        found = await asyncio.to_thread(lambda: dict(receipt.links(told, VAULT, CODE)))
    starts = {channel: link.partition("?start=") for channel, link in found.items()}
    assert starts["telegram"][0] == f"https://t.me/{BOT['username']}"
    assert starts["web"][0] == f"{URL}/chat"
    engine = migrate.opened(f"sqlite:///{tmp_path / 'test.db'}")
    desk = followers.FollowersOnDatabase(engine, VAULT, QuietHours(), ())
    assert [desk.code_of(payload) for _, _, payload in starts.values()] == [CODE, CODE]
    assert desk.code_of(f"f-{CODE}") is None
    engine.dispose()


async def test_a_silent_telegram_leaves_the_web(capsys):
    api = BotApi()
    api.refuse("getMe", Refusal(502, "Bad Gateway"))
    async with api.running() as url:
        told = chosen(telegram_bot_token=TOKEN, telegram_api_url=url, public_url=URL)
        found = await asyncio.to_thread(lambda: dict(receipt.links(told, VAULT, CODE)))
    assert list(found) == ["web"]
    assert "bot's name" in capsys.readouterr().err


def test_a_code_too_long_for_a_link_has_none(capsys):
    assert dict(receipt.links(chosen(public_url=URL), VAULT, "H15.50.123-20260706-12345678901")) == {}
    assert "too long" in capsys.readouterr().err


def test_the_clerk_prints_a_slip(tmp_path):
    person = ("--name", "Nguyễn Văn An", "--phone", "0901 234 567")
    motcua("dossiers", "add", "--code", CODE, "--procedure", "1.004884", *person, folder=tmp_path)
    done = motcua("dossiers", "receipt", CODE, "--out", "here", folder=tmp_path, PUBLIC_URL=URL)
    assert (done.stdout, done.stderr) == (f"here/{CODE}.pdf\n", "")
    assert (tmp_path / "here" / f"{CODE}.pdf").read_bytes().startswith(b"%PDF")
    renewed = motcua("dossiers", "receipt", CODE, "--new-link", folder=tmp_path, PUBLIC_URL=URL)
    assert renewed.stdout.startswith(f"{CODE}: mã trên phiếu in trước đây không dùng được nữa")
    alone = motcua("dossiers", "receipt", CODE, folder=tmp_path)
    assert "không có mã để theo dõi" in alone.stderr
    assert motcua("dossiers", "receipt", "H36.99-260706-0009", folder=tmp_path).returncode == 2
