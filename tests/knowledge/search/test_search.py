"""Searching a handful of targets: what must be found, what must not be, and what must never happen."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.search.features import LEFT
from knowledge.search.intents import Target
from knowledge.search.search import Index
from knowledge.text import words

BIRTH, MARRIAGE, DEATH, BIRTH_ABROAD, AGAIN = "birth", "marriage", "death", "birth-abroad", "birth-again"
TARGETS = [
    Target(
        "procedure", BIRTH, ("Đăng ký khai sinh", "Thủ tục đăng ký khai sinh"),
        ("làm giấy khai sinh cho con", "mới sinh em bé làm giấy tờ gì", "khai sinh cho con cần gì",
         "vợ em mới sanh giờ làm giấy khai sinh sao"),
    ),
    Target(
        "procedure", BIRTH_ABROAD, ("Khai sinh có yếu tố nước ngoài",),
        ("khai sinh cho con có cha là người Hàn Quốc", "con có quốc tịch nước ngoài làm khai sinh"),
        variant_of=BIRTH, qualifiers=("nước ngoài", "quốc tịch", "hàn quốc", "đài loan"),
    ),
    Target(
        "procedure", AGAIN, ("Đăng ký lại khai sinh",),
        ("mất giấy khai sinh làm lại được không", "làm lại giấy khai sinh bản chính bị mất"),
        variant_of=BIRTH, qualifiers=("lại", "mất giấy", "bị mất"),
    ),
    Target(
        "procedure", DEATH, ("Đăng ký khai tử",),
        ("làm giấy khai tử cần gì", "bố tôi mới mất giờ làm giấy tờ gì", "mẹ em qua đời thì báo ở đâu",
         "ông nội mất đã lâu chưa khai tử"),
    ),
    Target(
        "procedure", MARRIAGE, ("Đăng ký kết hôn",),
        ("đăng ký kết hôn cần giấy tờ gì", "hai đứa em sắp cưới ra xã làm giấy gì", "làm hôn thú"),
    ),
    Target(
        "procedure", "denounce", ("Giải quyết tố cáo",),
        ("tố cáo cán bộ xã", "gửi đơn tố cáo ở đâu", "tố cáo người lấn chiếm đất công"),
    ),
    Target(
        "procedure", "residence", ("Đăng ký thường trú",),
        ("nhập hộ khẩu cho con", "đăng ký thường trú cần gì", "nhập khẩu về nhà chồng"),
    ),
    Target(
        "procedure", "stay", ("Đăng ký tạm trú",),
        ("đăng ký tạm trú cần gì", "ở trọ phải khai báo tạm trú thế nào", "thuê phòng trọ đăng ký ở đâu"),
    ),
    Target(
        "elsewhere", "passport", ("Hộ chiếu",),
        ("làm hộ chiếu ở đâu", "hộ chiếu hết hạn", "xin passport đi du lịch", "mất hộ chiếu báo ở đâu"),
    ),
    Target("talk", "greeting", (), ("xin chào", "chào bạn", "alo", "chào buổi sáng")),
]  # fmt: skip
INDEX = Index(TARGETS)


def first(question: str) -> str:
    return INDEX.find(question).hits[0].id


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("làm giấy khai sinh cho con", BIRTH),
        ("lam giay khai sinh cho con", BIRTH),
        ("LÀM GIẤY KHAI SINH!!!", BIRTH),
        ("lm gks cho con cần j ạ", BIRTH),
        ("làm giaays khai siinh", BIRTH),
        ("lma giấy kai sinh", BIRTH),
        ("lamgiaykhaisinh", BIRTH),
        ("đk kh cần gt j", MARRIAGE),  # "kh" is kết hôn beside "đăng ký"
        ("tụi em cưới nhau cần giấy gì", MARRIAGE),
        ("má tôi từ trần thì báo đâu", DEATH),  # synonyms of "mẹ" and "qua đời"
        ("nhà nghỉ cho khách thuê phòng trọ phải làm gì", "stay"),
        ("nhập hk cho con", "residence"),
        ("xin passport", "passport"),
    ],
)
def test_the_right_target_comes_first(question: str, target: str) -> None:
    assert first(question) == target


def test_the_plain_procedure_is_preferred_until_the_question_names_the_variant() -> None:
    assert [first(q) for q in ("làm khai sinh", "khai sinh cho con có cha người nước ngoài")] == [
        BIRTH,
        BIRTH_ABROAD,
    ]


def test_a_qualifier_is_known_by_its_meaning_too() -> None:
    assert first("làm khai sinh cho cháu, ba nó ở Trung Quốc") == BIRTH_ABROAD  # nobody listed that country


def test_lost_papers_and_lost_people_are_two_things() -> None:
    assert [first(q) for q in ("mất giấy khai sinh", "bố tôi mất", "mất hộ chiếu")] == [
        AGAIN,
        DEATH,
        "passport",
    ]


def test_a_greeting_is_not_corrected_into_a_procedure() -> None:
    found = INDEX.find("chào bạn")
    assert (found.decision, found.hits[0].id) == ("answer", "greeting")


@pytest.mark.parametrize("question", ["", " ", "😀😀", "שלום", "?!...", "\u200b\u202e", "xyz qwrt"])
def test_a_question_without_known_words_is_declined(question: str) -> None:
    assert INDEX.find(question).decision == "decline"


@pytest.mark.parametrize("question", ["giá vàng hôm nay", "đội nào vô địch năm nay", "con mèo trèo cây cau"])
def test_what_nobody_does_is_not_answered(question: str) -> None:
    assert INDEX.find(question).decision != "answer"


def test_a_question_that_fits_several_is_not_answered_outright() -> None:
    assert INDEX.find("đăng ký").decision != "answer"


def test_a_long_story_is_understood() -> None:
    story = (
        "dạ em chào anh chị em ở quê mới lên đây đi làm công ty may được mấy tháng nay em với chồng thuê cái "
        "phòng trọ gần chợ chủ nhà hỏi có giấy chưa mà em không biết gì hết giờ em muốn khai báo tạm trú cho "
        "đúng thì đi đâu ạ"
    )
    assert first(story) == "stay"


def test_hits_are_ordered_limited_and_their_confidence_is_a_probability() -> None:
    found = INDEX.find("đăng ký khai sinh")
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(found.hits) == 8
    assert all(0 <= hit.confidence <= 1 for hit in found.hits)
    assert found.confidence == found.hits[0].confidence


def test_the_order_of_the_targets_does_not_matter() -> None:
    shuffled = TARGETS[:]
    random.Random(3).shuffle(shuffled)
    questions = ["khai sinh cho con", "bố mới mất", "đăng ký tạm trú", "hộ chiếu"]
    assert [Index(shuffled).find(q).hits[0].id for q in questions] == [first(q) for q in questions]


def test_the_same_question_always_gets_the_same_answer() -> None:
    assert INDEX.find("nhạp hk cho con") == Index(TARGETS).find("nhạp hk cho con")


def test_names_alone_can_be_searched() -> None:
    names = Index([Target("procedure", t.id, t.names, ()) for t in TARGETS if t.names])
    assert names.find("thủ tục đăng ký kết hôn").hits[0].id == MARRIAGE


def test_imported_names_do_not_crowd_out_what_is_written_up() -> None:
    imported = [Target("procedure", f"x{n}", (f"Đăng ký khai sinh loại {n}",), ()) for n in range(50)]
    assert Index([*TARGETS, *imported]).find("khai sinh cho con").hits[0].id == BIRTH


def test_what_is_only_like_a_literal_target_is_not_it() -> None:
    """An unclear line must not be taken for an insult: it needs the insult's own words."""
    index = Index([*TARGETS, Target("talk", "insult", (), ("ngu quá", "phí thời gian quá"), is_literal=True)])
    said = {
        line: {hit.id for hit in index.find(line).hits}
        for line in ("trời ơi ngu quá", "lâu quá", "ngủ quá giờ")
    }
    assert [line for line, ids in said.items() if "insult" in ids] == ["trời ơi ngu quá"]


def test_a_clause_of_another_matter_is_a_longer_stretch_than_its_words_apart() -> None:
    evidence = INDEX.evidence
    stretch = {
        line: evidence.unexplained(evidence.of(line), 0)[LEFT.index("stretch")]
        for line in (
            "làm giấy khai sinh cho con tố cáo cán bộ xã",
            "tố làm giấy cáo khai cán sinh bộ cho xã con",
        )
    }
    together, apart = stretch.values()
    assert together > apart > 0


def test_what_a_target_leaves_at_the_beginning_weighs_more() -> None:
    evidence = INDEX.evidence
    early, late = (
        evidence.unexplained(evidence.of(line), 0)
        for line in ("tố cáo cán bộ làm giấy khai sinh", "làm giấy khai sinh tố cáo cán bộ")
    )
    assert early[LEFT.index("opening")] > late[LEFT.index("opening")]
    assert early[0] == late[0]  # as much of the words


def test_an_abbreviation_is_turned_wherever_it_stands() -> None:
    """ "đktt" is thường trú or tạm trú: a line turned in half would mean the same as before."""
    reader, typed = INDEX.evidence.reader, words("đktt cần gì, đktt cho con")
    turned = [[word.folded for word in line] for line in reader.turned(typed, reader.read(typed)[0])]
    assert [("thuong" in line, "tam" in line) for line in turned] in ([(True, False)], [(False, True)])


def test_a_target_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="mute"):
        Index([Target("procedure", "mute", (), ())])


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text("khaisnđgứửô tTưkqểmjwfx019.,?", max_size=60)))
def test_any_text_is_answered_somehow(text: str) -> None:
    found = INDEX.find(text)
    assert found.decision in ("answer", "choose", "decline")
    assert 0 <= found.confidence <= 1


def test_a_huge_text_is_cut_not_refused() -> None:
    assert INDEX.find("khai sinh cho con " * 20_000).hits[0].id == BIRTH
