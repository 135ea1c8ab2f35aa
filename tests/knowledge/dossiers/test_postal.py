"""S10 tracking codes and the states of a result in the post."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.datafile import BadDataFile
from knowledge.dossiers.postal import DEFAULT, IDS, BadTracking, Tracking, check_digit, load, parse, state_of

SERIALS = st.text("0123456789", min_size=8, max_size=8)


@pytest.mark.parametrize(
    "typed",
    [
        "EE123456785VN",
        "ee123456785vn",
        "EE 123 456 785 VN",
        "EE-123.456.785-VN",
        "EEl2345678SVN".replace("S", "5"),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert parse(typed) == Tracking("EE123456785VN", "EE", "12345678", "VN")


@pytest.mark.parametrize(
    "typed", ["", "EE12345678VN", "E1123456785VN", "123456785", "EE1234567850VN", "ĐE123456785VN"]
)
def test_another_shape_is_none(typed: str) -> None:
    assert parse(typed) == BadTracking("shape")


# 11 less the rest of 10 is 1, of 1 is 10 (written 0), of 0 is 11 (written 5).
@pytest.mark.parametrize(
    ("serial", "digit"), [("12345678", 5), ("47312482", 9), ("00000000", 5), ("00000040", 8)]
)
def test_the_check_digit_follows_the_weights(serial: str, digit: int) -> None:
    assert check_digit(serial) == digit


@given(SERIALS)
def test_a_code_with_its_check_digit_is_right(serial: str) -> None:
    code = f"RR{serial}{check_digit(serial)}VN"
    assert parse(code) == Tracking(code, "RR", serial, "VN")


@given(SERIALS, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_found(serial: str, place: int, off: int) -> None:
    check = check_digit(serial)
    assume(place == 8 or check != 5)  # 5 stands for two rests: the next test
    digits = f"{serial}{check}"
    wrong = digits[:place] + str((int(digits[place]) + off) % 10) + digits[place + 1 :]
    assert parse(f"EE{wrong}VN") == BadTracking("check_digit")


def test_the_standard_itself_cannot_tell_some_codes_that_end_in_five() -> None:
    assert check_digit("00000000") == check_digit("00000004") == 5  # rests 0 and 6


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(parse(text), Tracking | BadTracking)


def test_every_state_has_its_words() -> None:
    assert tuple(state.id for state in load().states) == IDS


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("posted", "posted"),
        ("came-back", "came-back"),
        ("CHUYỂN HOÀN", "came-back"),
        ("da phat thanh cong", "delivered"),
    ],
)
def test_a_state_is_known_by_its_names(raw: str, state: str) -> None:
    found = state_of(raw)
    assert found
    assert found.id == state


def test_another_name_is_no_state() -> None:
    assert state_of("thất lạc") is None


def test_a_missing_state_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "postal.toml"
    broken.write_text(
        DEFAULT.read_text(encoding="utf-8").replace('id = "posted"', 'id = "delivered"'), "utf-8"
    )
    with pytest.raises(BadDataFile, match="posted is missing"):
        load(broken)


def test_the_words_are_composed_unicode() -> None:
    text = DEFAULT.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)


def test_a_name_of_two_states_is_told_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "postal.toml"
    first = load().states[0].name
    text = DEFAULT.read_text(encoding="utf-8").replace(f'"{load().states[1].name}"', f'"{first.upper()}"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadDataFile) as caught:
        load(path)
    assert "postal.toml" in str(caught.value)
    assert "name" in str(caught.value)
