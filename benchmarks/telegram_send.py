"""Outgoing Telegram messages per second: the library with our HTTP client beside its default one.

Both send to a stub of the Bot API in another process, which answers after 5 ms, in alternating rounds.
"""

import asyncio
import multiprocessing
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection

from aiohttp import web
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram_request import AiohttpRequest

LATENCY_S = 0.005
IN_FLIGHT = (1, 16, 64)
ROUNDS = 5
ROUND_S = 0.7
TEXT = "Hồ sơ khai sinh của bạn cần ba giấy tờ: tờ khai, giấy chứng sinh, căn cước của cha mẹ. " * 3
TOKEN = "123456:benchmark"

USER = {"id": 123456, "is_bot": True, "first_name": "Một Cửa", "username": "motcua_bot"}
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "from": USER, "text": TEXT}


def serve(pipe: Connection) -> None:
    """The stub; tells its port."""

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        await asyncio.sleep(LATENCY_S)
        result = USER if request.path.endswith("getMe") else MESSAGE
        return web.json_response({"ok": True, "result": result})

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/{path:.*}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        pipe.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


async def rate(bot: Bot, in_flight: int) -> float:
    """Messages per second over one round."""
    sent, end = 0, time.perf_counter() + ROUND_S

    async def sender() -> None:
        nonlocal sent
        while time.perf_counter() < end:
            await bot.send_message(7, TEXT, parse_mode="HTML", read_timeout=60, pool_timeout=60)
            sent += 1

    started = time.perf_counter()
    await asyncio.gather(*(sender() for _ in range(in_flight)))
    return sent / (time.perf_counter() - started)


@asynccontextmanager
async def bot_on(url: str, request: BaseRequest) -> AsyncIterator[Bot]:
    """A bot that is ready to send."""
    async with Bot(TOKEN, base_url=url, request=request, get_updates_request=request) as bot:
        yield bot


async def compare(url: str) -> None:
    """Prints the table."""
    print(f"messages per second, median of {ROUNDS} rounds (lowest-highest); the server answers after 5 ms")
    print(f"{'in flight':>9} {'default client (httpx)':>24} {'ours (aiohttp)':>24} {'ratio':>6}")
    async with bot_on(url, HTTPXRequest()) as default, bot_on(url, AiohttpRequest()) as ours:
        for in_flight in IN_FLIGHT:
            rates: dict[Bot, list[float]] = {default: [], ours: []}
            for _ in range(ROUNDS):
                for bot, seen in rates.items():
                    seen.append(await rate(bot, in_flight))
            theirs, mine = statistics.median(rates[default]), statistics.median(rates[ours])
            print(
                f"{in_flight:>9} {_cell(rates[default]):>24} {_cell(rates[ours]):>24} {mine / theirs:>5.1f}x"
            )


def _cell(rates: list[float]) -> str:
    return f"{statistics.median(rates):.0f} ({min(rates):.0f}-{max(rates):.0f})"


def main() -> None:
    """Starts the stub and compares."""
    pipe, theirs = multiprocessing.Pipe()
    stub = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    stub.start()
    try:
        asyncio.run(compare(f"http://127.0.0.1:{pipe.recv()}/bot"))
    finally:
        stub.terminate()


if __name__ == "__main__":
    main()
