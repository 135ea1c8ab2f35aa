"""Loops that run beside the conversations: for now the one that deletes on a clock."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot import conversations, database, questions
from bot.assemble import House
from bot.clock import vietnam_now
from bot.dossiers import embedded

logger = logging.getLogger(__name__)

ROUND_S = 3600
HANDLED_KEPT = timedelta(hours=48)  # Telegram gives up on an update after 24 hours


async def run(house: House, now: Callable[[], datetime] = vietnam_now, round_s: float = ROUND_S) -> None:
    """Deletes old rows at once and then every round, until it is cancelled."""
    while True:
        try:
            await asyncio.to_thread(purge, house, now())
        except Exception:  # the edge: a database that is away for a while must not end the worker
            logger.exception("purge failed")
            house.metrics.errors.labels("purge").inc()
        await asyncio.sleep(round_s)


def purge(house: House, now: datetime) -> None:
    """Deletes conversations silent for the days of the settings, and answers that nobody asks for again."""
    oldest = now - timedelta(days=house.settings.retention_days)
    with database.writing(house.engine) as connection:
        gone = conversations.purge(connection, oldest)
        forgotten = conversations.forget(connection, now - HANDLED_KEPT)
        questions.forget(connection, oldest)
        embedded.forget_tries(connection, now - embedded.LOCK_SPAN)
    house.metrics.purged.labels("conversation").inc(gone)
    house.metrics.purged.labels("handled").inc(forgotten)
    logger.info("purged", extra={"conversations": gone, "handled": forgotten})
