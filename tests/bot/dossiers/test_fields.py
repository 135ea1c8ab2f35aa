"""One description of a dossier's fields: whoever reads, merges, keeps or shows one knows them all.

Every field is told a value that no other has: two that change places anywhere are seen. A new field is
tried without a line here.
"""

import json
import tomllib
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, get_args

import pytest

from bot.clock import VIETNAM
from bot.commands.desk import lists as command
from bot.dossiers import store
from bot.dossiers.record import FORMS, DossierRecord, Update, merged
from bot.dossiers.tables.columns import HEADINGS
from bot.dossiers.tables.parsing import KINDS, PARSERS, Parsing, Place
from bot.dossiers.tables.reading import OTHERS, Reading
from bot.dossiers.tables.remarks import Remarks
from bot.dossiers.views import owner_view, public_view
from bot.one_stop import national, sync, values
from bot.one_stop.values import States
from bot.storage.schema.tables import SCHEMA
from bot.storage.sealing import Vault
from handlers.desk import words
from handlers.ports.dossiers import Dossier
from knowledge.dossiers import fields as described
from knowledge.dossiers.fields import ABOUT, DossierFields

CODE = "H36.99-260706-0001"
NOW = datetime(2026, 7, 20, 9, tzinfo=VIETNAM)
VAULT = Vault(b"k" * 32)
NUMBERS = {name: number for number, name in enumerate(ABOUT, 1)}

# what a value of each kind looks like, made of a number
MADE = {
    "text": lambda n: f"Lời số {n}",
    "procedure": lambda n: f"1.{n:06}",
    "day": lambda n: date(2026, 7, 6) + timedelta(days=n),
    "money": lambda n: 1000 * n,
    "tracking": lambda n: f"BUU{n:07}",
    "phone": lambda n: f"09012345{n:02}",
    "id_number": lambda n: f"0601900012{n:02}",
    "post": lambda n: "posted",
    "stage": lambda n: "signature" if n < 90 else "online",
    "cause": lambda n: "branch" if n < 90 else "papers",
}
VALUES = {name: MADE[about.kind](NUMBERS[name]) for name, about in ABOUT.items()}
NEWS = Update(CODE, NOW, status="8", since=NOW, **VALUES)  # a state in which all of them may hold


@pytest.fixture
def record():
    return merged(None, NEWS)


def told(update):
    return {name: getattr(update, name) for name in ABOUT if getattr(update, name) is not None}


def written(value):
    """As clerks and programs write it."""
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def blank(name):
    """What a view has where nothing is told."""
    return getattr(Dossier(CODE), name, None)


def reading(columns):
    """A page with these columns."""
    places = [Place(name, at) for name, at in columns.items()]
    return Reading(places, Parsing(lambda written: (written, ""), Remarks()), NOW, NOW + timedelta(days=90))


def test_all_kinds_and_all_fields_are_tried():
    assert {about.kind for about in ABOUT.values()} == set(get_args(described.Kind)) == set(MADE)
    assert [field.name for field in fields(DossierFields)] == list(ABOUT)
    assert len({str(value) for value in VALUES.values()}) == len(VALUES)


def test_columns_and_keys_bear_the_name_of_their_field():
    for spelled in ("column", "key"):
        names = {name: getattr(about, spelled) for name, about in ABOUT.items() if getattr(about, spelled)}
        assert {name: other for name, other in names.items() if other != name} == {"ended": "finished"}


def test_the_national_names_are_those_of_the_senders():
    assert {about.national: name for name, about in ABOUT.items() if about.national} == {
        "MaTTHC": "procedure", "TenTTHC": "title", "ChuHoSo": "name", "SoDienThoai": "phone",
        "MaDoiTuong": "id_number", "NgayTiepNhan": "received", "NgayHenTra": "due",
        "NgayKetThucXuLy": "ended", "GhiChu": "note",
    }  # fmt: skip


@pytest.mark.parametrize("name", ABOUT)
def test_news_of_a_field_is_held(record, name):
    assert getattr(record, name) == VALUES[name]


@pytest.mark.parametrize("name", ABOUT)
def test_one_field_alone_touches_no_other(record, name):
    other = MADE[ABOUT[name].kind](90) if ABOUT[name].kind != "post" else "delivered"
    news: dict[str, Any] = {name: other}
    later = Update(CODE, NOW + timedelta(hours=1), **news)
    assert told(merged(record, later)) == VALUES | {name: other}


@pytest.mark.parametrize("name", ABOUT)
def test_what_is_not_known_yet_is_filled_by_older_news(name):
    known = merged(None, Update(CODE, NOW, status="8", since=NOW))
    older = Update(CODE, NOW - timedelta(hours=1), **{name: VALUES[name]})
    assert told(merged(known, older)) == {name: VALUES[name]}


def test_what_was_asked_for_is_cleared_by_a_move_and_nothing_else_is(record):
    moved = merged(record, Update(CODE, NOW + timedelta(hours=1), status="10"))
    gone = {name for name in ABOUT if getattr(moved, name) is None}
    assert gone == {name for name, about in ABOUT.items() if about.cleared_when_moved}
    assert gone == {"missing", "missing_until", "fee_due", "note", "stage"}


def test_the_end_is_cleared_while_a_dossier_is_open(record):
    moved = merged(record, Update(CODE, NOW + timedelta(hours=1), status="4"))
    assert record.ended
    assert moved.ended is None


def test_a_record_comes_back_as_it_was_kept(record):
    assert store.record_of(store.values(record, VAULT).values(), VAULT) == record
    blank = DossierRecord(CODE)
    assert store.record_of(store.values(blank, VAULT).values(), VAULT) == blank


@pytest.mark.parametrize("name", ABOUT)
def test_a_field_is_sealed_unless_the_table_has_a_column_of_its_name(record, name):
    row = store.values(record, VAULT)
    assert list(row) == list(store.COLUMNS)
    assert set(row) == set(SCHEMA.tables["dossier"].c.keys())
    content = json.loads(VAULT.open(row["content"], f"dossier/{CODE}"))
    assert (name in row) is ABOUT[name].is_clear
    assert (name in content) is not ABOUT[name].is_clear


def test_nothing_of_a_person_stands_in_clear():
    assert {name for name, about in ABOUT.items() if about.is_clear} == {"procedure", "received", "due"}


def test_each_column_of_the_headings_is_a_field_or_tells_when():
    spelled = set(tomllib.loads(HEADINGS.read_text(encoding="utf-8")))
    spelled -= {"ignored", "desk_note", "status_or_not"}
    assert spelled == {about.column for about in ABOUT.values() if about.column} | set(OTHERS)


@pytest.mark.parametrize("name", [name for name, about in ABOUT.items() if about.column])
def test_a_clerk_s_column_is_read_into_its_field(name):
    columns = {"code": 0, ABOUT[name].column: 1}
    assert told(reading(columns).update([CODE, written(VALUES[name])])) == {name: VALUES[name]}


def test_a_whole_row_is_read_field_by_field():
    # with a day of its end it waits nowhere any more
    columned = [name for name, about in ABOUT.items() if about.column and name != "stage"]
    heading = {"code": 0} | {ABOUT[name].column: place for place, name in enumerate(columned, 1)}
    row = [CODE, *(written(VALUES[name]) for name in columned)]
    expected = {name: VALUES[name] for name in columned}
    assert told(reading(heading).update(row)) == expected


@pytest.mark.parametrize("name", [name for name, about in ABOUT.items() if about.key])
def test_a_key_of_our_own_message_is_read_into_its_field(name):
    row = {ABOUT[name].key: written(VALUES[name])}
    body = {"dossiers": [{"code": CODE} | ({"applicant": row} if ABOUT[name].of_applicant else row)]}
    (news,) = sync.read(json.dumps(body).encode(), NOW, States()).news
    assert told(news.update) == {name: VALUES[name]}


@pytest.mark.parametrize("name", [name for name, about in ABOUT.items() if about.national])
def test_a_key_of_the_national_message_is_read_into_its_field(name):
    row = {"MaHoSo": CODE, ABOUT[name].national: written(VALUES[name])}
    said = national.parse_row(row, national.DOSSIER, NOW, States())
    assert told(said.told.update) == {name: VALUES[name]}


def test_each_reader_has_a_parser_for_each_kind_that_it_meets():
    kinds = {about.kind for about in ABOUT.values() if about.column}
    assert kinds <= {*PARSERS, "day", "procedure", "text", "stage", "cause"}
    assert {about.column for about in ABOUT.values() if about.column} <= set(KINDS)
    assert {about.kind for about in ABOUT.values() if about.key} <= set(values.PARSERS)
    assert set(FORMS) <= set(PARSERS)


@pytest.mark.parametrize("name", ABOUT)
def test_each_sees_what_is_for_him(record, name):
    seen = ABOUT[name].seen_by
    owner, public = owner_view(record, record.due), public_view(record)
    assert getattr(public, name, None) == (VALUES[name] if seen == "anyone" else blank(name))
    assert getattr(owner, name, None) == (VALUES[name] if seen != "desk" else blank(name))


@pytest.mark.parametrize("name", described.seen_by("desk"))
def test_what_is_for_the_desk_is_in_no_view(record, name):
    for view in (owner_view(record, record.due), public_view(record)):
        assert repr(VALUES[name]) not in repr(replace(view, finished=None))


BY_NAME = ("postal", "stage", "late_cause")  # ids, which the clerk reads by their names


@pytest.mark.parametrize(
    "name", [name for name, about in ABOUT.items() if about.label and name not in BY_NAME]
)
def test_the_clerk_is_shown_each_field_in_the_line_of_its_label(record, name):
    lines = dict(command._shown(record))
    shown = f"…{VALUES[name][-4:]}" if name == "id_number" else words.shown(VALUES[name])
    assert shown in lines[ABOUT[name].label]
