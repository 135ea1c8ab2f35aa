"""POST /sync/dossiers on both engines: who may, how much, and what it leaves in the store."""

import asyncio
import gzip
import json
import logging
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from bot.channels.web import sync as web_sync
from bot.dossiers import embedded
from bot.dossiers.tables import words
from bot.one_stop import keys, sync
from bot.storage import database
from bot.storage.sealing import Vault
from bot.watching import trace
from tests.bot.channels.web.web_house import app, house
from tests.bot.one_stop.sync_messages import (
    CODE,
    KEY,
    NOW,
    OTHER,
    full,
    moved,
    national,
    plain,
    progress,
    state_of_ministry,
    steps_of_ministry,
)

PATH = "/sync/dossiers"
VAULT = Vault(b"k" * 32)


@pytest.fixture
async def post(aiohttp_client, engine):
    """Sends a message and gives status and answer."""
    server = house(sync_keys=(KEY,))
    server.engine, server.vault = engine, VAULT
    client = await aiohttp_client(app(of=server, routes=web_sync.routes(server, lambda: NOW)))

    async def send(message, key=KEY, **headers):
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        allowed = {"Authorization": f"Bearer {key}"} if key is not None else {}
        headers = {"Content-Type": "application/json", **allowed, **headers}
        response = await client.post(PATH, data=body, headers=headers)
        return SimpleNamespace(status=response.status, headers=response.headers, **await response.json())

    send.metrics = server.metrics
    return send


@pytest.fixture
def held(engine):
    def read(code=CODE):
        with database.reading(engine) as connection:
            return embedded.read(connection, VAULT, code)

    return read


def counts(answer):
    return (answer.taken, answer.unchanged, len(answer.refused))


def held_rows(answer):
    return [(each["row"], each["fault"]) for each in answer.held]


async def test_what_is_pushed_is_there(post, held):
    answer = await post(full())
    assert (answer.status, counts(answer)) == (200, (1, 0, 0))
    assert (held().status, held().title, held().due) == ("4", "Đăng ký tạm trú", date(2026, 7, 13))


@pytest.mark.parametrize(
    "message", [full(), progress(), moved("4", "2026-07-07"), plain(status="2"), steps_of_ministry()]
)
async def test_the_same_message_again_changes_nothing(post, message):
    assert counts(await post(message)) == (1, 0, 0)
    assert counts(await post(message)) == (0, 1, 0)


async def test_rows_are_answered_one_by_one(post):
    answer = await post(national("CapNhatTienDoHoSoMC", *progress()["data"], {"MaHoSo": "x"}, None))
    assert counts(answer) == (1, 0, 2)
    assert answer.refused == [
        {
            "row": 1,
            "code": "x",
            "key": "MaHoSo",
            "fault": "no_code",
            "reason": "MaHoSo: để trống mã hồ sơ",
        },
        {"row": 2, "code": "", "key": "", "fault": "no_object", "reason": "phải là một đối tượng"},
    ]


async def test_rows_are_counted_for_the_metrics(post):
    for message in (full(), full(), national("CapNhatTienDoHoSoMC", None), full(TrangThaiHoSo="1")):
        await post(message)
    told = post.metrics.text().decode()
    for outcome in ("taken", "unchanged", "held", "refused"):
        assert f'motcua_sync_rows_total{{outcome="{outcome}"}} 1.0' in told


async def test_an_older_state_does_not_overwrite_a_newer_one(post, held):
    await post(moved("9", "2026-07-10T10:00:00+07:00", note="Xong"))
    answer = await post(moved("4", "2026-07-08T10:00:00+07:00", note="Đang làm"))
    assert (held().status, held().note) == ("9", "Xong")
    assert (counts(answer), held_rows(answer)) == ((0, 0, 0), [(0, "older")])  # its step is kept all the same
    assert [status for status, *_ in held().steps] == ["4", "9"]


async def test_absent_keys_stay(post, held):
    await post(moved("2", "2026-07-06", due="2026-07-13", applicant={"name": "Nguyễn Thị Lan"}))
    await post(moved("4", "2026-07-07"))
    assert (held().due, held().name) == (date(2026, 7, 13), "Nguyễn Thị Lan")


async def test_the_usual_order_of_national_messages(post, held):
    for message in (
        full(TrangThaiHoSo="2"),
        progress("2", "20260706083500", "Tiếp nhận"),
        full(TrangThaiHoSo="4"),
        progress("4", "20260707093000"),
        full(TrangThaiHoSo="6", DanhSachLePhi=[{"Gia": "15000"}]),
        progress("6", "20260708093000", "Nộp lệ phí"),
    ):
        assert counts(await post(message))[2] == 0
    assert (held().status, held().fee_due) == ("6", 15000)
    assert ("6", "Nộp lệ phí") in [(status, note) for status, _, note in held().steps]


async def test_a_national_message_without_date_come_late_turns_nothing_back(post, held):
    first, second = full(TrangThaiHoSo="2"), full(TrangThaiHoSo="4", NgayHenTra="20260720170000")
    for message in (first, second, progress("9", "20260710090000", "Xong"), first, second):
        await post(message)
    assert (held().status, held().due) == ("9", date(2026, 7, 20))


async def test_a_correction_without_a_new_state_is_taken(post, held):
    await post(full())
    await post(progress("4", "20260707093000"))
    await post(full(NgayHenTra="20260720170000"))
    assert held().due == date(2026, 7, 20)


async def test_progress_before_its_dossier_waits_for_it(post, held):
    await post(progress())
    await post(full())
    assert (held().name, held().status, held().due) == ("Nguyễn Thị Lan", "4", date(2026, 7, 13))


async def test_a_state_alone_takes_the_dossier_on(post, held):
    await post(steps_of_ministry(2))
    await post(state_of_ministry(5))
    assert held(OTHER).status == "5"
    await post(state_of_ministry(2))
    assert held(OTHER).status == "5"


async def test_senders_at_once_end_with_the_newest(post, held):
    days = [f"202607{day:02}080000" for day in range(6, 26)]
    await asyncio.gather(*(post(progress(str(n % 2 + 4), at)) for n, at in enumerate(days)))
    assert held().changed_at == held().steps[-1][1]
    assert (held().status, len(held().steps)) == ("5", 20)


@pytest.mark.parametrize(
    "headers",
    [
        {"key": None},
        {"key": ""},
        {"key": "wrong" * 8},
        {"key": "đ" * 40},
        {"key": "x" * 5000},
        {"Authorization": f"Basic {KEY}"},
        {"Authorization": KEY},
    ],
)
async def test_a_stranger_is_refused_before_anything_is_read(post, held, headers):
    answer = await post(full(), **headers)
    assert (answer.status, answer.error, answer.headers["WWW-Authenticate"]) == (401, "no such key", "Bearer")
    assert held() is None


async def test_each_key_is_good_until_it_is_revoked(post, engine):
    with database.writing(engine) as connection:
        one, two = keys.add(connection, "one", NOW), keys.add(connection, "two", NOW)
    assert [(await post(plain(), key)).status for key in (one, two, KEY)] == [200, 200, 200]
    with database.writing(engine) as connection:
        keys.revoke(connection, "one")
        assert [key.used_at for key in keys.listed(connection)] == [NOW]
    assert [(await post(plain(), key)).status for key in (one, two, KEY)] == [401, 200, 200]


@pytest.mark.parametrize(
    ("content_type", "status"),
    [("text/plain", 415), ("", 415), ("application/json; charset=utf-8", 200), ("multipart/form-data", 415)],
)
async def test_only_json_is_read(post, content_type, status):
    assert (await post(plain(), **{"Content-Type": content_type})).status == status


async def test_bad_json_is_told_with_its_place(post):
    answer = await post(b'{"dossiers": [\n{"code": }]}')
    assert (answer.status, answer.line, answer.column, answer.position) == (400, 2, 10, 24)


async def test_a_body_of_five_megabytes_is_read_and_a_longer_one_is_not(post):
    body = json.dumps(plain(extra="")).encode()
    fits = body.replace(b'"extra": "', b'"extra": "' + b"x" * (web_sync.BODY_LIMIT - len(body)))
    assert (await post(fits)).status == 200
    assert (await post(fits + b" ")).status == 413


async def test_a_small_body_that_unpacks_to_a_huge_one_is_not_read(post):
    packed = gzip.compress(b" " * (web_sync.BODY_LIMIT * 20))
    assert (await post(packed, **{"Content-Encoding": "gzip"})).status == 413
    assert (await post(b"no gzip at all", **{"Content-Encoding": "gzip"})).status == 400


async def test_too_many_rows_are_not_read(post):
    answer = await post({"dossiers": [{}] * (sync.ROWS + 1)})
    assert (answer.status, answer.limit) == (413, 5000)


async def test_a_full_message_is_taken(post, held):
    rows = [{"code": f"H15.50-260706-{n:05}", "status": "2"} for n in range(1, sync.ROWS + 1)]
    assert counts(await post({"dossiers": rows})) == (5000, 0, 0)
    assert held("H15.50-260706-05000").status == "2"


async def test_nothing_of_a_dossier_reaches_the_logs(post, caplog):
    caplog.set_level(logging.DEBUG)
    await post(full())
    await post(national("DongBoHoSoMC", full()["data"][0] | {"MaHoSo": "Nguyễn Thị Lan"}))
    told = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    assert not [secret for secret in ("Lan", "0901234567", CODE, KEY) if secret in told]


async def test_reasons_are_told_in_english_to_who_asks_for_it(post):
    answer = await post(plain(status="OK"), **{"Accept-Language": "en-GB"})
    assert answer.refused[0]["reason"].startswith("status: “OK”")
    assert "trạng thái" not in answer.refused[0]["reason"]


async def test_a_clock_ahead_by_minutes_is_believed_by_hours_doubted_and_by_days_refused(post, held):
    soon, hours, days = (NOW + timedelta(minutes=9), NOW + timedelta(hours=7), NOW + timedelta(days=2))
    assert counts(await post(moved("2", soon.isoformat()))) == (1, 0, 0)
    assert counts(await post(moved("9", days.isoformat()))) == (0, 0, 1)
    for _ in range(2):  # again changes nothing
        answer = await post(moved("4", hours.isoformat()))
        assert (counts(answer), held_rows(answer)) == ((0, 0, 0), [(0, "clock_ahead")])
        assert (held().status, held().changed_at) == ("4", int(soon.timestamp()))


async def test_after_a_clock_that_ran_ahead_news_at_the_right_time_count(post, held):
    await post(moved("4", (NOW - timedelta(days=1)).isoformat()))
    await post(moved("4", (NOW + timedelta(hours=20)).isoformat(), due="2026-12-01"))
    answer = await post(moved("9", NOW.isoformat()))
    assert (counts(answer), held().status) == ((1, 0, 0), "9")


async def test_a_mistaken_end_that_is_taken_back_without_a_date_is_held_and_told(post, held):
    for message in (full(), progress("9", "20260710090000", "Xong")):
        await post(message)
    answer = await post(full(NgayHenTra="20260801170000"))
    assert (counts(answer), held_rows(answer)) == ((0, 0, 0), [(0, "left_state")])
    assert (held().status, held().due) == ("9", date(2026, 7, 13))
    await post(progress("4", "20260711090000", "Làm lại"))
    assert counts(await post(full(NgayHenTra="20260801170000"))) == (1, 0, 0)
    assert (held().status, held().due) == ("4", date(2026, 8, 1))


async def test_what_is_older_than_what_is_held_is_told(post):
    await post(moved("4", "2026-07-10", due="2026-07-20"))
    answer = await post(plain(due="2026-07-15", changed_at="2026-07-08"))
    assert (counts(answer), held_rows(answer)) == ((0, 0, 0), [(0, "older")])


async def test_a_code_of_another_person_is_held_and_names_nobody(post, held):
    await post(full())
    answer = await post(full(ChuHoSo="Trần Văn Khác", SoDienThoai="0912000111"))
    assert (counts(answer), held_rows(answer)) == ((0, 0, 0), [(0, "of_another")])
    assert held().name == "Nguyễn Thị Lan"
    assert "Lan" not in answer.held[0]["reason"]
    assert counts(await post(full(ChuHoSo="Nguyễn Thị Lan Anh"))) == (1, 0, 0)  # a name that was mended


async def test_the_office_s_own_word_for_a_state_is_understood_once_assigned(post, held, engine):
    assert counts(await post(plain(status="Phòng chuyên môn"))) == (0, 0, 1)
    with database.writing(engine) as connection:
        words.remember(connection, "state", {"phong chuyen mon": "4"})
    assert counts(await post(plain(status="Phòng chuyên môn"))) == (1, 0, 0)
    assert held().status == "4"


async def test_who_pushed_what_is_traced_and_who_was_refused_is_not(post, engine):
    await post(full())
    await post({"dossiers": [{"code": f"H15.50-260706-000{n}", "status": "2"} for n in (1, 2, 3)]})
    await post(plain(status="OK"))
    await post(full(), "wrong" * 8)
    with database.reading(engine) as connection:
        told = [(seen.who, seen.act, seen.command, seen.about) for seen in trace.newest(connection)]
    assert told == [
        ("key:MOTCUA_SYNC_KEYS", "changed", "sync", "3"),
        ("key:MOTCUA_SYNC_KEYS", "changed", "sync", CODE),
    ]
