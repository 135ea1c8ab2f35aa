import os
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.clock import VIETNAM
from bot.dossiers import embedded
from bot.dossiers.due_dates import DueDates
from bot.dossiers.embedded import Embedded
from bot.dossiers.record import Update
from bot.storage import database
from bot.storage.sealing import Vault, WrongKey
from knowledge.office import calendar
from knowledge.procedures import loading

CODE, OTHER, UNKNOWN = "H36.99-260706-0001", "H36.99-260706-0002", "H36.99-260706-0003"
NOW = datetime(2026, 7, 6, 9, tzinfo=VIETNAM)
VAULT = Vault(b"k" * 32)
NEWS = Update(
    CODE,
    NOW,
    status="2",
    since=NOW,
    procedure="1.004884",
    received=NOW.date(),
    name="Nguyễn Văn An",
    phone="0901 234 567",
    id_number="000000008888",
)


@pytest.fixture(scope="module")
def promises():
    return DueDates(loading.load(loading.FIELDS), calendar.load())


@pytest.fixture
def desk(engine, promises):
    with database.writing(engine) as connection:
        embedded.record(connection, VAULT, NEWS)
        embedded.record(connection, VAULT, replace(NEWS, code=OTHER, phone="0907654321", id_number=""))
    return Embedded(engine, VAULT, promises)


def record(engine, update):
    with database.writing(engine) as connection:
        return embedded.record(connection, VAULT, update)


def test_a_dossier_is_found_with_its_name_masked(desk):
    found = desk.find(CODE)
    assert (found.code, found.status, found.applicant) == (CODE, "2", "N*** V** A*")
    assert found.steps[0].at == NOW


def test_the_catalogue_promises_a_date_where_nobody_named_one(desk):
    assert desk.find(CODE).due == date(2026, 7, 13)  # five working days


def test_an_unknown_code_is_none(desk):
    assert desk.find(UNKNOWN) is None


@pytest.mark.parametrize(
    ("code", "digits", "fits"),
    [
        (CODE, "4567", True),  # of the phone
        (CODE, "8888", True),  # of the ID number
        (CODE, "4321", False),  # of someone else's phone
        (CODE, "", False),
        (CODE, "567", False),
        (CODE, "234567", True),
        (CODE, "934567", False),
        (CODE, "901234567", True),
        (CODE, "901234568", False),
        (CODE, "000000008888", True),
        (CODE, "00000000008888", False),  # longer than either
        (UNKNOWN, "234567", False),
        (OTHER, "4321", True),
        (OTHER, "8888", False),
        (OTHER, "", False),  # no ID number was given
        (UNKNOWN, "4567", False),
    ],
)
def test_the_second_fact_fits_its_own_dossier_only(desk, code, digits, fits):
    assert desk.matches(code, digits) is fits


@pytest.mark.parametrize(
    ("code", "phone", "fits"),
    [
        (CODE, "+84901234567", True),
        (CODE, "0901234567", True),
        (CODE, "0907654321", False),
        (CODE, "4567", False),
        (CODE, "", False),
        (UNKNOWN, "0901234567", False),
        (UNKNOWN, "", False),
    ],
)
def test_a_shared_contact_fits_as_a_whole(desk, code, phone, fits):
    assert desk.matches_phone(code, phone) is fits


def test_recording_the_same_twice_changes_nothing(engine, desk):
    with database.reading(engine) as connection:
        before = connection.execute(text("SELECT * FROM dossier WHERE code = :code"), {"code": CODE}).one()
    assert record(engine, NEWS).outcome == "unchanged"
    with database.reading(engine) as connection:
        after = connection.execute(text("SELECT * FROM dossier WHERE code = :code"), {"code": CODE}).one()
    assert [bytes(v) if isinstance(v, memoryview) else v for v in after] == [
        bytes(v) if isinstance(v, memoryview) else v for v in before
    ]


def test_older_news_keeps_the_newer_state(engine, desk):
    record(engine, Update(CODE, NOW + timedelta(hours=5), status="9"))
    late = record(engine, Update(CODE, NOW + timedelta(hours=1), status="4"))
    assert (late.after.status, late.outcome) == ("9", "changed")
    assert [step.status for step in desk.find(CODE).steps] == ["2", "4", "9"]


def test_a_move_is_told_with_what_was_before(engine, desk):
    moved = record(engine, Update(CODE, NOW + timedelta(hours=1), postal="posted", tracking="EE123456785VN"))
    assert (moved.outcome, moved.before.postal, moved.after.postal) == ("changed", None, "posted")
    assert desk.find(CODE).postal == "posted"


def test_two_that_tell_of_a_new_dossier_at_once_end_with_one(engine):
    outcomes, problems = [], []
    start = threading.Barrier(4)

    def tell(hour):
        start.wait()
        try:
            outcomes.append(record(engine, replace(NEWS, at=NOW + timedelta(hours=hour))).outcome)
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=tell, args=(hour,)) for hour in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert problems == []
    assert outcomes.count("new") == 1


def test_nothing_personal_stands_in_the_database_in_clear(engine, desk):
    with database.reading(engine) as connection:
        rows = connection.execute(text("SELECT * FROM dossier")).all()
    stored = b"".join(
        bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in rows for v in row
    )
    assert "Nguyễn".encode() not in stored
    assert b"234567" not in stored
    assert b"8888" not in stored


def test_another_key_is_said_not_shown_as_rubbish(engine, desk, promises):
    with pytest.raises(WrongKey):
        Embedded(engine, Vault(b"x" * 32), promises).find(CODE)


def test_a_change_is_seen_by_a_reader_who_looked_before(engine, desk):
    assert desk.find(CODE).status == "2"
    record(engine, Update(CODE, NOW + timedelta(hours=1), status="4"))
    assert desk.find(CODE).status == "4"


def test_readers_in_many_threads_do_not_mix(desk):
    wrong = []

    def look():
        for _ in range(50):
            if desk.find(CODE).code != CODE or not desk.matches(OTHER, "4321"):
                wrong.append(os.getpid())

    threads = [threading.Thread(target=look) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert wrong == []


def test_a_lost_connection_is_made_anew(engine, desk):
    assert desk.find(CODE)
    desk._reader._own.connection.close()
    assert desk.find(CODE)
