"""What `motcua check` says of the Official Account."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.channels.zalo.oa import checks, notes
from bot.channels.zalo.tokens.pair import Kept, Pair
from bot.clock import vietnam_now
from bot.settings.settings import Settings
from tests.bot.conftest import KEY, NOW

NOWHERE = "http://127.0.0.1:9"


def told(**changes):
    at = int(vietnam_now().timestamp())
    fixed = {"zalo_oa_secret": "a", "zalo_app_secret": "b", "public_url": "", "zalo_api_url": NOWHERE}
    kept = Kept(pair=Pair("good", "r", at, at + 80_000)) if "zalo_api_url" in changes else Kept()
    return list(checks.asked(Settings(secret_key=KEY, **{**fixed, **changes}), kept))


@contextmanager
def answering(status, body=b""):
    """A server that always answers so; its address, and the clients that came."""
    clients = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self):
            clients.append(self.headers["User-Agent"])
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _answer  # noqa: N815  # the library's names

        def log_message(self, *_said):
            """Not to the test's output."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    serving = Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", clients
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def test_one_secret_for_two_is_named():
    same = Settings(secret_key=KEY, zalo_oa_secret="a", zalo_app_secret="a", public_url="https://x.example")
    [line] = checks.of_settings(same)
    assert "ZALO_OA_SECRET is the app secret" in line


@pytest.mark.parametrize(
    ("mistake", "what"),
    [("app secret", "swap them"), ("oa id", "ZALO_SIGNS_WITH_OA_ID"), ("", "copy ZALO_OA_SECRET again")],
)
def test_a_refused_webhook_says_what_was_mixed_up(engine, do, mistake, what):
    do(notes.write, "refused", mistake, NOW)
    [line] = checks.noted(engine, NOW)
    assert what in line
    assert "23/11 at 16:00" in line


def test_that_cards_are_refused_is_told(engine, do):
    do(notes.write, "cards", "-233", NOW)
    [line] = checks.noted(engine, NOW)
    assert "-233" in line


def test_a_firewall_that_stops_zalo_s_client_is_found():
    with answering(403) as (url, clients):
        [line] = told(public_url=url)
    assert "answers 403" in line
    assert clients == [checks.ZALO]
    with answering(200) as (url, _):
        assert told(public_url=url) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b'{"error": 0, "data": {"is_verified": false}}', "not verified"),
        (b'{"error": -224, "message": "x"}', "higher package"),
        (b"<html>", "does not answer"),
        (b'{"error": 0, "data": {"is_verified": true}}', ""),
    ],
)
def test_what_the_account_lacks(body, what):
    with answering(200, body) as (url, _):
        lines = told(zalo_api_url=url)
    assert [what in line for line in lines] == ([True] if what else [])
