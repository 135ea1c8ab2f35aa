"""The key of a database: known at the start, changed while people are served."""

import pytest

from bot.storage import database, keyring
from bot.storage.resealing import Sealed, reseal
from bot.storage.sealing import Vault, WrongKey

FIRST, SECOND, THIRD = b"1" * 32, b"2" * 32, b"3" * 32


def numbers(engine):
    with database.reading(engine) as connection:
        return keyring.numbers(connection)


def test_the_first_key_of_a_database_is_its_first_number(engine):
    keyring.unlocked(engine, [FIRST])
    assert numbers(engine) == [1]


def test_the_same_key_opens_it_again(engine):
    sealed = keyring.unlocked(engine, [FIRST]).seal(b"text", "place")
    assert keyring.unlocked(engine, [FIRST]).open(sealed, "place") == b"text"
    assert numbers(engine) == [1]


def test_another_key_is_refused_and_changes_nothing(engine):
    keyring.unlocked(engine, [FIRST])
    with pytest.raises(WrongKey, match="key 1"):
        keyring.unlocked(engine, [SECOND])
    assert numbers(engine) == [1]


def test_a_new_key_before_the_old_one_seals_and_both_open(engine):
    old = keyring.unlocked(engine, [FIRST])
    new = keyring.unlocked(engine, [SECOND, FIRST])
    assert numbers(engine) == [2, 1]
    assert new.open(old.seal(b"text", "place"), "place") == b"text"
    with pytest.raises(WrongKey):
        old.open(new.seal(b"text", "place"), "place")


def test_a_key_that_is_still_needed_is_missed(engine):
    keyring.unlocked(engine, [FIRST])
    keyring.unlocked(engine, [SECOND, FIRST])
    with pytest.raises(WrongKey, match="key 1"):
        keyring.unlocked(engine, [SECOND])
    with pytest.raises(WrongKey, match="key 2"):
        keyring.unlocked(engine, [FIRST])


def test_the_old_key_set_before_the_newer_one_is_refused(engine):
    keyring.unlocked(engine, [FIRST])
    keyring.unlocked(engine, [SECOND, FIRST])
    with pytest.raises(WrongKey, match="first"):
        keyring.unlocked(engine, [FIRST, SECOND])


def test_marks_and_printed_links_outlive_every_key(engine):
    first = keyring.unlocked(engine, [FIRST])
    mark, link = first.keyed_hash("phone", "0901234567"), first.seal_link(b"H36.99-261130-0001")
    keyring.unlocked(engine, [SECOND, FIRST])
    ended(engine)
    keyring.unlocked(engine, [THIRD, SECOND])
    ended(engine)
    third = keyring.unlocked(engine, [THIRD])
    assert numbers(engine) == [3]
    assert third.keyed_hash("phone", "0901234567") == mark
    assert third.open_link(link) == b"H36.99-261130-0001"


def test_a_process_that_was_not_restarted_knows_that_its_key_is_not_the_newest(engine):
    old = keyring.unlocked(engine, [FIRST])
    new = keyring.unlocked(engine, [SECOND, FIRST])
    with database.reading(engine) as connection:
        assert not keyring.is_newest(connection, old)
        assert keyring.is_newest(connection, new)


def ended(engine):
    with database.writing(engine) as connection:
        keyring.end_old(connection)


PLACES = Sealed("web_inbox", "replies", ("id", "address"), lambda row: f"web_inbox/{row.address}")


def test_every_row_is_sealed_anew_once(engine):
    old, new = Vault(FIRST), Vault(SECOND, FIRST)
    people = [f"web:{n}" for n in range(1203)]  # more than two batches
    with database.writing(engine) as connection:
        for person in people:
            connection.exec_driver_sql(
                *inserted(engine, person, old.seal(person.encode(), f"web_inbox/{person}"))
            )
    assert reseal(engine, new, PLACES) == len(people)
    assert reseal(engine, new, PLACES) == 0
    only = Vault(SECOND)
    with database.reading(engine) as connection:
        rows = connection.exec_driver_sql("SELECT address, replies FROM web_inbox").all()
    assert {only.open(bytes(row.replies), f"web_inbox/{row.address}").decode() for row in rows} == set(people)


def test_a_row_of_a_third_key_stops_it_and_loses_nothing(engine):
    strange = Vault(THIRD).seal(b"x", "web_inbox/web:1")
    with database.writing(engine) as connection:
        connection.exec_driver_sql(*inserted(engine, "web:1", strange))
    with pytest.raises(WrongKey):
        reseal(engine, Vault(SECOND, FIRST), PLACES)
    with database.reading(engine) as connection:
        assert bytes(connection.exec_driver_sql("SELECT replies FROM web_inbox").scalar_one()) == strange


def inserted(engine, person, content):
    mark = "?" if database.is_sqlite(engine) else "%s"
    return f"INSERT INTO web_inbox (address, replies, at) VALUES ({mark}, {mark}, 0)", (person, content)
