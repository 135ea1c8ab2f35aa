"""Questions about what is open: the aspect, the passages, and whether a thing is needed."""

import re

import pytest

from knowledge.procedures import loading
from knowledge.procedures.catalogue import Procedure
from knowledge.reading.ongoing import asked
from knowledge.reading.subject.about import about
from knowledge.reading.subject.needs import ISSUED, About
from knowledge.reading.subject.on_point import on_point
from knowledge.reading.subject.passages import passages
from tests.knowledge.reading.lines import share, table

FOLLOW, ONGOING = table("follow.tsv"), table("ongoing.tsv")
CATALOGUE = loading.load()
BIRTH, COPY, MARRIAGE = "1.001193", "2.000815", "1.000894"


def procedure(code: str) -> Procedure:
    return CATALOGUE.procedures[code]


def ask(code: str, line: str, **answers: str) -> About:
    found = about(line, procedure(code), answers, "desk")
    assert found is not None
    return found


def text(found: About | None) -> str:
    return " ".join(passage.text for passage in found.passages) if found else ""


def test_what_is_asked_is_heard() -> None:
    heard = [
        (aspect.split("/"), about(line, procedure(code), {}, "desk")) for code, aspect, *_, line in FOLLOW
    ]
    assert (
        share([(found.aspect if found and found.aspect else "-") in aspects for aspects, found in heard])
        >= 0.97
    )


def test_what_answers_it_is_found() -> None:
    wanted = [
        (says, text(about(line, procedure(code), {}, "desk"))) for code, _, _, says, line in FOLLOW if says
    ]
    assert share([re.search(says, told, re.IGNORECASE) is not None for says, told in wanted]) >= 0.97


def test_whether_a_paper_is_needed_is_told_by_its_row() -> None:
    rows = [(verdict.split("/"), ask(code, line)) for code, _, verdict, _, line in FOLLOW if verdict]
    told = [(verdicts, found) for verdicts, found in rows if found.aspect == "need"]
    assert share([found.verdict in verdicts for verdicts, found in told]) >= 0.95
    assert [found for verdicts, found in told if {found.verdict, *verdicts} >= {"yes", "no"}] == []


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("có cần giấy kết hôn của cha mẹ không", "no"), ("co can hon thu khong", "no"),
        ("phải mang căn cước không", "yes"),
        ("có cần sổ hộ khẩu không", "only-if"), ("có cần bằng lái xe không", "unknown"),
        ("có cần giấy chứng sinh không", "yes"),
    ],
)  # fmt: skip
def test_a_birth_needs_this_and_not_that(line: str, verdict: str) -> None:
    found = ask(BIRTH, line, child="ordinary", proof="paper", filer="parent")
    assert (found.aspect, found.verdict) == ("need", verdict)


def test_a_paper_of_a_case_that_is_open_is_needed_only_then() -> None:
    assert ask(BIRTH, "có cần giấy chứng sinh không").verdict == "only-if"


def test_the_answer_no_comes_with_its_reason() -> None:
    [first, *_] = ask(BIRTH, "có cần giấy kết hôn không", child="ordinary").passages
    assert (first.kind, first.handling) == ("document", "not_needed")
    assert "tự tra cứu" in first.reason


def test_what_lacks_is_told_by_the_choices_that_lack_it() -> None:
    found = ask(BIRTH, "mất giấy chứng sinh rồi thì làm sao", child="ordinary", proof="paper", filer="parent")
    assert found.aspect == "without"
    assert {passage.place for passage in found.passages} >= {"proof:witness", "proof:none"}


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("10 bộ mỗi bộ 3 trang hết bao nhiêu", 50_000),  # 2 x 2.000 + 1.000 a set
        ("photo học bạ 20 trang thì hết nhiêu", 22_000), ("3 bản giấy 1 trang bao nhiêu", 6_000),
        ("một bản 500 trang hết bao nhiêu", 200_000),  # the most for a copy
        ("mười bộ mỗi bộ hai trang hết mấy tiền", 40_000),
    ],
)  # fmt: skip
def test_copies_are_computed(line: str, total: int) -> None:
    found = ask(COPY, line)
    assert found.cost is not None
    assert found.cost.total == total


@pytest.mark.parametrize("line", ["lệ phí bao nhiêu", "sao y một tờ bao nhiêu vậy", "hết nhiêu tiền"])
def test_without_pages_nothing_is_computed(line: str) -> None:
    assert ask(COPY, line).cost is None


def test_a_free_procedure_has_nothing_to_compute() -> None:
    assert ask(MARRIAGE, "2 bản hết bao nhiêu").cost is None


def test_passages_are_those_of_the_case_and_the_way() -> None:
    told = {
        p.place
        for p in passages(procedure(BIRTH), {"child": "ordinary", "proof": "paper"}, "desk")
        if p.kind == "document"
    }
    assert "birth-paper" in told
    assert told & {"witness", "birth-paper-online", "found-report"} == set()


def test_a_line_that_asks_nothing_is_no_question() -> None:
    assert about("ba em mất hôm qua", procedure(BIRTH), {}, "desk") is None


def test_what_is_asked_about_a_dossier_or_a_form_is_heard() -> None:
    heard = [(row, asked(line, subject)) for subject, row, line in ONGOING]  # type: ignore[arg-type]
    assert share([(found or "-") == row for row, found in heard]) >= 0.97


ON_POINT = [  # a question that names the procedure; what its note says, nothing where none is meant
    ("1.014149", "mẹ bị án treo có được xét tặng mẹ Việt Nam anh hùng không", "án treo"),
    ("1.012084", "tổ chức đề nghị cấm tiếp xúc có cần nạn nhân đồng ý không", "đại diện của họ đồng ý"),
    ("1.010821", "đi học mà vẫn hưởng lương thì có được trợ cấp ưu đãi học tập không", "hưởng lương"),
    ("1.013225", "cất nhà cấp 4 có phải xin phép không", "có phải xin phép không"),
    ("1.013225", "cất nhà cấp 4 cần giấy gì", ""),
    ("1.001193", "làm giấy khai sinh cho con", ""),
]


@pytest.mark.parametrize(("code", "asked", "says"), ON_POINT)
def test_a_question_that_names_the_procedure_is_answered_by_what_it_says_beside(
    code: str, asked: str, says: str
) -> None:
    found = on_point(asked, procedure(code), "desk")
    assert found is None if not says else found is not None and says in found.text


ISSUERS = [
    ("1.000656", "giấy báo tử xin ở đâu", "Mất ở nhà: xin ở xã, phường nơi mất"),
    ("1.000656", "ai cấp giấy báo tử", "Mất ở nhà: xin ở xã, phường nơi mất"),
]


@pytest.mark.parametrize(("code", "asked", "says"), ISSUERS)
def test_where_a_paper_comes_from_is_not_where_the_file_goes(code: str, asked: str, says: str) -> None:
    assert ask(code, asked).aspect == ISSUED
    assert says in text(ask(code, asked))


def test_the_paper_that_the_procedure_makes_is_filed_for() -> None:
    assert ask("1.004873", "giấy độc thân xin ở đâu").aspect == "where"
