"""Whether Zalo lets us write to a person unasked: 48 hours after he wrote for nothing, 7 days at all.

Our own knowledge says so for who wrote lately; else Zalo is asked, who also knows of buttons and calls.
"""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot import address as addresses
from bot.channels.zalo.oa.outgoing.api import Accepted, Api, Failed
from bot.channels.zalo.oa.outgoing.errors import LATER_S
from bot.outbox.outcomes import Doubtful, Later, Refused
from bot.storage import conversations, database

PATH = "/v3.0/oa/quota/message"
FREE = timedelta(hours=48)
LONGEST = timedelta(days=7)
CLOSED = "window"  # how the reason begins, as the kind of errors.toml
PASSED = Refused(f"{CLOSED}: this person has not written to the OA for 7 days")
USED_UP = Refused(f"{CLOSED}: no reply to this person is left, says Zalo")


async def closed(api: Api, engine: Engine, address: str, now: datetime) -> Later | Refused | None:
    """Why nothing may be sent now; None: it may."""
    seen = await asyncio.to_thread(_seen, engine, address)
    if seen is not None and now - seen < FREE:
        return None
    match await api.post(PATH, {"user_id": addresses.parse(address).person}):
        case Failed(outcome):  # nothing was sent, whatever became of the question
            return Later(LATER_S) if isinstance(outcome, Doubtful) else outcome
        case Accepted(data):
            return _judged(data.get("last_interaction"), data.get("cs_reply"), now)


def is_closed(refused: Refused) -> bool:
    """Whether it was refused because this person has not written lately."""
    return refused.reason.startswith(CLOSED)


def _judged(last_ms: object, replies: object, now: datetime) -> Refused | None:
    """What is not told closes nothing: Zalo refuses by itself what it does not allow."""
    if isinstance(replies, dict) and replies.get("remain") == 0:
        return USED_UP
    stamp = str(last_ms)
    if not (stamp.isascii() and stamp.isdecimal()):
        return None
    is_past = now.timestamp() - int(stamp) / 1000 > LONGEST.total_seconds()
    return PASSED if is_past else None


def _seen(engine: Engine, address: str) -> datetime | None:
    with database.reading(engine) as connection:
        return conversations.seen(connection, address)
