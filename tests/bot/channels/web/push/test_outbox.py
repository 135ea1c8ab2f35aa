"""A push goes out with its notice: after the quiet hours, and once."""

import asyncio
from datetime import timedelta

from bot.channels.web import inbox
from bot.channels.web.push import subscriptions
from bot.channels.web.push.subscriptions import Subscription
from bot.outbox.channel import Channel
from bot.outbox.deliver import Delivery, Ways
from bot.storage import database
from knowledge.notices import quiet_hours
from tests.bot.channels.web.push.service import Browser, running
from tests.bot.outbox.notice_parts import NOW, VAULT, by, claim, follow, owe, states
from tests.bot.outbox.test_deliver import SOON, Rounds, compose

WHO, QUIET = "web:ba", "21:00-07:00"


async def until(engine, rounds, *wanted):
    async with asyncio.timeout(20):
        while await asyncio.to_thread(states, engine) != list(wanted):
            await rounds.settled.wait()
            rounds.settled.clear()


async def test_a_push_waits_for_the_end_of_the_quiet_hours_and_comes_once(engine):
    follow(engine, WHO)
    night, morning = (
        NOW + timedelta(hours=12),
        NOW + timedelta(hours=24),
    )  # 22:00, 10:00
    owe(engine, now=night)
    assert claim(engine, now=night, claimer=by("web", quiet=QUIET)) == []
    async with running() as service, inbox.sending(engine, VAULT, "https://motcua.example.vn") as send:
        with database.writing(engine) as connection:
            told = Subscription.model_validate(Browser(f"{service.address}send/an").told)
            subscriptions.keep(connection, VAULT, WHO, told, night)
        ways = Ways(compose=compose, now=lambda: morning, timing=SOON, quiet=quiet_hours.parse(QUIET))
        rounds = Rounds()
        delivery = Delivery(engine, "web", Channel(send), rounds, ways)
        task = asyncio.create_task(delivery.run())
        try:
            await until(engine, rounds, "sent")
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        assert len(service.came) == 1
