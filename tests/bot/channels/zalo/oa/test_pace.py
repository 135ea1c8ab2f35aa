"""How fast the API is called."""

from bot.channels.zalo.oa.outgoing.pace import Pace


class Clock:
    """A time that waiting moves."""

    def __init__(self):
        self.at, self.waits = 0.0, []

    async def sleep(self, seconds):
        self.waits.append(seconds)
        self.at += seconds


async def test_sixty_calls_leave_at_once_and_the_next_with_the_minute():
    clock = Clock()
    pace = Pace(60, now=lambda: clock.at, sleep=clock.sleep)
    for _ in range(62):
        await pace.turn()
    assert clock.waits == [0] * 60 + [1, 1]


async def test_no_call_leaves_in_a_minute_of_which_zalo_says_none_is_left():
    clock = Clock()
    pace = Pace(60, now=lambda: clock.at, sleep=clock.sleep)
    pace.told({"X-RateLimit-Remain": "7"})
    await pace.turn()
    pace.told({"X-RateLimit-Remain": "0"})
    await pace.turn()
    assert clock.waits == [0, 61]
