from datetime import datetime, timedelta

from sqlalchemy import text

from bot.clock import VIETNAM
from bot.dossiers import bulk, embedded
from bot.dossiers.bulk import Counts
from bot.dossiers.record import Update, merged
from bot.storage import database
from bot.storage.sealing import Vault

NOW = datetime(2026, 7, 6, 9, tzinfo=VIETNAM)
VAULT = Vault(b"k" * 32)


def news(count, status="4", at=NOW):
    for number in range(count):
        yield Update(
            f"H36.99-260706-{number + 1:04}", at, status=status, since=at, name="An", phone="0901234567"
        )


def test_many_are_taken_in_over_several_batches(engine, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 100)
    assert bulk.load(engine, VAULT, news(250)) == Counts(new=250)
    with database.reading(engine) as connection:
        held = embedded.read(connection, VAULT, "H36.99-260706-0250")
        assert connection.scalar(text("SELECT COUNT(*) FROM dossier")) == 250
    assert held == merged(None, list(news(250))[-1])


def test_the_same_again_changes_nothing(engine):
    bulk.load(engine, VAULT, news(20))
    assert bulk.load(engine, VAULT, news(20)) == Counts(unchanged=20)


def test_newer_states_are_taken_and_older_ones_are_not(engine):
    bulk.load(engine, VAULT, news(20))
    assert bulk.load(engine, VAULT, news(5, "9", NOW + timedelta(hours=1))) == Counts(changed=5)
    bulk.load(engine, VAULT, news(20, "2", NOW - timedelta(hours=1)))
    with database.reading(engine) as connection:
        assert embedded.read(connection, VAULT, "H36.99-260706-0005").status == "9"
        assert embedded.read(connection, VAULT, "H36.99-260706-0006").status == "4"


def test_of_two_rows_alike_in_one_table_the_later_counts(engine):
    assert bulk.load(engine, VAULT, [*news(1), *news(1, "5")]) == Counts(new=1, unchanged=1)
    with database.reading(engine) as connection:
        assert embedded.read(connection, VAULT, "H36.99-260706-0001").status == "5"


def test_one_by_one_and_all_at_once_store_the_same(engine):
    first, second = list(news(3)), list(news(3, "5", NOW + timedelta(hours=1)))
    bulk.load(engine, VAULT, first)
    bulk.load(engine, VAULT, second)
    at_once = _rows(engine)
    with database.writing(engine) as connection:
        connection.execute(text("DELETE FROM dossier"))
        for update in first + second:
            embedded.record(connection, VAULT, update)
    assert _rows(engine) == at_once


def test_nothing_to_take_in_is_no_error(engine):
    assert bulk.load(engine, VAULT, []) == Counts()


def _rows(engine):
    with database.reading(engine) as connection:
        return connection.exec_driver_sql("SELECT * FROM dossier ORDER BY code").all()
