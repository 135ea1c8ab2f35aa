"""Loops that run beside the conversations: notices out, the sweep behind them, deletion on a clock."""

import asyncio
import gc
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.assemble import House
from bot.channels.web import stored
from bot.clock import vietnam_now
from bot.dossiers import tries
from bot.notices import expiry_reminders, lists
from bot.notices.acknowledging import Deadlines
from bot.outbox import enqueue, ledger
from bot.outbox.channel import Channel, Compose, Counts
from bot.outbox.deliver import Delivery
from bot.outbox.sweep import sweep
from bot.storage import conversations, database, drafts, questions
from handlers.turn import retention

logger = logging.getLogger(__name__)

ROUND_S = 3600
SWEEP_S = 10  # a dead worker's notices wait this much longer than their lease at most
HANDLED_KEPT = timedelta(days=retention.REPLY_DAYS)  # Telegram gives up on an update after 24 hours


async def run(house: House, now: Callable[[], datetime] = vietnam_now, round_s: float = ROUND_S) -> None:
    """Deletes old rows at once and then every round, until it is cancelled."""
    while True:
        try:
            await asyncio.to_thread(purge, house, now())
        except Exception:  # the edge: a database that is away for a while must not end the worker
            logger.exception("purge failed")
            house.metrics.errors.labels("purge").inc()
        await asyncio.sleep(round_s)


async def deliver(
    house: House,
    channels: Mapping[str, Channel],
    compose: Compose,
    now: Callable[[], datetime] = vietnam_now,
    sweep_s: float = SWEEP_S,
) -> None:
    """Hands notices over, on each channel by itself, and sweeps behind; until it is cancelled."""
    gc.freeze()  # looking through all that was loaded at the start took a third of the time of a drain
    counts, deadlines = Counts(house.metrics.registry), Deadlines(house.world.office, house.world.holidays)
    async with asyncio.TaskGroup() as loops:
        loops.create_task(_sweep(house, frozenset(channels), counts, now, sweep_s))
        loops.create_task(_remind(house, now))
        for name, channel in channels.items():
            delivery = Delivery(
                house.engine,
                name,
                channel,
                compose,
                counts=counts,
                ack_by=deadlines.ack_by,
                quiet=house.settings.quiet_hours,
                now=now,
            )
            loops.create_task(delivery.run())


async def _sweep(
    house: House, channels: frozenset[str], counts: Counts, now: Callable[[], datetime], sweep_s: float
) -> None:
    while True:
        try:
            await asyncio.to_thread(_sweep_once, house, channels, counts, now())
        except Exception:  # the edge, as in `run`
            logger.exception("sweep failed")
            house.metrics.errors.labels("sweep").inc()
        await asyncio.sleep(sweep_s)


def _sweep_once(house: House, channels: frozenset[str], counts: Counts, now: datetime) -> None:
    with database.writing(house.engine) as connection:
        swept = sweep(connection, channels, now)
    if any(swept):
        logger.warning("swept", extra=swept._asdict())
    with database.reading(house.engine) as connection:
        counts.show(ledger.backlog(connection), ledger.call_count(connection), now)


async def _remind(house: House, now: Callable[[], datetime]) -> None:
    while True:
        try:
            await asyncio.to_thread(remind, house, now())
        except Exception:  # the edge, as in `run`
            logger.exception("reminders failed")
            house.metrics.errors.labels("remind").inc()
        await asyncio.sleep(ROUND_S)


def remind(house: House, now: datetime) -> None:
    """Owes what no dossier tells: papers that expire, and kept lists that have changed."""
    with database.writing(house.engine) as connection:
        expiry_reminders.owe_due(connection, house.vault, house.world.licences, now)
    with database.writing(house.engine) as connection:
        lists.owe_changes(connection, house.vault, house.world.catalogue, now)


def purge(house: House, now: datetime) -> None:
    """Deletes conversations silent for the days of the settings, and answers that nobody asks for again."""
    oldest = now - timedelta(days=house.settings.retention_days)
    with database.writing(house.engine) as connection:
        gone = conversations.purge(connection, oldest)
        forgotten = conversations.forget(connection, now - HANDLED_KEPT)
        questions.forget(connection, oldest)
        tries.forget(connection, now - tries.LOCK_SPAN)
        ledger.forget(connection, oldest)
        enqueue.forget(connection, oldest)
        enqueue.forget(connection, oldest)
        stored.forget(connection, now - stored.KEPT)
        drafts.purge(connection, now)
    house.metrics.purged.labels("conversation").inc(gone)
    house.metrics.purged.labels("handled").inc(forgotten)
    logger.info("purged", extra={"conversations": gone, "handled": forgotten})
