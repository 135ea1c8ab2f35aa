from pathlib import Path
from unicodedata import normalize

import pytest

from knowledge.datafile import BadDataFile
from knowledge.procedures import loading, signposts
from knowledge.procedures.signposts import Entry
from knowledge.search import small_talk
from knowledge.text import fold

ONE = """
[[entries]]
id = "ho-chieu"
name = "Hộ chiếu"
asks = ["làm hộ chiếu", "xin passport"]
go = "Phòng Quản lý xuất nhập cảnh của Công an tỉnh."
checked = 2026-11-22
"""


def load(tmp_path: Path, text: str) -> signposts.Elsewhere:
    path = tmp_path / "elsewhere.toml"
    path.write_text(text, encoding="utf-8")
    return signposts.load(path)


def folded(entry: Entry) -> set[str]:
    return {fold(ask) for ask in entry.asks}


def test_an_entry_is_found_by_its_id(tmp_path: Path) -> None:
    assert load(tmp_path, ONE).entry("ho-chieu").name == "Hộ chiếu"


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        ("go =", "where =", r"elsewhere\.toml: entries\.0\(ho-chieu\)\.go: Field required"),
        ('"ho-chieu"', '"Hộ chiếu"', r"elsewhere\.toml: entries\..*id: String should match"),
        ('"làm hộ chiếu"', normalize("NFD", '"làm hộ chiếu"'), r"asks\.0: not NFC"),
        ('"xin passport"', '"Làm hộ chiếu"', "ask 'làm hộ chiếu' stands 2 times"),
        ("checked", 'portal_codes = ["1.2"]\nchecked', r"portal_codes\.0: .*\(value '1\.2'\)"),
        ("checked = 2026-11-22", "checked =", r"elsewhere\.toml: Invalid value"),
    ],
)
def test_a_mistake_is_told_with_file_key_and_value(
    tmp_path: Path, was: str, becomes: str, problem: str
) -> None:
    with pytest.raises(BadDataFile, match=problem):
        load(tmp_path, ONE.replace(was, becomes, 1))


def test_an_id_stands_once(tmp_path: Path) -> None:
    again = ONE.replace("làm hộ chiếu", "đổi hộ chiếu").replace("xin passport", "gia hạn passport")
    with pytest.raises(BadDataFile, match="entry 'ho-chieu' stands 2 times"):
        load(tmp_path, ONE + again)


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match=r"none\.toml: "):
        signposts.load(tmp_path / "none.toml")


def test_there_are_110_entries_or_more() -> None:
    assert len(signposts.load().entries) >= 110


def test_every_entry_is_asked_for_in_six_ways_that_differ_when_folded() -> None:
    assert [e.id for e in signposts.load().entries if len(folded(e)) < 6] == []


def test_where_to_go_is_short() -> None:
    assert [e.id for e in signposts.load().entries if len(e.go) > 260] == []


def test_no_two_entries_share_a_folded_phrase() -> None:
    phrases = [phrase for e in signposts.load().entries for phrase in folded(e)]
    assert len(phrases) == len(set(phrases))


def test_no_entry_shadows_a_procedure_of_the_catalogue() -> None:
    procedures = loading.load().procedures
    ours = {fold(text) for p in procedures.values() for text in (p.name, p.short, *p.asks)}
    theirs = {phrase for e in signposts.load().entries for phrase in {*folded(e), fold(e.name)}}
    assert ours & theirs == set()


def test_no_entry_is_grounded_in_a_procedure_of_the_catalogue() -> None:
    codes = {code for e in signposts.load().entries for code in e.portal_codes}
    assert codes & loading.load().procedures.keys() == set()


def test_no_entry_shadows_small_talk() -> None:
    said = {fold(phrase) for kind in small_talk.load().kinds for phrase in kind.phrases}
    asked = {phrase for e in signposts.load().entries for phrase in folded(e)}
    assert said & asked == set()
