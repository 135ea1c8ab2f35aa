"""A typed line at an open question: the choice that is meant, and never the opposite."""

from dataclasses import replace
from typing import TypeGuard

import pytest

from benchmarks.fit_answers import questions, replies
from knowledge.reading.answers.answers import WEIGHTS, Answer, NotOffered, answers, narrowed, waits
from knowledge.reading.answers.evidence import COLUMNS
from knowledge.reading.answers.options import Option, Question
from knowledge.reading.answers.standing import meaning
from tests.knowledge.reading.lines import share

QUESTIONS = questions()
SPOKEN = 0.6  # from this chance on a choice is taken

NOTICE = Question(
    (
        Option("paper", "Có giấy báo tử hoặc giấy thay thế"),
        Option("missing", "Mới mất, chưa có giấy báo tử"),
        Option("long-ago", "Mất đã lâu, không có giấy báo tử"),
    ),
    "Bạn có giấy báo tử không?", yes="paper", unsure="?",
)  # fmt: skip
RELATION = Question(
    (
        Option("father", "Cha tôi"), Option("mother", "Mẹ tôi"), Option("husband", "Chồng tôi"),
        Option("grandparent", "Ông, bà tôi"), Option("sibling", "Anh, chị, em tôi"),
    ),
    "Người mất là ai của bạn?",
)  # fmt: skip
AGE = Question(
    (
        Option("under6", "Dưới 6 tuổi", most=5),
        Option("from6", "Từ đủ 6 đến dưới 14 tuổi", least=6, most=13),
        Option("from14", "Từ đủ 14 tuổi", least=14),
    ),
    "Người đổi thẻ mấy tuổi?", unit="tuổi",
)  # fmt: skip
ISSUE = Question(
    (Option("first", "Xin lần đầu"), Option("again", "Xin lại, còn giấy cũ")), "Bạn xin lần đầu hay xin lại?"
)
CONSENT = Question(
    (
        meaning(Option("card", "Đồng ý, chụp thẻ"), "card"), meaning(Option("hand", "Đồng ý, tự gõ"), "hand"),
        meaning(Option("no", "Không, để sau"), "refuse"),
    ),
    kind="consent", no="no",
)  # fmt: skip


def meant(line: str, question: Question) -> str:
    """The value that is taken; empty for none."""
    found = answers(line, question)
    first = found[0] if isinstance(found, tuple) and found else None
    return first.value if first and first.chance >= SPOKEN else ""


def test_replies_are_understood_and_seldom_misunderstood() -> None:
    taken = [(value, meant(text, question)) for question, value, text in replies() if value not in "?-"]
    assert share([value == found for value, found in taken]) >= 0.95
    assert share([found in ("", value) for value, found in taken]) >= 0.985


def test_what_answers_nothing_is_no_answer() -> None:
    taken = [meant(text, question) for question, value, text in replies() if value == "-"]
    assert share([found in ("", "?") for found in taken]) >= 0.9


def test_a_chance_is_what_it_says() -> None:
    found = [(value, answers(text, question)) for question, value, text in replies() if value not in "?-"]
    first = [(value, given[0]) for value, given in found if isinstance(given, tuple) and given]
    likely = [value == given.value for value, given in first if given.chance >= 0.9]
    unlikely = [value == given.value for value, given in first if given.chance < 0.5]
    assert share(likely) >= 0.97
    assert share(unlikely) <= 0.8


def test_a_low_chance_is_low_where_nobody_knows_how_people_say_it() -> None:
    """Of replies, and of lines that answer nothing."""
    found = [
        (value, answers(text, _unspoken(question))) for question, value, text in replies() if value != "?"
    ]
    unlikely = [value == given[0].value for value, given in found if _is_unlikely(given)]
    assert len(unlikely) >= 50
    assert share(unlikely) <= 0.8


def _unspoken(question: Question) -> Question:
    return replace(question, options=tuple(replace(option, says=()) for option in question.options))


def _is_unlikely(given: tuple[Answer, ...] | NotOffered) -> TypeGuard[tuple[Answer, ...]]:
    return isinstance(given, tuple) and bool(given) and given[0].chance < 0.5


@pytest.mark.parametrize(
    "number",
    ["2", "2.", "(2)", "２", "②", "2️⃣", "số 2", "câu 2", "chọn 2", "2 ạ", "dạ 2", "hai",
     "cái thứ hai", "cái số 2 nha em", "number two"],
)  # fmt: skip
def test_a_number_counts_off_a_choice(number: str) -> None:
    assert meant(number, NOTICE) == "missing"


@pytest.mark.parametrize(("line", "place"), [("đầu tiên", 0), ("cái đầu", 0), ("cái cuối", 3), ("4", 3)])
def test_first_and_last_are_places_too(line: str, place: int) -> None:
    assert meant(line, NOTICE) == [*(option.value for option in NOTICE.options), "?"][place]


def test_a_number_that_is_not_offered_is_said_so() -> None:
    assert answers("7", NOTICE) == NotOffered(7, 3)
    assert answers("số 9 nha", NOTICE) == NotOffered(9, 3)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("dạ có", "paper"), ("dạ có ạ", "paper"), ("có rồi cô", "paper"), ("da co", "paper"),
        ("dạ không", ""), ("chưa", ""),  # two choices have no paper: which is not told
        ("dạ chưa có, ông mới mất", "missing"), ("mất lâu lắm rồi", "long-ago"), ("không rõ", "?"),
    ],
)  # fmt: skip
def test_yes_and_no_mean_what_they_mean_here(line: str, value: str) -> None:
    assert meant(line, NOTICE) == value


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("ba", "father"), ("ba tui", "father"), ("tía", "father"), ("bố ạ", "father"), ("má", "mother"),
        ("u", "mother"),
        ("bà", "grandparent"), ("bà nội ạ", "grandparent"), ("ông xã em", "husband"), ("em út", "sibling"),
    ],
)  # fmt: skip
def test_kin_is_known_by_every_name(line: str, value: str) -> None:
    """ "ba" is a father and "bà" a grandmother: marks count where they are typed."""
    assert meant(line, RELATION) == value


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("thằng bé lớp ba", "from6"), ("con gái lớp mười", "from14"), ("lop muoi hai", "from14"),
        ("học cấp một", "from6"), ("con đang học cấp 2", "from6"), ("em học cấp ba", "from14"),
    ],
)  # fmt: skip
def test_a_school_year_or_level_is_no_age_but_tells_one(line: str, value: str) -> None:
    assert meant(line, AGE) == value


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("52", "from14"), ("52 tuổi", "from14"), ("tám mươi hai tuổi", "from14"),
        ("be moi bon tuoi ruoi a", "under6"),
        ("con học lớp 4", "from6"), ("mới sinh", "under6"), ("13t", "from6"), ("số 2", "from6"),
    ],
)  # fmt: skip
def test_an_age_falls_into_its_range(line: str, value: str) -> None:
    assert meant(line, AGE) == value


@pytest.mark.parametrize(
    ("line", "value"),
    [("em chưa xin lần nào", "first"), ("xin lại ạ", "again"), ("lần đầu", "first"), ("có", "")],
)
def test_never_before_is_the_first_time(line: str, value: str) -> None:
    assert meant(line, ISSUE) == value


def test_agreeing_leaves_two_ways_to_agree() -> None:
    found = answers("dạ đồng ý", CONSENT)
    assert isinstance(found, tuple)
    assert {answer.value for answer in narrowed(found)} == {"card", "hand"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("đồng ý nha, để tui tự gõ", "hand"), ("ok chụp thẻ cho lẹ", "card"), ("thôi", "no"),
        ("không đồng ý, tôi không muốn đưa thông tin", "no"), ("gửi hình có an toàn hông em", ""),
    ],
)  # fmt: skip
def test_consent_is_given_in_own_words(line: str, value: str) -> None:
    assert meant(line, CONSENT) == value


def test_a_label_is_said_back() -> None:
    assert answers("dạ có", NOTICE) == (Answer("paper", "Có giấy báo tử hoặc giấy thay thế", 0.95, "yes_no"),)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_label_means_itself_with_and_without_politeness(name: str) -> None:
    question = QUESTIONS[name]
    said = [(option.value, text) for option in question.options for text in _politely(option.label)]
    assert [(value, text) for value, text in said if meant(text, question) != value] == []


def _politely(label: str) -> tuple[str, ...]:
    return label, f"dạ {label}", f"{label} ạ", f"dạ {label.lower()} ạ", f"{label} nha em"


def test_every_column_has_a_weight() -> None:
    assert set(COLUMNS) == set(WEIGHTS)


@pytest.mark.parametrize(
    ("typed", "is_wait"),
    [
        ("đợi tôi hỏi má cái", True),
        ("chờ em coi lại giấy cái đã", True),
        ("từ từ để coi", True),
        ("đợi xíu tôi gọi hỏi chồng", True),
        ("chờ bao lâu thì xem được", False),
        ("tôi chờ lâu quá rồi", False),
    ],
)
def test_who_asks_for_time_has_chosen_nothing(typed: str, is_wait: bool) -> None:
    assert waits(typed) is is_wait
