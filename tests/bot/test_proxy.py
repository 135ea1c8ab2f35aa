"""The sample configuration of nginx before the real program: what has to pass does, what is inside stays."""

import asyncio
import os
import re
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar, FormData

from tests import ROOT
from tests.bot import test_program

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = pytest.mark.skipif(not NGINX, reason="needs nginx: .ci/run installs Debian's")

SAMPLE = (ROOT / "docs/deploy/nginx.conf").read_text(encoding="utf-8")
AROUND = """
daemon off; pid nginx.pid; error_log stderr; events {{}} {user}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f;
    uwsgi_temp_path u; scgi_temp_path s;
    {conf}
}}
"""
USER = "user root;" if os.getuid() == 0 else ""  # else its workers may not write here


def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def written(listens: int, behind: str) -> str:
    """The sample without its certificate, on other ports."""
    conf = SAMPLE[: SAMPLE.rindex("server {")]  # the last one only leads to https
    conf = re.sub(r" *(listen \[::\].*|ssl_.*|add_header Strict.*)\n", "", conf)
    conf = conf.replace("listen 443 ssl", f"listen 127.0.0.1:{listens}").replace("127.0.0.1:8080", behind)
    return AROUND.format(user=USER, conf=conf.replace("$host;", "$http_host;"))


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[str]:
    """The address of nginx, with the program behind it."""
    async with test_program.running("web", folder=tmp_path) as web:
        behind = (await test_program.address(web)).removeprefix("http://")
        (tmp_path / "nginx").mkdir()
        listens = port()
        (tmp_path / "nginx/nginx.conf").write_text(written(listens, behind))
        nginx = await asyncio.create_subprocess_exec(
            str(NGINX), "-p", str(tmp_path / "nginx"), "-c", "nginx.conf", "-e", "stderr"
        )
        try:
            await reached(listens)
            yield f"http://127.0.0.1:{listens}"
        finally:
            nginx.terminate()
            await nginx.wait()


async def reached(listens: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", listens)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise AssertionError("nginx does not listen")


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield session


async def test_a_question_and_a_large_photo_pass(site: str, http: ClientSession) -> None:
    async with http.post(f"{site}/chat/messages", json={"text": "làm khai sinh cần gì"}) as answer:
        assert answer.status == 200
    photo = FormData()
    photo.add_field("id", "one")
    photo.add_field("file", b"\xff\xd8" + b"\0" * 3_000_000, filename="a.jpg", content_type="image/jpeg")
    async with http.post(f"{site}/chat/messages", data=photo) as answer:
        assert answer.status == 200  # with a sentence that there is no code in it
        assert (await answer.json())["replies"]


async def test_a_photo_over_the_limit_is_stopped_before_the_program(site: str, http: ClientSession) -> None:
    photo = FormData()
    photo.add_field("id", "one")
    photo.add_field("file", b"\0" * 23_000_000, filename="a.jpg", content_type="image/jpeg")
    async with http.post(f"{site}/chat/messages", data=photo) as answer:
        assert answer.status == 413


async def test_the_stream_of_notices_is_not_held_back(site: str, http: ClientSession) -> None:
    async with http.post(f"{site}/chat/messages", json={"text": "chào"}) as answer:
        assert answer.status == 200
    stream = await http.get(f"{site}/chat/events")
    async with asyncio.timeout(test_program.PATIENCE_S):
        assert await stream.content.readuntil(b"\n\n") == b"retry: 5000\n\n"
    stream.close()


@pytest.mark.parametrize("path", ["/metrics", "/sync/dossiers", "/ready"])
async def test_what_is_inside_stays_inside(site: str, http: ClientSession, path: str) -> None:
    async with http.get(site + path) as answer:
        assert answer.status == 404


async def test_one_address_is_slowed_down(site: str, http: ClientSession) -> None:
    async def asked() -> int:
        async with http.get(f"{site}/health") as answer:
            return answer.status

    statuses = await asyncio.gather(*(asked() for _ in range(120)))
    assert statuses.count(200) >= 20
    assert statuses.count(503) >= 20
