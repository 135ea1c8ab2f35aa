from tests.bot.outbox.killing import kills


async def test_killed_workers_lose_nothing_and_mark_what_comes_twice(engine, url):
    toll = await kills(url, number=4, workers=2, seed=4)
    assert (toll.lost, toll.disordered, toll.unmarked) == (0, 0, 0)
    assert toll.duplicates <= toll.in_flight
    assert toll.owed == 240
