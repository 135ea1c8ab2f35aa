"""What docs/sync-openapi.json promises, tried with messages made up from it, right and wrong ones."""

import asyncio
import json
from threading import Thread

import pytest
import schemathesis
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from bot.channels.web import sync as web_sync
from bot.one_stop import sync
from bot.storage import database, migrate
from bot.storage.sealing import Vault
from tests import ROOT
from tests.bot.channels.web.web_house import app, house
from tests.bot.one_stop.sync_messages import KEY, NOW, full, progress, state_of_ministry, steps_of_ministry

FILE = ROOT / "docs" / "sync-openapi.json"
DESCRIBED = json.loads(FILE.read_text(encoding="utf-8"))
SCHEMA = schemathesis.openapi.from_path(FILE)
PUSH = SCHEMA["/sync/dossiers"]["POST"]
CASES = st.one_of(PUSH.as_strategy(mode) for mode in GenerationMode)
# a message with a bad row is read to its end, its row refused: that is no 4xx
CHECKS = [
    check
    for check in schemathesis.checks.CHECKS.get_all()
    if check.__name__ not in ("negative_data_rejection", "missing_required_header", "ignored_auth")
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """URL of the route on a SQLite of its own, in a thread: schemathesis calls from outside."""
    engine = database.connect(f"sqlite:///{tmp_path_factory.mktemp('openapi') / 'test.db'}")
    migrate.upgrade(engine)
    of = house(sync_keys=(KEY,))
    of.engine, of.vault = engine, Vault(b"k" * 32)
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, daemon=True).start()
    runner = web.AppRunner(app(of=of, routes=web_sync.routes(of, lambda: NOW)))

    async def start():
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner.addresses[0][1]

    port = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    yield f"http://127.0.0.1:{port}"
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    engine.dispose()


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
@given(case=CASES)
def test_every_message_gets_an_answer_as_described(server, case):
    headers = {"Authorization": f"Bearer {KEY}"}
    case.call_and_validate(base_url=server, headers=headers, checks=CHECKS)


@pytest.mark.parametrize("key", [None, "wrong" * 8])
def test_a_stranger_gets_an_answer_as_described(server, key):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    case = PUSH.Case(body={"dossiers": []}, media_type="application/json")
    response = case.call(base_url=server, headers=headers)
    assert response.status_code == 401
    case.validate_response(response, checks=CHECKS)


@pytest.mark.parametrize(
    "message",
    [
        DESCRIBED["components"]["schemas"]["Dossiers"]["example"],
        full(),
        progress(),
        steps_of_ministry(),
        state_of_ministry(5),
    ],
)
def test_what_we_are_sent_is_described_and_taken(server, message):
    case = PUSH.Case(body=message, media_type="application/json")
    response = case.call_and_validate(
        base_url=server, headers={"Authorization": f"Bearer {KEY}"}, checks=CHECKS
    )
    assert response.json()["refused"] == []


def test_the_limits_described_are_the_limits():
    text = FILE.read_text(encoding="utf-8")
    assert f'"maxItems": {sync.ROWS}' in text
    assert f"{web_sync.BODY_LIMIT // 1024 // 1024} MiB" in text
