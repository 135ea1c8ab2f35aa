"""The code that links two channels: once, soon, and nobody guesses it."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from bot.people import codes
from bot.storage import database
from bot.storage.drafts import CROCKFORD, LETTERS, Stale, random_code
from bot.storage.sealing import Vault
from handlers.turn.retention import LINK_MINUTES
from knowledge.dossiers.guesses import DAY, RULES, most
from tests.bot.conftest import NOW

VAULT = Vault(b"k" * 32)
HERE, THERE, STRANGER = "telegram:1", "zalo:7", "zalo:8"
CODE = "7K3F92QX"


@pytest.fixture
def shown(do):
    do(codes.offer, VAULT, HERE, CODE, NOW)


def found(do, code=CODE, minutes=0):
    return do(codes.find, VAULT, code, NOW + timedelta(minutes=minutes))


def test_a_code_tells_who_shows_it_and_since_when(do, shown):
    asking = found(do)
    assert (asking.address, asking.at) == (HERE, NOW)


@pytest.mark.parametrize("typed", ["7k3f92qx", "7K3F-92QX", "7K3F92QX"])
def test_it_is_the_same_however_it_is_written(typed, do, shown):
    assert found(do, typed)


def test_look_alikes_are_read_as_what_the_code_has(do):
    do(codes.offer, VAULT, HERE, "01AB0101", NOW)
    assert found(do, "OIABOLOI")


@pytest.mark.parametrize(
    ("minutes", "is_good"), [(0, True), (LINK_MINUTES - 0.1, True), (LINK_MINUTES, False)]
)
def test_it_is_good_for_ten_minutes(minutes, is_good, do, shown):
    assert bool(found(do, minutes=minutes)) is is_good


def test_it_is_good_once_whoever_comes_second(do, shown):
    do(codes.take, VAULT, THERE, CODE, NOW)
    assert found(do) is None
    for again in (STRANGER, THERE):
        with pytest.raises(Stale):
            do(codes.take, VAULT, again, CODE, NOW)


def test_of_many_who_type_it_at_once_one_has_it(do, shown):
    ready, had = Barrier(4), []

    def take(address):
        ready.wait()
        with suppress(Stale):
            do(codes.take, VAULT, address, CODE, NOW)
            had.append(address)

    threads = [Thread(target=take, args=(f"zalo:{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(had) == 1


def test_only_who_typed_it_may_agree(do, shown):
    number = found(do).number
    assert do(codes.taken, THERE, number, NOW) is None
    do(codes.take, VAULT, THERE, CODE, NOW)
    assert do(codes.taken, THERE, number, NOW).address == HERE
    assert do(codes.taken, STRANGER, number, NOW) is None
    assert do(codes.taken, THERE, number + 1, NOW) is None
    assert do(codes.taken, THERE, number, NOW + timedelta(minutes=LINK_MINUTES)) is None


def test_a_newer_code_ends_the_older_and_what_was_asked_with_it(do, shown):
    number = found(do).number
    do(codes.take, VAULT, THERE, CODE, NOW)
    do(codes.offer, VAULT, HERE, "AAAA1111", NOW)
    assert found(do) is None
    assert do(codes.taken, THERE, number, NOW) is None


def test_the_code_itself_is_not_kept(do, shown, engine):
    with database.reading(engine) as connection:
        row = connection.execute(text("SELECT * FROM link_code")).one()
    assert CODE not in str(tuple(row))
    assert CODE.encode() not in b"".join(bytes(cell) for cell in row if isinstance(cell, bytes | memoryview))


def test_what_is_over_is_deleted(do, shown):
    assert do(codes.forget, NOW + timedelta(minutes=LINK_MINUTES - 1)) == 0
    assert do(codes.forget, NOW + timedelta(minutes=LINK_MINUTES)) == 1


def test_what_guessers_win_in_a_year():
    """Computed: each code is good for ten minutes, each account and network is counted as at second facts."""
    codes_of_all, live = len(CROCKFORD) ** LETTERS, 100  # at any moment, far more than a province shows
    tries = 1_000 * most(RULES["person"], 365 * DAY)  # of a thousand accounts, all year
    assert tries < 4_100_000
    assert tries * live / codes_of_all < 1 / 2500
    of_network = most(RULES["network"], 365 * DAY)  # of the web, with as many sessions as one likes
    assert 1_000 * of_network * live / codes_of_all < 1 / 1000


def test_codes_are_of_an_alphabet_without_look_alikes():
    made = {random_code() for _ in range(200)}
    assert len(made) == 200
    assert {len(code) for code in made} == {8}
    assert not set("ILOU") & set("".join(made))
