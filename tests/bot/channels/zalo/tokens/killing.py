"""Processes that renew the tokens and are killed with SIGKILL in the middle of it."""

import asyncio
import random
from dataclasses import dataclass
from multiprocessing import get_context

from bot.channels.zalo.tokens import keeper
from bot.storage import database
from tests.bot.channels.zalo.fake.oauth import serving
from tests.bot.channels.zalo.tokens.keeping import VAULT, Clock, logged_in, process

PROCESSES = get_context("forkserver")  # loads what it needs once, and has no threads when it forks
PROCESSES.set_forkserver_preload(["tests.bot.channels.zalo.tokens.killing"])
STAGES = ("received", "processed", "answered", "none")  # of the server, after which a process is killed
LATEST_S = {"received": 0.01, "processed": 0.01, "answered": 0.04}  # of the kill, after that
END_S = 30  # for a process to come so far


@dataclass
class Toll:
    """What the kills cost."""

    renewed: int = 0  # the pair went on, and nobody noticed
    lost: int = 0  # the server had spent the token, and its answer died with the process
    locked_out: int = 0  # lost although the token that was kept was the good one
    most_sent: int = 0  # of one refresh token
    twice_granted: int = 0
    loops: int = 0  # requests after the alarm


async def kills(engine, url, number, seed):
    """That many renewals by two processes, of which one or both are killed; then a third one starts."""
    dice, clock, toll = random.Random(seed), Clock(), Toll()
    async with serving() as server:
        logged_in(server, engine, clock)
        for turn in range(number):
            clock.move(hours=20)
            stage = STAGES[turn % len(STAGES)]
            await _killed(server, url, clock, stage, dice)
            await _restarted(server, engine, clock, toll)
        toll.most_sent = max(server.sent.values())
        toll.twice_granted = sum(times > 1 for times in server.granted.values())
    return toll


async def _killed(server, url, clock, stage, dice):
    """Two processes renew; both die a moment after the server is at that stage."""
    reached, dead = asyncio.Event(), asyncio.Event()

    async def tell(name):
        if name == stage:
            reached.set()
        if name == stage != "answered":
            await dead.wait()  # the kill finds the server at work

    server.at_stage = tell
    both = [PROCESSES.Process(target=work, args=(server.settings(), url, clock.now)) for _ in range(2)]
    for each in both:
        each.start()
    if stage == "none":  # wherever they are
        await asyncio.sleep(dice.random() * 0.1)
    else:
        async with asyncio.timeout(END_S):
            await reached.wait()
        await asyncio.sleep(dice.random() * LATEST_S[stage])
    server.broken = "before" if stage == "received" else ""
    await _end(both)
    dead.set()
    server.at_stage = None
    async with asyncio.timeout(END_S):
        while server.at_work:  # it ends what it has begun, whoever has died
            await asyncio.sleep(0.001)
    server.broken = ""


async def _end(processes):
    for each in processes:
        each.kill()
    for each in processes:
        await asyncio.to_thread(each.join, END_S)


async def _restarted(server, engine, clock, toll):
    """What a new process makes of it, in the time that the old access token is still good."""
    tokens = process(server, engine, clock)
    can_go_on = tokens._table.read().pair.refresh == server.alive
    for _ in range(2):
        clock.move(minutes=40)
        await tokens.renew_if_due()
        await tokens.current()
    if not tokens._table.read().error:
        toll.renewed += 1
        return
    toll.lost += 1
    toll.locked_out += can_go_on
    asked = server.requests
    for _ in range(3):
        clock.move(hours=1)
        await tokens.renew_if_due()
    toll.loops += server.requests - asked
    logged_in(server, engine, clock)


def work(settings, database_url, began):
    """One process, which looks all the time."""
    asyncio.run(_work(settings, database_url, began))


async def _work(settings, database_url, began):
    tokens = keeper.make(settings, database.connect(database_url), VAULT, lambda: began)
    while True:
        await tokens.renew_if_due()
        await asyncio.sleep(0.02)
