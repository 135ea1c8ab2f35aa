"""The schema refuses what a clerk may get wrong, and says file, key and value."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.datafile import BadDataFile
from knowledge.procedures.catalogue import Fee
from knowledge.procedures.loading import load

FIELD = """
id = "demo"
name = "Thử"
about = "để thử"
order = 1

[shared.documents.card]
name = "Thẻ căn cước"
handling = "present"

[shared.notes.sealed]
text = "Giấy tờ nước ngoài phải được hợp pháp hóa lãnh sự."

[[procedures]]
code = "9.000001"
name = "Thủ tục thử"
short = "Thử"
about = "Để thử."
asks = ["thử"]
who = "Ai cũng được"
place = "one_stop"
agency = "Ủy ban nhân dân cấp xã"
methods = ["desk"]
result = "Giấy"
legal_basis = []
evidence = "data"
source = { name = "Cổng", as_of = 2026-07-18 }
checked = 2026-11-22
shared = { card = [0], sealed = [1, 2] }

[[procedures.cases]]
id = "who"
question = "Ai?"
values = [{ id = "me", label = "Tôi" }, { id = "you", label = "Bạn" }]

[[procedures.documents]]
id = "form"
name = "Tờ khai"
handling = "submit"
when = { who = ["me"] }

[[procedures.deadlines]]
kind = "working_days"
count = 3

[[procedures.fees]]
name = "Lệ phí"
level = "unknown"
"""


def write(folder: Path, text: str, name: str = "demo.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_sound_field_loads_with_what_it_shares(tmp_path: Path) -> None:
    procedure = load(write(tmp_path, FIELD)).procedures["9.000001"]
    assert [(d.id, d.rows) for d in procedure.documents] == [("form", ()), ("card", (0,))]
    assert procedure.notes[0].rows == (1, 2)


MISTAKES = [
    ('code = "9.000001"', "code = 9.000001", "code"),
    ('code = "9.000001"', 'code = "9.1"', "'9.1'"),
    ('short = "Thử"', 'shrot = "Thử"', "procedures.0(9.000001).shrot: Extra inputs are not permitted"),
    ('handling = "submit"', 'handling = "bring"', "value 'bring'"),
    ('handling = "submit"', 'handling = "not_needed"', "reason is required for not_needed"),
    ('when = { who = ["me"] }', 'when = { who = ["them"] }', "document form: who has no value them"),
    ('when = { who = ["me"] }', 'when = { whom = ["me"] }', "document form: when names whom"),
    ('kind = "working_days"\ncount = 3', 'kind = "working_days"', "count is required"),
    ('level = "unknown"', 'level = "amount"', "amount and unit are required"),
    ("checked = 2026-11-22", 'checked = "hôm qua"', "checked"),
    ('place = "one_stop"', 'place = "other"', "place other needs where"),
    ('id = "form"', 'id = "card"', "document card stands twice"),
    ("shared = { card = [0]", "shared = { cadr = [0]", "shared cadr is not defined"),
    ('name = "Tờ khai"', 'name = "To\u031b\u0300 khai"', "not NFC"),
    ("order = 1", "order = ", "demo.toml"),
    ('id = "me", label', 'id = "longer-than-a-button-can-hold", label', "String should match pattern"),
]


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES, ids=[told for *_, told in MISTAKES])
def test_a_mistake_is_told_with_its_place(right: str, wrong: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(BadDataFile) as error:
        load(write(tmp_path, FIELD.replace(right, wrong)))
    assert "demo.toml" in str(error.value)
    assert told in str(error.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, FIELD.replace('"submit"', '"bring"'), "one.toml")
    write(tmp_path, "id = ", "two.toml")
    with pytest.raises(BadDataFile) as error:
        load(tmp_path)
    assert {problem.split(":")[0] for problem in error.value.problems} == {"one.toml", "two.toml"}


def test_a_procedure_stands_in_one_field_only(tmp_path: Path) -> None:
    write(tmp_path, FIELD)
    write(tmp_path, FIELD.replace('id = "demo"', 'id = "other"'), "other.toml")
    with pytest.raises(BadDataFile, match=r"procedure 9\.000001 stands in demo\.toml too"):
        load(tmp_path)


def test_an_empty_directory_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="no field files"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_dated_fee_holds_from_its_first_to_its_last_day(day: date, holds: bool) -> None:
    fee = Fee.model_validate(
        {"name": "Phí", "level": "free", "from": date(2026, 1, 1), "to": date(2026, 6, 30)}
    )
    assert fee.holds_on(day) is holds


def test_every_procedure_that_ships_is_asked_for_in_many_ways() -> None:
    few = {p.code for p in load().procedures.values() if len(p.asks) < 15}
    assert few == set()
