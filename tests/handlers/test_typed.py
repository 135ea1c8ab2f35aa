"""A typed line in its context: what comes first, what stays open, what is gone back to."""

from collections.abc import Callable

import pytest

from handlers.ports.world import World
from handlers.turn.context import context
from handlers.turn.messages import Incoming, State
from handlers.turn.pending import CaseQuestion
from handlers.typed import typed
from tests.dialogue import MONDAY, Player
from tests.handlers.intake.form_talks import asked, begun
from tests.knowledge.reading.lines import table

Setting = Callable[[World], Player]

BIRTH = "1.001193"
NORMAL = "Trẻ bình thường (biết cha hoặc mẹ)"
PROOF = "Bạn có giấy chứng sinh không?"


def opened(world: World, *taps: str) -> Player:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice=f"p:{BIRTH}"))
    for label in taps:
        player.tap(label)
    return player


def in_form(world: World) -> Player:
    player = begun(world, "khai-sinh")
    player.tap("Con gái của tôi")
    assert asked(player) == "requester.name"
    return player


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("cháy nhà rồi cứu với", "114"),
        ("chồng em đang cầm dao rượt em", "113"),
        ("con em đuối nước rồi", "115"),
    ],
)
def test_danger_comes_before_a_form_and_writes_nothing_into_it(line: str, number: str, world: World) -> None:
    player = in_form(world)
    assert number in player.type(line)[:200]
    assert asked(player) == "requester.name"
    player.type("Nguyễn Thị Mận")
    assert asked(player) == "requester.birth"


def test_danger_comes_before_a_case_which_stays_open(world: World) -> None:
    player = opened(world)
    assert "114" in player.type("cháy nhà rồi cứu với")[:200]
    player.type("trẻ bình thường")
    player.expect(PROOF)


def test_a_question_in_a_form_is_answered_and_the_form_goes_on(world: World) -> None:
    player = in_form(world)
    player.type("nộp cái này hết bao nhiêu tiền vậy")
    player.expect("Lệ phí đăng ký khai sinh")
    player.expect("Họ, chữ đệm và tên của bạn")
    player.expect_button("Để sau")
    assert asked(player) == "requester.name"


def test_what_is_not_understood_keeps_the_case_and_its_buttons(world: World) -> None:
    player = opened(world)
    player.type("zxqv qwzx")
    player.expect("Mình chưa hiểu câu này")
    player.expect_button(NORMAL)
    assert player.state.pending == CaseQuestion(BIRTH, "child")


def test_the_third_time_a_human_is_offered_and_the_case_is_still_open(world: World) -> None:
    player = opened(world)
    for line in ("zxqv qwzx", "qwzx plok"):
        player.type(line)
        player.expect_not("Người thật")
    player.type("zzkw uuq")
    player.expect("Người thật ở bộ phận một cửa")
    player.expect("Giờ làm việc")
    player.type("trẻ bình thường")
    player.expect(PROOF)


def test_misses_count_in_a_row_only(world: World) -> None:
    player = opened(world)
    for line in ("zxqv qwzx", "qwzx plok", "lệ phí bao nhiêu", "zzkw uuq"):
        player.type(line)
    player.expect_not("Người thật")
    assert player.state.misses == 1


def test_a_matter_that_was_left_is_gone_back_to_as_it_was(world: World) -> None:
    player = opened(world, NORMAL)
    player.type("cho hỏi sao y bản chính bao nhiêu tiền")
    player.expect("Sao y bản chính")
    assert [paused.code for paused in player.state.paused] == [BIRTH]
    player.type("quay lại vụ khai sinh")
    player.expect("Đăng ký khai sinh")
    player.expect(PROOF)  # the case before it is not asked again
    assert player.state.answers == {"child": "ordinary"}


def test_a_case_is_answered_in_own_words_which_are_said_back(world: World) -> None:
    player = opened(world)
    player.type("dạ bé nhà em bình thường ạ")
    player.expect(f"Mình hiểu: {NORMAL}.")
    player.tap(f"Sửa: {NORMAL}")
    player.expect("Trẻ thuộc trường hợp nào?")


def test_a_number_that_no_button_has_is_told(world: World) -> None:
    player = opened(world)
    player.type("9")
    player.expect("Không có số 9. Bạn chọn từ 1 đến 4:")
    assert player.state.pending == CaseQuestion(BIRTH, "child")


def test_a_line_in_english_is_answered_in_english_and_back(world: World) -> None:
    player = opened(world)
    player.type("how much does it cost to register")
    player.expect("Fees")
    player.type("vậy lệ phí bao nhiêu")
    player.expect("Chi phí")


def test_a_chosen_language_is_kept(world: World) -> None:
    player = opened(world)
    player.type("/language vi")
    player.type("how much does it cost to register")
    player.expect_not("Fees")


@pytest.mark.parametrize(
    "line",
    [
        "đừng xóa",
        "giữ lại giùm",
        "thôi khoan",
        "không",
        "zxqv",
        "xóa làm gì",
        "sao phải xóa",
        "xóa thiệt hả",
        "xóa hết?",
        "xóa rồi có lấy lại được không",
    ],
)
def test_nothing_is_erased_but_by_a_yes(line: str, world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice="p:2.000815"))
    player.type("xóa hết dữ liệu của tôi")
    player.expect("Bạn chắc chứ?")
    player.type(line)
    assert len(player.state.lists) == 1


def at_consent(world: World) -> Player:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice="form:khai-sinh"))
    return player


@pytest.mark.parametrize("setting", [Player, opened, at_consent, in_form])
@pytest.mark.parametrize(
    "line", ["cứu tôi với chồng đang đánh tôi", "nha em dang chay roi", "my baby is not breathing"]
)
def test_danger_is_first_wherever_it_is_typed(line: str, setting: Setting, world: World) -> None:
    player = setting(world)
    assert "Hãy gọi ngay" in player.type(line)[:200] or "Call " in player.text[:200]


@pytest.mark.parametrize("line", ["chắc vậy đó", "ông ấy hiền lắm", "nhà gần chợ"])
def test_no_answer_is_guessed(line: str, world: World) -> None:
    player = opened(world, NORMAL)
    player.type(line)
    assert "proof" not in player.state.answers


def test_one_of_two_ways_to_agree_is_asked(world: World) -> None:
    player = at_consent(world)
    player.type("dạ đồng ý")
    player.expect_button("Đồng ý, chụp thẻ")
    player.expect_button("Đồng ý, tự gõ")
    assert player.state.draft == ""


def test_a_refusal_is_never_an_agreement(world: World) -> None:
    player = at_consent(world)
    player.type("không đồng ý đâu")
    assert player.state.draft == ""


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("cho em hỏi chút, đăng ký kết hôn cần gì", "Đăng ký kết hôn"),
        ("à mà sao y căn cước bao nhiêu tiền", "Sao y bản chính (photo công chứng)"),
    ],
)
def test_another_matter_is_turned_to(line: str, title: str, world: World) -> None:
    player = opened(world)
    player.type(line)
    assert title in (player.replies[0].title, player.labels[0])


@pytest.mark.parametrize(
    ("line", "written"),
    [("dạ em tên Nguyễn Thị Lan ạ", "Nguyễn Thị Lan"), ("Trần Văn Tư", "Trần Văn Tư")],
)
def test_a_name_is_written_without_what_stands_around_it(line: str, written: str, world: World) -> None:
    player = in_form(world)
    player.type(line)
    assert player.drafts.find(player.state.draft).interview.answers["requester.name"] == written


@pytest.mark.parametrize(
    "line",
    [
        "để em hỏi chồng đã",
        "bé chưa có tên",
        "không biết",
        "hỏi lệ phí bao nhiêu vậy",
        "cái này ghi gì vậy cô",
    ],
)
def test_what_is_no_name_is_not_written(line: str, world: World) -> None:
    player = in_form(world)
    player.type(line)
    assert "requester.name" not in player.drafts.find(player.state.draft).interview.answers
    assert asked(player) == "requester.name"


def test_a_yes_to_nothing_opens_nothing(world: World) -> None:
    player = Player(world)
    player.type("dạ đúng rồi")
    assert player.state.procedure == ""


def test_what_nobody_understands_is_not_guessed(world: World) -> None:
    player = Player(world)
    player.type("con chuồn chuồn bay ngang sân")
    player.expect("Mình chưa tìm ra thủ tục")


def test_what_a_story_reminds_of_is_not_begun(world: World) -> None:
    player = opened(world)
    player.type("hai vợ chồng em với đứa nhỏ à")
    assert player.state.procedure == BIRTH


def test_follow_up_questions_stay_with_the_subject(world: World) -> None:
    strayed = []
    for code, *_, line in table("follow.tsv"):
        player = Player(world)
        player.say(Incoming(at=MONDAY, choice=f"p:{code}"))
        player.type(line)
        strayed += [(code, line, player.state.procedure)] if player.state.procedure != code else []
    assert len(strayed) <= 0.03 * len(table("follow.tsv")), strayed


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("cái này điền gì", "Ô này trên tờ khai là"),
        ("ghi ngày âm hay dương", "dương lịch"),
        ("ngày cấp nằm chỗ nào trên thẻ", "xem trên giấy tờ của chính người đó"),
        ("hỏi cái này để làm gì", "Mẫu tờ khai chính thức có ô này"),
        ("ký ở chỗ nào", "mới ký tay"),
        ("vậy giờ em làm gì tiếp", "Trả lời hết các câu"),
        ("lỡ sai thì sửa trên giấy được không", "Sửa tờ khai"),
        ("điền xong nộp ở đâu", "Nơi nộp:"),
        ("tờ này đem nộp cho ai", "Nơi nộp:"),
    ],
)
def test_a_question_about_the_form_is_answered(line: str, words: str, world: World) -> None:
    player = in_form(world)
    player.type(line)
    player.expect(words)
    assert asked(player) == "requester.name"


CALLS = ("113", "115", "111", "096 306 1414")


@pytest.mark.parametrize("said", ["chịu hết nổi rồi", "ngủ một giấc đừng dậy nữa là xong"])
@pytest.mark.parametrize("state", [State(), State(procedure=BIRTH), State(misses=5)])
def test_what_nobody_understood_and_may_be_a_cry_for_help_names_whom_to_call(
    said: str, state: State, world: World
) -> None:
    turn = typed(said, context(Incoming(at=MONDAY, text=said), state, world))
    assert [number for number in CALLS if number not in turn.replies[0].text] == []
    assert turn.replies[-1].choices  # beside the usual ways on


@pytest.mark.parametrize(
    "said", ["trồng cây gì trên đất đồi cho hợp", "giá lúa hè thu bây giờ", "em ơi", "chào em"]
)
def test_what_is_only_strange_frightens_nobody(said: str, world: World) -> None:
    turn = typed(said, context(Incoming(at=MONDAY, text=said), State(), world))
    assert CALLS[-1] not in turn.replies[0].text


def test_words_that_only_turn_to_another_matter_do_not_make_it_unclear(world: World) -> None:
    said = "à mà tách hộ khẩu"
    found = context(Incoming(at=MONDAY, text=said), State(procedure=BIRTH), world).find(said)
    assert (found.decision, found.hits[0].id) == ("answer", "1.010038")
