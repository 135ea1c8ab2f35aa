"""A typed line is read in what is open: an answer, a question, an act, a matter, danger."""

import pytest

from knowledge.procedures import life_events, loading, signposts
from knowledge.reading.acts import Act
from knowledge.reading.answers.answers import Answer, NotOffered
from knowledge.reading.answers.options import Option, Question, of_case
from knowledge.reading.answers.standing import meaning
from knowledge.reading.danger import Danger
from knowledge.reading.kinds import (
    Context,
    Matter,
    Narrowed,
    NotWritten,
    OfDossier,
    OfForm,
    OfProcedure,
    Reading,
    Several,
    Unclear,
    Written,
)
from knowledge.reading.reading import read
from knowledge.reading.subject.about import About
from knowledge.search import small_talk
from knowledge.search.intents import targets
from knowledge.search.search import Index
from tests.knowledge.reading.lines import table

CATALOGUE = loading.load()
INDEX = Index(targets(CATALOGUE, signposts.load(), small_talk.load(), life_events.load()))
BIRTH, DEATH, COPY = (CATALOGUE.procedures[code] for code in ("1.001193", "1.000656", "2.000815"))
NOTHING = Context()
OF_BIRTH = Context(subject=OfProcedure(BIRTH))
AT_CASE = Context(
    question=of_case(DEATH.cases[0], "unsure"),
    subject=OfProcedure(DEATH),
    earlier=(Option("x", BIRTH.short),),
)
CONSENT = Question(
    (
        meaning(Option("card", "Đồng ý, chụp thẻ"), "card"),
        meaning(Option("hand", "Đồng ý, tự gõ"), "hand"),
        meaning(Option("no", "Không, để sau"), "refuse"),
    ),
    no="no",
    kind="consent",
)
AT_CONSENT = Context(question=CONSENT, subject=OfForm(BIRTH), where=("form",))
AT_NAME = Context(blank="name", subject=OfForm(BIRTH), where=("form",))
AT_DATE = Context(blank="date", subject=OfForm(BIRTH), where=("form",))
AT_REVIEW = Context(
    subject=OfForm(BIRTH),
    fields=(Option("id", "Số căn cước"), Option("name", "Họ tên của bé")),
    where=("form", "review"),
)
OF_DOSSIER = Context(subject=OfDossier(BIRTH))


def first(line: str, context: Context) -> Reading:
    return read(line, context, INDEX.find)[0]


@pytest.mark.parametrize("context", [NOTHING, OF_BIRTH, AT_CASE, AT_CONSENT, AT_NAME, AT_REVIEW, OF_DOSSIER])
def test_the_last_reading_is_unclear(context: Context) -> None:
    for line in ("", "dạ", "...", "asdf qwer", "khai sinh cho con cần gì"):
        *others, last = read(line, context, INDEX.find)
        assert isinstance(last, Unclear)
        assert not any(isinstance(each, Unclear) for each in others)


@pytest.mark.parametrize("context", [NOTHING, OF_BIRTH, AT_CASE, AT_CONSENT, AT_NAME, AT_DATE, AT_REVIEW])
@pytest.mark.parametrize(
    "line", ["cứu tôi với chồng đang đánh tôi", "nha em dang chay roi", "my baby is not breathing"]
)
def test_danger_is_first_wherever_it_is_typed(line: str, context: Context) -> None:
    assert isinstance(first(line, context), Danger)


def test_an_answer_may_tell_of_a_danger_that_is_past() -> None:
    died = Question(
        (Option("illness", "Chết vì bệnh"), Option("crash", "Bị tai nạn giao thông")), "Vì sao mất?"
    )
    assert isinstance(first("bị tai nạn giao thông", Context(question=died)), Answer)


class TestAtAQuestion:
    @pytest.mark.parametrize(
        ("line", "value"),
        [("dạ 1", "paper"), ("có giấy báo tử rồi ạ", "paper"), ("dạ chưa biết nữa", "unsure")],
    )
    def test_an_answer(self, line: str, value: str) -> None:
        found = first(line, AT_CASE)
        assert isinstance(found, Answer)
        assert found.value == value

    @pytest.mark.parametrize("line", ["chắc vậy đó", "ông ấy hiền lắm", "nhà gần chợ"])
    def test_no_answer_is_guessed(self, line: str) -> None:
        found = read(line, AT_CASE, INDEX.find)
        assert not any(isinstance(each, Answer) for each in found)

    def test_a_number_that_is_not_offered(self) -> None:
        assert isinstance(first("số 9", AT_CASE), NotOffered)

    def test_one_of_two_ways_to_agree(self) -> None:
        found = first("dạ đồng ý", AT_CONSENT)
        assert isinstance(found, Narrowed)
        assert {each.value for each in found.answers} == {"card", "hand"}

    def test_a_refusal_is_never_an_agreement(self) -> None:
        found = first("không đồng ý đâu", AT_CONSENT)
        assert isinstance(found, Answer)
        assert found.value == "no"

    @pytest.mark.parametrize("line", ["hết bao nhiêu tiền vậy em", "nộp ở đâu ạ"])
    def test_a_question_about_the_subject(self, line: str) -> None:
        assert isinstance(first(line, AT_CASE), About)

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("cho em hỏi chút, đăng ký kết hôn cần gì", "1.000894"),
            ("à mà sao y căn cước bao nhiêu tiền", "2.000815"),
        ],
    )
    def test_another_matter_that_is_turned_to(self, line: str, code: str) -> None:
        found = first(line, AT_CASE)
        assert isinstance(found, Matter)
        assert found.hits[0].id == code

    def test_the_matter_before(self) -> None:
        found = first("quay lại vụ khai sinh lúc nãy", AT_CASE)
        assert isinstance(found, Act)
        assert (found.act, found.target) == ("go-on", "x")

    def test_thanks_is_no_answer(self) -> None:
        assert first("cảm ơn em nha", AT_CASE) == next(
            each for each in read("cảm ơn em nha", NOTHING, INDEX.find) if isinstance(each, Act)
        )


class TestAtABlank:
    @pytest.mark.parametrize(
        ("line", "value"),
        [("dạ em tên Nguyễn Thị Lan ạ", "Nguyễn Thị Lan"), ("Trần Văn Tư", "Trần Văn Tư")],
    )
    def test_a_name(self, line: str, value: str) -> None:
        found = first(line, AT_NAME)
        assert isinstance(found, Written)
        assert found.value == value

    @pytest.mark.parametrize(
        "line", ["để em hỏi chồng đã", "bé chưa có tên", "không biết", "hỏi lệ phí bao nhiêu vậy"]
    )
    def test_no_name(self, line: str) -> None:
        found = read(line, AT_NAME, INDEX.find)
        assert not any(isinstance(each, Written) for each in found)

    def test_what_is_no_answer_says_why(self) -> None:
        found = first("bé chưa có tên", AT_NAME)
        assert isinstance(found, NotWritten)
        assert found.why == "not-yet"

    def test_a_question_in_the_form(self) -> None:
        assert isinstance(first("cái này ghi gì vậy cô", AT_NAME), About)

    def test_later(self) -> None:
        found = first("thôi để mai làm tiếp nha", AT_DATE)
        assert isinstance(found, Act)
        assert found.act == "later"


def test_the_review_knows_what_is_to_be_changed() -> None:
    found = first("sửa lại số căn cước giùm em", AT_REVIEW)
    assert isinstance(found, Act)
    assert (found.act, found.target) == ("change", "id")


@pytest.mark.parametrize(
    ("line", "aspect"), [("còn thiếu giấy gì", "missing"), ("bao giờ xong vậy em", "when-done")]
)
def test_a_question_about_the_dossier(line: str, aspect: str) -> None:
    found = first(line, OF_DOSSIER)
    assert isinstance(found, About)
    assert found.aspect == aspect


class TestWithNothingOpen:
    def test_a_matter(self) -> None:
        found = first("làm khai sinh cho con", NOTHING)
        assert isinstance(found, Matter)
        assert (found.hits[0].id, found.decision) == (BIRTH.code, "answer")

    def test_two_matters(self) -> None:
        found = first("khai tử cho ba rồi xóa hộ khẩu luôn", NOTHING)
        assert isinstance(found, Several)
        assert [part.id for part in found.parts] == [DEATH.code, "1.003197"]

    def test_a_yes_to_nothing(self) -> None:
        found = [each.act for each in read("dạ đúng rồi", NOTHING, INDEX.find) if isinstance(each, Act)]
        assert found == ["yes"]

    def test_what_nobody_understands(self) -> None:
        assert first("con chuồn chuồn bay ngang sân", NOTHING) == Unclear(asks=False, worries=False)


def test_follow_up_questions_stay_with_the_subject() -> None:
    rows = table("follow.tsv")
    subjects = {code: Context(subject=OfProcedure(CATALOGUE.procedures[code])) for code, *_ in rows}
    strayed = [row[-1] for row in rows if isinstance(first(row[-1], subjects[row[0]]), Matter | Several)]
    assert len(strayed) <= 0.03 * len(rows), strayed


def test_a_new_matter_is_left_for_no_weak_guess() -> None:
    """What a story reminds of stands behind what was asked."""
    found = read("hai vợ chồng em với đứa nhỏ à", AT_CASE, INDEX.find)
    assert not isinstance(found[0], Matter | Several)
