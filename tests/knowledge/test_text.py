"""Folding and tidying: what they must keep and what they must never do."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import fold, is_syllable, plain, synonyms, tidy, words

SYLLABLES = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắếốớứ wfjz0123456789", max_size=40)
ANY = st.one_of(st.text(max_size=60), SYLLABLES)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("ĐĂNG  KÝ, khai-sinh!", "dang ky khai sinh"),
        ("dang ky khai sinh", "dang ky khai sinh"),
        ("hoà giải / hòa giải", "hoa giai hoa giai"),
        ("ddawng kys khai sinh", "dang ky khai sinh"),  # Telex typed with the keyboard off
        ("chuwngs thuwcj banr sao", "chung thuc ban sao"),
        ("d9a8ng ky1 khai sinh", "dang ky khai sinh"),  # VNI
        ("giảii quyếtt", "giai quyet"),  # a key that stuck
        ("làm gks", "lam giay khai sinh"),
        ("đk kết hôn ko dc", "dang ky ket hon khong duoc"),
        ("cấp cá nhân cà phê", "cap ca nhan ca phe"),  # "ca" is no abbreviation here
        # foreign words are no Telex
        ("bus, tax, gas", "bus tax gas"),
        ("as is, os, us, box, fax, fix, max, mix", "as is os us box fax fix max mix"),
        ("lớp k1a", "lop k1a"),  # a digit after one letter is no VNI
        ("mẫu CT01, hạng B2", "mau ct01 hang b2"),
        ("😀🙏", ""),
        ("مرحبا שלום", ""),
        ("ﬁle ① ｂａｎ", "file 1 ban"),  # compatibility letters
        ("giaays pheps quar queenr", "giay phep qua quen"),
        ("gieengs gims ginf", "gieng gim gin"),
        ("quys quyeenf quyts queeus", "quy quyen quyt queu"),
        ("xssf", "xssf"),  # no vowel before a tone key: no Telex
        ("chu7ng1 thu7c5", "chung thuc"),
        ("oois", "oi"),  # only vowels before the key
        ("xin" + "n" * 10, "xin" + "n" * 10),  # longer than any slip of the hand
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY)
def test_folded_text_is_lower_case_ascii_with_single_spaces(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", fold(text))


@given(ANY)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(ANY)
def test_folding_never_grows_a_text_without_bound(text: str) -> None:
    assert len(fold(text)) <= 40 * len(unicodedata.normalize("NFKC", text)) + 40


def test_every_abbreviation_is_spelled_out_to_something_stable() -> None:
    spelled = {short: fold(short) for short in synonyms()["abbreviations"]}
    assert [short for short, long in spelled.items() if fold(long) != long or long == plain(short)] == []


@pytest.mark.parametrize("word", ["khai", "nghieng", "quyen", "gi", "gin", "uy", "oan", "y", "thuong", "xac"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


RARE = """
qua quac quach quai quan quang quanh quao quap quat quau quay que quen queo quet queu qui quin quit quo quoc
quon quot quy quyen quyet quynh quyt gi gin gim gip giet gieng
"""


def test_syllables_of_q_and_gi() -> None:
    assert [word for word in RARE.split() if not is_syllable(word)] == []


@pytest.mark.parametrize("word", ["khnog", "dwng", "zalo", "ct01", "bus", "", "kkhai", "ngheof"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def marks(text: str) -> list[str]:
    return [word.marks for word in words(text)]


def test_marks_place_the_tone_alike_and_are_empty_for_plain_words() -> None:
    assert marks("hoà") == marks("hòa")
    assert marks("bố khong bỏ")[1] == ""
    assert marks("bố") != marks("bỏ")
    assert marks("đi, ăn, mưa") == ["đi", "ăn", "mưa"]


@given(ANY)
def test_words_are_the_folded_text_word_by_word(text: str) -> None:
    assert " ".join(word.folded for word in words(text)) == fold(text)


@given(ANY)
def test_words_are_the_same_for_decomposed_text(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


def test_tidy_removes_what_cannot_be_seen() -> None:
    assert tidy("a\u200b b\u202e\tc\x00\ud800\n\ufeff d") == "a b c d"  # zero width, bidi, surrogate, BOM


def test_what_can_be_seen_is_left_alone() -> None:
    assert tidy("  Giấy   khai sinh, bản chính.  ") == "Giấy khai sinh, bản chính."


def test_tidy_composes_and_cuts() -> None:
    assert tidy("e\u0302\u0301" * 10, limit=3) == "ếếế"


@given(ANY, st.integers(min_value=0, max_value=50))
def test_tidy_is_stable_composed_and_bounded(text: str, limit: int) -> None:
    tidied = tidy(text, limit)
    assert tidy(tidied, limit) == tidied
    assert len(tidied) <= limit
    assert unicodedata.is_normalized("NFC", tidied)
    assert not {unicodedata.category(c) for c in tidied} & {"Cc", "Cf", "Cs"}
