"""Each attack for some seconds against a server of our own: how long honest people wait, and its memory.

Tells times, so it is run by hand and not in the suite: `python -m tests.attacks [NAME ...] [--seconds 15]`,
or all of it at once: `python -m tests.attacks --mixed 60 --database postgresql`.
Prints one line an attack as JSON; exit status 1 if honest people waited longer than the bound or memory grew.
"""

import argparse
import asyncio
import json
import re
import resource
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from statistics import quantiles
from time import perf_counter

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar

from tests.attacks import mixed
from tests.attacks.attacks import ATTACKS, Target
from tests.attacks.mixed import memory_mb, repeated
from tests.bot.commands.terminal import clean

BOUND_MS = 300  # p95 of honest people
MEMORY_MB = 350
QUESTIONS = ("làm khai sinh cho con cần gì", "lệ phí bao nhiêu", "mấy giờ mở cửa", "đăng ký kết hôn")


async def main(names: list[str], seconds: float) -> int:
    with tempfile.TemporaryDirectory() as folder:
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", "--demo", "--port", "0",
            cwd=folder, env=clean({}), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024)),
        )  # fmt: skip
        try:
            assert server.stdout
            found = re.search(r"http://([\d.]+):(\d+)", (await server.stdout.readline()).decode())
            assert found
            target = Target(found[1], int(found[2]))
            results = [await _under(name, target, server.pid, seconds) for name in names]
        finally:
            server.terminate()
            await server.wait()
    return int(not all(results))


async def _under(name: str, target: Target, pid: int, seconds: float) -> bool:
    attack: Callable[[Target], Awaitable[None]] | None = ATTACKS.get(name)
    attacking = asyncio.create_task(repeated(attack, target)) if attack else None
    waits, failed = await _honest(target, seconds)
    if attacking:
        attacking.cancel()
        with suppress(asyncio.CancelledError):
            await attacking
    p95 = round(quantiles(waits, n=20)[-1] * 1000) if len(waits) > 1 else -1
    memory = memory_mb(pid)
    told = {
        "attack": name,
        "asked": len(waits) + failed,
        "failed": failed,
        "p95_ms": p95,
        "max_ms": round(max(waits, default=-1) * 1000),
        "mb": memory,
    }  # noqa: E501
    print(json.dumps(told), flush=True)  # noqa: T201
    return failed == 0 and 0 <= p95 < BOUND_MS and memory < MEMORY_MB


async def _honest(target: Target, seconds: float) -> tuple[list[float], int]:
    """Three people who ask and read; a network of their own."""
    ends, waits, failed = perf_counter() + seconds, [], 0

    async def person(number: int) -> None:
        nonlocal failed
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        timeout = ClientTimeout(total=30)
        async with ClientSession(cookie_jar=CookieJar(unsafe=True), headers=headers, timeout=timeout) as http:
            while perf_counter() < ends:
                for question in QUESTIONS:
                    started = perf_counter()
                    try:
                        async with http.post(
                            f"{target.url}/chat/messages", json={"text": question}
                        ) as answer:
                            ok = answer.status == 200 and "đông người" not in await answer.text()
                    except (ClientError, OSError, TimeoutError):
                        ok = False
                    if ok:
                        waits.append(perf_counter() - started)
                    else:
                        failed += 1
                    await asyncio.sleep(2.5)

    await asyncio.gather(*(person(number) for number in range(1, 4)))
    return waits, failed


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(ATTACKS)}; all if none")
    arguments.add_argument("--seconds", type=float, default=15)
    arguments.add_argument("--mixed", type=float, metavar="MINUTES", help="all of it at once, with kill -9")
    arguments.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = arguments.parse_args()
    if given.mixed:
        sys.exit(asyncio.run(mixed.run(given.mixed, given.database)))
    sys.exit(asyncio.run(main(given.names or ["nothing", *ATTACKS], given.seconds)))
