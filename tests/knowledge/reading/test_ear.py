"""Spelling by ear: the word that is meant is found, and the opposite is never said outright."""

import pytest

from knowledge.procedures import life_events, loading, signposts
from knowledge.reading.ear import Ear, contradicts, sound
from knowledge.search import small_talk
from knowledge.search.intents import targets
from knowledge.search.search import Found, Index
from tests.knowledge.reading.lines import share, table

TARGETS = targets(loading.load(), signposts.load(), small_talk.load(), life_events.load())
INDEX = Index(TARGETS)
EAR = Ear(text for t in TARGETS if t.kind == "procedure" for text in (*t.names, *t.asks))
BY_EAR, QUESTIONS = table("by_ear.tsv"), table("../../questions.tsv")


def find(line: str) -> Found:
    heard = EAR.read(line)
    return INDEX.find(heard.text if heard else line)


def test_lines_spelt_by_ear_are_found() -> None:
    found = [(code, find(line)) for code, line in BY_EAR]
    assert share([bool(each.hits) and each.hits[0].id == code for code, each in found]) >= 0.97
    assert [code for code, each in found if each.decision == "answer" and each.hits[0].id != code] == []


def test_lines_that_are_spelt_well_stay_as_found() -> None:
    changed = [(code, line) for code, _, line in QUESTIONS if EAR.read(line)]
    assert len(changed) <= 0.05 * len(QUESTIONS)
    before = sum(INDEX.find(line).hits[0].id == code for code, line in changed)
    assert sum(find(line).hits[0].id == code for code, line in changed) >= before - 1


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("làm khai xinh cho bé", "làm khai sinh cho bé"), ("đăng ký thườn trú", "đăng ký thường trú"),
        ("sóa đăng ký thường trú", "xóa đăng ký thường trú"),
        ("hòa dải tranh trấp đất đai", "hòa giải tranh chấp đất đai"),
        ("nhận con nui", "nhận con nuôi"), ("làm giấy khai sinh cho con", None), ("cháu chào cô ạ", None),
    ],
)  # fmt: skip
def test_what_is_heard_is_what_is_meant(line: str, meant: str | None) -> None:
    heard = EAR.read(line)
    assert (heard.text if heard else None) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("xinh", "sinh"),
        ("truc", "chut"),
        ("nuoi", "nui"),
        ("giay", "dai"),
        ("lam", "nam"),
        ("thuong", "thuon"),
    ],
)
def test_these_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"), [("sinh", "tu"), ("thuong", "tam"), ("moi", "lai"), ("hon", "han")]
)
def test_these_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("xóa đăng ký thường trú", "Đăng ký thường trú (nhập hộ khẩu)"),
        ("đăng ký tạm trú", "Đăng ký thường trú (nhập hộ khẩu)"),
        ("khai sinh cho bé", "Đăng ký khai tử"),
        ("xin vào hộ nghèo", "Xin công nhận thoát nghèo"),
    ],
)  # fmt: skip
def test_an_opposite_contradicts(line: str, name: str) -> None:
    assert contradicts(line, name)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("khai sinh cho bé", "Đăng ký khai sinh"),
        ("ba em mất hôm qua", "Đăng ký khai tử"),
        ("sao y", "Sao y bản chính"),
    ],
)
def test_what_is_meant_contradicts_nothing(line: str, name: str) -> None:
    assert not contradicts(line, name)
