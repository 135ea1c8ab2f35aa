"""The program as an office runs it: real processes on a free port, a person at the page, a clerk beside."""

import asyncio
import json
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar

from bot.desk.moving import HOLD_S
from tests.bot.commands import terminal

CODE, FACT = "H36.99-260706-0001", "1111"  # of the made-up half-year
SETTINGS = {"MOTCUA_SECRET_KEY": "k" * 40, "MOTCUA_QUIET_HOURS": "", "PORT": "0"}
BESIDE = SETTINGS | {"MOTCUA_DATA_DIR": "data/demo"}  # where --demo keeps its own
PATIENCE_S = 120  # for a step on a busy machine; a step that works takes far less


@asynccontextmanager
async def running(*arguments: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of the program; ended hard if the test has not ended it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=folder, env=terminal.clean(SETTINGS if "--demo" in arguments else BESIDE),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def address(process: asyncio.subprocess.Process) -> str:
    """Where its web chat is, as it prints it once it can serve."""
    assert process.stdout
    async with asyncio.timeout(PATIENCE_S):
        line = await process.stdout.readline()
    return line.decode().split()[2].rstrip("/")


async def ended(process: asyncio.subprocess.Process) -> int:
    """Its exit status after SIGTERM, as systemd stops it."""
    process.terminate()
    async with asyncio.timeout(PATIENCE_S):
        return await process.wait()


class Person:
    """Somebody with the page open."""

    def __init__(self, http: ClientSession, url: str) -> None:
        self.http, self.url = http, url

    async def say(self, **message: str) -> str:
        """All that is answered, as JSON."""
        async with self.http.post(f"{self.url}/chat/messages", json=message) as answer:
            assert answer.status == 200
            return json.dumps((await answer.json())["replies"], ensure_ascii=False)

    async def follow(self) -> None:
        """Asks about the dossier, proves it, and agrees to be told."""
        assert "4 số cuối" in await self.say(text=f"hồ sơ {CODE} tới đâu rồi")
        assert "Ngày nhận" in await self.say(text=FACT)
        await self.say(choice=f"follow:{CODE}")
        await self.say(choice=f"follow:{CODE}:yes")

    async def events(self) -> ClientResponse:
        """The stream of the open page, after its first lines."""
        stream = await self.http.get(f"{self.url}/chat/events")
        assert (stream.status, await stream.content.readuntil(b"\n\n")) == (200, b"retry: 5000\n\n")
        return stream


async def notice(stream: ClientResponse) -> str:
    """The next thing that is pushed to the page, whole."""
    async with asyncio.timeout(PATIENCE_S):
        while not (event := await stream.content.readuntil(b"\n\n")).startswith(b"id: "):
            pass  # a heartbeat
    return str(json.loads(event.partition(b"data: ")[2]))


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield session


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Callable[..., object]]:
    """Starts processes of one office."""
    async with AsyncExitStack() as all_of_them:

        async def one(*arguments: str) -> asyncio.subprocess.Process:
            return await all_of_them.enter_async_context(running(*arguments, folder=tmp_path))

        yield one


def moved(folder: Path) -> None:
    """The clerk, at another terminal; the time in which it can be taken back is over."""
    done = terminal.motcua("dossiers", "move", CODE, "9", folder=folder, **BESIDE)
    assert (done.returncode, done.stderr) == (0, "")
    with closing(sqlite3.connect(folder / "data/demo/motcua.db", timeout=PATIENCE_S)) as held, held:
        held.execute("UPDATE notice SET not_before = not_before - ?", (HOLD_S,))


async def test_one_process_answers_tells_and_ends_when_told(start, http, tmp_path) -> None:
    process = await start("serve", "--demo")
    person = Person(http, await address(process))
    async with http.get(f"{person.url}/ready") as ready:
        assert (ready.status, await ready.json()) == (200, {"ready": True})
    await person.follow()
    stream = await person.events()
    moved(tmp_path)
    assert CODE in await notice(stream)
    assert await ended(process) == 0


async def test_two_processes_do_it_together(start, http, tmp_path) -> None:
    demo = await start("serve", "--demo")
    await address(demo)
    assert await ended(demo) == 0  # its half-year is in the database now
    web = await start("web")
    person = Person(http, await address(web))
    await person.follow()
    stream = await person.events()
    moved(tmp_path)
    listed = terminal.motcua("notices", folder=tmp_path, **BESIDE).stdout
    assert f"{CODE}" in listed
    assert "đang chờ gửi" in listed  # nobody hands it over yet
    worker = await start("worker")
    assert CODE in await notice(stream)
    assert [await ended(process) for process in (worker, web)] == [0, 0]


def test_a_server_without_its_database_does_not_start() -> None:
    done = terminal.process("web", DATABASE_URL="postgresql://nobody:x@127.0.0.1:1/nothing", **SETTINGS)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
