"""One contract for all channels: the same dialogues, the same faults. A channel without a driver fails."""

import ast
from datetime import UTC, datetime
from itertools import count

import pytest

from bot import assemble
from bot.channels import registry
from bot.dossiers import embedded
from bot.dossiers.record import Update
from bot.outbox.outcomes import Doubtful, Later, Refused, Sent
from bot.settings.settings import Settings
from bot.storage import conversations, database, migrate
from handlers.turn.choices import Choice
from handlers.turn.messages import Reply
from handlers.turn.shared import Menu
from tests import ROOT
from tests.bot.channels.contract import on_telegram, on_web, on_zalo, on_zalobot
from tests.bot.conftest import KEY
from tests.bot.media import photographs

DRIVERS = {
    "telegram": on_telegram.line,
    "zalo": on_zalo.line,
    "zalobot": on_zalobot.line,
    "web": on_web.line,
}
CODE, MORNING = "H36.99-260706-0001", datetime(2026, 7, 6, 9, tzinfo=UTC)
DOSSIER = Update(CODE, MORNING, status="2", since=MORNING, name="Nguyễn Văn An", phone="0901 234 567")
CARDS = (
    "060198001234||Nguyễn Thị Hoài Phương|14031998|Nữ|12 Trần Phú, Tiến Thành, Bình Thuận|20052022",
    "060146000777||Lê Thị Sáu|01021946|Nữ|Khu phố 5, Tiến Thành, Lâm Đồng|15082024",
)
PEOPLE = count(1)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """One that serves every channel."""
    url = f"sqlite:///{tmp_path_factory.mktemp('data') / 'motcua.db'}"
    migrate.upgrade(database.connect(url))
    chosen = Settings(
        secret_key=KEY,
        database_url=url,
        public_url="https://motcua.example",
        telegram_bot_token="1:x",
        zalo_bot_token="1:x",
        zalo_oa_id="1",
    )
    made = assemble.build(chosen)
    with database.writing(made.engine) as connection:
        embedded.record(connection, made.vault, DOSSIER)
    return made


def test_every_channel_has_a_driver(house):
    assert set(DRIVERS) == {row.name for row in registry.served(house.settings)}


@pytest.fixture(params=sorted(DRIVERS))
async def line(request, house):
    async with DRIVERS[request.param](house, next(PEOPLE)) as opened:
        yield opened


# Dialogues


async def test_a_question_is_answered_by_the_choice_its_words_and_its_number(line):
    await line.say("làm khai sinh cho con")
    assert "giấy chứng sinh không?" in await line.choose("Trẻ bình thường (biết cha hoặc mẹ)")
    assert "Ai đi đăng ký?" in await line.say("Tôi chưa rõ")
    assert "Tờ khai đăng ký khai sinh" in await line.say("1")


async def test_a_dossier_is_shown_after_the_second_fact_and_followed(line):
    assert "4 số cuối" in await line.say(CODE)
    assert "Tình trạng" in await line.say("4567")
    assert "dữ liệu cá nhân" in await line.choose("Báo tin cho tôi khi có thay đổi")
    assert CODE in await line.choose("Đồng ý, báo tin cho tôi")
    assert CODE in await line.say("/tinbao")


async def test_a_whole_form_with_photos_of_id_cards(line):
    await line.say("làm giúp tôi tờ khai khai tử")
    await line.choose("Đồng ý, chụp thẻ")
    await line.choose("Mẹ tôi")
    await line.photo(photographs.photo(CARDS[0]))
    assert "Đã đọc thẻ của Lê Thị Sáu" in await line.photo(photographs.photo(CARDS[1]))
    await line.choose("Kinh")
    await line.say("hôm qua")
    await line.say("5 giờ sáng")
    await line.choose("Khu phố 5, phường Tiến Thành, tỉnh Lâm Đồng")
    await line.choose("Tuổi già")
    await line.say("bỏ qua")
    assert "05 giờ 00 phút" in await line.say("2")
    assert "Tờ khai đây" in await line.choose("Lấy tờ khai")


async def test_who_wants_it_is_erased(line, house):
    await line.say(CODE)
    await line.say("4567")
    await line.say("/xoa")
    assert "Đã xóa hết dữ liệu của bạn" in await line.say("1")
    with database.reading(house.engine) as connection:
        state, _ = conversations.load(connection, house.vault, line.address)
    assert state.proved == ()
    assert "4 số cuối" in await line.say(CODE)


# Faults


async def test_a_message_that_comes_again_is_answered_once(line):
    told = await line.twice(CODE)
    assert told.count("4 số cuối") == 1


async def test_messages_out_of_order_are_answered_both(line):
    told = await line.reversed("địa chỉ ở đâu", CODE)
    assert "4 số cuối" in told
    assert len(told.splitlines()) > 2


@pytest.mark.parametrize("body", [b"", b"\xff", b"{", b"[]", b'{"update_id": {}}', b"[" * 50_000, b"{}"])
async def test_what_is_no_message_breaks_nothing(line, body):
    await line.say("menu")
    before = len(line.shown())
    assert await line.garbage(body) < 500
    assert len(line.shown()) == before
    assert "4 số cuối" in await line.say(CODE)


LONG = Reply("một hai ba bốn năm\n\n" * 500, choices=(Choice("Về đầu", Menu()),))


async def test_a_long_notice_is_sent_whole_in_parts_that_fit(line, request):
    await line.say("menu")
    before = len(line.shown())
    assert isinstance(await line.notice(LONG), Sent)
    parts = line.shown()[before:]
    assert "".join(parts).count("một hai ba bốn năm") == 500
    limit = registry.CHANNELS[line.address.partition(":")[0]].can.text_limit
    assert all(len(part.encode("utf-16-le")) // 2 <= (limit or 10**9) for part in parts)


OUTCOMES = {"flood": Later, "token": Later, "lost": Doubtful, "blocked": Refused, "away": Later}


async def test_what_becomes_of_a_notice_that_fails(line):
    await line.say("menu")
    for name in line.faults:
        line.fault(name)
        outcome = await line.notice(Reply("Hồ sơ đã xong."))
        assert isinstance(outcome, OUTCOMES[name]), name
        assert getattr(outcome, "gone", True) is True
    arrived = [text for text in line.shown() if "Hồ sơ đã xong." in text]
    assert len(arrived) == len([name for name in line.faults if name == "lost"])


# The core


def test_no_channel_is_asked_for_by_its_name():
    """What differs is in the row; tables of names, and texts, may hold them."""
    asked = []
    for folder in ("handlers", "bot/turns", "bot/outbox", "bot/notices", "bot/dossiers", "bot/storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Compare | ast.MatchValue):
                    names = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
                    asked += [(path.name, name) for name in names if name in registry.CHANNELS]
    assert asked == []
