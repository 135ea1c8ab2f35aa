"""Loops that run beside the conversations: notices out, the sweep behind them, deletion on a clock."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from bot.assemble import House
from bot.channels import registry
from bot.channels.telegram.incoming import kept
from bot.channels.web import stored
from bot.channels.web.push import subscriptions
from bot.channels.web.sessions import table as sessions
from bot.channels.zalo.kept import store as zalo_events
from bot.channels.zalo.oa import pauses
from bot.channels.zalo.platform import usage as zalobot_usage
from bot.clock import vietnam_now
from bot.desk import changes
from bot.desk.acknowledging import Deadlines
from bot.dossiers import apologies, guesses
from bot.dossiers.take_in import take_ins
from bot.notices import (
    consents,
    expiry_reminders,
    follows,
    lists,
    lost_follows,
    phone_follows,
    receipt_links,
    recipients,
)
from bot.notices.composing import Composer
from bot.one_stop import polling, polls
from bot.one_stop.polling import Polling
from bot.outbox import ledger, store
from bot.outbox.channel import Channel
from bot.outbox.deliver import Delivery, Ways
from bot.outbox.sweep import sweep
from bot.people import codes, joining, short_links
from bot.storage import conversations, database, drafts, questions
from bot.supervisor import Loop
from bot.watching import trace
from handlers.turn import retention

logger = logging.getLogger(__name__)

ROUND_S = 3600
SWEEP_S = 10  # a dead worker's notices wait this much longer than their lease at most
HANDLED_KEPT = timedelta(days=retention.REPLY_DAYS)  # Telegram gives up on an update after 24 hours

Now = Callable[[], datetime]


@asynccontextmanager
async def loops(house: House, now: Now = vietnam_now) -> AsyncIterator[Mapping[str, Loop]]:
    """All loops of a worker by their names; its channels are open while the context lasts."""
    gc.freeze()  # looking through all that was loaded at the start took a third of the time of a drain
    rows = registry.served(house.settings)
    served = frozenset(row.name for row in rows)
    async with AsyncExitStack() as opened:
        channels = {
            row.name: Channel(
                await opened.enter_async_context(
                    row.sending(house.settings, house.engine, house.vault, house.metrics)
                ),
                row.rate,
                row.in_flight,
            )
            for row in rows
        }
        yield {
            "purge": partial(repeated, house, "purge", lambda: purge(house, now()), ROUND_S),
            "remind": partial(repeated, house, "remind", lambda: remind(house, now()), ROUND_S),
            "sweep": partial(repeated, house, "sweep", lambda: sweep_once(house, served, now()), SWEEP_S),
            **_asking(house, now),
            **{
                f"deliver {name}": _delivery(house, name, channel, now).run
                for name, channel in channels.items()
            },
        }


def _asking(house: House, now: Now) -> Mapping[str, Loop]:
    """Asks the one-stop software about what is followed, where it does not tell by itself."""
    minutes, world = house.settings.poll_minutes, house.world
    if house.look_up is None or not minutes:
        return {}
    asking = Polling(
        house.engine, house.vault, house.look_up, world.office, world.holidays, timedelta(minutes=minutes),
        house.metrics.polled,
    )  # fmt: skip
    return {"poll": partial(repeated, house, "poll", lambda: asking.round(now()), polling.ROUND_S)}


async def repeated(house: House, name: str, work: Callable[[], object], pause_s: float) -> None:
    """Does the work in a thread, at once and then again and again, until it is cancelled."""
    while True:
        try:
            await asyncio.to_thread(work)
        except Exception:  # the edge: a database that is away for a while must not end the worker
            logger.exception("round failed", extra={"loop": name})
            house.metrics.errors.labels(name).inc()
        await asyncio.sleep(pause_s)


def _delivery(house: House, name: str, channel: Channel, now: Now) -> Delivery:
    can = partial(registry.abilities, settings=house.settings)
    ways = Ways(
        compose=Composer(house.engine, house.vault, house.world, now, apologies.told, can),
        ack_by=Deadlines(house.world.office, house.world.holidays).ack_by,
        gone=lambda connection, gone: lost_follows.lose(house.vault, now(), connection, gone),
        quiet=house.settings.quiet_hours,
        now=now,
    )
    return Delivery(house.engine, name, channel, house.metrics.outbox, ways)


def sweep_once(house: House, channels: frozenset[str], now: datetime) -> None:
    """Frees what is stuck and tells the figures."""
    with database.writing(house.engine) as connection:
        swept = sweep(connection, channels, now, follows.other_channels)
    if any(swept):
        logger.warning("swept", extra=swept._asdict())
    with database.reading(house.engine) as connection:
        house.metrics.outbox.show(ledger.backlog(connection), ledger.call_count(connection), now)


def remind(house: House, now: datetime) -> None:
    """Owes what no dossier tells: papers that expire, and kept lists that have changed."""
    with database.writing(house.engine) as connection:
        expiry_reminders.owe_due(connection, house.vault, house.world.expiries, now)
    with database.writing(house.engine) as connection:
        lists.owe_changes(connection, house.vault, house.world.catalogue, now)


def purge(house: House, now: datetime) -> None:
    """Deletes what its clock has ended: nothing is kept of a person longer than it can serve him.

    Conversations by the days of the settings; what hangs on them, and what can bring no news any more, after
    them. Dossiers and apologies have no clock here: the desk answers for them. docs/privacy.md lists all.
    """
    oldest = now - timedelta(days=house.settings.retention_days)
    with database.writing(house.engine) as connection:
        gone = {
            "person_link": joining.part_silent(connection, house.vault, oldest, now),  # what stays, moves
            "link_code": codes.forget(connection, now),
            "short_link": short_links.forget(connection, now),
            "conversation": conversations.purge(connection, oldest, now),
            "handled": conversations.forget(connection, now - HANDLED_KEPT),
            "question": questions.forget(connection, oldest),
            "last_change": changes.forget(connection, now),
            "guess": guesses.forget(connection, now),
            "trace": trace.forget(connection, now),
            "poll": polls.forget(connection, now),
            "receipt_link": receipt_links.forget(connection, now),
            "notice": store.forget(connection, oldest, now),
            "follow": follows.purge(connection, oldest),
            "lost_follow": lost_follows.forget(connection, oldest),
            "phone_follow": phone_follows.forget_phones(connection, oldest),
            "consent": consents.forget(connection, now),
            "web_session": sessions.forget(connection, oldest - timedelta(days=1)),
            "telegram_update": kept.forget(connection, now),
            "web_inbox": stored.forget(connection, now - stored.KEPT),
            "push_subscription": subscriptions.forget(connection, oldest),
            "zalo_event": zalo_events.forget(connection, now - zalo_events.KEPT),
            "zalo_pause": pauses.forget(connection, now),
            "zalobot_send": zalobot_usage.forget(connection, now),
            "draft": drafts.purge(connection, now),
            "take_in": take_ins.forget(connection, now),
            "recipient": recipients.purge(connection),  # last: of whom nothing else is left
        }
    database.wipe(house.engine)
    for table, number in gone.items():
        house.metrics.purged.labels(table).inc(number)
    logger.info("purged", extra=gone)
