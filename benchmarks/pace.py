"""Four worker processes against a server that refuses more than 30 messages in any sliding second.

Ours share a row of PostgreSQL; beside them, in the same run, four processes with python-telegram-bot's
AIORateLimiter as it comes, which knows only its own process. `python benchmarks/pace.py [SECONDS]`.
"""

import asyncio
import json
import logging
import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from engines import postgresql
from outbox import owe
from prometheus_client import CollectorRegistry
from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram_send import MESSAGE, TOKEN, USER, Stub

from bot.channels import registry
from bot.channels.telegram.errors import outcome
from bot.channels.telegram.request import AiohttpRequest
from bot.outbox.channel import Channel
from bot.outbox.claim import Notice
from bot.outbox.deliver import Delivery, Ways
from bot.outbox.outcomes import Outcome, Sent
from bot.storage import database
from bot.watching.metrics import OutboxMetrics
from handlers.turn.messages import Reply

CAP = 30  # messages in a sliding second
PROCESSES = 4
SECONDS = 40
WARM_S = 3  # processes start; not counted
SPAWN = multiprocessing.get_context("spawn")


@dataclass
class Tally:
    """What came to the server; moments on its own clock."""

    accepted: list[float]
    refused: list[float]


class Strict(Stub):
    """The stub that counts, and refuses what is too much."""

    recent: deque[float] = deque()
    tally = Tally([], [])

    def _answer(self, result: object) -> None:
        if result is USER:
            super()._answer(result)
            return
        now = time.monotonic()
        while self.recent and self.recent[0] <= now - 1:
            self.recent.popleft()
        if len(self.recent) < CAP:
            self.recent.append(now)
            self.tally.accepted.append(now)
            super()._answer(MESSAGE)
            return
        self.tally.refused.append(now)
        self._refuse()

    def _refuse(self) -> None:
        told = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1"}
        body = json.dumps({**told, "parameters": {"retry_after": 1}}).encode()
        head = "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\n"
        self._transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def serve(pipe: Connection) -> None:
    """Runs the server; tells its port, and its tally each time it is asked, which begins a new one."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Strict, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        loop.add_reader(pipe.fileno(), answer)
        await server.serve_forever()

    def answer() -> None:
        pipe.recv()
        pipe.send((Strict.tally.accepted, Strict.tally.refused))
        Strict.tally = Tally([], [])

    asyncio.run(run())


def ours(database_url: str, url: str) -> None:
    """One of our workers, until it is ended."""

    async def run() -> None:
        async with Bot(TOKEN, base_url=url, request=AiohttpRequest()) as bot:

            async def send(address: str, reply: Reply) -> Outcome:
                try:
                    message = await bot.send_message(address, reply.text)
                except TelegramError as error:
                    return outcome(error)
                return Sent(str(message.message_id))

            engine, counts = database.connect(database_url), OutboxMetrics(CollectorRegistry())
            channel = Channel(send, registry.CHANNELS["telegram"].rate)
            await Delivery(engine, "telegram", channel, counts, Ways(compose=_text)).run()

    asyncio.run(run())


def _text(notice: Notice) -> Reply:
    return Reply(notice.code)


def theirs(_database_url: str, url: str) -> None:
    """A process with the library's own limiter: each message once, as a bot's handlers would send it."""
    logging.disable()  # it tells of each refusal

    async def run() -> None:
        request = AiohttpRequest()
        async with ExtBot(TOKEN, base_url=url, request=request, rate_limiter=AIORateLimiter()) as bot:
            await asyncio.gather(*(_sender(bot, number) for number in range(16)))

    asyncio.run(run())


async def _sender(bot: Bot, number: int) -> None:
    for each in range(10_000):
        try:
            await bot.send_message(number * 10_000 + each + 1, "x")
        except TelegramError:
            continue  # lost: nobody sends it again


def measure(name: str, pipe: Connection, processes: list[BaseProcess]) -> None:
    """Prints what reached the server in the measured seconds."""
    while not _tally(pipe)[0]:
        time.sleep(0.1)
    time.sleep(WARM_S)
    _tally(pipe)
    time.sleep(SPAN)
    accepted, refused = _tally(pipe)
    for process in processes:
        process.kill()
        process.join()
    rate = (len(accepted) - 1) / (accepted[-1] - accepted[0])
    of = f"1 in {(len(accepted) + len(refused)) / len(refused):.0f}" if refused else "none"
    print(
        f"{name}: {rate:.2f}/s, {rate / CAP:.1%} of the cap;"
        f" {len(accepted)} taken, {len(refused)} refused ({of})"
    )


def _tally(pipe: Connection) -> tuple[list[float], list[float]]:
    pipe.send("tally")
    accepted, refused = pipe.recv()
    return accepted, refused


def main() -> None:
    """Ours, then theirs, against the same server."""
    pipe, far = multiprocessing.Pipe()
    server = SPAWN.Process(target=serve, args=(far,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{pipe.recv()}/bot"
    try:
        with postgresql() as make:
            owe(database_url := make(), round((SPAN + WARM_S + 10) * CAP))
            for name, work in (("ours", ours), ("AIORateLimiter", theirs)):
                measure(f"{name}, {PROCESSES} processes", pipe, _start(work, database_url, url))
    finally:
        server.terminate()


def _start(work: Callable[[str, str], None], database_url: str, url: str) -> list[BaseProcess]:
    processes = [SPAWN.Process(target=work, args=(database_url, url), daemon=True) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    return processes


SPAN = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS

if __name__ == "__main__":
    main()
