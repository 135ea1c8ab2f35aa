"""Renewed ahead, by one at a time, and never twice with one token."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.zalo.tokens import figures, keeper
from bot.channels.zalo.tokens.answers import Denied
from bot.channels.zalo.tokens.keeper import NoToken
from bot.channels.zalo.tokens.oauth import TokenServer
from bot.channels.zalo.tokens.pair import Pair
from bot.storage import database
from bot.watching.metrics import Metrics
from tests.bot.channels.zalo.fake.oauth import INVALID, OA, USED
from tests.bot.channels.zalo.tokens.keeping import VAULT, logged_in, process


@pytest.fixture
def tokens(server, engine, clock):
    return logged_in(server, engine, clock)


async def after(tokens, clock, **span):
    """Time goes by, with a look each minute as `run` has it, but fewer of them."""
    clock.move(**span)
    for _ in range(3):
        await tokens.renew_if_due()


async def trouble_of(tokens):
    with pytest.raises(NoToken) as raised:
        await tokens.current()
    return str(raised.value)


async def test_before_the_first_login_there_is_no_token(server, engine, clock):
    assert await trouble_of(process(server, engine, clock)) == "none"


async def test_a_new_pair_is_not_renewed(server, tokens, clock):
    clock.move(hours=19, minutes=59)
    await tokens.renew_if_due()
    assert (await tokens.current(), server.requests) == ("access-1", 0)


async def test_it_is_renewed_after_twenty_hours(server, tokens, clock):
    clock.move(hours=20)
    await tokens.renew_if_due()
    assert (await tokens.current(), server.requests) == ("access-2", 1)


async def test_who_asks_after_a_long_sleep_gets_a_new_one(server, tokens, clock):
    clock.move(days=3)
    assert await tokens.current() == "access-2"


async def test_many_askers_bring_one_renewal(server, tokens, engine, clock):
    other = process(server, engine, clock)
    clock.move(hours=26)
    await asyncio.gather(*(each.renew_if_due() for each in (tokens, other) for _ in range(10)))
    assert server.requests == 1
    assert await other.current() == "access-2"


async def test_two_processes_share_what_one_has_renewed(server, tokens, engine, clock):
    other = process(server, engine, clock)
    clock.move(hours=20)
    await tokens.renew_if_due()
    await other.renew_if_due()
    assert (await other.current(), server.requests) == ("access-2", 1)


async def test_a_refused_token_is_renewed_once_by_all_that_used_it(server, tokens, engine, clock):
    other = process(server, engine, clock)
    clock.move(hours=1)
    await tokens.refused("access-1")
    await other.refused("access-1")
    assert (await other.current(), server.requests) == ("access-2", 1)


async def test_a_new_token_that_is_refused_as_well_is_an_alarm_and_no_loop(server, tokens, clock):
    for _ in range(3):
        clock.move(minutes=5)
        await tokens.refused("access-1")
        await tokens.refused("access-2")
    assert (await trouble_of(tokens), server.requests) == ("refused", 1)


async def test_what_is_refused_is_tried_again_at_its_usual_hour(server, tokens, clock):
    clock.move(minutes=5)
    await tokens.refused("access-1")
    clock.move(minutes=5)
    await tokens.refused("access-2")
    clock.move(hours=20)
    assert (await tokens.current(), server.requests) == ("access-3", 2)


async def test_a_token_of_this_minute_may_be_unknown_to_their_servers_yet(server, tokens, clock):
    clock.move(seconds=30)
    await tokens.refused("access-1")
    assert (await tokens.current(), server.requests) == ("access-1", 0)


@pytest.mark.parametrize("dead", [INVALID, USED, -118])
async def test_a_dead_refresh_token_is_sent_once_and_its_access_token_used_up(server, tokens, clock, dead):
    server.error = dead
    for hours in (20, 2, 2):
        await after(tokens, clock, hours=hours)
        assert await tokens.current() == "access-1"
    clock.move(hours=1)
    assert (await trouble_of(tokens), server.requests) == ("lost", 1)


@pytest.mark.parametrize("broken", ["before", "gateway"])
async def test_what_was_not_answered_is_sent_once_more_after_an_hour(server, tokens, clock, broken):
    server.broken = broken
    await after(tokens, clock, hours=20)
    server.broken = ""
    await after(tokens, clock, minutes=59)
    assert (await tokens.current(), server.requests) == ("access-1", 1)
    await after(tokens, clock, minutes=1)
    assert (await tokens.current(), server.requests) == ("access-2", 2)


async def test_what_was_not_answered_is_sent_at_once_when_the_old_access_token_is_bad(server, tokens, clock):
    server.broken = "before"
    await after(tokens, clock, hours=20)
    server.broken = ""
    clock.move(minutes=2)
    await tokens.refused("access-1")
    assert await tokens.current() == "access-2"


async def test_an_answer_lost_on_the_wire_is_an_alarm_after_one_more_try(server, tokens, clock):
    server.broken = "after"
    await after(tokens, clock, hours=20)
    server.broken = ""
    for _ in range(4):
        await after(tokens, clock, hours=1)
    clock.move(hours=2)
    assert (await trouble_of(tokens), server.requests) == ("lost", 2)


async def test_silence_twice_is_an_alarm_and_no_loop(server, tokens, clock):
    server.broken = "before"
    await after(tokens, clock, hours=20)
    for _ in range(6):
        await after(tokens, clock, hours=1)
    assert (await trouble_of(tokens), server.requests) == ("unanswered", 2)


async def test_what_never_left_the_house_costs_no_try(tokens, clock, server, engine):
    server.url, right = "http://127.0.0.1:1", server.url
    offline = process(server, engine, clock)
    clock.move(hours=20)
    for _ in range(5):
        await after(offline, clock, minutes=2)
    server.url = right
    await after(tokens, clock, minutes=2)
    assert (await tokens.current(), server.requests) == ("access-2", 1)


async def test_a_wrong_app_secret_is_an_alarm_that_ends_when_it_is_mended(server, tokens, clock):
    server.error = -14002
    await after(tokens, clock, hours=20)
    await after(tokens, clock, minutes=59)
    assert server.requests == 1
    server.error = 0
    await after(tokens, clock, minutes=1)
    assert (await tokens.current(), server.requests) == ("access-2", 2)


async def test_a_wrong_pair_that_was_pasted_gives_way_to_the_one_before(server, tokens, clock):
    tokens._table.put(Pair("access-wrong", "refresh-wrong", clock.at, clock.at), is_pasted=True)
    await tokens.renew_if_due()
    assert await tokens.current() == "access-1"
    await after(tokens, clock, hours=20)
    assert await tokens.current() == "access-2"


async def test_a_lost_pair_is_not_gone_back_to(server, tokens, clock):
    server.error = INVALID
    await after(tokens, clock, hours=20)
    tokens._table.put(Pair("access-wrong", "refresh-wrong", clock.at, clock.at), is_pasted=True)
    for _ in range(3):
        await after(tokens, clock, minutes=2)
    assert server.sent == {"refresh-1": 1, "refresh-wrong": 1}


async def test_a_late_answer_is_taken_while_no_other_pair_is_there(server, tokens, engine, clock):
    clock.move(hours=20)
    begun = tokens._table.begin(clock.at)
    late = await TokenServer(server.settings()).renew(begun.pair.refresh)
    await after(process(server, engine, clock), clock, hours=1)
    assert tokens._table.settle(begun, late, clock.at)
    assert await tokens.current() == "access-2"


async def test_a_new_pair_outlives_a_database_that_is_away(server, tokens, clock, monkeypatch):
    monkeypatch.setattr(keeper, "PAUSES_S", (0, 0, 0))
    settle, tries = tokens._table.settle, []

    def away_twice(*told):
        tries.append(told)
        if len(tries) < 3:
            raise OperationalError("", {}, OSError("gone"))
        return settle(*told)

    tokens._table.settle = away_twice
    clock.move(hours=20)
    await tokens.renew_if_due()
    assert (await tokens.current(), server.requests, len(tries)) == ("access-2", 1, 3)


async def test_without_the_database_there_is_no_token_and_no_fault_of_ours(tokens):
    def away():
        raise OperationalError("", {}, OSError("gone"))

    tokens._table.read = away
    assert await trouble_of(tokens) == "the database is away"


async def test_a_late_refusal_does_not_end_a_newer_pair(server, tokens, engine, clock):
    clock.move(hours=20)
    begun = tokens._table.begin(clock.at)
    await after(process(server, engine, clock), clock, hours=1)
    tokens._table.settle(begun, Denied(USED), clock.at)
    assert await tokens.current() == "access-2"


async def test_a_clock_that_was_set_back_stops_nothing(server, tokens, clock):
    server.broken = "before"
    clock.move(days=30)
    await tokens.renew_if_due()
    server.broken = ""
    await after(tokens, clock, days=-29)
    assert await tokens.current() == "access-2"


async def test_who_stops_waiting_does_not_stop_the_renewal(server, tokens, clock):
    arrived = asyncio.Event()

    async def hold(stage):
        if stage == "received":
            arrived.set()

    server.at_stage = hold
    clock.move(hours=26)
    waiting = asyncio.create_task(tokens.current())
    await arrived.wait()
    waiting.cancel()
    assert await tokens.current() == "access-2"
    assert server.requests == 1


async def test_the_loop_waits_for_an_answer_when_it_is_told_to_stop(server, tokens, clock):
    arrived = asyncio.Event()

    async def tell(stage):
        arrived.set()

    server.at_stage = tell
    clock.move(hours=20)
    running = asyncio.create_task(tokens.run())
    await arrived.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await tokens.current(), server.requests) == ("access-2", 1)


async def test_the_alarm_is_one_line_and_no_line_holds_a_token(server, tokens, clock, caplog):
    caplog.set_level("INFO")
    clock.move(hours=20)
    await tokens.renew_if_due()
    server.error = INVALID
    for _ in range(3):
        await after(tokens, clock, hours=20)
    told = "".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert [record.levelname for record in caplog.records] == ["INFO", "WARNING", "ERROR"]
    assert "access-" not in told
    assert "refresh-" not in told


async def test_the_figures_tell_how_the_token_is(server, tokens, engine, clock, monkeypatch):
    monkeypatch.setattr(figures, "vietnam_now", clock)
    metrics = Metrics()
    metrics.zalo_oa.watch_token(*figures.of_token(engine, VAULT, OA))
    clock.move(hours=20)
    assert b"motcua_zalo_token_trouble 0.0" in metrics.text()
    assert b"motcua_zalo_token_good_seconds 17940.0" in metrics.text()  # five hours but a minute
    server.error = INVALID
    await tokens.renew_if_due()
    assert b"motcua_zalo_token_trouble 1.0" in metrics.text()


async def test_the_tokens_cannot_be_read_in_the_database(tokens, engine):
    with database.reading(engine) as connection:
        row = connection.exec_driver_sql("SELECT * FROM zalo_token").one()
    assert b"access-1" not in bytes(row.content)
    assert tokens._table.verifier().encode() not in bytes(row.verifier)
