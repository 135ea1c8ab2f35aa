"""Outgoing Telegram messages per second: the library with our HTTP client beside its default one.

Both send to a stub of the Bot API in another process, which answers after 5 ms, in alternating rounds.
"""

import asyncio
import json
import multiprocessing
import re
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram.request import AiohttpRequest

LATENCY_S = 0.005
IN_FLIGHT = (1, 16, 64)
ROUNDS = 5
ROUND_S = 0.7
TEXT = "Hồ sơ khai sinh của bạn cần ba giấy tờ: tờ khai, giấy chứng sinh, căn cước của cha mẹ. " * 3
TOKEN = "123456:benchmark"

USER = {"id": 123456, "is_bot": True, "first_name": "Một Cửa", "username": "motcua_bot"}
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "from": USER, "text": TEXT}


class Stub(asyncio.Protocol):
    """The least that is an HTTP server, so that the clients are measured and not the stub."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._received = transport, b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        if end and len(body) >= (int(length[1]) if length else 0):
            result = USER if b"/getMe" in head.partition(b"\r\n")[0] else MESSAGE
            self._received = b""
            asyncio.get_running_loop().call_later(LATENCY_S, self._answer, result)

    def _answer(self, result: object) -> None:
        body = json.dumps({"ok": True, "result": result}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


def serve(pipe: Connection) -> None:
    """Runs the stub; tells its port."""

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Stub, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

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
            theirs: list[float] = []
            mine: list[float] = []
            for _ in range(ROUNDS):
                theirs.append(await rate(default, in_flight))
                mine.append(await rate(ours, in_flight))
            ratio = statistics.median(mine) / statistics.median(theirs)
            print(f"{in_flight:>9} {_cell(theirs):>24} {_cell(mine):>24} {ratio:>5.1f}x")


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
