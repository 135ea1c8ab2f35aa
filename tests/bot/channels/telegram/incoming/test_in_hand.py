"""By polling: one chat that has to wait holds up no other, and nothing is lost meanwhile."""

import asyncio

from sqlalchemy.exc import OperationalError

from bot.channels.telegram.incoming import in_hand
from bot.channels.telegram.incoming.in_hand import InHand
from bot.channels.telegram.incoming.updates import Received
from handlers.turn.messages import Incoming
from tests.bot.channels.telegram.telegram_line import NOW, InMemory, by_polling

FLOODED, *OTHERS = range(1, 21)


async def test_of_twenty_chats_the_flooded_one_alone_waits():
    """It waits until the test says so; by then all others are answered, also those who came later."""
    over = asyncio.Event()
    async with by_polling(patience_s=0) as line:
        line.pause = over.wait
        line.api.flooded[FLOODED] = 35
        for chat in (FLOODED, *OTHERS):
            await line.api.say(chat, "một")
        await line.api.until(lambda: all(line.api.texts(chat) for chat in OTHERS))
        for chat in (*OTHERS, FLOODED):
            await line.api.say(chat, "hai")
        await line.api.until(lambda: all(len(line.api.texts(chat)) == 2 for chat in OTHERS))
        assert (line.api.texts(FLOODED), line.waits) == ([], [35])
        line.api.flooded.clear()
        over.set()
        await line.api.until(lambda: len(line.api.texts(FLOODED)) == 2)
        assert line.api.texts(FLOODED) == ["một", "hai"]
        assert len(line.answer.heard) == 40


async def test_what_waits_is_kept_when_it_is_confirmed_and_taken_at_the_next_start():
    forever = asyncio.Event()
    async with by_polling(patience_s=0) as line:
        line.pause = forever.wait
        line.api.flooded[FLOODED] = 35
        await line.api.say(FLOODED, "một")
        await line.api.until(lambda: line.waits and not line.api.updates)
        assert len(line.kept.held) == 1
    async with by_polling(patience_s=0) as later:
        later.kept.held = line.kept.held
        later.api._chats.add(FLOODED)
        hand = InHand(later.telegram)
        await hand.resume()
        await later.api.until(lambda: later.api.texts(FLOODED) == ["một"])
        await hand.end()


class Hanging:
    """Answers when it is told to; whether what is kept can be kept."""

    def __init__(self, kept):
        self.kept, self.may_answer, self.answered = kept, asyncio.Event(), []

    def read(self, data):
        return None

    async def finish(self, update):
        await self.may_answer.wait()
        self.answered.append(update.number)


class Away(InMemory):
    async def put(self, updates):
        raise OperationalError("INSERT", {}, OSError())


def said(number, chat=1):
    return Received(chat, number, Incoming(NOW, text="x"))


async def test_what_is_answered_is_kept_no_longer():
    telegram = Hanging(InMemory())
    hand = InHand(telegram)
    await hand.take([said(1), said(2)])
    await hand.settle(0)
    assert set(telegram.kept.held) == {1, 2}
    telegram.may_answer.set()
    await hand.take([said(3)])
    await hand.settle(5)
    assert (telegram.answered, telegram.kept.held) == ([1, 2, 3], {})


async def test_what_cannot_be_kept_is_waited_for(caplog):
    telegram = Hanging(Away())
    hand = InHand(telegram)
    await hand.take([said(1)])
    settled = asyncio.create_task(hand.settle(0))
    while "updates not kept" not in caplog.messages:
        await asyncio.sleep(0)
    assert not settled.done()
    telegram.may_answer.set()
    await settled
    assert telegram.answered == [1]


async def test_an_update_that_comes_again_is_taken_once():
    telegram = Hanging(InMemory())
    hand = InHand(telegram)
    await hand.take([said(1), said(1)])
    telegram.may_answer.set()
    await hand.settle(5)
    assert telegram.answered == [1]


async def test_of_a_chat_that_never_stops_only_so_many_wait(caplog):
    telegram = Hanging(InMemory())
    hand = InHand(telegram)
    await hand.take(said(number) for number in range(in_hand.OF_CHAT + 5))
    await hand.take([said(900, chat=2)])
    telegram.may_answer.set()
    await hand.settle(5)
    assert telegram.answered == [*range(in_hand.OF_CHAT), 900]
    assert caplog.messages.count("chat writes too much") == 5


async def test_too_many_in_all_are_waited_for(monkeypatch):
    monkeypatch.setattr(in_hand, "ROOM", 3)
    telegram = Hanging(InMemory())
    hand = InHand(telegram)
    await hand.take(said(number, chat=number) for number in range(3))
    settled = asyncio.create_task(hand.settle(0))
    while len(telegram.kept.held) < 3:
        await asyncio.sleep(0)
    assert not settled.done()
    telegram.may_answer.set()
    await settled


async def test_a_stop_ends_what_is_in_hand():
    telegram = Hanging(InMemory())
    hand = InHand(telegram)
    await hand.take([said(1)])
    await hand.settle(0)
    await hand.end()
    assert (telegram.answered, set(telegram.kept.held)) == ([], {1})
