"""One message in, replies out: load, respond, save. What every channel calls."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import NamedTuple

from bot import address as addresses
from bot.assemble import House
from bot.channels import registry
from bot.one_stop import patience
from bot.one_stop.patience import WouldWait
from bot.people import joining, talks
from bot.people.talks import Talk
from bot.storage import conversations, database, drafts, questions
from bot.storage.database import Collided
from bot.storage.drafts import Stale
from bot.turns import effects
from bot.turns.effects import By
from bot.waiting import Busy
from bot.watching import logs
from handlers.turn.effects import DeleteDraft, Erase, LinkChannels, Unlink
from handlers.turn.messages import Incoming, Reply, State, Turn

logger = logging.getLogger(__name__)

TRIES = 20  # each miss means that another process answered this person meanwhile, so this is never reached

ERASING = (Erase, DeleteDraft, Unlink)  # effects after which nothing may be left in the files of the database
LINKING = (LinkChannels, Unlink)


class Read(NamedTuple):
    """What a turn was made from."""

    talk: Talk
    draft: str  # desk code of the form that was open before or after it; "": none


Answer = tuple[tuple[Reply, ...], str]  # the replies, and the outcome for the metrics


async def converse(house: House, address: str, message_id: str, incoming: Incoming) -> tuple[Reply, ...]:
    """The replies to a message, after the state they lead to is saved.

    A message that was answered in the last two days changes nothing and gets the same replies again.
    Messages of one address are answered in the order of the calls. If anything fails it is logged, the
    state stays as it was, and the reply is an apology; so it is if too many others wait.
    """
    started, channel = perf_counter(), addresses.parse(address).channel
    incoming = replace(incoming, address=address, can=registry.abilities(channel, house.settings))
    async with house.lanes.setdefault(address, asyncio.Lock()):
        work = partial(_answer, house, address, message_id, incoming)
        try:
            replies, outcome = await _made(house, work)
        except Busy:  # nothing is kept of the message: sent once more, it is answered
            turn = house.router.busy_reply(incoming, house.world)
            replies, outcome = turn.replies, turn.outcome
    house.metrics.turns.labels(channel, outcome).inc()
    house.metrics.turn_seconds.labels(channel).observe(perf_counter() - started)
    return replies


async def _made(house: House, work: Callable[[], Answer]) -> Answer:
    """A turn that has to ask the one-stop system is made once more where it may wait, in nobody's way."""
    try:
        return await house.turns.run(partial(_without_waiting, work))
    except WouldWait:
        return await house.look_ups.run(work)


def _without_waiting(work: Callable[[], Answer]) -> Answer:
    with patience.forbidden():
        return work()


def _answer(house: House, address: str, message_id: str, incoming: Incoming) -> Answer:
    state = State()
    try:
        for _ in range(TRIES):
            with database.reading(house.engine) as connection:
                # in this order: a message handled between the two is then found, not answered twice
                talk = talks.load(connection, house.vault, address)
                earlier = conversations.replies_to(connection, house.vault, address, message_id)
            if earlier is not None:
                return earlier, "repeated"
            state, incoming = talk.state, replace(incoming, person=talk.person)
            turn = house.router.respond(incoming, state, house.world)
            if _saved(house, message_id, incoming, turn, Read(talk, state.draft or turn.state.draft)):
                if any(isinstance(effect, ERASING) for effect in turn.effects):
                    database.wipe(house.engine)
                return turn.replies, turn.outcome
        raise TimeoutError(f"{TRIES} times another process was faster")
    except WouldWait:
        raise
    except Exception:  # the edge: our bug or a lost database must not leave a person without an answer
        logger.exception("turn failed", extra={"person": logs.person(address, house.settings.secret_key)})
        house.metrics.errors.labels("turn").inc()
        turn = house.router.crash_reply(incoming, state, house.world)
        return turn.replies, turn.outcome


def _saved(house: House, message_id: str, incoming: Incoming, turn: Turn, read: Read) -> bool:
    """One transaction: state, effects, and that the message is handled; False: make it anew."""
    address, at, vault = incoming.address, incoming.at, house.vault
    mark = drafts.draft_mark(vault, read.draft) if read.draft else b""
    with suppress(Stale, Collided), database.writing(house.engine) as connection:
        if any(isinstance(effect, LINKING) for effect in turn.effects):
            joining.hold(connection)
        saved = talks.save(connection, vault, read.talk, turn.state, at)
        if saved:
            conversations.record(connection, vault, address, message_id, turn.replies, at, mark)
            if turn.unmet:
                questions.note(connection, turn.unmet, at)
            effects.apply(By(connection, vault, address, at, incoming.network, message_id), turn.effects)
        return saved
    return False
