"""What Zalo tells afterwards: a template has arrived, or is not as good as it was.

Order is not promised, and a report may come twice: each changes only what is still as it was.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from bot.channels.zalo.templates import tracking
from bot.outbox import store
from bot.storage import database
from bot.watching.zalo_metrics import OaMetrics

logger = logging.getLogger(__name__)

ARRIVED = "user_received_message"
# Names of events, with where each tells what it is now.
CHANGES: Mapping[str, tuple[str, ...]] = {
    "change_template_status": ("status", "new_status"),
    "change_template_quality": ("quality",),
    "change_template_quota": ("quota", "new_value"),
    "change_oa_daily_quota": ("quota", "new_value"),
    "change_oa_template_tags": (),
}
ALARMS = frozenset({"REJECT", "DISABLE", "LOW"})


def take(engine: Engine, counts: OaMetrics, body: Mapping[str, Any], now: datetime) -> None:
    """Notes it."""
    name = body.get("event_name")
    if name == ARRIVED:
        _arrived(engine, counts, _inside(body, ("message",)), now)
    elif isinstance(name, str) and name in CHANGES:
        is_now = str(_inside(body, CHANGES[name]))[:40] if CHANGES[name] else ""
        told = {"event": name, "template": str(body.get("template_id", ""))[:40], "is_now": is_now}
        logger.log(logging.ERROR if is_now in ALARMS else logging.INFO, "zalo template changed", extra=told)


def _arrived(engine: Engine, counts: OaMetrics, message: object, now: datetime) -> None:
    """Whether what was doubtful has arrived is known by its tracking id; by user id there is none."""
    if not isinstance(message, Mapping) or "delivery_time" not in message:
        return
    number = tracking.notice_of(message.get("tracking_id"))
    counts.templates.labels("uid" if number is None else "phone", "arrived").inc()
    if number is not None:
        with database.writing(engine) as connection:
            store.arrived(connection, number, str(message.get("msg_id", "")), now)


def _inside(body: Mapping[str, Any], path: tuple[str, ...]) -> object:
    here: object = body
    for step in path:
        here = here.get(step) if isinstance(here, Mapping) else None
    return here
