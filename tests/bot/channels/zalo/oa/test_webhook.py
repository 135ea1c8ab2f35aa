"""The webhook: who is believed, what is stored, and what Zalo is answered."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry

from bot.channels.zalo.kept import store
from bot.channels.zalo.kept.arrival import Arrival
from bot.channels.zalo.kept.work import LATE
from bot.channels.zalo.oa import notes
from bot.channels.zalo.oa.incoming.signature import Keys
from bot.channels.zalo.oa.incoming.webhook import BODY_LIMIT, PATH, Webhook
from bot.storage.sealing import Vault
from bot.watching.zalo_metrics import OaMetrics
from tests.bot.channels.zalo.oa.deliveries import (
    APP,
    APP_SECRET,
    EVENTS,
    OA,
    RECORDED_MS,
    SECRET,
    VECTORS,
    event,
    raw,
    signed,
)
from tests.bot.conftest import KEY, NOW

VAULT = Vault(KEY)
NOW_MS = int(NOW.timestamp() * 1000)
CASES = {case["name"]: case for case in VECTORS["cases"]}


class Door:
    """A webhook on an engine, and who knocks at it."""

    def __init__(self, engine, client, registry):
        self.engine, self.client, self.registry, self.now = engine, client, registry, NOW

    async def status(self, content, headers=None):
        async with self.client.post(PATH, data=content, headers=headers or {}) as response:
            return response.status

    async def send(self, body, **how):
        content = raw(body)
        return await self.status(content, signed(content, **how))

    def counted(self, result):
        return self.registry.get_sample_value("motcua_zalo_webhooks_total", {"result": result}) or 0


@asynccontextmanager
async def opened(engine):
    registry = CollectorRegistry()
    door = Door(engine, None, registry)
    keys = Keys(APP, OA, SECRET, APP_SECRET)
    hook = Webhook(
        keys, engine, Arrival(engine, VAULT, lambda: door.now), OaMetrics(registry), lambda: door.now
    )
    app = web.Application()
    app.add_routes(hook.routes())
    async with TestClient(TestServer(app)) as door.client:
        yield door


@pytest.mark.parametrize("name", CASES)
async def test_how_every_vector_is_answered(engine, name):
    case = CASES[name]
    names = ("X-ZEvent-Signature", "X-ZEvent-Timestamp")
    headers = {header: case[header] for header in names if case.get(header)}
    async with opened(engine) as door:
        status = await door.status(case["raw_body"].encode(), headers)
    assert str(status) == str(case["http"]).rpartition("else ")[2]


async def test_what_is_signed_is_stored_once(engine, do):
    async with opened(engine) as door:
        said = event("user_send_text", NOW_MS)
        assert [await door.send(said) for _ in range(3)] == [200, 200, 200]
        assert (door.counted("taken"), door.counted("repeated")) == (1, 2)
    assert do(store.waiting) == 1


async def test_many_at_once_are_all_stored(engine, do):
    async with opened(engine) as door:
        events = [event("user_send_text", NOW_MS, person=str(number)) for number in range(30)]
        assert set(await asyncio.gather(*map(door.send, events))) == {200}
    assert do(store.waiting) == 30


@pytest.mark.parametrize("name", ["registration_probe", "registration_probe_like_event", "user_send_text"])
async def test_what_is_unsigned_is_answered_and_never_processed(engine, do, name):
    async with opened(engine) as door:
        assert await door.status(raw(EVENTS[name] | {"timestamp": str(NOW_MS)})) == 200
        assert door.counted("unsigned") == 1
    assert do(store.waiting) == 0


async def test_a_wrong_signature_is_refused_except_while_the_window_is_open(engine, do):
    async with opened(engine) as door:
        said = event("user_send_text", NOW_MS)
        assert await door.send(said, secret="other") == 401
        do(notes.write, "window", "", NOW)
        assert await door.send(said, secret="other") == 200
        door.now = NOW + notes.LASTS["window"]
        assert await door.send(said, secret="other") == 401
        assert door.counted("wrong") == 3
    assert do(store.waiting) == 0


async def test_why_it_was_wrong_is_noted_and_not_hidden_by_noise(engine, do):
    async with opened(engine) as door:
        await door.send(event("user_send_text", NOW_MS), secret="noise")
        assert do(notes.read, "refused", NOW).value == ""
        await door.send(event("user_send_text", NOW_MS), secret=APP_SECRET)
        door.now = NOW + timedelta(minutes=2)
        await door.send(event("user_send_text", NOW_MS), secret="noise")
    assert do(notes.read, "refused", NOW).value == "app secret"


@pytest.mark.parametrize(
    ("behind", "result"),
    [(LATE - timedelta(seconds=1), "taken"), (LATE + timedelta(seconds=1), "late"), (-2 * LATE, "late")],
)
async def test_zalo_s_own_repeats_are_taken_and_older_events_are_not(engine, behind, result):
    async with opened(engine) as door:
        sent_ms = NOW_MS - int(behind.total_seconds() * 1000)
        assert await door.send(event("user_send_text", sent_ms)) == 200
        assert door.counted(result) == 1


async def test_a_report_is_noted_at_once(engine):
    async with opened(engine) as door:
        assert await door.send(event("user_received_message_zns", NOW_MS)) == 200
        assert door.counted("report") == 1
        arrived = {"way": "uid", "outcome": "arrived"}  # its tracking id is none of ours
        assert door.registry.get_sample_value("motcua_zalo_templates_total", arrived) == 1


@pytest.mark.parametrize(
    ("body", "result"),
    [
        (EVENTS["unknown_event"], "unknown"),
        (EVENTS["user_seen_message"], "ignored"),
        ({"timestamp": 1}, "unknown"),
        (event("user_send_text", NOW_MS) | {"recipient": {"id": "111"}}, "other_oa"),
        (event("user_send_text", RECORDED_MS), "late"),
    ],
)
async def test_signed_events_that_are_not_for_us_are_answered_and_counted(engine, do, body, result):
    async with opened(engine) as door:
        assert await door.send(body) == 200
        assert door.counted(result) == 1
    assert do(store.waiting) == 0


async def test_a_body_that_is_too_long_is_refused_unread(engine):
    async with opened(engine) as door:
        assert await door.status(b"x" * (BODY_LIMIT + 1)) == 413


async def test_what_cannot_be_stored_is_not_answered_with_200(engine):
    async with opened(engine) as door:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE zalo_event")
        assert await door.send(event("user_send_text", NOW_MS)) == 500
