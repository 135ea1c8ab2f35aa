"""The ten national states and what other systems call them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.datafile import BadDataFile
from knowledge.dossiers import postal
from knowledge.dossiers.statuses import DEFAULT, WAY, State, first_of, load, state_of, wire, written_at_desk

STATES = load().states


def edited(tmp_path: Path, old: str, new: str) -> Path:
    path = tmp_path / "statuses.toml"
    path.write_text(DEFAULT.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return path


def test_the_list_has_the_ten_national_names() -> None:
    assert {state.code: state.name for state in STATES} == {
        1: "Mới đăng ký",
        2: "Được tiếp nhận",
        3: "Không được tiếp nhận",
        4: "Đang xử lý",
        5: "Yêu cầu bổ sung giấy tờ",
        6: "Yêu cầu thực hiện nghĩa vụ tài chính",
        7: "Công dân yêu cầu rút hồ sơ",
        8: "Dừng xử lý",
        9: "Đã xử lý xong",
        10: "Đã trả kết quả",
    }


def test_the_citizen_must_act_on_missing_papers_and_on_fees() -> None:
    assert [state.code for state in STATES if state.acts] == [5, 6]


def test_four_states_end_the_way() -> None:
    assert [state.code for state in STATES if state.is_over] == [3, 7, 8, 10]


def test_what_depends_on_a_state_is_told_by_it() -> None:
    """A wrong key turns a dossier back, pays twice or rates it late: written out once more."""
    told = {s.code: (s.rank, s.awaits, s.ends, s.since, s.is_open, s.in_hand, s.taken_in) for s in STATES}
    assert told == {
        1: (0, "", 0, "received", True, True, False),
        2: (1, "", 0, "received", True, True, True),
        3: (4, "", 3, "ended", False, False, False),
        4: (2, "", 0, "", True, True, True),
        5: (2, "papers", 0, "", True, True, True),
        6: (2, "fee", 0, "", True, False, True),  # a fee may be asked for when it is done
        7: (4, "", 0, "ended", False, False, True),  # withdrawn: no end of processing
        8: (4, "", 3, "ended", False, False, True),
        9: (3, "", 1, "ended", False, False, True),
        10: (4, "", 2, "returned", False, False, True),
    }


def test_the_state_in_which_a_phase_begins() -> None:
    assert [first_of(phase).code for phase in WAY] == [2, 4, 9, 10]


@pytest.mark.parametrize(
    ("raw", "stored"),
    [("05", "5"), ("Chờ bổ sung", "5"), ("Đang rà soát", "Đang rà soát"), ("", ""), ("x" * 200, "x" * 100)],
)
def test_a_state_is_stored_by_its_number_or_as_it_came(raw: str, stored: str) -> None:
    assert wire(raw) == stored


def test_no_state_of_the_post_is_taken_for_one_of_the_dossier() -> None:
    assert [name for name in postal.IDS if state_of(name)] == []


def test_what_is_open_cannot_end_anything(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="what is open ends nothing"):
        load(edited(tmp_path, 'phase = "in_work"\n', 'phase = "in_work"\nends = 4\n'))


def test_the_states_follow_the_way() -> None:
    phases = [state.phase for state in STATES if state.phase in WAY]
    assert phases == sorted(phases, key=WAY.index)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1", 1),
        (" 10 ", 10),
        ("05", 5),
        ("Đang xử lý", 4),
        ("ĐANG XỬ LÝ", 4),
        ("dang xu ly", 4),
        ("Ðang xu\u031b\u0309 ly\u0301", 4),  # an Icelandic eth is typed for Đ
        ("Đang xử ly\u0301", 4),  # decomposed
        ("new", 1),
        ("receiving", 1),
        ("received", 2),
        ("denied", 3),
        ("processing", 4),
        ("waiting", 5),
        ("paying", 6),
        ("canceled", 7),
        ("cancelled", 7),
        ("unresolved", 8),
        ("RELEASING", 9),
        ("posting", 9),
        ("done", 10),
        ("Hồ sơ đã bổ sung", 4),
        ("Từ chối giải quyết", 8),
        ("archived", None),  # after any end
        ("Nhận trực tiếp", None),  # the papers, or the result?
        ("Từ chối", None),  # 3 or 8?
        ("0", None),
        ("11", None),
        ("1.0", None),
        ("", None),
    ],
)
def test_a_state_is_known_by_number_and_by_name(raw: str, code: int | None) -> None:
    found = state_of(raw)
    assert (found and found.code) == code


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_name_leads_to_its_state(state: State) -> None:
    names = (str(state.code), state.name, *state.also)
    assert {state_of(written(name)) for name in names for written in (str, str.upper, str.title)} == {state}


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert state_of(text) in (None, *STATES)


def test_a_name_of_two_states_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="dang giai quyet"):
        load(edited(tmp_path, '"receiving"', '"ĐANG GIẢI QUYẾT"'))


def test_a_missing_state_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="1 to 10"):
        load(edited(tmp_path, "code = 4", "code = 5"))


@pytest.mark.parametrize(
    ("written", "code"),
    [("9.0", 9), ("09", 9), ("9. Đã xử lý xong", 9), ("10 - Đã trả kết quả", 10), ("Đã có KQ", 9)],
)
def test_a_state_as_clerks_write_it(written: str, code: int) -> None:
    found = written_at_desk(written)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("written", ["OK", "v", "Trễ hạn", "Mới", "Từ chối", "11", "4. Đã xử lý xong", ""])
def test_what_is_no_state_is_none(written: str) -> None:
    assert written_at_desk(written) is None
