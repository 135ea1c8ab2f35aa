"""One message in, replies out: load, respond, save. What every channel calls."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import perf_counter

from bot import address as addresses
from bot.assemble import House
from bot.dossiers import tries
from bot.storage import conversations, database, questions
from bot.storage.drafts import Stale
from bot.turns import effects
from bot.watching import logs
from handlers.turn.messages import Incoming, Reply, State, Turn

logger = logging.getLogger(__name__)

TRIES = 20  # each miss means that another process answered this person meanwhile, so this is never reached

Answer = tuple[tuple[Reply, ...], str]  # the replies, and the outcome for the metrics


async def converse(house: House, address: str, message_id: str, incoming: Incoming) -> tuple[Reply, ...]:
    """The replies to a message, after the state they lead to is saved.

    A message that was answered in the last two days changes nothing and gets the same replies again.
    Messages of one address are answered in the order of the calls. If anything fails it is logged, the
    state stays as it was, and the reply is an apology.
    """
    started, channel = perf_counter(), addresses.parse(address).channel
    incoming = replace(incoming, address=address)
    async with house.lanes.setdefault(address, asyncio.Lock()):
        work = partial(_answer, house, address, message_id, incoming)
        replies, outcome = await asyncio.get_running_loop().run_in_executor(house.turns, work)
    house.metrics.turns.labels(channel, outcome).inc()
    house.metrics.turn_seconds.labels(channel).observe(perf_counter() - started)
    return replies


def _answer(house: House, address: str, message_id: str, incoming: Incoming) -> Answer:
    state = State()
    try:
        for _ in range(TRIES):
            with database.reading(house.engine) as connection:
                # in this order: a message handled between the two is then found, not answered twice
                state, version = conversations.load(connection, house.vault, address)
                earlier = conversations.replies_to(connection, house.vault, address, message_id)
            if earlier is not None:
                return earlier, "repeated"
            turn = house.router.respond(incoming, state, house.world)
            if _saved(house, address, message_id, incoming, turn, version):
                return turn.replies, turn.outcome
        raise TimeoutError(f"{TRIES} times another process was faster")
    except Exception:  # the edge: our bug or a lost database must not leave a person without an answer
        logger.exception("turn failed", extra={"person": logs.person(address, house.settings.secret_key)})
        house.metrics.errors.labels("turn").inc()
        turn = house.router.crash_reply(incoming, state, house.world)
        return turn.replies, turn.outcome


def _saved(house: House, address: str, message_id: str, incoming: Incoming, turn: Turn, version: int) -> bool:
    """One transaction: state, effects, and that the message is handled; False on a version miss."""
    with suppress(Stale), database.writing(house.engine) as connection:
        saved = conversations.save(connection, house.vault, address, turn.state, version, incoming.at)
        if saved:
            conversations.record(connection, house.vault, address, message_id, turn.replies, incoming.at)
            if turn.unmet:
                questions.note(connection, turn.unmet, incoming.at)
            if turn.wrong_try:
                tries.count(connection, house.vault, turn.wrong_try, incoming.at)
            effects.apply(connection, house.vault, address, turn.effects, incoming.at)
        return saved
    return False
