from tests.bot.channels.zalo.tokens.killing import kills


async def test_killed_processes_lose_no_token_that_can_be_kept(engine, url):
    toll = await kills(engine, url, number=20, seed=15)
    assert toll.renewed + toll.lost == 20
    assert (toll.locked_out, toll.twice_granted, toll.loops) == (0, 0, 0)
    assert toll.most_sent <= 2
    assert toll.renewed >= 5  # each of the five where the server had not begun
    assert toll.lost >= 5  # each of the five where the answer died with the process
