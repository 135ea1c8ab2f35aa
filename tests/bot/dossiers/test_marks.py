"""The second factor is one value: its size moves texts, storage and matching, and locks nobody out."""

import pytest

from bot.dossiers import demo, marks, store
from bot.dossiers.due_dates import DueDates
from bot.dossiers.embedded import Embedded
from bot.dossiers.record import DossierRecord
from bot.storage import database
from bot.storage.sealing import HASH, Vault
from knowledge.dossiers import second_factor
from knowledge.dossiers.second_factor import SecondFactor
from knowledge.office import calendar
from knowledge.procedures import loading

CODE, OTHER, UNKNOWN = "H36.99-260706-0001", "H36.99-260706-0003", "H36.99-260706-0002"
VAULT = Vault(b"k" * 32)
RECORD = DossierRecord(CODE, phone="0901234567", id_number="000000008888")


@pytest.fixture(scope="module")
def due_dates():
    return DueDates(loading.load(loading.FIELDS), calendar.load())


@pytest.fixture
def digits(monkeypatch):
    """Changes the constant, as the next person would."""

    def change(count):
        monkeypatch.setattr(second_factor, "SECOND_FACTOR", SecondFactor(count))

    return change


@pytest.fixture
def desk(engine, due_dates):
    return Embedded(engine, VAULT, due_dates)


def keep(engine, record):
    with database.writing(engine) as connection:
        assert store.add(connection, VAULT, record)


def test_with_six_digits_six_are_asked_for(engine, desk, digits):
    digits(6)
    keep(engine, RECORD)
    assert desk.matches(CODE, "234567")
    assert desk.matches(CODE, "008888")
    assert not desk.matches(CODE, "994567")
    assert not desk.matches(CODE, "4567")


def test_a_dossier_of_four_digits_opens_when_six_are_asked_for(engine, desk, digits):
    keep(engine, RECORD)
    digits(6)
    assert desk.matches(CODE, "234567")
    assert not desk.matches(CODE, "234568")
    assert not desk.matches(UNKNOWN, "234567")


def test_a_dossier_of_six_digits_opens_when_four_are_asked_for(engine, desk, digits):
    digits(6)
    keep(engine, RECORD)
    digits(4)
    assert desk.matches(CODE, "4567")
    assert not desk.matches(CODE, "4568")
    assert not desk.matches(UNKNOWN, "4567")
    assert desk.matches_phone(CODE, "+84901234567")


def test_marks_from_before_they_told_their_size_are_of_four(engine, desk, digits):
    old = store.values(RECORD, VAULT)["facts"][1:]
    assert len(old) == 3 * HASH
    keep(engine, RECORD)
    with database.writing(engine) as connection:
        connection.execute(store.TABLE.update().values(facts=old))
    assert desk.matches(CODE, "4567")
    assert desk.matches_phone(CODE, "0901234567")
    digits(6)
    assert desk.matches(CODE, "234567")
    assert not desk.matches(CODE, "234566")


@pytest.mark.parametrize("count", [4, 6])
def test_a_number_that_is_too_short_proves_nothing(digits, count):
    digits(count)
    short = marks.of(DossierRecord(CODE, phone="567", id_number="8"), VAULT)
    assert not marks.end_fits(short, CODE, "567", VAULT)
    assert not marks.end_fits(short, CODE, "", VAULT)
    assert not marks.end_fits(short, CODE, "0" * (count - 3) + "567", VAULT)


def test_two_without_a_number_never_count_as_one():
    one, other = (marks.of(DossierRecord(code), VAULT) for code in (CODE, OTHER))
    assert not marks.end_fits(one, CODE, "", VAULT)
    assert not marks.phone_fits(other, OTHER, "", VAULT)
    assert one == other == marks.nobody()


@pytest.mark.parametrize("count", [4, 6])
def test_the_demo_opens_with_as_many_digits(digits, count):
    digits(count)
    assert all(len(shown.factor) == count for shown in demo.SHOWN)
    assert demo.SHOWN[0].factor.endswith("1111")


def test_marks_without_a_size_are_of_four_digits():
    assert marks.factor_of(bytes(3 * HASH)) == SecondFactor(4)
    assert marks.factor_of(bytes([6]) + bytes(3 * HASH)) == SecondFactor(6)


class Careless(Vault):
    """Forgets of which dossier a mark is: what keeps neighbours apart then is the code alone."""

    def keyed_hash(self, *parts: str) -> bytes:
        purpose, _code, digits = parts
        return super().keyed_hash(purpose, digits)


def test_the_next_dossier_is_looked_at_for_an_unknown_code_and_never_taken_for_it(engine, due_dates):
    careless = Careless(b"k" * 32)
    with database.writing(engine) as connection:
        store.add(connection, careless, DossierRecord(OTHER, phone="0901234567"))
    desk = Embedded(engine, careless, due_dates)
    assert desk.matches(OTHER, "4567")
    assert not desk.matches(UNKNOWN, "4567")
    assert not desk.matches_phone(UNKNOWN, "0901234567")
