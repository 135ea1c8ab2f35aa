"""`motcua catalogue diff` and `accept`: what changed, and nothing else."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.catalogues import accepted, difference, dump
from bot.catalogues.difference import Change, Side
from knowledge.procedures.loading import load
from tests.bot.catalogues import dumps
from tests.bot.catalogues.dumps import line, paper, way
from tests.bot.commands.terminal import motcua

DAY = date(2026, 7, 18)
OURS = """
id = "do-ngang"
name = "Đò ngang"
about = "chèo đò"
order = 1

[[procedures]]
code = "1.111111"
name = "Cấp thẻ chèo đò"
short = "Thẻ chèo đò"
about = "Xin thẻ để chèo đò."
asks = ["làm thẻ chèo đò"]
who = "Người chèo đò"
place = "one_stop"
agency = "Ủy ban nhân dân cấp xã"
methods = ["desk"]
result = "Thẻ"
legal_basis = []
decision = "12/QĐ-BDN"
evidence = "data"
source = { name = "Cổng Dịch vụ công quốc gia", as_of = 2026-07-18 }
checked = 2026-11-22
documents = [
  { id = "form", name = "Đơn", handling = "submit", rows = [0] },
  { id = "photo", name = "Hình con đò", handling = "submit", originals = 2, rows = [1] },
]
deadlines = [{ kind = "working_days", count = 5 }]
fees = [{ name = "Phí", level = "not_collected" }]
"""


def side(path: Path) -> Side:
    return Side(dump.read(path, DAY).catalogue)


def between(tmp_path: Path, before: list[dict[str, object]], after: list[dict[str, object]]) -> list[Change]:
    sides = [side(dumps.dump(tmp_path / name, *lines)) for name, lines in (("a", before), ("b", after))]
    return difference.differences(*sides)


def told(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    return [(change.part, change.how, change.before, change.after) for change in changes]


def ours(tmp_path: Path, text: str = OURS) -> Path:
    folder = tmp_path / "fields"
    folder.mkdir(exist_ok=True)
    (folder / "do-ngang.toml").write_text(text, encoding="utf-8")
    return folder


def since_accepted(tmp_path: Path, *newer: dict[str, object]) -> list[Change]:
    """Our field file, read from one dump, against a newer one."""
    folder = ours(tmp_path)
    first = dump.read(dumps.dump(tmp_path / "old", line(), line("1.333333", "Thẻ bến")), DAY).catalogue
    record = accepted.accept(accepted.NONE, load(folder), first, frozenset())
    accepted.write(record, folder)
    return difference.differences(
        Side(load(folder), accepted.read(folder)), side(dumps.dump(tmp_path / "new", *newer))
    )


def test_a_dump_does_not_differ_from_itself(tmp_path: Path) -> None:
    assert between(tmp_path, [line(), line("1.222222")], [line("1.222222"), line()]) == []


CELLS = [
    ({"ways": [way(time="3 WORKING_DAY")]}, ("deadline", "changed", "5 working days", "3 working days")),
    (
        {"ways": [way(fee="9000 VNĐ ()")]},
        ("fee", "changed", "Phí, lệ phí: not collected", "Phí, lệ phí: 9000 đồng"),
    ),
    ({"decision": "13/QĐ-BDN"}, ("decision", "changed", "12/QĐ-BDN", "13/QĐ-BDN")),
    ({"decision": "12/QĐ-bdn"}, ("decision", "reworded", "12/QĐ-BDN", "12/QĐ-bdn")),
    ({"basis": []}, ("legal basis", "changed", "Nghị định 1/2026/NĐ-CP", "")),
    ({"conditions": "Biết bơi"}, ("conditions", "changed", "", "Biết bơi")),
]


@pytest.mark.parametrize(("cells", "change"), CELLS)
def test_a_changed_cell_is_one_change(
    cells: dict[str, object], change: tuple[str, ...], tmp_path: Path
) -> None:
    found = [told_ for told_ in told(between(tmp_path, [line()], [line(**cells)])) if told_[0] != "note"]
    assert found == [change]


def test_papers_are_added_removed_recounted_and_reworded(tmp_path: Path) -> None:
    was = [paper("Đơn xin cấp thẻ"), paper("Ảnh chụp con đò", 2), paper("Giấy khám sức khỏe")]
    now = [
        paper("Giấy xác nhận biết bơi"),
        paper("Đơn xin cấp thẻ, theo mẫu mới"),
        paper("Ảnh chụp con đò", 3),
    ]
    changes = between(tmp_path, [line(papers=was)], [line(papers=now)])
    assert [(change.how, change.before[:15], change.after[:15]) for change in changes] == [
        ("added", "", "Giấy xác nhận b"),
        ("changed", "Đơn xin cấp thẻ", "Đơn xin cấp thẻ"),
        ("changed", "Ảnh chụp con đò", "Ảnh chụp con đò"),
        ("removed", "Giấy khám sức k", ""),
    ]


def test_a_new_and_a_repealed_procedure_are_told_by_field(tmp_path: Path) -> None:
    changes = between(tmp_path, [line(), line("1.222222")], [line(), line("1.000000", field="Bến")])
    assert [(change.field, change.code, change.how) for change in changes] == [
        ("Bến", "1.000000", "added"),
        ("Đò ngang", "1.222222", "removed"),
    ]


def test_our_words_against_the_dump_that_was_read_are_no_difference(tmp_path: Path) -> None:
    newer = line(papers=[paper("ĐƠN xin cấp thẻ (bản chính);"), paper("- Ảnh chụp con đò", 2)])
    assert since_accepted(tmp_path, newer, line("1.333333", "Thẻ bến")) == []


def test_a_row_that_changed_since_it_was_read_shows_what_we_made_of_it(tmp_path: Path) -> None:
    newer = line(papers=[paper("Đơn xin cấp thẻ (bản chính)"), paper("Giấy xác nhận biết bơi")])
    assert told(since_accepted(tmp_path, newer)) == [
        ("document", "added", "", "Giấy xác nhận biết bơi [Cổng ghi 1 bản chính, 0 bản sao.]"),
        ("document", "removed", "Hình con đò [submit; 2 original]", ""),
    ]


def test_a_row_with_another_count_is_one_change(tmp_path: Path) -> None:
    newer = line(papers=[paper("Đơn xin cấp thẻ (bản chính)"), paper("Ảnh chụp con đò", 4)])
    (change,) = since_accepted(tmp_path, newer)
    assert (change.how, change.before) == ("changed", "Hình con đò [submit; 2 original]")
    assert "4 bản chính" in change.after


def test_a_deadline_that_changed_since_it_was_read_shows_ours_and_theirs(tmp_path: Path) -> None:
    changes = since_accepted(tmp_path, line(ways=[way(time="3 WORKING_DAY")]))
    assert told(changes) == [("deadline", "changed", "5 working days", "3 working days")]


def test_of_a_dump_s_thousands_only_new_procedures_of_communes_are_told(tmp_path: Path) -> None:
    newer = [
        line(),
        line("1.333333", "Thẻ bến"),
        line("1.444444", level="Cấp Tỉnh"),
        line("1.555555", "Thẻ phà"),
    ]
    assert [(change.code, change.how) for change in since_accepted(tmp_path, *newer)] == [
        ("1.555555", "added")
    ]


def test_a_procedure_of_ours_that_the_dump_has_lost_is_told(tmp_path: Path) -> None:
    changes = since_accepted(tmp_path, line("1.333333", "Thẻ bến"))
    assert [(change.code, change.part, change.how) for change in changes] == [
        ("1.111111", "procedure", "removed")
    ]


def test_without_a_record_only_days_sums_names_and_decisions_are_compared(tmp_path: Path) -> None:
    newer = line(
        ways=[way(time="9 WORKING_DAY", fee="9000 VNĐ ()")], papers=[paper("Tờ khai"), paper("Tranh")]
    )
    changes = difference.differences(Side(load(ours(tmp_path))), side(dumps.dump(tmp_path / "new", newer)))
    assert [(change.part, change.how) for change in changes] == [("deadline", "changed"), ("fee", "changed")]


def test_the_other_way_round_added_is_removed(tmp_path: Path) -> None:
    folder, newer = ours(tmp_path), dumps.dump(tmp_path / "new", line("1.222222"))
    there = difference.differences(Side(load(folder)), side(newer))
    back = difference.differences(side(newer), Side(load(folder)))
    assert {change.how for change in there if change.code} == {"removed"}
    assert {change.how for change in back if change.code} == {"added"}


def test_between_two_catalogues_of_ours_an_edited_paper_is_known_by_its_id(tmp_path: Path) -> None:
    before = load(ours(tmp_path))
    after = load(ours(tmp_path, OURS.replace("Hình con đò", "Hai tấm chụp mạn thuyền")))
    (change,) = difference.differences(Side(before), Side(after))
    assert (change.part, change.how) == ("document", "changed")
    assert change.before.startswith("Hình con đò")
    assert change.after.startswith("Hai tấm")


def test_the_exit_status_is_that_of_diff(tmp_path: Path) -> None:
    one = str(dumps.dump(tmp_path / "a", line()))
    two = str(dumps.dump(tmp_path / "b", line(decision="13/QĐ-BDN")))
    assert motcua("catalogue", "diff", one, one).stdout == "no difference\n"
    changed = motcua("catalogue", "diff", one, two)
    assert changed.returncode == 1
    assert "Đò ngang\n  1.111111 Cấp thẻ chèo đò\n    ~ decision: 12/QĐ-BDN\n" in changed.stdout
    (change,) = json.loads(motcua("catalogue", "diff", one, two, "--json").stdout)
    assert (change["code"], change["part"], change["after"]) == ("1.111111", "decision", "13/QĐ-BDN")
    assert motcua("catalogue", "diff", one, str(tmp_path / "absent")).returncode == 2


def test_a_worked_in_dump_is_accepted_and_only_our_procedures_are_told_on_request(tmp_path: Path) -> None:
    folder = str(ours(tmp_path))
    old = str(dumps.dump(tmp_path / "a", line()))
    new = str(dumps.dump(tmp_path / "b", line(decision="13/QĐ-BDN"), line("1.222222", decision="9/QĐ")))
    assert motcua("catalogue", "accept", new, "--catalogue", folder).returncode == 0
    assert motcua("catalogue", "diff", folder, new).returncode == 0
    only = motcua("catalogue", "diff", old, new, "--only", folder)
    assert "1.111111" in only.stdout
    assert "1.222222" not in only.stdout
    assert motcua("catalogue", "accept", new, "9.999999", "--catalogue", folder).returncode == 2


def test_a_broken_record_is_told(tmp_path: Path) -> None:
    folder = ours(tmp_path)
    (folder / accepted.FILE).write_text("[]")
    done = motcua("catalogue", "diff", str(folder), str(dumps.dump(tmp_path / "a", line())))
    assert done.returncode == 2
    assert "accepted.json" in done.stderr
