"""Wrong guesses in the database: who waits, what is asked, and that none slips through between two others."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.clock import VIETNAM
from bot.dossiers import guesses, store
from bot.dossiers.guesses import GuessesTable
from bot.dossiers.record import DossierRecord
from bot.storage import database
from bot.storage.drafts import Stale
from bot.storage.sealing import Vault
from handlers.ports.guesses import Guesser, Verdict
from handlers.turn.effects import Guessed
from knowledge.dossiers.guesses import LONG, RULES, SUM_LONG, WHOLE

CODE, OTHER, UNKNOWN = "H36.99-260706-0001", "H36.99-260706-0002", "H36.99-260706-0003"
NOW = datetime(2026, 7, 6, 9, tzinfo=VIETNAM)
VAULT = Vault(b"k" * 32)
OWNER = Guesser("web:owner", "198.51.100.1")


@pytest.fixture
def table(engine):
    return GuessesTable(engine, VAULT)


def guess(engine, who, code=CODE, right=False, now=NOW, verdict=None):
    """One guess, judged as it would be now."""
    verdict = verdict or GuessesTable(engine, VAULT).verdict(who, code, now)
    with database.writing(engine) as connection:
        guesses.judged(connection, VAULT, who, Guessed(code, right, verdict), now)


def strangers(engine, number, code=CODE, now=NOW):
    for n in range(number):
        guess(engine, Guesser(f"web:{n}", f"192.0.2.{n}"), code, now=now)


def test_who_was_wrong_five_times_waits_and_nobody_else(engine, table):
    for code in (CODE, OTHER, UNKNOWN, "HS-7K3F-92QX", "H36.99-260706-0009"):
        guess(engine, Guesser("telegram:1"), code)
    assert table.verdict(Guesser("telegram:1"), CODE, NOW) == Verdict(wait_hours=1)
    assert table.verdict(Guesser("telegram:2"), CODE, NOW) == Verdict()
    assert table.recent("telegram:1") == 5
    assert table.verdict(Guesser("telegram:1"), CODE, NOW + timedelta(hours=1)) == Verdict()


def test_a_network_waits_after_twenty_however_many_people_it_is(engine, table):
    for n in range(20):
        guess(engine, Guesser(f"web:{n}", "192.0.2.7"), f"H36.99-260706-{n:04}")
    assert table.verdict(Guesser("web:new", "192.0.2.7"), CODE, NOW).wait_hours == 1
    assert table.verdict(Guesser("web:new", "192.0.2.8"), CODE, NOW) == Verdict()
    assert table.verdict(Guesser("telegram:1"), CODE, NOW) == Verdict()


def test_nobody_closes_a_code_to_its_owner(engine, table):
    strangers(engine, 50)
    assert table.verdict(OWNER, CODE, NOW) == Verdict(WHOLE)  # typed by who knows the number, without a wait


def test_a_code_that_was_locked_asks_for_a_longer_fact_for_a_month(engine, table):
    strangers(engine, 5)
    assert table.verdict(OWNER, CODE, NOW) == Verdict(WHOLE)
    assert table.verdict(OWNER, CODE, NOW + timedelta(hours=1)) == Verdict(LONG)
    assert table.verdict(OWNER, CODE, NOW + timedelta(days=29)) == Verdict(LONG)
    assert table.verdict(OWNER, CODE, NOW + timedelta(days=31)) == Verdict()
    assert table.verdict(OWNER, OTHER, NOW) == Verdict()


def test_many_wrong_guesses_of_all_make_strangers_tell_more_for_a_week(engine, table):
    for n in range(SUM_LONG):
        guess(engine, Guesser(f"web:{n}", f"192.0.2.{n}"), f"H36.99-260706-{n:04}")
    assert table.verdict(OWNER, OTHER, NOW) == Verdict(LONG)
    assert table.verdict(OWNER, OTHER, NOW + timedelta(days=7)) == Verdict(LONG)
    assert table.verdict(OWNER, OTHER, NOW + timedelta(days=8)) == Verdict()


def test_a_right_guess_counts_nothing(engine, table):
    for _ in range(10):
        guess(engine, OWNER, right=True)
    assert table.verdict(OWNER, CODE, NOW) == Verdict()
    assert table.recent(OWNER.person) == 0


@pytest.mark.parametrize("right", [True, False])
def test_a_guess_that_others_have_overtaken_is_not_taken(engine, right):
    strangers(engine, 5)
    with pytest.raises(Stale):
        guess(engine, OWNER, right=right, verdict=Verdict())


def test_of_forty_guesses_at_once_five_are_taken(engine, table):
    """It was 21 of 20 with two processes on PostgreSQL."""
    taken, start = [], threading.Barrier(8)

    def session(first):
        start.wait()
        for n in range(first, 40, 8):
            try:
                guess(engine, Guesser(f"web:{n}", f"192.0.2.{n}"), verdict=Verdict())
            except Stale:
                continue
            taken.append(n)

    threads = [threading.Thread(target=session, args=(n,)) for n in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(taken) == RULES["code"].burst


def test_the_clerk_sees_and_lifts_a_lock(engine, table):
    with database.writing(engine) as connection:
        store.add(connection, VAULT, DossierRecord(CODE, phone="0901234567"))
    strangers(engine, 5)
    strangers(engine, 5, UNKNOWN, NOW + timedelta(minutes=1))
    with database.writing(engine) as connection:
        assert [(lock.code, lock.locks) for lock in guesses.locks(connection, VAULT, NOW)] == [
            ("", 1),
            (CODE, 1),
        ]
        assert guesses.lock_count(connection, NOW) == 2
        assert guesses.unlock(connection, VAULT, CODE)
        assert not guesses.unlock(connection, VAULT, CODE)
    assert table.verdict(OWNER, CODE, NOW) == Verdict()


def test_what_nobody_waits_for_is_forgotten(engine):
    guess(engine, OWNER)
    guess(engine, OWNER, now=NOW + timedelta(days=2))
    with database.writing(engine) as connection:
        assert guesses.forget(connection, NOW + timedelta(days=29)) == 0
        assert guesses.forget(connection, NOW + timedelta(days=31)) == 1  # the sum of the first day
        assert guesses.forget(connection, NOW + timedelta(days=33)) == 4


def test_nobody_stands_in_the_table_in_clear(engine):
    guess(engine, OWNER)
    with database.reading(engine) as connection:
        held = repr(connection.execute(text("SELECT * FROM guess")).all())
    for clear in (CODE, OWNER.person, OWNER.network):
        assert clear not in held
