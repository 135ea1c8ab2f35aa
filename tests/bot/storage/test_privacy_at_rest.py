"""Nobody who takes the database or the logs learns a name, a number or an answer; who asks gets it erased."""

import json
import logging
import unicodedata
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from bot import worker
from bot.channels.telegram.incoming import kept
from bot.channels.web import stored
from bot.channels.web.push import subscriptions
from bot.channels.web.push.subscriptions import Subscription
from bot.channels.zalo.oa import pauses
from bot.clock import vietnam_now
from bot.notices import links, lost_follows
from bot.outbox import enqueue, pace
from bot.outbox.enqueue import Owed
from bot.people import codes
from bot.storage import database
from bot.storage.drafts import DraftsTable
from bot.storage.schema.tables import SCHEMA
from bot.turns import effects
from bot.turns.converse import converse
from bot.turns.effects import By
from handlers.notices.consent import FOLLOW
from handlers.turn.effects import BindPhone, Consent, Follow, KeepReminder, SetQuiet
from handlers.turn.messages import Incoming, Reply
from knowledge.notices import quiet_hours
from tests.bot.channels.web.push.service import Browser

CARDS = (
    "060198001234|260123456|Nguyễn Thị Hoài Phương|14031998|Nữ|12 Trần Phú, Tiến Thành, Bình Thuận|20052022",
    "060095004321||Trần Văn Bình|02111995|Nam|Khu phố 2, Đức Long, Phan Thiết, Bình Thuận|15082024",
    "060316003456||Trần Gia Hân|09092016|Nữ|Khu phố 2, Tiến Thành, Lâm Đồng|15082024",
)
SECRETS = (
    "Nguyễn Thị Hoài Phương", "NGUYỄN THỊ HOÀI PHƯƠNG", "Hoài Phương", "Trần Văn Bình", "Trần Gia Hân",
    "Đỗ Thị Chín", "060198001234", "060095004321", "060316003456", "0912345678", "84901234567",
    "12 Trần Phú", "phuong@example.com", "1998-03-14", "14/03/1998", "cãi nhau với chồng",
)  # fmt: skip
STEPS = (
    "điền mẫu CT01 giúp tôi", "@fb:ct01:card", "@fa:request:permanent", CARDS[0], "0912 345 678",
    "@fa:relation:wife", CARDS[1], "1", "có", CARDS[2], "con", "có", "tự gõ", "Đỗ Thị Chín", "1/1/2001", "nữ",
    "bỏ qua", "cháu", "không", "@fq:requester.email", "phuong@example.com", "để sau",
    "tôi cãi nhau với chồng, muốn ly hôn", "/tokhai", "1", "đúng rồi", "/dulieu",
)  # fmt: skip


@pytest.fixture
def logged(caplog):
    """Everything, from before the house is built."""
    caplog.set_level(logging.DEBUG)


@pytest.fixture
def house(logged, whole_house):
    return whole_house


async def talk(house, address, steps=STEPS):
    """The replies to the last of these messages."""
    replies = ()
    for number, step in enumerate(steps):
        replies = await converse(house, address, f"m{number}-{len(steps)}", incoming(step))
    return replies


def incoming(step):
    if step in CARDS:
        return Incoming(at=vietnam_now(), attachment="photo", scanned=(step,))
    if step.startswith("@"):
        return Incoming(at=vietnam_now(), choice=step[1:])
    return Incoming(at=vietnam_now(), text=step)


def forms_of(secret):
    """The bytes under which a secret could lie in a file."""
    for written in {secret, unicodedata.normalize("NFD", secret)}:
        yield written.encode("utf-16-le")
        for plain in {written.encode(), json.dumps(written)[1:-1].encode()}:  # \u-escaped
            yield plain
            yield plain.hex().encode()
            for start in range(3):  # base64 depends on what stands before, and its ends on what is beside
                yield b64encode(b"\0" * start + plain)[4:-4]


def found_in(held):
    return {secret for secret in SECRETS if any(form in held for form in forms_of(secret))}


def rows(engine):
    """Every row of every table, by table."""
    with database.reading(engine) as connection:
        return {
            name: sorted(
                repr(tuple(map(plain, row))) for row in connection.execute(text(f"SELECT * FROM {name}"))
            )
            for name in SCHEMA.tables
        }


def plain(cell):
    return bytes(cell) if isinstance(cell, memoryview) else cell


def raw(engine):
    """All that the database holds: each cell as its bytes, and the files of SQLite."""
    held = b""
    with database.reading(engine) as connection:
        for name in SCHEMA.tables:
            for row in connection.execute(text(f"SELECT * FROM {name}")):
                held += b"\n".join(c if isinstance(c, bytes) else str(c).encode() for c in map(plain, row))
    if database.is_sqlite(engine):
        folder = Path(engine.url.database).parent
        files = list(folder.glob(f"{Path(engine.url.database).name}*"))
        assert len(files) > 1  # the write-ahead log too
        held += b"".join(file.read_bytes() for file in files)
    return held


def test_the_search_finds_what_lies_open():
    for secret in SECRETS:
        padded = f"xy{secret}z"
        for held in (padded, json.dumps({"a": padded})):
            assert secret in found_in(held.encode())
            assert secret in found_in(b64encode(held.encode()))


async def test_database_and_logs_hold_nothing_that_was_said(house, caplog):
    await talk(house, "web:1", STEPS[:-1])
    replies = await talk(house, "web:1", STEPS[-1:])
    content = replies[0].enclosures[0].content
    assert {"Trần Gia Hân", "Đỗ Thị Chín", "0912345678", "phuong@example.com"} <= found_in(content.encode())
    assert rows(house.engine)["draft"]
    held = raw(house.engine)
    assert b"ct01" in held
    assert found_in(held) == set()
    assert found_in(caplog.text.encode()) == set()


def own_of_everything(house, address):
    """A row in the tables that a form does not touch."""
    given = [Consent("follow", FOLLOW), Follow("1.001193", "vi"), SetQuiet(quiet_hours.parse("22:00-06:00"))]
    unanswered = SimpleNamespace(address=address, number=int(address[-1]), album="", raw={})
    given += [
        KeepReminder("can-cuoc", vietnam_now().date(), "vi"),
        BindPhone("84901234567", "vi"),
    ]
    owed = Owed(f"{address}/list-changed", "1.001193", address, "list-changed")
    with database.writing(house.engine) as connection:
        effects.apply(By(connection, house.vault, address, vietnam_now()), given)
        enqueue.write(connection, [owed], vietnam_now())
        kept.put(connection, house.vault, [unanswered], vietnam_now())
        lost_follows.lose(house.vault, vietnam_now(), connection, [address])
        effects.apply(By(connection, house.vault, address, vietnam_now()), given[1:2])
        browser = Subscription(**Browser(f"https://fcm.googleapis.com/{address}").told)
        subscriptions.keep(connection, house.vault, address, browser, vietnam_now())
        stored.put(connection, house.vault, address, (Reply("một tin"),), vietnam_now())
        pace.reserve(connection, address, per_s=1, count=1)
        pauses.begin(connection, address, vietnam_now())
        links.join(connection, address, f"telegram:{address}", vietnam_now())
        codes.offer(connection, house.vault, address, address, vietnam_now())


OF_NOBODY = {  # what an office holds, and what is of a phone, not of an address
    "alembic_version", "apology", "desk_word", "dossier", "guess", "last_change", "lease", "phone_follow",
    "question", "seal_key", "sync_key", "take_in", "take_in_part", "trace", "web_session", "zalo_event",
    "zalo_note", "zalo_token", "zalobot_send",
    "poll", "receipt_link", "short_link",
}  # fmt: skip


async def test_erasing_leaves_no_row_of_the_person_and_every_row_of_others(house):
    own_of_everything(house, "web:2")
    await talk(house, "web:2", STEPS[:6])
    before = rows(house.engine)
    own_of_everything(house, "web:1")
    await talk(house, "web:1")
    grown = {name for name, held in rows(house.engine).items() if len(held) > len(before[name])}
    assert grown - {"question"} == set(SCHEMA.tables) - OF_NOBODY
    replies = await talk(house, "web:1", ("/xoa", "@erase:yes"))
    assert "Đã xóa hết dữ liệu của bạn" in replies[0].text
    after = rows(house.engine)
    assert {name: held for name, held in after.items() if name != "question"} == {
        name: held for name, held in before.items() if name != "question"
    }  # a question is held without anybody: scrubbed, and of nobody


async def test_of_a_silent_person_nothing_is_left_in_the_end(house):
    own_of_everything(house, "web:1")
    await talk(house, "web:1")
    later = vietnam_now() + timedelta(days=17 * 365)
    worker.remind(house, later)
    worker.purge(house, later)
    worker.sweep_once(house, frozenset(), later)
    held = rows(house.engine)
    by_own_clock = {"pace"}  # minutes of the database's
    assert {name for name in set(SCHEMA.tables) - OF_NOBODY - by_own_clock if held[name]} == set()
    assert held["question"] == []


async def test_an_export_tells_of_every_purpose(house):
    own_of_everything(house, "web:1")
    replies = await talk(house, "web:1", ("/dulieu",))
    content = replies[0].enclosures[0].content
    for told in ("1.001193", "22:00 đến 06:00", "nhận tin về hồ sơ", "Nhắc hết hạn"):
        assert told in content


@pytest.mark.parametrize(("steps", "days"), [(STEPS[:-5], 14), (STEPS[:-1], 30)])
async def test_a_form_is_purged_when_its_time_is_over(house, steps, days):
    await talk(house, "web:1", steps)
    now = vietnam_now()
    worker.purge(house, now + timedelta(days=days, hours=-1))
    assert len(rows(house.engine)["draft"]) == 1
    worker.purge(house, now + timedelta(days=days, hours=1))
    assert rows(house.engine)["draft"] == []
    assert DraftsTable(house.engine, house.vault).find("00000000") is None
