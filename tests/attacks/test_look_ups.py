"""Guessers who keep the one-stop system busy: who asks about papers does not wait with them."""

import asyncio
from dataclasses import replace
from threading import Event

import pytest

from bot import assemble
from bot.clock import vietnam_now
from bot.one_stop.pull import Pulled
from bot.settings.settings import Settings
from bot.turns.converse import converse
from bot.waiting import Turns
from handlers.turn.messages import Incoming

GUESSERS = 24  # in six threads for all they made everybody wait for 9 s


class Slow:
    """Answers nobody until it is let go."""

    def __init__(self):
        self.go, self.asked = Event(), []

    def rows(self, code):
        self.asked.append(code)
        self.go.wait(60)
        return []


@pytest.fixture
def slow():
    system = Slow()
    yield system
    system.go.set()


@pytest.fixture
def house(tmp_path, slow):
    built = assemble.build(Settings(b"k" * 32, database_url=f"sqlite:///{tmp_path / 'test.db'}"))
    pulled = Pulled(built.world.dossiers, built.engine, built.vault, slow)
    yield replace(built, world=replace(built.world, dossiers=pulled), look_ups=Turns(2))
    built.engine.dispose()


async def say(house, person, text):
    return await converse(house, person, text, Incoming(vietnam_now(), text=text))


async def test_guessers_at_a_slow_one_stop_system_are_in_nobody_s_way(house, slow):
    people = [f"web:{number}" for number in range(GUESSERS)]
    for number, person in enumerate(people):
        await say(house, person, f"H36.99-260706-{number + 1:04}")
    guesses = [asyncio.create_task(say(house, person, "4821")) for person in people]
    while not slow.asked:
        await asyncio.sleep(0.01)
    [answer] = await asyncio.wait_for(say(house, "web:honest", "làm khai sinh cho con"), 30)
    assert "khai sinh" in answer.title.lower()
    assert not any(guess.done() for guess in guesses)
    slow.go.set()
    told = await asyncio.gather(*guesses)
    assert {"không khớp" in replies[0].text for replies in told} == {True}
