"""Danger: who is in need must be heard, who asks for papers must not be frightened."""

from pathlib import Path

import pytest

from knowledge.datafile import BadDataFile
from knowledge.office import office
from knowledge.procedures import loading
from knowledge.reading import danger as dangers
from knowledge.reading import worry
from knowledge.reading.danger import danger, worries
from knowledge.reading.subject.guess import LINES, NOTHING
from knowledge.reading.words import line
from tests.knowledge.reading.lines import plain, share, table

BAN = "1.012084"  # cấm tiếp xúc
DISTRESS, HARMLESS = table("distress.tsv"), plain("harmless.txt")


def test_distress_is_heard() -> None:
    missed = [each for _, each in DISTRESS if danger(each) is None]
    assert len(missed) <= 0.03 * len(DISTRESS), missed


def test_what_no_phrase_says_is_heard_by_its_words() -> None:
    found = danger("nhà hàng xóm la hét khóc lóc nãy giờ em nghe ghê quá")
    assert found is not None
    assert (found.said, found.is_sure) == ("", False)


def test_what_may_be_danger_worries() -> None:
    assert worries(line("chịu hết nổi rồi"))
    assert not worries(line("khai sinh cho con cần giấy gì"))
    uneasy = [each for each in HARMLESS if worries(line(each))]
    assert len(uneasy) <= 0.15 * len(HARMLESS), uneasy


def test_the_fitted_table_has_the_kinds_of_the_data() -> None:
    assert set(worry.load().columns) == {worry.ANY, *(kind.id for kind in dangers.load().kinds)}


def test_the_likeliest_kind_is_first() -> None:
    assert worry.kinds(line("nhà cháy lớn quá"))[0] == "fire"
    assert worry.kinds(line("họ kêu chuyển tiền"))[0] == "fraud"


def test_the_kind_of_help_is_the_right_one() -> None:
    heard = [(kind.split("/"), danger(each)) for kind, each in DISTRESS]
    assert share([found is not None and found.kind in kinds for kinds, found in heard]) >= 0.95


def test_harmless_lines_frighten_nobody() -> None:
    frightened = [each for each in HARMLESS if danger(each)]
    assert len(frightened) <= 0.01 * len(HARMLESS), frightened


def test_questions_about_a_procedure_frighten_nobody() -> None:
    """Some of them do tell of somebody who is ill or in trouble."""
    rows = [row.split("\t") for row in LINES.read_text(encoding="utf-8").splitlines()[1:]]
    asked = [text for aspect, text in rows if aspect != NOTHING]
    frightened = [text for text in asked if danger(text)]
    assert len(frightened) <= 0.007 * len(asked), frightened


def test_no_phrasing_of_the_catalogue_is_danger() -> None:
    """But for the ban on contact: who asks for it may need help at once, and is told both."""
    asked = [ask for p in loading.load().procedures.values() for ask in (p.short, *p.asks) if p.code != BAN]
    assert [ask for ask in asked if danger(ask)] == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("chong em danh em hoai", "home"),  # no marks
        ("nha toi dang chay", "fire"),  # "chay" may be "chạy", and is not
        ("my husband is beating me", "home"),
        ("cứu tôi với chồng đang đánh tôi", "home"),  # as it came at a form's question for a name
        ("dichvucong-gov.vn.top có phải của nhà nước không", "fraud"),
    ],
)
def test_it_is_heard_however_it_is_written(said: str, kind: str) -> None:
    found = danger(said)
    assert found is not None
    assert kind in (found.kind, *found.also)


@pytest.mark.parametrize(
    "said",
    [
        "giấy chứng tử của người tự tử",
        "phòng cháy chữa cháy karaoke xin giấy phép ở đâu",
        "tố cáo lừa đảo nộp ở đâu",
        "xe ôm chạy ngoài đường có phải đăng ký không",  # "chạy" is not "cháy"
        "https://dichvucong.gov.vn là trang nào",
        "Nguyễn Văn Cháy",
        "đợi lâu muốn chết",
    ],
)
def test_what_only_sounds_like_danger_is_none(said: str) -> None:
    assert danger(said) is None


def test_what_comes_of_despair_is_told_first() -> None:
    found = danger("người yêu cũ tung ảnh nóng, em muốn chết cho rồi")
    assert found is not None
    assert (found.kind, "crime" in found.also) == ("suicide", True)


def test_every_kind_has_a_number_that_is_known() -> None:
    numbers = {e.id for e in office.load().emergencies} | {each.id for each in dangers.load().lines}
    assert {call for kind in dangers.load().kinds for call in kind.calls} <= numbers


def test_what_is_offered_is_in_the_catalogue() -> None:
    offered = {code for kind in dangers.load().kinds for code in kind.offers}
    assert offered == {BAN}
    assert offered <= set(loading.load().procedures)


def test_a_mistake_in_the_data_is_told_with_file_and_key(tmp_path: Path) -> None:
    text = dangers.DEFAULT.read_text(encoding="utf-8").replace('id = "fire"', 'id = "suicide"', 1)
    path = tmp_path / "danger.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadDataFile, match=r"danger\.toml.*kind 'suicide' stands 2 times"):
        dangers.load.__wrapped__(path)


def test_most_of_the_distress_that_is_not_surely_heard_worries() -> None:
    unsure = [each for _, each in DISTRESS if danger(each) is None]
    unheard = [each for each in unsure if not worries(line(each))]
    assert len(unheard) <= 0.2 * len(unsure), unheard
