"""Turns per second: our web chat and our Telegram webhook beside a handler of the library that does nothing.

Each server is one process; the load, and a stub of the Bot API that answers after 5 ms, are others. A turn of
ours finds the answer, saves the state to SQLite and sends the reply; the trivial handler sends one word,
with the library's default client and with ours, or nothing at all. The processor's time for a turn hardly
depends on what else the machine is doing.
"""

import asyncio
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from telegram import Bot, Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters
from telegram.request import HTTPXRequest
from telegram_send import TOKEN, serve

from bot import assemble
from bot.channels.telegram.answering import Clock, Telegram
from bot.channels.telegram.incoming.kept import KeptInDatabase
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.webhook import PATH, SECRET_HEADER, routes
from bot.channels.web.app import make_app
from bot.channels.web.inbox import WebInbox
from bot.channels.web.sessions.table import SessionTable
from bot.clock import vietnam_now
from bot.settings import settings
from bot.turns.converse import converse
from bot.turns.welcoming import welcomed

SECRET = "benchmark"
IN_FLIGHT = 32
ROUNDS = 5
ROUND_S = 1.0
QUESTIONS = (
    "làm khai sinh cho con cần gì",
    "xac nhan doc than mat bao lau",
    "sao y bằng tốt nghiệp",
    "đăng ký kết hôn với người nước ngoài",
    "mất giấy khai sinh làm lại ở đâu",
    "chứng thực hợp đồng mua bán xe máy",
    "chào bạn",
    "làm hộ chiếu ở đâu",
)
CHATS = count(1)
KINDS = (
    "handler that sends nothing",
    "handler that sends a word, default client",
    "handler that sends a word, our client",
    "our Telegram webhook",
    "our web chat",
)
NOTHING, DEFAULT, WORD, HOOK, CHAT = KINDS


def serve_kind(kind: str, api_url: str, pipe: Connection) -> None:
    """One server; tells its port."""

    async def run() -> None:
        with tempfile.TemporaryDirectory() as directory:
            request = HTTPXRequest(pool_timeout=60) if kind == DEFAULT else AiohttpRequest()
            async with Bot(TOKEN, base_url=api_url, request=request, get_updates_request=request) as bot:
                app = await (_house(bot, Path(directory)) if kind in (HOOK, CHAT) else _trivial(bot, kind))
                app.router.add_get("/cpu", _cpu)
                runner = web.AppRunner(app, access_log=None)
                await runner.setup()
                await web.TCPSite(runner, "127.0.0.1", 0).start()
                pipe.send(runner.addresses[0][1])
                await asyncio.Event().wait()

    asyncio.run(run())


async def _house(bot: Bot, data: Path) -> web.Application:
    house = assemble.build(settings.read({"MOTCUA_UNLIMITED": "127.0.0.0/8"}, data))
    answer = partial(converse, house)
    inbox = WebInbox(house.engine, house.vault, vietnam_now)
    kept = KeptInDatabase(house.engine, house.vault, vietnam_now)
    hooks = routes(Telegram(bot, answer, kept, Clock(vietnam_now)), SECRET)
    sessions = SessionTable(house.engine)
    welcome = partial(welcomed, house)
    return make_app(house, answer, hooks, welcome=welcome, inbox=inbox, sessions=sessions)


async def _cpu(_: web.Request) -> web.Response:
    return web.Response(text=str(time.process_time()))


async def _trivial(bot: Bot, kind: str) -> web.Application:
    async def handle(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        if kind != NOTHING and update.message:
            await update.message.reply_text("vâng")

    application = Application.builder().bot(bot).updater(None).build()
    application.add_handler(MessageHandler(filters.TEXT, handle))
    await application.initialize()

    async def webhook(request: web.Request) -> web.Response:
        await application.process_update(Update.de_json(await request.json(), bot))
        return web.Response()

    app = web.Application()
    app.router.add_post(PATH, webhook)
    return app


async def write(session: ClientSession, url: str) -> None:
    """A person who was not here before asks on Telegram."""
    chat = next(CHATS)
    person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "vi"}
    message = {"message_id": chat, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person}
    update = {"update_id": chat, "message": message | {"text": QUESTIONS[chat % len(QUESTIONS)]}}
    async with session.post(url + PATH, json=update, headers={SECRET_HEADER: SECRET}) as response:
        assert response.status == 200, response.status


async def chat(session: ClientSession, url: str) -> None:
    """A person who was not here before asks in the web chat."""
    body = {"text": QUESTIONS[next(CHATS) % len(QUESTIONS)]}
    async with session.post(url + "/chat/messages", json=body) as response:
        assert (await response.json())["replies"], response.status


async def rate(turn: Callable[[], Awaitable[None]]) -> tuple[int, float]:
    """Turns of one round, and the seconds they took."""
    done, end = 0, time.perf_counter() + ROUND_S

    async def person() -> None:
        nonlocal done
        while time.perf_counter() < end:
            await turn()
            done += 1

    started = time.perf_counter()
    await asyncio.gather(*(person() for _ in range(IN_FLIGHT)))
    return done, time.perf_counter() - started


async def compare(urls: dict[str, str]) -> None:
    """Prints the table."""
    rates: dict[str, list[float]] = {kind: [] for kind in KINDS}
    costs: dict[str, list[float]] = {kind: [] for kind in KINDS}  # processor ms of the server for a turn
    async with ClientSession() as session:
        for number in range(ROUNDS + 1):
            for kind, url in urls.items():
                session.cookie_jar.clear()
                before = await cpu(session, url)
                done, seconds = await rate(partial(chat if kind == CHAT else write, session, url))
                if number:  # the first round only warms up
                    rates[kind].append(done / seconds)
                    costs[kind].append((await cpu(session, url) - before) / done * 1000)
    show(rates, costs)


async def cpu(session: ClientSession, url: str) -> float:
    """Processor seconds of a server so far."""
    async with session.get(url + "/cpu") as response:
        return float(await response.text())


def show(rates: dict[str, list[float]], costs: dict[str, list[float]]) -> None:
    """The table; ratios are medians over the rounds, each of which measures all."""
    print(f"{IN_FLIGHT} persons at once, median of {ROUNDS} rounds (lowest-highest)")
    print(f"{'':42} {'turns/s':>16} {'CPU ms/turn':>12} {'to default':>11} {'same client':>12}")
    for kind, seen in rates.items():
        cell = f"{statistics.median(seen):.0f} ({min(seen):.0f}-{max(seen):.0f})"
        ratios = [_ratio(seen, rates[other]) for other in (DEFAULT, WORD)]
        cost = statistics.median(costs[kind])
        print(f"{kind:42} {cell:>16} {cost:>12.2f} {ratios[0]:>10.2f}x {ratios[1]:>11.2f}x")


def _ratio(mine: list[float], theirs: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(mine, theirs, strict=True))


def main() -> None:
    """Starts the stub and the servers and compares."""
    context = multiprocessing.get_context("spawn")
    processes = []

    def start(target: Callable[..., None], *arguments: str) -> str:
        pipe, theirs = multiprocessing.Pipe()
        processes.append(context.Process(target=target, args=(*arguments, theirs), daemon=True))
        processes[-1].start()
        return f"http://127.0.0.1:{pipe.recv()}"

    try:
        api_url = start(serve) + "/bot"
        asyncio.run(compare({kind: start(serve_kind, kind, api_url) for kind in KINDS}))
    finally:
        for process in processes:
            process.terminate()


if __name__ == "__main__":
    main()
