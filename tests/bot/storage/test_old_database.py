"""A database of commit 8e79f4b (migration 0005) is brought up, and nothing that people count on is lost.

`rows_of_8e79f4b.json` was written by that program with the key below; the people in it are invented.
"""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import VIETNAM
from bot.dossiers import embedded
from bot.dossiers.due_dates import DueDates
from bot.dossiers.embedded import Embedded
from bot.dossiers.record import Update
from bot.storage import conversations, database, migrate
from bot.storage.drafts import DraftsTable
from bot.storage.sealing import Vault
from knowledge.office import calendar
from knowledge.procedures import loading

ROWS = json.loads(Path(__file__).with_name("rows_of_8e79f4b.json").read_text(encoding="utf-8"))
OLD = "0005"  # the newest migration then
VAULT = Vault(b"k" * 32)
NOW = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
CODE, OTHER = "H36.99-261120-0001", "H36.99-261120-0002"


@pytest.fixture
def engine(empty):
    migrate.upgrade(empty, OLD)
    with database.writing(empty) as connection:
        for table, rows in ROWS.items():
            columns, marks = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
            connection.execute(
                text(f"INSERT INTO {table} ({columns}) VALUES ({marks})"), [_cells(row) for row in rows]
            )
    migrate.upgrade(empty)
    migrate.check(empty)
    return empty


def _cells(row):
    return {
        name: bytes.fromhex(cell["hex"]) if isinstance(cell, dict) else cell for name, cell in row.items()
    }


@pytest.fixture
def desk(engine):
    return Embedded(engine, VAULT, DueDates(loading.load(loading.FIELDS), calendar.load()))


def read(engine, code):
    with database.reading(engine) as connection:
        return embedded.read(connection, VAULT, code)


def all_of(engine, query):
    with database.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_a_dossier_is_held_with_all_that_was_known(engine):
    held = read(engine, CODE)
    assert (held.status, held.procedure, held.name) == ("5", "1.004884", "Nguyễn Văn Thử")
    assert (held.phone, held.id_number) == ("0900001111", "000000002222")
    assert (held.received, held.due, held.missing_until) == (
        date(2026, 11, 20), date(2026, 11, 27), date(2026, 12, 1),
    )  # fmt: skip
    assert (held.missing, held.note, held.postal) == ("Giấy khai sinh cũ", "đã gọi", "posted")
    assert held.tracking == "EE123456785VN"
    assert [(status, note) for status, _, note in held.steps] == [("2", ""), ("5", "chuyển")]
    ended = read(engine, OTHER)
    assert (ended.ended, ended.finished, ended.fee_due, ended.title) == (
        date(2026, 11, 20), date(2026, 11, 20), 8000, "Việc khác",
    )  # fmt: skip


def test_its_second_factor_still_opens_it(desk):
    assert desk.matches(CODE, "1111")
    assert desk.matches(CODE, "2222")
    assert not desk.matches(CODE, "3333")
    assert desk.matches_phone(CODE, "+84900001111")
    assert desk.find(CODE).applicant == "N*** V** T**"


def test_wrong_tries_still_count(engine):
    assert all_of(engine, "SELECT kind, tries, at FROM guess") == [("code", 1, int(NOW.timestamp()))]


def test_news_about_it_is_taken_as_before(engine):
    with database.writing(engine) as connection:
        again = embedded.record(connection, VAULT, Update(CODE, NOW, note="đã gọi"))
        moved = embedded.record(connection, VAULT, Update(CODE, NOW.replace(hour=10), status="4"))
    assert (again.outcome, moved.outcome) == ("unchanged", "changed")
    assert (moved.after.status, moved.after.missing, moved.after.name) == ("4", None, "Nguyễn Văn Thử")


def test_who_followed_follows_and_what_he_agreed_to_is_kept(engine):
    follows = "SELECT code, address, language FROM follow ORDER BY code"
    assert all_of(engine, follows) == [("1.001193", "telegram:1", "vi"), (CODE, "telegram:1", "vi")]
    consents = "SELECT purpose, text_version, given FROM consent"
    assert all_of(engine, consents) == [("follow", "follow-2026-11", 1)]
    assert all_of(engine, "SELECT kind, expires_on FROM licence") == [("can-cuoc", "2027-03-01")]
    assert all_of(engine, "SELECT quiet FROM recipient WHERE address = 'telegram:1'") == [("22:00-06:00",)]


def test_a_draft_is_found_by_its_code(engine):
    draft = DraftsTable(engine, VAULT, lambda: NOW).find("HS-7K3F-92QX")
    assert (draft.form, draft.procedure) == ("khai-sinh", "1.001193")
    assert "Trần Thử" in repr(draft)


def test_a_list_is_kept_with_its_ticks(engine):
    with database.reading(engine) as connection:
        state, version = conversations.load(connection, VAULT, "web:2")
    assert version == ROWS["conversation"][0]["version"]
    assert [(kept.code, kept.ticked) for kept in state.lists] == [("1.000894", ("form",))]
