"""What a person who opens the page is shown. Nothing is written: opening a page must not reset a talk."""

from dataclasses import replace
from functools import partial

from bot.assemble import House
from bot.people import talks
from bot.storage import database
from handlers.people.welcome import welcome
from handlers.turn.context import context
from handlers.turn.messages import Incoming, Reply


async def welcomed(house: House, address: str, incoming: Incoming) -> tuple[Reply, ...]:
    """What is open for that person, or a greeting; `incoming` says when, and what the browser speaks."""
    work = partial(_look, house, replace(incoming, address=address))
    return await house.turns.run(work)


def _look(house: House, incoming: Incoming) -> tuple[Reply, ...]:
    with database.reading(house.engine) as connection:
        talk = talks.load(connection, house.vault, incoming.address)
    return welcome(context(replace(incoming, person=talk.person), talk.state, house.world))
